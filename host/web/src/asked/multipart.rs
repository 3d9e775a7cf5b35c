//! A form that was sent as `multipart/form-data` (RFC 7578): long texts and files.

use std::io;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::task::{Context, Poll};

use bytes::Bytes;
use futures_util::Stream;
use multer::{Constraints, Field, Multipart, SizeLimit, parse_boundary};
use poem::Body;

use super::Refused;
use super::form::{FilesAre, Room};

/// Its media type.
pub(super) const FORM: &str = "multipart/form-data";
/// Stands among the fields where files were passed over: whoever sent them is signed in no more, or there were too many.
/// It goes with them through signing in.
pub(crate) const LOST_FILES: &str = "tep-bi-bo";
/// Most parts: the longest declared lists, each item with its inputs.
const MAX_PARTS: usize = 2_000;
/// Most bytes between what came and what was read of it: the head of a part, or what stands before the
/// first one. The parser keeps them all and searches them anew with each byte that comes.
const MAX_UNREAD_BYTES: usize = 160 * 1024;
/// Longest name of a file that is kept, in characters.
const MAX_FILE_NAME_CHARS: usize = 200;
/// Name of a file that was sent without one.
const NAMELESS: &str = "tep";

/// A file that came with a form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct SentFile {
    /// Name of its input.
    pub(crate) input: String,
    /// Its own name, without folders.
    pub(crate) name: String,
    /// Its content.
    pub(crate) bytes: Vec<u8>,
}

pub(super) async fn read(
    body: Body,
    media: &str,
    room: &Room,
) -> Result<(Vec<(String, String)>, Vec<SentFile>), Refused> {
    let boundary = parse_boundary(media).map_err(|_| Refused::FormType)?;
    let whole = SizeLimit::new().whole_stream(room.max_bytes as u64);
    let limits = Constraints::new().size_limit(whole);
    let unread = Unread::default();
    let body = Measured {
        body: Box::pin(body.into_bytes_stream()),
        unread: unread.clone(),
        rests: false,
    };
    let mut parts = Multipart::with_constraints(body, boundary, limits);
    let (mut texts, mut files) = (Vec::new(), Vec::new());
    let (mut count, mut text_bytes) = (0, 0);
    let (mut file_bytes, mut has_lost) = (0, false);
    while let Some(mut part) = parts.next_field().await.map_err(refused)? {
        count += 1;
        if count > MAX_PARTS {
            return Err(Refused::TooManyParams);
        }
        // Whatever came with the head of the part has been read with it.
        unread.0.store(0, Ordering::Relaxed);
        let name = part.name().ok_or(Refused::FormBroken)?.to_owned();
        text_bytes += name.len() + part.file_name().map_or(0, str::len);
        if text_bytes > room.max_text_bytes {
            return Err(Refused::UploadTooLarge);
        }
        let Some(file_name) = part.file_name().map(plain_name) else {
            let left = room.max_text_bytes.saturating_sub(text_bytes);
            let bytes = bytes_of(&mut part, left, &unread).await?;
            text_bytes += bytes.len();
            let text = String::from_utf8(bytes).map_err(|_| Refused::NotUtf8)?;
            texts.push((name, text));
            continue;
        };
        match room.files {
            FilesAre::Taken => {
                let left = room.max_file_bytes.saturating_sub(file_bytes);
                let Some(bytes) = bytes_within(&mut part, left, &unread).await? else {
                    has_lost = true;
                    continue;
                };
                file_bytes += bytes.len();
                // An input in which nothing was chosen is sent as an empty file.
                if !bytes.is_empty() {
                    files.push(SentFile {
                        input: name,
                        name: file_name,
                        bytes,
                    });
                }
            }
            FilesAre::PassedOver => {
                let mut is_empty = true;
                while let Some(chunk) = part.chunk().await.map_err(refused)? {
                    unread.0.store(0, Ordering::Relaxed);
                    is_empty &= chunk.is_empty();
                }
                has_lost |= !is_empty;
            }
            FilesAre::Refused => return Err(Refused::FormType),
        }
    }
    if has_lost {
        texts.push((LOST_FILES.to_owned(), "1".to_owned()));
    }
    Ok((texts, files))
}

/// How much came since something was read last.
#[derive(Debug, Clone, Default)]
struct Unread(Arc<AtomicUsize>);

/// A body that gives one piece at a time, and fails when nobody can make anything of what it gave.
struct Measured {
    body: Pin<Box<dyn Stream<Item = io::Result<Bytes>> + Send>>,
    unread: Unread,
    /// A piece was given: the parser looks at it before it gets the next.
    rests: bool,
}

impl Stream for Measured {
    type Item = io::Result<Bytes>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        if std::mem::take(&mut self.rests) {
            context.waker().wake_by_ref();
            return Poll::Pending;
        }
        let next = self.body.as_mut().poll_next(context);
        if let Poll::Ready(Some(Ok(bytes))) = &next {
            self.rests = true;
            let unread = self.unread.0.fetch_add(bytes.len(), Ordering::Relaxed) + bytes.len();
            if unread > MAX_UNREAD_BYTES {
                let cause = "a part of the form does not begin";
                return Poll::Ready(Some(Err(io::Error::new(io::ErrorKind::InvalidData, cause))));
            }
        }
        next
    }
}

async fn bytes_of(part: &mut Field<'_>, most: usize, unread: &Unread) -> Result<Vec<u8>, Refused> {
    let mut bytes = Vec::new();
    while let Some(chunk) = part.chunk().await.map_err(refused)? {
        unread.0.store(0, Ordering::Relaxed);
        if bytes.len() + chunk.len() > most {
            return Err(Refused::UploadTooLarge);
        }
        bytes.extend_from_slice(&chunk);
    }
    Ok(bytes)
}

/// The bytes of a part; none where there are more, which are read to their end and kept nowhere.
async fn bytes_within(
    part: &mut Field<'_>,
    most: usize,
    unread: &Unread,
) -> Result<Option<Vec<u8>>, Refused> {
    let mut bytes = Some(Vec::new());
    while let Some(chunk) = part.chunk().await.map_err(refused)? {
        unread.0.store(0, Ordering::Relaxed);
        match &mut bytes {
            Some(kept) if kept.len() + chunk.len() <= most => kept.extend_from_slice(&chunk),
            _ => bytes = None,
        }
    }
    Ok(bytes)
}

fn refused(error: multer::Error) -> Refused {
    match error {
        multer::Error::StreamSizeExceeded { .. } | multer::Error::FieldSizeExceeded { .. } => {
            Refused::UploadTooLarge
        }
        multer::Error::StreamReadFailed(cause) => {
            let io = cause.downcast_ref::<std::io::Error>();
            match io.map(std::io::Error::kind) {
                Some(std::io::ErrorKind::FileTooLarge) => Refused::UploadTooLarge,
                _ => Refused::FormBroken,
            }
        }
        _ => Refused::FormBroken,
    }
}

/// The last part of a path of any system, without what no file name has; its end stays, which says
/// what it is.
fn plain_name(sent: &str) -> String {
    let last = sent.rsplit(['/', '\\']).next().unwrap_or_default();
    let kept: Vec<char> = last.chars().filter(|it| !it.is_control()).collect();
    let from = kept.len().saturating_sub(MAX_FILE_NAME_CHARS);
    let name: String = kept[from..].iter().collect();
    match name.trim() {
        "" | "." | ".." => NAMELESS.to_owned(),
        name => name.to_owned(),
    }
}

#[cfg(test)]
mod tests;

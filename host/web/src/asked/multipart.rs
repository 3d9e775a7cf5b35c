//! A form that was sent as `multipart/form-data` (RFC 7578): long texts and files.

use multer::{Constraints, Field, Multipart, SizeLimit, parse_boundary};
use poem::Body;

use super::Refused;
use super::form::{FilesAre, Room};

/// Its media type.
pub(super) const FORM: &str = "multipart/form-data";
/// Most parts: the longest declared lists, each item with its inputs.
const MAX_PARTS: usize = 2_000;
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
    let mut parts = Multipart::with_constraints(body.into_bytes_stream(), boundary, limits);
    let (mut texts, mut files) = (Vec::new(), Vec::new());
    let (mut count, mut text_bytes) = (0, 0);
    while let Some(mut part) = parts.next_field().await.map_err(refused)? {
        count += 1;
        if count > MAX_PARTS {
            return Err(Refused::TooManyParams);
        }
        let name = part.name().ok_or(Refused::FormBroken)?.to_owned();
        let Some(file_name) = part.file_name().map(plain_name) else {
            let left = room.max_text_bytes.saturating_sub(text_bytes);
            let bytes = bytes_of(&mut part, left).await?;
            text_bytes += bytes.len() + name.len();
            let text = String::from_utf8(bytes).map_err(|_| Refused::NotUtf8)?;
            texts.push((name, text));
            continue;
        };
        match room.files {
            FilesAre::Taken => {
                let bytes = bytes_of(&mut part, room.max_bytes).await?;
                // An input in which nothing was chosen is sent as an empty file.
                if !bytes.is_empty() {
                    files.push(SentFile {
                        input: name,
                        name: file_name,
                        bytes,
                    });
                }
            }
            FilesAre::PassedOver => while part.chunk().await.map_err(refused)?.is_some() {},
            FilesAre::Refused => return Err(Refused::FormType),
        }
    }
    Ok((texts, files))
}

async fn bytes_of(part: &mut Field<'_>, most: usize) -> Result<Vec<u8>, Refused> {
    let mut bytes = Vec::new();
    while let Some(chunk) = part.chunk().await.map_err(refused)? {
        if bytes.len() + chunk.len() > most {
            return Err(Refused::FormTooLarge);
        }
        bytes.extend_from_slice(&chunk);
    }
    Ok(bytes)
}

fn refused(error: multer::Error) -> Refused {
    match error {
        multer::Error::StreamSizeExceeded { .. } | multer::Error::FieldSizeExceeded { .. } => {
            Refused::FormTooLarge
        }
        multer::Error::StreamReadFailed(cause) => {
            let io = cause.downcast_ref::<std::io::Error>();
            match io.map(std::io::Error::kind) {
                Some(std::io::ErrorKind::FileTooLarge) => Refused::FormTooLarge,
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

//! What a form was sent, before anybody looks at it: from this site's own page, of its type, within
//! its size, decoded.

use std::io::ErrorKind;

use dinh_domain::dates::Instant;
use http::header::{CONTENT_TYPE, HOST, ORIGIN};
use http::{HeaderMap, HeaderName, Uri};
use poem::Request;
use poem::error::ReadBodyError;

use crate::uploads::Held;

use super::multipart::{self, SentFile};
use super::{Refused, fields, host_of};

/// Longest form without files, in bytes as sent: long texts come as `multipart/form-data`, which
/// writes a letter with tone marks in 3 bytes where this takes 9.
pub(crate) const MAX_ENCODED_BYTES: usize = 64 * 1024;
const FORM: &str = "application/x-www-form-urlencoded";
const FETCH_SITE: HeaderName = HeaderName::from_static("sec-fetch-site");

/// What a form may hold: that is known before its body is read.
#[derive(Debug)]
pub(crate) struct Room {
    /// Longest body, in bytes as sent.
    pub(crate) max_bytes: usize,
    /// Longest texts together, in bytes as typed.
    pub(crate) max_text_bytes: usize,
    /// Most bytes of files together that are kept; what goes beyond is passed over.
    pub(crate) max_file_bytes: usize,
    /// What becomes of files.
    pub(crate) files: FilesAre,
    /// When the sender was found signed in.
    pub(crate) signed_in_at: Option<Instant>,
    /// Held while the body lies in memory.
    pub(crate) _held: Option<Held>,
}

/// What becomes of the files of a form.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum FilesAre {
    /// They are kept with it.
    Taken,
    /// They are passed over: whoever sent them is not signed in any more, and sends them again.
    PassedOver,
    /// No such form has any.
    Refused,
}

/// Reads the fields and the files of a form for which there is room.
pub(crate) async fn read(
    request: &mut Request,
    room: &Room,
) -> Result<(Vec<(String, String)>, Vec<SentFile>), Refused> {
    let media = request.headers().get(CONTENT_TYPE);
    let media = media.and_then(|media| media.to_str().ok());
    let media = media.unwrap_or_default().to_owned();
    let kind = media.split(';').next().unwrap_or_default().trim();
    if kind.eq_ignore_ascii_case(multipart::FORM) {
        return multipart::read(request.take_body(), &media, room).await;
    }
    if !kind.eq_ignore_ascii_case(FORM) {
        return Err(Refused::FormType);
    }
    let most = room.max_bytes.min(MAX_ENCODED_BYTES);
    let body = request.take_body().into_bytes_limit(most).await;
    let body = body.map_err(|error| match error {
        ReadBodyError::PayloadTooLarge => Refused::FormTooLarge,
        ReadBodyError::Io(error) if error.kind() == ErrorKind::FileTooLarge => {
            Refused::FormTooLarge
        }
        _ => Refused::FormBroken,
    })?;
    let text = std::str::from_utf8(&body).map_err(|_| Refused::NotUtf8)?;
    Ok((fields(text)?, Vec::new()))
}

/// Whether a page of this host sent it (Fetch Metadata; where a browser sends none, its `Origin`).
/// Who says neither is no browser of today, and is not believed.
pub(crate) fn is_own(headers: &HeaderMap, host: &str) -> bool {
    let one = |name: &HeaderName| {
        let mut all = headers.get_all(name).iter();
        let first = all.next()?;
        if all.next().is_some() {
            return Some("");
        }
        Some(first.to_str().unwrap_or_default())
    };
    match (one(&FETCH_SITE), one(&ORIGIN)) {
        (Some(site), _) => site == "same-origin",
        (None, Some(origin)) => origin_host(origin).is_some_and(|own| own == host),
        (None, None) => false,
    }
}

/// The host of `https://host:port`; none for `null` and whatever is no origin.
fn origin_host(origin: &str) -> Option<String> {
    let rest = origin
        .strip_prefix("https://")
        .or_else(|| origin.strip_prefix("http://"))?;
    let mut headers = HeaderMap::new();
    headers.insert(HOST, rest.parse().ok()?);
    host_of(&headers, &Uri::from_static("/"), None).ok()
}

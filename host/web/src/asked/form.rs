//! What a form was sent, before anybody looks at it: from this site's own page, of its type, within
//! its size, decoded.

use std::io::ErrorKind;

use http::header::{CONTENT_TYPE, HOST, ORIGIN};
use http::{HeaderMap, HeaderName, Uri};
use poem::Request;
use poem::error::ReadBodyError;

use super::{Refused, fields, host_of};

/// Longest form, in bytes as sent: four thousand letters with tone marks need 36,000.
const MAX_FORM_BYTES: usize = 64 * 1024;
const FORM: &str = "application/x-www-form-urlencoded";
const FETCH_SITE: HeaderName = HeaderName::from_static("sec-fetch-site");

/// Reads the fields of a form that was sent to a host.
pub(crate) async fn read(
    request: &mut Request,
    host: &str,
) -> Result<Vec<(String, String)>, Refused> {
    if !is_own(request.headers(), host) {
        return Err(Refused::FormForeign);
    }
    let media = request.headers().get(CONTENT_TYPE);
    let media = media
        .and_then(|media| media.to_str().ok())
        .unwrap_or_default();
    let media = media.split(';').next().unwrap_or_default().trim();
    if !media.eq_ignore_ascii_case(FORM) {
        return Err(Refused::FormType);
    }
    let body = request.take_body().into_bytes_limit(MAX_FORM_BYTES).await;
    let body = body.map_err(|error| match error {
        ReadBodyError::PayloadTooLarge => Refused::FormTooLarge,
        ReadBodyError::Io(error) if error.kind() == ErrorKind::FileTooLarge => {
            Refused::FormTooLarge
        }
        _ => Refused::FormBroken,
    })?;
    let text = std::str::from_utf8(&body).map_err(|_| Refused::NotUtf8)?;
    fields(text)
}

/// Whether a page of this host sent it (Fetch Metadata; where a browser sends none, its `Origin`).
/// Who says neither is no browser of today, and is not believed.
fn is_own(headers: &HeaderMap, host: &str) -> bool {
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

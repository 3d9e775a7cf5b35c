use std::ops::Range;

use dinh_portal::shown::FileFound;
use http::StatusCode;
use http::header::{
    ACCEPT_RANGES, CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_LENGTH, CONTENT_RANGE,
    CONTENT_SECURITY_POLICY, CONTENT_TYPE, HeaderValue, RANGE,
};
use poem::{Body, Response};

use super::conditional::{if_range, none_match};
use super::disposition::attachment;
use super::range::{Wanted, wanted};
use super::{REVALIDATE, put, tagged};
use crate::asked::Asked;
use crate::problem::Problem;
use crate::security::CONTENT_POLICY;

/// What a file is when its media type cannot be a header's.
const UNKNOWN_TYPE: &str = "application/octet-stream";

/// A stored file, streamed from where it lies: whole or one range, to be saved and never to be run.
/// `open` gives the bytes of a part.
pub(crate) async fn file(
    asked: &Asked,
    found: &FileFound,
    open: impl AsyncFnOnce(Range<u64>) -> Result<Body, Problem>,
) -> Result<Response, Problem> {
    let size = found.size_bytes;
    let tag = format!("\"{}\"", found.sha256);
    let range = asked
        .header(RANGE)
        .filter(|_| if_range(&asked.headers, &tag));
    let (first, length) = match wanted(range, size) {
        Wanted::All => (0, size),
        Wanted::Part(part) => (*part.start(), part.end() - part.start() + 1),
        Wanted::Beyond => return Ok(beyond(size)),
    };
    // A reader who has it needs no byte of it.
    let body = if none_match(&asked.headers, &tag) {
        Body::empty()
    } else {
        open(first..first + length).await?
    };
    let mut response = Response::builder().body(body);
    if length < size {
        response.set_status(StatusCode::PARTIAL_CONTENT);
        let last = first + length - 1;
        put(
            &mut response,
            CONTENT_RANGE,
            &format!("bytes {first}-{last}/{size}"),
        );
    }
    put(&mut response, CONTENT_DISPOSITION, &attachment(&found.name));
    let media_type =
        HeaderValue::from_str(&found.media_type).unwrap_or(HeaderValue::from_static(UNKNOWN_TYPE));
    let headers = response.headers_mut();
    headers.insert(CONTENT_TYPE, media_type);
    headers.insert(CONTENT_LENGTH, HeaderValue::from(length));
    headers.insert(ACCEPT_RANGES, HeaderValue::from_static("bytes"));
    headers.insert(CACHE_CONTROL, HeaderValue::from_static(REVALIDATE));
    headers.insert(
        CONTENT_SECURITY_POLICY,
        HeaderValue::from_static(CONTENT_POLICY),
    );
    Ok(tagged(asked, &tag, response))
}

fn beyond(size_bytes: u64) -> Response {
    let mut response = super::text(StatusCode::RANGE_NOT_SATISFIABLE, "");
    put(
        &mut response,
        CONTENT_RANGE,
        &format!("bytes */{size_bytes}"),
    );
    response
}

#[cfg(test)]
mod tests;

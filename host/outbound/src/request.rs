//! One request as a stranger words it, and what of it is sent.

use bytes::Bytes;
use http::header::{
    ACCEPT_ENCODING, CONNECTION, CONTENT_LENGTH, EXPECT, HOST, HeaderMap, HeaderName, HeaderValue,
    TE, TRAILER, TRANSFER_ENCODING, UPGRADE,
};
use http::{Method, Uri};

use crate::OutboundError;
use crate::place::{Place, Scheme};

/// Longest address, in bytes: what most servers take.
pub const URL_BYTES_MAX: usize = 4 << 10;
/// Most headers of a request; also of an answer.
pub const HEADERS_MAX: usize = 32;
/// Bytes of all names and values of a request's headers.
pub const HEADER_BYTES_MAX: usize = 8 << 10;
/// Longest body of a request: a page of JSON, no files.
pub const BODY_BYTES_MAX: usize = 256 << 10;
/// Longest body of an answer.
pub const ANSWER_BYTES_MAX: usize = 1 << 20;

/// Headers that the other side would believe of the portal, or that turn a GET into something else.
const MISLEADING: [&str; 8] = [
    "forwarded",
    "http2-settings",
    "keep-alive",
    "via",
    "x-http-method",
    "x-http-method-override",
    "x-method-override",
    "x-real-ip",
];

/// Set by the host alone: they say how a message is framed, to whom it goes, and in what coding.
const OURS: [HeaderName; 9] = [
    ACCEPT_ENCODING,
    CONNECTION,
    CONTENT_LENGTH,
    EXPECT,
    HOST,
    TE,
    TRAILER,
    TRANSFER_ENCODING,
    UPGRADE,
];

/// What is to be sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Request {
    /// An HTTP method in upper case.
    pub method: Method,
    /// The whole address: `https://host/path?query`.
    pub url: String,
    /// Names and values, in order.
    pub headers: Vec<(String, String)>,
    /// The body; empty for none.
    pub body: Vec<u8>,
}

/// What came back, whatever its status.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answer {
    /// 100 to 599; a redirect is an answer like any other.
    pub status: u16,
    /// Names in lower case, and values; values that are no text are left out.
    pub headers: Vec<(String, String)>,
    /// The body, whole.
    pub body: Vec<u8>,
}

/// A request that may be sent.
#[derive(Debug)]
pub struct Checked {
    /// Where it goes.
    pub place: Place,
    pub(crate) request: http::Request<http_body_util::Full<Bytes>>,
}

/// Reads a request; nothing of it is sent as it was written.
///
/// # Errors
/// [`OutboundError::Invalid`] and [`OutboundError::TooLarge`].
pub fn check(request: Request) -> Result<Checked, OutboundError> {
    let (place, target) = place(&request.url)?;
    let mut headers = headers(&request.headers)?;
    if request.body.len() > BODY_BYTES_MAX {
        return Err(too_large(format!(
            "a body has at most {BODY_BYTES_MAX} bytes, not {}",
            request.body.len()
        )));
    }
    let only_reads = matches!(request.method, Method::GET | Method::HEAD);
    if only_reads && !request.body.is_empty() {
        return Err(invalid("a GET or HEAD has no body"));
    }
    if !only_reads && request.body.is_empty() {
        headers.insert(CONTENT_LENGTH, HeaderValue::from_static("0"));
    }
    let host = HeaderValue::from_str(&place.authority());
    headers.insert(HOST, host.map_err(|_| invalid("the host is no header"))?);
    let body = http_body_util::Full::new(Bytes::from(request.body));
    let mut made = http::Request::new(body);
    *made.method_mut() = request.method;
    *made.uri_mut() = target;
    *made.headers_mut() = headers;
    let request = made;
    Ok(Checked { place, request })
}

/// The place of an address, and what of it stands in the request's first line.
fn place(url: &str) -> Result<(Place, Uri), OutboundError> {
    if url.len() > URL_BYTES_MAX {
        return Err(too_large(format!(
            "an address has at most {URL_BYTES_MAX} bytes"
        )));
    }
    // What browsers and servers read differently is read by nobody.
    let odd = |byte: u8| !byte.is_ascii_graphic() || b"\\#\"<>^`{|}".contains(&byte);
    if url.bytes().any(odd) {
        return Err(invalid(
            "an address has visible ASCII characters only, without \\ # \" < > ^ ` { | }: encode the rest as %XX",
        ));
    }
    let (scheme, rest) = match url.split_once("://") {
        Some(("https", rest)) => (Scheme::Https, rest),
        Some(("http", rest)) => (Scheme::Http, rest),
        _ => return Err(invalid("an address begins with https:// or http://")),
    };
    let end = rest.find(['/', '?']).unwrap_or(rest.len());
    let (authority, target) = rest.split_at(end);
    if authority.contains('@') {
        return Err(invalid("an address holds no user and no password"));
    }
    let (host, port) = match authority.split_once(':') {
        Some((host, port)) => (host, port.parse().ok().filter(|port| *port != 0)),
        None => (authority, Some(scheme.port())),
    };
    let port = port.ok_or_else(|| invalid("the port is no port"))?;
    let host = host.to_ascii_lowercase();
    if host.is_empty() {
        return Err(invalid("an address names a host"));
    }
    let target = match target.starts_with('/') {
        true => target.to_owned(),
        false => format!("/{target}"),
    };
    let target = target
        .parse::<http::uri::PathAndQuery>()
        .map_err(|_| invalid("the path cannot be read"))?;
    let place = Place { scheme, host, port };
    Ok((place, Uri::from(target)))
}

fn headers(given: &[(String, String)]) -> Result<HeaderMap, OutboundError> {
    let bytes: usize = given.iter().map(|(name, it)| name.len() + it.len()).sum();
    if given.len() > HEADERS_MAX || bytes > HEADER_BYTES_MAX {
        return Err(too_large(format!(
            "a request has at most {HEADERS_MAX} headers of {HEADER_BYTES_MAX} bytes in all"
        )));
    }
    let mut headers = HeaderMap::new();
    for (name, value) in given {
        let name = HeaderName::from_bytes(name.as_bytes());
        let name = name.map_err(|_| invalid("a header's name is no name"))?;
        let word = name.as_str();
        let is_ours = OURS.contains(&name)
            || word.starts_with("proxy-")
            || word.starts_with("x-forwarded-")
            || MISLEADING.contains(&word);
        if is_ours {
            return Err(invalid(&format!("the header `{name}` is set by the host")));
        }
        // Some servers read `content_length` as they read `content-length`.
        if word.contains('_') {
            return Err(invalid(&format!("the header `{name}` has an underscore")));
        }
        let value = HeaderValue::from_str(value)
            .map_err(|_| invalid(&format!("the header `{name}` has characters of control")))?;
        headers.append(name, value);
    }
    Ok(headers)
}

fn invalid(why: &str) -> OutboundError {
    OutboundError::Invalid(why.to_owned())
}

fn too_large(why: String) -> OutboundError {
    OutboundError::TooLarge(why)
}

#[cfg(test)]
mod tests;

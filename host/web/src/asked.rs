//! A request as it was asked: decoded, within limits, before anybody looks at what it asks for.

mod form;
mod forwarded;
mod host;
mod multipart;
mod query;
mod refused;

#[cfg(test)]
mod tests;

use std::hash::{BuildHasher, Hasher, RandomState};
use std::net::IpAddr;
use std::time::{SystemTime, UNIX_EPOCH};

use dinh_domain::dates::Instant;
use http::{HeaderMap, HeaderValue, Method};
use poem::Request;
use uuid::Uuid;

use crate::percent;

pub(crate) use form::{FilesAre, MAX_ENCODED_BYTES, Room, is_own};
pub(crate) use forwarded::Caller;
pub(crate) use host::host_of;
pub(crate) use multipart::{LOST_FILES, SentFile};
pub(crate) use query::{fields, pairs};
pub(crate) use refused::Refused;

/// Longest path, in bytes as sent: a slug of 200 letters with tone marks needs 1,800.
const MAX_PATH_BYTES: usize = 2 * 1024;
/// Longest query, in bytes as sent: 200 letters with tone marks and twenty filters need 3,000.
const MAX_QUERY_BYTES: usize = 4 * 1024;
/// Methods that are answered.
pub(crate) const ALLOWED_METHODS: &str = "GET, HEAD";

/// Names one request in headers, logs and on pages of failures.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct RequestId(Uuid);

impl RequestId {
    /// A UUID of version 7. It tells requests apart and is no secret: its random part comes from the
    /// keys that every hash table of this thread is made with, without asking the system each time.
    pub(crate) fn new() -> Self {
        let since = SystemTime::now().duration_since(UNIX_EPOCH);
        let millis = since.map_or(0, |since| since.as_millis());
        let random = u128::from(random()) << 64 | u128::from(random());
        let [_, _, _, _, _, _, bytes @ ..] = random.to_be_bytes();
        let millis = u64::try_from(millis).unwrap_or_default();
        Self(uuid::Builder::from_unix_timestamp_millis(millis, &bytes).into_uuid())
    }

    /// As a header's value.
    pub(crate) fn header(self) -> HeaderValue {
        let mut text = Uuid::encode_buffer();
        let text = self.0.hyphenated().encode_lower(&mut text);
        HeaderValue::from_str(text).unwrap_or(HeaderValue::from_static("-"))
    }
}

fn random() -> u64 {
    RandomState::new().build_hasher().finish()
}

impl std::fmt::Display for RequestId {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.0.fmt(f)
    }
}

/// A request that is well-formed.
#[derive(Debug, Clone)]
pub(crate) struct Asked {
    /// Its name.
    pub(crate) id: RequestId,
    /// Decoded, beginning with `/`. A slash that was escaped stays escaped: it parts no segments.
    pub(crate) path: String,
    /// Decoded, in the order of the address.
    pub(crate) params: Vec<(String, String)>,
    /// As sent.
    pub(crate) headers: HeaderMap,
    /// Fields that were sent, decoded, in their order; none where nothing was sent.
    pub(crate) form: Option<Vec<(String, String)>>,
    /// Files that were sent, where the route takes them.
    pub(crate) files: Vec<SentFile>,
    /// When whoever sent it was found signed in, where that was asked before it was read.
    pub(crate) signed_in_at: Option<Instant>,
    /// Who sent it: a network address, or that of a household's or an office's network; empty where
    /// the connection has none.
    pub(crate) from: String,
    /// The address of the connection, or of what a trusted proxy says of it.
    pub(crate) caller: Option<IpAddr>,
    captures: Vec<(&'static str, String)>,
}

impl Asked {
    /// Reads a request and takes its headers; the body is left alone, since only forms have one.
    pub(crate) fn read(request: &mut Request, id: RequestId) -> Result<Self, Refused> {
        if !matches!(*request.method(), Method::GET | Method::HEAD) {
            return Err(Refused::Method);
        }
        Self::taken(request, id)
    }

    /// Reads a form for which there is room.
    pub(crate) async fn read_form(
        request: &mut Request,
        (id, room): (RequestId, &Room),
    ) -> Result<Self, Refused> {
        let (form, files) = form::read(request, room).await?;
        Ok(Self {
            form: Some(form),
            files,
            signed_in_at: room.signed_in_at,
            ..Self::taken(request, id)?
        })
    }

    fn taken(request: &mut Request, id: RequestId) -> Result<Self, Refused> {
        let uri = request.uri();
        Ok(Self {
            id,
            path: path(uri.path())?,
            params: params(uri.query().unwrap_or_default())?,
            headers: std::mem::take(request.headers_mut()),
            form: None,
            files: Vec::new(),
            signed_in_at: None,
            from: String::new(),
            caller: None,
            captures: Vec::new(),
        })
    }

    /// The same from somebody.
    pub(crate) fn by(mut self, from: &str, caller: Option<IpAddr>) -> Self {
        from.clone_into(&mut self.from);
        self.caller = caller;
        self
    }

    /// The same with what the route's pattern found.
    pub(crate) fn with(mut self, captures: Vec<(&'static str, String)>) -> Self {
        self.captures = captures;
        self
    }

    /// What the route's pattern found; empty where the pattern has no such place.
    pub(crate) fn capture(&self, name: &str) -> &str {
        let found = self.captures.iter().find(|(known, _)| *known == name);
        found.map_or("", |(_, value)| value)
    }

    /// What a field of a form holds; empty where it was not sent.
    pub(crate) fn field(&self, name: &str) -> &str {
        let mut sent = self.form.iter().flatten();
        let found = sent.find(|(known, _)| known == name);
        found.map_or("", |(_, value)| value)
    }

    /// A header as text, if it was sent once and is ASCII.
    pub(crate) fn header(&self, name: http::header::HeaderName) -> Option<&str> {
        let mut all = self.headers.get_all(name).iter();
        let one = all.next()?;
        if all.next().is_some() {
            return None;
        }
        one.to_str().ok()
    }
}

fn path(raw: &str) -> Result<String, Refused> {
    if raw.len() > MAX_PATH_BYTES {
        return Err(Refused::PathTooLong);
    }
    if !raw.contains('%') && raw.bytes().all(|byte| byte.is_ascii_graphic()) {
        return Ok(raw.to_owned());
    }
    let segments = raw.split('/').map(percent::decode);
    let segments: Vec<String> = segments.collect::<Result<_, _>>()?;
    let segments: Vec<String> = segments.iter().map(|it| it.replace('/', "%2F")).collect();
    Ok(segments.join("/"))
}

fn params(raw: &str) -> Result<Vec<(String, String)>, Refused> {
    if raw.len() > MAX_QUERY_BYTES {
        return Err(Refused::QueryTooLong);
    }
    pairs(raw)
}

use std::sync::Arc;

use bytes::Bytes;
use dinh_portal::Freshness;
use http::header::{
    AGE, CACHE_CONTROL, CONTENT_ENCODING, CONTENT_LENGTH, CONTENT_TYPE, ETAG, HeaderName,
    HeaderValue, SET_COOKIE, VARY,
};
use http::{HeaderMap, StatusCode};
use poem::{Body, Response};
use tokio::sync::OnceCell;

use super::encoding::{Encoding, is_worthwhile};
use super::{MAX_PAGE_BYTES, Source};
use crate::{reply, security};

/// What a page takes beside its bodies, in bytes: headers of three forms, and the cache's own books.
const OVERHEAD_BYTES: usize = 3 * 1_024;
/// Where an answer comes from (RFC 9211).
const CACHE_STATUS: HeaderName = HeaderName::from_static("cache-status");

/// A kept answer.
pub(crate) struct Page {
    /// What it was made from.
    pub(crate) freshness: Freshness,
    plain: Form,
    /// Whether its media type is one that gets shorter.
    compressible: bool,
    gzip: OnceCell<Option<Form>>,
    brotli: OnceCell<Option<Form>>,
}

/// The answer in one encoding: everything but what differs from request to request.
struct Form {
    headers: HeaderMap,
    body: Bytes,
}

/// An answer that is not kept: it goes to the one who asked.
pub(crate) struct Unkept(pub(crate) Response);

impl Page {
    /// Takes an answer as a handler gave it: status 200, of known length, that says itself that it
    /// may be kept.
    pub(crate) async fn of(
        response: Response,
        freshness: Option<Freshness>,
    ) -> Result<Self, Unkept> {
        let Some(freshness) = freshness.filter(|_| may_be_kept(&response)) else {
            return Err(Unkept(response));
        };
        let (mut parts, body) = response.into_parts();
        let Ok(body) = body.into_bytes().await else {
            let failed = StatusCode::INTERNAL_SERVER_ERROR;
            return Err(Unkept(reply::text(failed, "internal error\n")));
        };
        let media_type = parts.headers.get(CONTENT_TYPE);
        let media_type = media_type
            .and_then(|it| it.to_str().ok())
            .unwrap_or_default();
        let compressible = is_worthwhile(media_type, body.len());
        if compressible {
            let vary = HeaderValue::from_static("accept-encoding");
            parts.headers.insert(VARY, vary);
        }
        security::dress_always(&mut parts.headers);
        let headers = parts.headers;
        Ok(Self {
            freshness,
            plain: Form { headers, body },
            compressible,
            gzip: OnceCell::new(),
            brotli: OnceCell::new(),
        })
    }

    /// What it takes with its compressed forms, which are a third of it at the most.
    pub(crate) fn size_bytes(&self) -> usize {
        let body = self.plain.body.len();
        let forms = if self.compressible { body * 2 / 3 } else { 0 };
        body + forms + self.freshness.size_bytes() + OVERHEAD_BYTES
    }

    /// The answer to a request with these headers.
    pub(crate) async fn reply(self: &Arc<Self>, asked: &HeaderMap) -> Response {
        let form = self.form(asked).await;
        let tag = form.headers.get(ETAG);
        let is_known = tag.and_then(|tag| tag.to_str().ok());
        if is_known.is_some_and(|tag| reply::none_match(asked, tag)) {
            return not_modified(&form.headers);
        }
        let mut response = Response::builder().body(form.body.clone());
        *response.headers_mut() = form.headers.clone();
        response
    }

    async fn form(self: &Arc<Self>, asked: &HeaderMap) -> &Form {
        if !self.compressible {
            return &self.plain;
        }
        let encoding = Encoding::accepted(asked);
        let cell = match encoding {
            Encoding::Identity => return &self.plain,
            Encoding::Gzip => &self.gzip,
            Encoding::Brotli => &self.brotli,
        };
        let made = cell.get_or_init(|| async move {
            let body = self.plain.body.clone();
            let encoded = tokio::task::spawn_blocking(move || encoding.of(&body)).await;
            self.plain.encoded(encoding, encoded.ok()??)
        });
        made.await.as_ref().unwrap_or(&self.plain)
    }
}

impl Form {
    /// The same with another body; its tag is another too.
    fn encoded(&self, encoding: Encoding, body: Bytes) -> Option<Self> {
        let mut headers = self.headers.clone();
        let name = encoding.name()?;
        let tag = headers.get(ETAG)?.to_str().ok()?;
        let tag = format!("{}-{name}\"", tag.strip_suffix('"')?);
        headers.insert(ETAG, HeaderValue::from_str(&tag).ok()?);
        headers.insert(CONTENT_ENCODING, HeaderValue::from_static(name));
        headers.insert(CONTENT_LENGTH, HeaderValue::from(body.len()));
        Some(Self { headers, body })
    }
}

fn may_be_kept(response: &Response) -> bool {
    let headers = response.headers();
    let text = |name: HeaderName| headers.get(name).and_then(|it| it.to_str().ok());
    let length = text(CONTENT_LENGTH).and_then(|text| text.parse::<usize>().ok());
    let is_private =
        text(CACHE_CONTROL).is_none_or(|it| it.contains("no-store") || it.contains("private"));
    response.status() == StatusCode::OK
        && length.is_some_and(|length| length <= MAX_PAGE_BYTES)
        && !is_private
        && headers.contains_key(ETAG)
        && !headers.contains_key(SET_COOKIE)
        && !headers.contains_key(CONTENT_ENCODING)
}

/// 304 with what a 200 would say, but for what describes its body.
fn not_modified(headers: &HeaderMap) -> Response {
    let mut response = Response::builder()
        .status(StatusCode::NOT_MODIFIED)
        .body(Body::empty());
    let mut kept = headers.clone();
    for name in [CONTENT_LENGTH, CONTENT_TYPE, CONTENT_ENCODING] {
        kept.remove(name);
    }
    *response.headers_mut() = kept;
    response
}

/// Says where an answer comes from; always where nobody can say whether it still stands.
pub(crate) fn mark(response: &mut Response, source: Source, always: bool) {
    if let Source::Unconfirmed(seconds) = source {
        response
            .headers_mut()
            .insert(AGE, HeaderValue::from(seconds));
    } else if !always {
        return;
    }
    if let Ok(status) = HeaderValue::from_str(&source.status()) {
        response.headers_mut().insert(CACHE_STATUS, status);
    }
}

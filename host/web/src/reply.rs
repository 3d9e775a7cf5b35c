//! Answers of every shape. Each states its length, so that `HEAD` can repeat it.

mod conditional;
mod disposition;
mod file;
mod range;

use std::sync::Arc;

use bytes::Bytes;
use dinh_render::Theme;
use dinh_render::view::{Page, View};
use futures_util::stream::Stream;
use http::StatusCode;
use http::header::{
    ACCESS_CONTROL_ALLOW_ORIGIN, ACCESS_CONTROL_EXPOSE_HEADERS, CACHE_CONTROL, CONTENT_DISPOSITION,
    CONTENT_LENGTH, CONTENT_SECURITY_POLICY, CONTENT_TYPE, ETAG, HeaderName, HeaderValue, LOCATION,
    RETRY_AFTER,
};
use poem::{Body, Response};

use crate::asked::Asked;
use crate::problem::Problem;
use crate::security::CONTENT_POLICY;

pub(crate) use conditional::none_match;
pub(crate) use file::file;

/// Pages are asked for again each time, and answered with 304 while they are the same.
const REVALIDATE: &str = "no-cache";
/// Files of the theme have their fingerprint in the address: they never change.
const FOR_EVER: &str = "public, max-age=31536000, immutable";
/// Redirects are remembered for an hour: long enough to help, short enough to correct.
const FOR_AN_HOUR: &str = "max-age=3600";
/// Failures are never kept.
const NEVER: &str = "no-store";
const HTML: &str = "text/html; charset=utf-8";

/// A page in the theme, with the status that it has when nothing went wrong.
pub(crate) async fn page<V>(
    theme: &Arc<Theme>,
    asked: &Asked,
    page: Page<V>,
) -> Result<Response, Problem>
where
    V: View + Send + 'static,
{
    page_with(StatusCode::OK, theme, asked, page).await
}

/// A page in the theme. Long texts take a while to render: not on the threads that serve connections.
pub(crate) async fn page_with<V>(
    status: StatusCode,
    theme: &Arc<Theme>,
    asked: &Asked,
    page: Page<V>,
) -> Result<Response, Problem>
where
    V: View + Send + 'static,
{
    let theme = theme.clone();
    let rendered = tokio::task::spawn_blocking(move || {
        let html = theme.render(&page)?;
        let tag = conditional::strong_tag(html.as_bytes());
        Ok::<_, dinh_render::RenderError>((html, tag))
    });
    let rendered = rendered.await.map_err(|error| Problem::Internal {
        cause: error.to_string(),
    })?;
    let (html, tag) = rendered?;
    if status != StatusCode::OK {
        return Ok(build(status, HTML, NEVER, html.into()));
    }
    Ok(tagged(
        asked,
        &tag,
        build(status, HTML, REVALIDATE, html.into()),
    ))
}

/// A page instead of the one asked for.
pub(crate) fn failure(status: StatusCode, html: String) -> Response {
    build(status, HTML, NEVER, html.into())
}

/// Says when to come back.
pub(crate) fn come_back(response: &mut Response, seconds: u32) {
    let headers = response.headers_mut();
    headers.insert(RETRY_AFTER, HeaderValue::from(seconds));
    headers.insert(CACHE_CONTROL, HeaderValue::from_static(NEVER));
    headers.remove(ETAG);
}

/// Says that nobody may keep it.
pub(crate) fn never_keep(response: &mut Response) {
    let headers = response.headers_mut();
    headers.insert(CACHE_CONTROL, HeaderValue::from_static(NEVER));
    headers.remove(ETAG);
}

/// A page that is kept by us and by nobody else.
pub(crate) fn kept_here(html: String) -> Response {
    let tag = conditional::strong_tag(html.as_bytes());
    let mut response = build(StatusCode::OK, HTML, REVALIDATE, html.into());
    put(&mut response, ETAG, &tag);
    response
}

/// Plain text for machines.
pub(crate) fn text(status: StatusCode, text: impl Into<String>) -> Response {
    build(
        status,
        "text/plain; charset=utf-8",
        NEVER,
        text.into().into(),
    )
}

/// JSON for programs: public, so that pages of other hosts may read it too, and asked for again each
/// time, as pages are.
pub(crate) fn data(asked: &Asked, value: &serde_json::Value) -> Response {
    let text = value.to_string();
    let tag = conditional::strong_tag(text.as_bytes());
    let mut response = build(StatusCode::OK, "application/json", REVALIDATE, text.into());
    open_to_all(&mut response);
    tagged(asked, &tag, response)
}

/// What went wrong, for programs (RFC 9457).
pub(crate) fn problem(status: StatusCode, value: &serde_json::Value) -> Response {
    let text = value.to_string();
    let mut response = build(status, "application/problem+json", NEVER, text.into());
    open_to_all(&mut response);
    response
}

/// What is read here carries no credentials and is the same for everybody.
fn open_to_all(response: &mut Response) {
    put(response, ACCESS_CONTROL_ALLOW_ORIGIN, "*");
    put(
        response,
        ACCESS_CONTROL_EXPOSE_HEADERS,
        "ETag, Link, Retry-After",
    );
    put(response, CONTENT_SECURITY_POLICY, CONTENT_POLICY);
}

/// A document of XML that is asked for again each time.
pub(crate) fn xml(asked: &Asked, media_type: &str, text: String) -> Response {
    computed(asked, media_type, text.into_bytes())
}

/// A file whose bytes come as they are made; its length is not known.
pub(crate) fn streamed(
    media_type: &str,
    name: &str,
    bytes: impl Stream<Item = std::io::Result<Bytes>> + Send + 'static,
) -> Response {
    let mut response = Response::builder().body(Body::from_bytes_stream(bytes));
    put(&mut response, CONTENT_TYPE, media_type);
    put(&mut response, CACHE_CONTROL, NEVER);
    put(
        &mut response,
        CONTENT_DISPOSITION,
        &disposition::attachment(name),
    );
    put(&mut response, CONTENT_SECURITY_POLICY, CONTENT_POLICY);
    response
}

/// The tag of an answer that is the same while these words are, whatever its bytes are (RFC 9110, 8.8.1: a weak one).
pub(crate) fn tag_of(words: &[&str]) -> String {
    conditional::strong_tag(words.join("\n").as_bytes())
}

/// The answer that a reader has already, by its tag; none where it has another one.
pub(crate) fn known(asked: &Asked, tag: &str) -> Option<Response> {
    if !conditional::none_match(&asked.headers, tag) {
        return None;
    }
    let mut response = Response::builder()
        .status(StatusCode::NOT_MODIFIED)
        .finish();
    put(&mut response, CACHE_CONTROL, REVALIDATE);
    put(&mut response, ETAG, &format!("W/{tag}"));
    Some(response)
}

/// The same answer with a weak tag, to be asked for again each time.
pub(crate) fn revalidated(mut response: Response, tag: &str) -> Response {
    put(&mut response, CACHE_CONTROL, REVALIDATE);
    put(&mut response, ETAG, &format!("W/{tag}"));
    response
}

/// JSON for machines.
pub(crate) fn json(status: StatusCode, value: &serde_json::Value) -> Response {
    build(status, "application/json", NEVER, value.to_string().into())
}

/// A file of the theme.
pub(crate) fn asset(asked: &Asked, media_type: &'static str, bytes: &[u8]) -> Response {
    let tag = conditional::strong_tag(bytes);
    tagged(
        asked,
        &tag,
        build(
            StatusCode::OK,
            media_type,
            FOR_EVER,
            Bytes::copy_from_slice(bytes),
        ),
    )
}

/// Bytes that a plugin computed, or data for programs: whatever they claim to be, nothing in them acts.
pub(crate) fn computed(asked: &Asked, media_type: &str, bytes: Vec<u8>) -> Response {
    let tag = conditional::strong_tag(&bytes);
    let mut response = build(StatusCode::OK, media_type, REVALIDATE, bytes.into());
    let policy = HeaderValue::from_static(CONTENT_POLICY);
    response
        .headers_mut()
        .insert(CONTENT_SECURITY_POLICY, policy);
    tagged(asked, &tag, response)
}

/// A legal text for machines.
pub(crate) fn akn(asked: &Asked, text: String) -> Response {
    xml(asked, "application/akn+xml; charset=utf-8", text)
}

/// A document too long to be made at once.
pub(crate) fn streamed_xml(body: Body) -> Response {
    let mut response = Response::builder().body(body);
    put(
        &mut response,
        CONTENT_TYPE,
        "application/xml; charset=utf-8",
    );
    let kept = HeaderValue::from_static(REVALIDATE);
    response.headers_mut().insert(CACHE_CONTROL, kept);
    response
}

/// A page to keep under a name. It says when it was made, so no two are the same.
pub(crate) async fn saved<V>(
    theme: &Arc<Theme>,
    name: &str,
    page: Page<V>,
) -> Result<Response, Problem>
where
    V: View + Send + 'static,
{
    let theme = theme.clone();
    let rendered = tokio::task::spawn_blocking(move || theme.render(&page));
    let html = rendered.await.map_err(|error| Problem::Internal {
        cause: error.to_string(),
    })??;
    let mut response = build(StatusCode::OK, HTML, NEVER, html.into());
    put(
        &mut response,
        CONTENT_DISPOSITION,
        &disposition::attachment(name),
    );
    let headers = response.headers_mut();
    let policy = HeaderValue::from_static(CONTENT_POLICY);
    headers.insert(CONTENT_SECURITY_POLICY, policy);
    let robots = HeaderName::from_static("x-robots-tag");
    headers.insert(robots, HeaderValue::from_static("noindex"));
    Ok(response)
}

/// Elsewhere. `location` is an address that [`crate::percent`] made.
pub(crate) fn redirect(status: StatusCode, location: &str) -> Response {
    let kept = if status == StatusCode::MOVED_PERMANENTLY {
        FOR_AN_HOUR
    } else {
        NEVER
    };
    let mut response = build(status, "text/plain; charset=utf-8", kept, Bytes::new());
    put(&mut response, LOCATION, location);
    response
}

/// 304 where the reader has this very answer.
fn tagged(asked: &Asked, tag: &str, mut response: Response) -> Response {
    put(&mut response, ETAG, tag);
    if conditional::none_match(&asked.headers, tag) {
        response.set_status(StatusCode::NOT_MODIFIED);
        response.headers_mut().remove(CONTENT_LENGTH);
        response.headers_mut().remove(CONTENT_TYPE);
        response.set_body(Body::empty());
    }
    response
}

fn build(status: StatusCode, media_type: &str, kept: &'static str, bytes: Bytes) -> Response {
    let length = HeaderValue::from(bytes.len());
    let mut response = Response::builder().status(status).body(bytes);
    put(&mut response, CONTENT_TYPE, media_type);
    let headers = response.headers_mut();
    headers.insert(CACHE_CONTROL, HeaderValue::from_static(kept));
    headers.insert(CONTENT_LENGTH, length);
    response
}

/// Values that cannot be a header's are left out rather than cut.
fn put(response: &mut Response, name: HeaderName, value: &str) {
    if let Ok(value) = HeaderValue::from_str(value) {
        response.headers_mut().insert(name, value);
    }
}

#[cfg(test)]
mod tests;

//! Pages for requests that belong to no site: they name none, and need nothing but themselves.

use dinh_render::Theme;
use http::StatusCode;
use http::header::{HeaderValue, RETRY_AFTER};
use poem::Response;

use crate::asked::RequestId;
use crate::problem::RETRY_AFTER_SECONDS;
use crate::reply;

/// When to come back after an overload, in seconds: floods of requests pass quickly, and who waits
/// longer than this has given up.
const OVERLOADED_SECONDS: u32 = 10;
/// Language of people of whom nothing is known.
const LANGUAGE: &str = "vi";

/// The host name leads to no site (404).
pub(crate) fn unknown_host(theme: &Theme) -> Response {
    page(
        theme,
        StatusCode::NOT_FOUND,
        ["host.unknown.title", "host.unknown.help"],
        None,
    )
}

/// No host name, several, or none that can exist (400).
pub(crate) fn bad_host(theme: &Theme) -> Response {
    page(
        theme,
        StatusCode::BAD_REQUEST,
        ["host.bad.title", "host.bad.help"],
        None,
    )
}

/// The sites cannot be read now (503).
pub(crate) fn unavailable(theme: &Theme, id: RequestId) -> Response {
    let keys = ["error.unavailable.title", "error.unavailable.help"];
    let mut response = page(theme, StatusCode::SERVICE_UNAVAILABLE, keys, Some(id));
    let seconds = HeaderValue::from(RETRY_AFTER_SECONDS);
    response.headers_mut().insert(RETRY_AFTER, seconds);
    response
}

/// More is asked than can be worked out now (503).
pub(crate) fn overloaded(theme: &Theme, id: RequestId) -> Response {
    let mut response = unavailable(theme, id);
    reply::come_back(&mut response, OVERLOADED_SECONDS);
    response
}

/// Somebody asks too often, and of a site that is not there (429).
pub(crate) fn too_many(theme: &Theme) -> Response {
    let keys = ["error.too_many.title", "error.too_many.help"];
    page(theme, StatusCode::TOO_MANY_REQUESTS, keys, None)
}

/// Our own fault (500).
pub(crate) fn internal(theme: &Theme, id: RequestId) -> Response {
    let keys = ["error.internal.title", "error.internal.help"];
    page(theme, StatusCode::INTERNAL_SERVER_ERROR, keys, Some(id))
}

/// Words for who works at a page, which looks again by itself.
pub(crate) fn notice(text: &str) -> String {
    let text = escaped(text);
    format!(
        "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta http-equiv=\"refresh\" content=\"1\">\n<title>dinh plugin dev</title>\n</head>\n<body>\n<main>\n\
         <h1>dinh plugin dev</h1>\n<pre>{text}</pre>\n</main>\n</body>\n</html>\n"
    )
}

fn page(theme: &Theme, status: StatusCode, keys: [&str; 2], id: Option<RequestId>) -> Response {
    let [title, help] = keys.map(|key| escaped(theme.text(LANGUAGE, key)));
    let id = id.map(|id| {
        let label = escaped(theme.text(LANGUAGE, "error.request_id"));
        format!("<p>{label}: <code>{id}</code></p>\n")
    });
    let id = id.unwrap_or_default();
    let html = format!(
        "<!DOCTYPE html>\n<html lang=\"{LANGUAGE}\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <meta name=\"robots\" content=\"noindex\">\n<title>{title}</title>\n</head>\n<body>\n<main>\n\
         <h1>{title}</h1>\n<p>{help}</p>\n{id}</main>\n</body>\n</html>\n"
    );
    reply::failure(status, html)
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
}

#[cfg(test)]
pub(crate) mod tests;

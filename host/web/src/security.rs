//! Headers that every answer carries.

use http::HeaderMap;
use http::header::{CONTENT_SECURITY_POLICY, HeaderName, HeaderValue, STRICT_TRANSPORT_SECURITY};
use poem::Response;

use crate::asked::RequestId;
use crate::options::PublicScheme;

/// Pages: styles, images and fonts of the theme, forms to the same site, nothing else; no script at all.
const PAGE_POLICY: &str = "default-src 'none'; style-src 'self'; img-src 'self'; font-src 'self'; \
     form-action 'self'; base-uri 'none'; frame-ancestors 'none'";
/// The same with the theme's own script, which asks this site alone.
const SCRIPT_POLICY: &str = "default-src 'none'; style-src 'self'; img-src 'self'; font-src 'self'; \
     script-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";
/// What others wrote: nothing in it acts, wherever a browser shows it.
pub(crate) const CONTENT_POLICY: &str = "default-src 'none'; sandbox; frame-ancestors 'none'";
/// Browsers come back encrypted for a year, the shortest time that preload lists take seriously.
const TRANSPORT: &str = "max-age=31536000";

/// Names the request in logs and reports.
const REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");

const ALWAYS: [(&str, &str); 5] = [
    ("x-content-type-options", "nosniff"),
    ("referrer-policy", "strict-origin-when-cross-origin"),
    (
        "permissions-policy",
        "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    ),
    ("cross-origin-opener-policy", "same-origin"),
    ("cross-origin-resource-policy", "same-origin"),
];

/// Puts them on an answer; a policy that the answer already has stays.
pub(crate) fn dress(response: &mut Response, id: RequestId, scheme: PublicScheme) {
    let headers = response.headers_mut();
    if !headers.contains_key(REQUEST_ID) {
        dress_always(headers);
    }
    headers.insert(REQUEST_ID, id.header());
    if scheme == PublicScheme::Https {
        headers.insert(
            STRICT_TRANSPORT_SECURITY,
            HeaderValue::from_static(TRANSPORT),
        );
    }
}

/// Lets the theme's script run on a page.
pub(crate) fn allow_own_script(response: &mut Response) {
    let policy = HeaderValue::from_static(SCRIPT_POLICY);
    response
        .headers_mut()
        .insert(CONTENT_SECURITY_POLICY, policy);
}

/// Puts on those that are the same on every answer, and holds a place for its name.
pub(crate) fn dress_always(headers: &mut HeaderMap) {
    for (name, value) in ALWAYS {
        // What a page has already is stricter.
        headers
            .entry(HeaderName::from_static(name))
            .or_insert(HeaderValue::from_static(value));
    }
    headers
        .entry(CONTENT_SECURITY_POLICY)
        .or_insert(HeaderValue::from_static(PAGE_POLICY));
    headers.insert(REQUEST_ID, HeaderValue::from_static("-"));
}

#[cfg(test)]
mod tests;

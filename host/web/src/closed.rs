//! A site that does not answer now, or any more.

use std::sync::Arc;

use dinh_domain::site::{Site, SiteState};
use dinh_render::Theme;
use dinh_render::view::{ErrorKind, ErrorPage, Frame, Page};
use http::StatusCode;
use http::header::{HeaderValue, RETRY_AFTER};
use poem::Response;

use crate::asked::RequestId;
use crate::present;
use crate::problem::{self, RETRY_AFTER_SECONDS};
use crate::{plain, reply};

/// Language of a site's last words.
const LANGUAGE: &str = "vi";

/// 503 while it is suspended, 410 when it has ended; one that is not yet public is unknown.
pub(crate) fn page(theme: &Theme, site: &Site, id: RequestId) -> Response {
    let (kind, key) = match site.state {
        SiteState::Suspended => (ErrorKind::Unavailable, "site_state.suspended"),
        SiteState::Closed => (ErrorKind::Gone, "site_state.closed"),
        SiteState::Trial | SiteState::Live => return plain::unknown_host(theme),
    };
    let title = theme.text(LANGUAGE, kind.title_key());
    let mut frame = Frame::new(Arc::new(present::bare_site(site)), title);
    frame.noindex = true;
    let mut body = ErrorPage::new(kind);
    body.detail = Some(theme.text(LANGUAGE, key).to_owned());
    let status = StatusCode::from_u16(kind.status()).unwrap_or(StatusCode::SERVICE_UNAVAILABLE);
    match theme.render(&Page { frame, body }) {
        Ok(html) => {
            let mut response = reply::failure(status, html);
            if kind == ErrorKind::Unavailable {
                let seconds = HeaderValue::from(RETRY_AFTER_SECONDS);
                response.headers_mut().insert(RETRY_AFTER, seconds);
            }
            response
        }
        Err(error) => {
            problem::log(&error.into(), id);
            plain::internal(theme, id)
        }
    }
}

#[cfg(test)]
mod tests;

//! Every refusal and failure becomes a status and a page, here and nowhere else. Causes go to the log
//! with the request's name; readers get the name.

use dinh_portal::shown::Withdrawn;
use dinh_portal::{AccountRefusal, BadParameter, Failure};
use dinh_render::RenderError;
use dinh_render::view::{ErrorKind, ErrorPage, Link, Notice, Page, Tone};
use http::StatusCode;
use http::header::{ALLOW, HeaderValue, RETRY_AFTER};
use poem::Response;

use crate::asked::{ALLOWED_METHODS, Refused, RequestId};
use crate::exports::EXPORT_RETRY_SECONDS;
use crate::present::Setting;
use crate::{links, plain, reply};

/// When to come back, in seconds: a restart or a short overload is over by then.
pub(crate) const RETRY_AFTER_SECONDS: u32 = 120;

/// Why a route does not answer with what was asked for.
#[derive(Debug)]
pub(crate) enum Problem {
    /// The request is not well-formed.
    Refused(Refused),
    /// The portal cannot answer this; the reader is told why, in Vietnamese.
    BadRequest {
        /// What was wrong and what to do.
        detail: String,
    },
    /// It is not for this person, or not now; told in Vietnamese.
    Refusal {
        /// 403 or 409.
        status: StatusCode,
        /// Why, and what to do.
        detail: String,
    },
    /// Something is not done with an account; staff are told why, in Vietnamese.
    Account(AccountRefusal),
    /// A program asked with a parameter that cannot be used; told in English.
    Parameter(BadParameter),
    /// Nothing here that this reader may see.
    NotFound,
    /// The list has fewer pages.
    BeyondLastPage {
        /// How many it has.
        pages: u64,
        /// The last of them.
        last: String,
    },
    /// The entry was withdrawn.
    Withdrawn(Box<Withdrawn>),
    /// As many lists are taken at once as may be.
    TooManyExports,
    /// Something does not answer now.
    Unavailable {
        /// For the log.
        cause: String,
    },
    /// Our own fault.
    Internal {
        /// For the log.
        cause: String,
    },
}

impl From<Failure> for Problem {
    fn from(failure: Failure) -> Self {
        match failure {
            Failure::BadRequest { detail } => Self::BadRequest { detail },
            Failure::Parameter(bad) => Self::Parameter(bad),
            Failure::Account(refusal) => Self::Account(refusal),
            Failure::Unavailable { cause } => Self::Unavailable { cause },
            Failure::NoSpace { what } => Self::Unavailable {
                cause: format!("the disk is full: {what}"),
            },
            Failure::Refused(cause) | Failure::Internal { cause } => Self::Internal { cause },
        }
    }
}

impl From<RenderError> for Problem {
    fn from(error: RenderError) -> Self {
        Self::Internal {
            cause: format!("the theme cannot show the page: {error}"),
        }
    }
}

impl Problem {
    fn kind(&self) -> ErrorKind {
        match self {
            Self::Refused(_)
            | Self::Refusal { .. }
            | Self::BadRequest { .. }
            | Self::Account(_)
            | Self::Parameter(_) => ErrorKind::BadRequest,
            Self::NotFound | Self::BeyondLastPage { .. } => ErrorKind::NotFound,
            Self::Withdrawn(_) => ErrorKind::Gone,
            Self::Unavailable { .. } | Self::TooManyExports => ErrorKind::Unavailable,
            Self::Internal { .. } => ErrorKind::Internal,
        }
    }

    pub(crate) fn status(&self) -> StatusCode {
        match self {
            Self::Refused(refused) => refused.status(),
            Self::Refusal { status, .. } => *status,
            Self::Account(refusal) => account_status(refusal),
            other => StatusCode::from_u16(other.kind().status())
                .unwrap_or(StatusCode::INTERNAL_SERVER_ERROR),
        }
    }
}

/// 403 where it is not for them, 409 where it would leave nobody or somebody was faster, 422 where
/// something else must be typed.
pub(crate) fn account_status(refusal: &AccountRefusal) -> StatusCode {
    match refusal {
        AccountRefusal::NotYours | AccountRefusal::Beyond(_) => StatusCode::FORBIDDEN,
        AccountRefusal::LastAdministrator
        | AccountRefusal::NotHeld { .. }
        | AccountRefusal::NoDelegation => StatusCode::CONFLICT,
        _ => StatusCode::UNPROCESSABLE_ENTITY,
    }
}

/// The page for whoever asks too often; it names no request, so that one is enough for all.
pub(crate) fn too_many(setting: &Setting<'_>) -> Response {
    let kind = ErrorKind::TooMany;
    let mut frame = setting.frame(setting.text(kind.title_key()));
    frame.noindex = true;
    let body = ErrorPage::new(kind);
    match setting.theme.render(&Page { frame, body }) {
        Ok(html) => reply::kept_here(html),
        Err(_) => plain::too_many(setting.theme),
    }
}

/// Writes the cause down, where there is one.
pub(crate) fn log(problem: &Problem, id: RequestId) {
    match problem {
        Problem::Internal { cause } => tracing::error!(request_id = %id, cause, "internal failure"),
        Problem::Unavailable { cause } => tracing::warn!(request_id = %id, cause, "unavailable"),
        other => tracing::debug!(request_id = %id, problem = ?other, "refused"),
    }
}

/// The page on a site.
pub(crate) fn page(setting: &Setting<'_>, problem: Problem, id: RequestId) -> Response {
    log(&problem, id);
    let kind = problem.kind();
    let status = problem.status();
    let mut frame = setting.frame(setting.text(kind.title_key()));
    frame.noindex = true;
    let mut body = ErrorPage::new(kind);
    body.status = status.as_u16();
    let mut headers: Vec<(http::HeaderName, HeaderValue)> = Vec::new();
    match problem {
        Problem::Refused(refused) => {
            body.detail = Some(setting.text(refused.text_key()).to_owned());
            if refused == Refused::Method {
                headers.push((ALLOW, HeaderValue::from_static(ALLOWED_METHODS)));
            }
        }
        Problem::BadRequest { detail } | Problem::Refusal { detail, .. } => {
            body.detail = Some(detail);
        }
        Problem::Account(refusal) => body.detail = Some(refusal.told()),
        Problem::Parameter(bad) => body.detail = Some(bad.to_string()),
        Problem::NotFound => {}
        Problem::BeyondLastPage { pages, last } => {
            let pages = dinh_render::format::number(pages);
            frame.notices.push(Notice {
                tone: Tone::Warn,
                text: setting.texts("beyond_last_page.text", &[("pages", &pages)]),
                link: Some(Link::new(setting.text("beyond_last_page.link"), last)),
            });
        }
        Problem::Withdrawn(withdrawn) => {
            frame.menu = setting.menu(Some(&withdrawn.section));
            body.successor = withdrawn
                .successor
                .as_ref()
                .map(|way| Link::new(&way.label, links::href(setting.options, way)));
            body.reason = Some(withdrawn.reason).filter(|reason| !reason.is_empty());
        }
        Problem::TooManyExports => {
            body.detail = Some(setting.text("exports.busy").to_owned());
            headers.push((RETRY_AFTER, HeaderValue::from(EXPORT_RETRY_SECONDS)));
        }
        Problem::Unavailable { .. } => {
            body.request_id = Some(id.to_string());
            headers.push((RETRY_AFTER, HeaderValue::from(RETRY_AFTER_SECONDS)));
        }
        Problem::Internal { .. } => body.request_id = Some(id.to_string()),
    }
    match setting.theme.render(&Page { frame, body }) {
        Ok(html) => {
            let mut response = reply::failure(status, html);
            response.headers_mut().extend(headers);
            response
        }
        Err(error) => {
            log(&error.into(), id);
            plain::internal(setting.theme, id)
        }
    }
}

use serde::Serialize;

use super::{Link, View};

/// A page instead of the one asked for. The words are the theme's own.
#[derive(Debug, Clone, Serialize)]
pub struct ErrorPage {
    /// Which failure.
    pub kind: ErrorKind,
    /// The status code, as shown.
    pub status: u16,
    /// What exactly was wrong, for a 400: which parameter, what to do. Plain text in the page's language.
    pub detail: Option<String>,
    /// Why an entry was withdrawn (410).
    pub reason: Option<String>,
    /// What took its place (410).
    pub successor: Option<Link>,
    /// What the citizen may quote when reporting a failure (500, 503).
    pub request_id: Option<String>,
}

/// The failures that have a page.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum ErrorKind {
    /// 400: the address or a parameter is malformed.
    BadRequest,
    /// 404.
    NotFound,
    /// 410: withdrawn.
    Gone,
    /// 429: asked too often.
    TooMany,
    /// 500.
    Internal,
    /// 503: for a while.
    Unavailable,
}

impl ErrorKind {
    /// The status code.
    pub fn status(self) -> u16 {
        match self {
            Self::BadRequest => 400,
            Self::NotFound => 404,
            Self::Gone => 410,
            Self::TooMany => 429,
            Self::Internal => 500,
            Self::Unavailable => 503,
        }
    }

    /// The locale key of the page's title: `theme.text(&lang, kind.title_key())` for `Frame::title`.
    pub fn title_key(self) -> &'static str {
        match self {
            Self::BadRequest => "error.bad_request.title",
            Self::NotFound => "error.not_found.title",
            Self::Gone => "error.gone.title",
            Self::TooMany => "error.too_many.title",
            Self::Internal => "error.internal.title",
            Self::Unavailable => "error.unavailable.title",
        }
    }
}

impl ErrorPage {
    /// A page for `kind` with nothing optional.
    pub fn new(kind: ErrorKind) -> Self {
        Self {
            kind,
            status: kind.status(),
            detail: None,
            reason: None,
            successor: None,
            request_id: None,
        }
    }
}

impl View for ErrorPage {
    const TEMPLATE: &'static str = "error";
}

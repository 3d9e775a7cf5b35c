//! HTTP to other systems, as a guest may ask for it.

use thiserror::Error;

/// Longest wait that a guest may name, in milliseconds.
pub const FETCH_MS_MAX: u32 = 10_000;

/// The methods of a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FetchMethod {
    /// GET.
    Get,
    /// HEAD.
    Head,
    /// POST.
    Post,
    /// PUT.
    Put,
    /// PATCH.
    Patch,
    /// DELETE.
    Delete,
}

/// What a guest wants sent; nothing of it is checked yet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FetchRequest {
    /// The method.
    pub method: FetchMethod,
    /// The whole address.
    pub url: String,
    /// Names and values.
    pub headers: Vec<(String, String)>,
    /// Empty for none.
    pub body: Vec<u8>,
}

/// What came back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FetchResponse {
    /// The status.
    pub status: u16,
    /// Names in lower case, and values.
    pub headers: Vec<(String, String)>,
    /// The body.
    pub body: Vec<u8>,
}

/// Why there is no answer; the guest sees it.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum FetchError {
    /// Not a named system, not at a public address, or not in this export.
    #[error("denied: {0}")]
    Denied(String),
    /// The request breaks a rule, and says which.
    #[error("invalid: {0}")]
    Invalid(String),
    /// The request or the answer is too large.
    #[error("too large: {0}")]
    TooLarge(String),
    /// Too many requests.
    #[error("too many requests: {0}")]
    Rate(String),
    /// No answer in time.
    #[error("timed out: {0}")]
    Timeout(String),
    /// It cannot be spoken to.
    #[error("unreachable: {0}")]
    Unreachable(String),
}

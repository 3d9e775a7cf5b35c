//! Requests to other systems.

use std::fmt;

/// How long a request waits when nothing is said, in milliseconds.
const DEFAULT_TIMEOUT_MS: u32 = 2_000;

/// The methods of a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Method {
    /// GET.
    Get,
    /// HEAD.
    Head,
    /// POST; not in pages.
    Post,
    /// PUT; not in pages.
    Put,
    /// PATCH; not in pages.
    Patch,
    /// DELETE; not in pages.
    Delete,
}

/// A request to a system that plugin.toml names under `[[fetch]]`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fetch {
    /// The method.
    pub method: Method,
    /// The whole address: `https://api.example.vn/v1/weather`.
    pub url: String,
    /// Names and values.
    pub headers: Vec<(String, String)>,
    /// Empty for none.
    pub body: Vec<u8>,
    /// 1 to 10,000 ms.
    pub timeout_ms: u32,
}

impl Fetch {
    /// A request without headers and body.
    pub fn new(method: Method, url: impl Into<String>) -> Self {
        Self {
            method,
            url: url.into(),
            headers: Vec::new(),
            body: Vec::new(),
            timeout_ms: DEFAULT_TIMEOUT_MS,
        }
    }

    /// GET.
    pub fn get(url: impl Into<String>) -> Self {
        Self::new(Method::Get, url)
    }

    /// POST of a JSON text.
    pub fn post_json(url: impl Into<String>, body: &serde_json::Value) -> Self {
        let mut post = Self::new(Method::Post, url).header("content-type", "application/json");
        post.body = body.to_string().into_bytes();
        post
    }

    /// Adds a header.
    #[must_use]
    pub fn header(mut self, name: &str, value: &str) -> Self {
        self.headers.push((name.into(), value.into()));
        self
    }
}

/// What came back, whatever its status; a redirect too.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Fetched {
    /// The status.
    pub status: u16,
    /// Names in lower case, and values.
    pub headers: Vec<(String, String)>,
    /// The body, at most 1 MiB.
    pub body: Vec<u8>,
}

impl Fetched {
    /// The body as JSON.
    ///
    /// # Errors
    /// Words for the operator.
    pub fn json(&self) -> Result<serde_json::Value, String> {
        serde_json::from_slice(&self.body)
            .map_err(|error| format!("the answer is no JSON: {error}"))
    }
}

/// Why there is no answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FetchError {
    /// Not a named system, not at a public address, or not in this export.
    Denied(String),
    /// The request breaks a rule, and says which.
    Invalid(String),
    /// The request or the answer is too large.
    TooLarge(String),
    /// Too many requests of this call, or of the last minute.
    Rate(String),
    /// No answer in time.
    Timeout(String),
    /// No such name, no connection, no trusted certificate, or no HTTP.
    Unreachable(String),
}

impl fmt::Display for FetchError {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Denied(why) => write!(out, "denied: {why}"),
            Self::Invalid(why) => write!(out, "invalid: {why}"),
            Self::TooLarge(why) => write!(out, "too large: {why}"),
            Self::Rate(why) => write!(out, "too many requests: {why}"),
            Self::Timeout(why) => write!(out, "timed out: {why}"),
            Self::Unreachable(why) => write!(out, "unreachable: {why}"),
        }
    }
}

impl std::error::Error for FetchError {}

/// So that a page may say `host.fetch(…)?`.
impl From<FetchError> for String {
    fn from(error: FetchError) -> Self {
        error.to_string()
    }
}

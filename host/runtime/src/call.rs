//! One call of an export.

use std::sync::Arc;

use crate::{Budget, HostCalls};

/// For whom, when and under which limits an export is called.
#[derive(Clone)]
pub struct Call {
    /// The site that asks; also the site of the breaker's key.
    pub site: String,
    /// Answers the guest, with the rights of the person the call is made for.
    pub host: Arc<dyn HostCalls>,
    /// The guest's and the breaker's instant, in milliseconds since the epoch, UTC.
    pub now_ms: u64,
    /// The civil date at the site, YYYY-MM-DD.
    pub today: String,
    /// Usually [`Budget::PAGE`] or one of its sisters.
    pub budget: Budget,
}

/// What a page is asked; the site comes from the [`Call`].
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Request {
    /// The route's name in the manifest.
    pub route: String,
    /// Path parameters of the route.
    pub params: Vec<(String, String)>,
    /// Declared query parameters only, in canonical order.
    pub query: Vec<(String, String)>,
    /// BCP 47: `vi`, `en`.
    pub locale: String,
    /// An opaque id of the person signed in; none without the grant.
    pub viewer: Option<String>,
}

/// What a form was sent; the site comes from the [`Call`].
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Submission {
    /// The route's name in the manifest.
    pub form: String,
    /// Path parameters of the route.
    pub params: Vec<(String, String)>,
    /// A JSON object as text: every declared field.
    pub values: String,
    /// BCP 47: `vi`, `en`.
    pub locale: String,
    /// An opaque id of the person signed in; none without the grant.
    pub viewer: Option<String>,
}

/// A step of a job; the site comes from the [`Call`].
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Job {
    /// The job's name in the manifest.
    pub name: String,
    /// A JSON value as text.
    pub payload: String,
    /// Where the step before said it ended; none at the beginning.
    pub cursor: Option<String>,
    /// 1, and one more after each step in a row that did not go well.
    pub attempt: u32,
}

/// What another system sent; the site comes from the [`Call`].
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Delivery {
    /// The webhook's name in the manifest.
    pub name: String,
    /// Headers that the manifest asks for, in small letters, as often as they were sent.
    pub headers: Vec<(String, String)>,
    /// Byte for byte as it was sent.
    pub body: Vec<u8>,
}

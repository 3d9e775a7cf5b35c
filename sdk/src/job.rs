//! Work for later: what is enqueued, and the steps in which it is done.

use std::fmt;

use serde::Serialize;
use serde_json::Value;

/// One step of a job, as [`crate::Jobs`] is given it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Job {
    /// The job's name in the manifest.
    pub name: String,
    /// What was enqueued; null where the clock says that it is due.
    pub payload: Value,
    /// Where the step before ended; none at the beginning.
    pub cursor: Option<String>,
    /// 1, and one more after each step in a row that failed or asked for a retry.
    pub attempt: u32,
    /// The site.
    pub site: String,
}

impl Job {
    /// The first step of a job without a payload.
    pub fn of(name: &str) -> Self {
        Self {
            name: name.into(),
            attempt: 1,
            ..Self::default()
        }
    }

    /// The same with a payload.
    #[must_use]
    pub fn with(mut self, payload: impl Into<Value>) -> Self {
        self.payload = payload.into();
        self
    }

    /// The same from a cursor.
    #[must_use]
    pub fn from(mut self, cursor: &str) -> Self {
        self.cursor = Some(cursor.into());
        self
    }
}

/// How a step ended. What it wrote lasts in each case; to drop it, answer an error.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Step {
    /// The job is done.
    Done,
    /// There is more to do: runs again soon from this cursor, at most 4 KiB.
    More(String),
    /// Not now: runs again from the same cursor after so many seconds, or after the host's own pause
    /// where that is longer.
    Retry(u32),
}

/// A job to enqueue.
#[derive(Clone, Debug, PartialEq)]
pub struct Enqueue {
    /// A name that plugin.toml declares under `[[jobs]]`.
    pub name: String,
    /// JSON of at most 8 KiB.
    pub payload: Value,
    /// Of one name and key there is one job; enqueued again it begins anew with the newer payload.
    pub key: Option<String>,
    /// It runs no sooner than so many seconds from now, at most 30 days.
    pub delay_s: u32,
}

impl Enqueue {
    /// A job without a payload, for soon.
    pub fn new(name: &str) -> Self {
        Self {
            name: name.into(),
            payload: Value::Null,
            key: None,
            delay_s: 0,
        }
    }

    /// The same with a payload.
    ///
    /// # Errors
    /// Where it is no JSON: a map whose keys are no texts.
    pub fn with(mut self, payload: &impl Serialize) -> Result<Self, String> {
        self.payload = serde_json::to_value(payload).map_err(|error| error.to_string())?;
        Ok(self)
    }

    /// The same with a key.
    #[must_use]
    pub fn keyed(mut self, key: &str) -> Self {
        self.key = Some(key.into());
        self
    }

    /// The same for later.
    #[must_use]
    pub fn after_s(mut self, seconds: u32) -> Self {
        self.delay_s = seconds;
        self
    }
}

/// Why a job was not enqueued.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum JobError {
    /// This export may read and not write.
    ReadOnly,
    /// plugin.toml declares no job of this name.
    Undeclared(String),
    /// The payload, the key or the delay breaks a rule, and says which.
    Invalid(String),
    /// The payload is too long.
    TooLarge(String),
    /// As many jobs wait as may wait.
    Quota(String),
    /// Too many of this call or of the last minute.
    Rate(String),
    /// The store cannot answer now.
    Unavailable(String),
}

impl fmt::Display for JobError {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::ReadOnly => out.write_str("this export may read and not write"),
            Self::Undeclared(why) => write!(out, "undeclared: {why}"),
            Self::Invalid(why) => write!(out, "invalid: {why}"),
            Self::TooLarge(why) => write!(out, "too large: {why}"),
            Self::Quota(why) => write!(out, "over quota: {why}"),
            Self::Rate(why) => write!(out, "too many jobs: {why}"),
            Self::Unavailable(why) => write!(out, "not available now: {why}"),
        }
    }
}

impl std::error::Error for JobError {}

/// So that a step may say `host.enqueue(…)?`.
impl From<JobError> for String {
    fn from(error: JobError) -> Self {
        error.to_string()
    }
}

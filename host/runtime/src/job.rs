//! Work for later, as a guest may enqueue it.

use thiserror::Error;

use crate::kept::check_key;

/// Longest payload, in bytes: what is to be done, not what it is done with.
pub const JOB_PAYLOAD_BYTES_MAX: usize = 8 << 10;
/// Longest cursor, in bytes.
pub const JOB_CURSOR_BYTES_MAX: usize = 4 << 10;
/// Longest delay, in seconds: 30 days.
pub const JOB_DELAY_S_MAX: u32 = 30 * 24 * 60 * 60;

/// A job that a guest wants done.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewJob {
    /// Its name in the manifest; not yet looked up.
    pub name: String,
    /// A JSON value as text.
    pub payload: String,
    /// Of one name and key there is one job.
    pub key: Option<String>,
    /// It runs no sooner than so many seconds from now.
    pub delay_s: u32,
}

/// Why a job was not enqueued; the guest sees it.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum JobError {
    /// This export may read and not write.
    #[error("this export may read and not write")]
    ReadOnly,
    /// The manifest declares no job of this name.
    #[error("undeclared: {0}")]
    Undeclared(String),
    /// The payload, the key or the delay breaks a rule, and says which.
    #[error("invalid: {0}")]
    Invalid(String),
    /// The payload is too long.
    #[error("too large: {0}")]
    TooLarge(String),
    /// As many jobs wait as may wait.
    #[error("over quota: {0}")]
    Quota(String),
    /// Too many of this call or of the last minute.
    #[error("too many jobs: {0}")]
    Rate(String),
    /// The store cannot answer now. Never the cause's own words: a vendor reads this.
    #[error("not available now: {0}")]
    Unavailable(String),
}

/// Whether a job is well-formed.
pub(crate) fn check(job: &NewJob) -> Result<(), JobError> {
    let bytes = job.payload.len();
    if bytes > JOB_PAYLOAD_BYTES_MAX {
        return Err(JobError::TooLarge(format!(
            "a payload has at most {JOB_PAYLOAD_BYTES_MAX} bytes, not {bytes}"
        )));
    }
    if serde_json::from_str::<serde_json::Value>(&job.payload).is_err() {
        let why = "a payload is a JSON value";
        return Err(JobError::Invalid(why.to_owned()));
    }
    if job.payload.contains('\0') {
        return Err(JobError::Invalid("a payload holds no NUL".to_owned()));
    }
    if let Some(Err(why)) = job.key.as_deref().map(check_key) {
        return Err(JobError::Invalid(why.to_string()));
    }
    if job.delay_s > JOB_DELAY_S_MAX {
        return Err(JobError::Invalid(format!(
            "`delay-s` is at most {JOB_DELAY_S_MAX}, not {}",
            job.delay_s
        )));
    }
    Ok(())
}

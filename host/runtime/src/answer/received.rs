use super::broken;
use crate::CallError;
use crate::bindings::webhooks::exports::dinh::module::webhooks;

/// What another system may be told: taken, refused for good, or not now.
pub const RECEIVED_STATUSES: [u16; 10] = [200, 202, 400, 401, 403, 409, 413, 415, 422, 503];
/// Longest text of such an answer, in bytes: a word for the sender's log, or what it wants repeated.
pub const RECEIVED_BYTES_MAX: usize = 1 << 10;

/// The answer to another system.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Received {
    /// One of [`RECEIVED_STATUSES`].
    pub status: u16,
    /// Plain text of at most [`RECEIVED_BYTES_MAX`] bytes.
    pub text: String,
}

impl Received {
    /// Whether it was taken: what the call wrote lasts then, and in no other case.
    pub fn is_taken(&self) -> bool {
        (200..300).contains(&self.status)
    }
}

pub(crate) fn received(answer: Result<webhooks::Reply, String>) -> Result<Received, CallError> {
    let reply = answer.map_err(super::failure)?;
    if !RECEIVED_STATUSES.contains(&reply.status) {
        let known = RECEIVED_STATUSES.map(|it| it.to_string()).join(", ");
        return broken(format!("status {} is none of {known}", reply.status));
    }
    let bytes = reply.text.len();
    if bytes > RECEIVED_BYTES_MAX {
        return broken(format!(
            "a sender is told at most {RECEIVED_BYTES_MAX} bytes, not {bytes}"
        ));
    }
    Ok(Received {
        status: reply.status,
        text: reply.text,
    })
}

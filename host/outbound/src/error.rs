use thiserror::Error;

/// Why there is no answer. The words are for a vendor: they name no address of the inner network.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum OutboundError {
    /// It may not go there.
    #[error("denied: {0}")]
    Denied(String),
    /// The request breaks a rule, and says which.
    #[error("invalid: {0}")]
    Invalid(String),
    /// The request or the answer is too large.
    #[error("too large: {0}")]
    TooLarge(String),
    /// Too many are under way.
    #[error("busy: {0}")]
    Busy(String),
    /// No answer in time.
    #[error("timed out: {0}")]
    Timeout(String),
    /// No such name, no connection, no trust, or no HTTP.
    #[error("unreachable: {0}")]
    Unreachable(String),
}

//! Why the portal cannot answer.

use crate::machine::BadParameter;
use crate::people::AccountRefusal;

/// One failure of a use case.
#[derive(Debug, thiserror::Error)]
pub enum Failure {
    /// What was asked cannot be answered; the reader is told why, in Vietnamese.
    #[error("bad request: {detail}")]
    BadRequest {
        /// What was wrong and what to do.
        detail: String,
    },
    /// A program asked for what cannot be answered; it is told why, in English.
    #[error("bad parameter: {0}")]
    Parameter(#[from] BadParameter),
    /// What somebody tried cannot be done; operators are told why, in English.
    #[error("{0}")]
    Refused(String),
    /// Something is not done with an account.
    #[error(transparent)]
    Account(#[from] AccountRefusal),
    /// Something that the portal needs does not answer now.
    #[error("unavailable: {cause}")]
    Unavailable {
        /// For the log.
        cause: String,
    },
    /// A disk is full. Nothing half-written remains; operators are told, in English.
    #[error("the disk is full: {what} cannot grow; free some space, then do the same again")]
    NoSpace {
        /// What could not be written, and where it lies.
        what: String,
    },
    /// The portal's own fault.
    #[error("internal: {cause}")]
    Internal {
        /// For the log.
        cause: String,
    },
}

impl Failure {
    /// An internal failure with its cause.
    pub(crate) fn internal(cause: impl std::fmt::Display) -> Self {
        Self::Internal {
            cause: cause.to_string(),
        }
    }
}

//! Why a file is not kept or not found. Read by operators, in English.

use std::path::PathBuf;

use crate::shelf::MAX_FILE_BYTES;

/// A failure of the shelf.
#[derive(Debug, thiserror::Error)]
pub enum FileError {
    /// Larger than [`MAX_FILE_BYTES`].
    #[error("the file has {0} bytes; the limit is {MAX_FILE_BYTES}")]
    TooLarge(usize),
    /// The disk is full.
    #[error("the disk is full: the file {0} cannot be kept")]
    Full(PathBuf),
    /// The folder cannot be read or written.
    #[error("{path}: {cause}")]
    Disk {
        /// The file or folder.
        path: PathBuf,
        /// What the system said.
        cause: std::io::Error,
    },
    /// No content of that hash is kept.
    #[error("there is no stored file {place}")]
    Missing {
        /// Where it should be.
        place: String,
    },
    /// What lies there is not what it should be.
    #[error("stored file {place} {detail}")]
    Damaged {
        /// Where it lies.
        place: String,
        /// In what it differs.
        detail: String,
    },
    /// The object store does not answer, or refuses.
    #[error("the object store {store} does not do what is asked: {cause}")]
    Away {
        /// Address and bucket.
        store: String,
        /// What it said, or why it said nothing.
        cause: String,
    },
    /// It is not configured well.
    #[error("{0}")]
    Options(String),
}

impl FileError {
    /// Whether the same may work in a moment.
    pub fn is_away(&self) -> bool {
        matches!(self, Self::Away { .. })
    }

    pub(crate) fn disk(path: &std::path::Path, cause: std::io::Error) -> Self {
        let is_full = matches!(
            cause.kind(),
            std::io::ErrorKind::StorageFull | std::io::ErrorKind::QuotaExceeded
        );
        if is_full {
            return Self::Full(path.to_owned());
        }
        Self::Disk {
            path: path.to_owned(),
            cause,
        }
    }

    pub(crate) fn wrong_size(place: impl Into<String>, actual: u64, recorded: u64) -> Self {
        Self::Damaged {
            place: place.into(),
            detail: format!("has {actual} bytes, recorded are {recorded}"),
        }
    }
}

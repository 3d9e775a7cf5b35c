use std::path::PathBuf;

use tantivy::TantivyError;

/// Why the index did not do what it was asked.
#[derive(Debug, thiserror::Error)]
pub enum SearchError {
    /// The folder cannot be made, read or emptied.
    #[error(
        "the index folder {path} cannot be used: {source}; check its owner, its mode and the free space"
    )]
    Folder {
        /// The folder or the file in it.
        path: PathBuf,
        /// What the system said.
        source: std::io::Error,
    },
    /// Another process has the index open for writing.
    #[error("the index folder {path} is in use by another process; stop that one first")]
    Locked {
        /// The folder.
        path: PathBuf,
    },
    /// The engine failed. The index holds nothing that the database does not hold too.
    #[error(
        "the search index failed: {0}; if this goes on, stop the portal, delete the index folder and start again"
    )]
    Engine(#[from] TantivyError),
    /// The disk is full. The index goes on from its last commit when there is room again.
    #[error("the disk is full: the search index in {path} cannot grow")]
    Full {
        /// The folder.
        path: PathBuf,
    },
    /// What was gathered for a new index was forgotten by a change that came between.
    #[error("the new search index was given up half-made; it is begun again")]
    Forgotten,
}

/// How the system names a full disk in messages that have lost their error.
const NO_SPACE: &str = "os error 28";

/// Whether an error of the engine comes from a full disk. Its threads hand on words alone.
pub(crate) fn is_full(error: &TantivyError) -> bool {
    let mut cause: Option<&(dyn std::error::Error + 'static)> = Some(error);
    while let Some(error) = cause {
        let io = error.downcast_ref::<std::io::Error>();
        let is_full = |error: &std::io::Error| {
            matches!(
                error.kind(),
                std::io::ErrorKind::StorageFull | std::io::ErrorKind::QuotaExceeded
            )
        };
        if io.is_some_and(is_full) {
            return true;
        }
        cause = error.source();
    }
    let told = format!("{error:?}");
    told.contains(NO_SPACE) || told.contains("StorageFull")
}

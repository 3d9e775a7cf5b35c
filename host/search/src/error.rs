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
    /// What was gathered for a new index was forgotten by a change that came between.
    #[error("the new search index was given up half-made; it is begun again")]
    Forgotten,
}

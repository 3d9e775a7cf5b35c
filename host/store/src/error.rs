//! Why the store cannot do what was asked. Read by operators, in English.

use dinh_domain::ids::CollectionId;
use dinh_domain::query::BadQuery;

use crate::dialect::{self, Symptom};

/// A failure of the store.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// The data could not be opened at all.
    #[error(
        "cannot open the database {url}: {source}. Check that the server answers or the folder exists, and that this user may read and write there"
    )]
    CannotOpen {
        /// Address without password.
        url: String,
        /// What the driver said.
        source: sqlx::Error,
    },
    /// The data may be read but not written.
    #[error(
        "the database {url} is read-only: {source}. Give this user the right to write the file and its folder (SQLite keeps two more files beside it), or the role the right to write"
    )]
    ReadOnly {
        /// Address without password.
        url: String,
        /// What the driver said.
        source: sqlx::Error,
    },
    /// Somebody else holds the data.
    #[error(
        "the database {url} is locked by another process: {source}. Stop the other `dinh` or the tool that has the file open, then start again"
    )]
    Locked {
        /// Address without password.
        url: String,
        /// What the driver said.
        source: sqlx::Error,
    },
    /// The file is something else.
    #[error(
        "{url} is not a database: {source}. Move the file away, or restore it from the last backup"
    )]
    NotADatabase {
        /// Address without password.
        url: String,
        /// What the driver said.
        source: sqlx::Error,
    },
    /// A newer program has written the data.
    #[error(
        "the data is of schema version {applied} (`{name}`), this program knows up to version {known}: start the newer program that wrote it, or restore a backup from before the update"
    )]
    NewerData {
        /// Highest version in the data.
        applied: i64,
        /// Its name.
        name: String,
        /// Highest version of this program.
        known: i64,
    },
    /// A migration that ran is not the one this program has.
    #[error(
        "schema version {version} in the data was made by another migration than this program's `{name}`: the data and the program are of different builds; use the program that wrote the data"
    )]
    OtherMigration {
        /// The version.
        version: i64,
        /// Name of this program's migration.
        name: &'static str,
    },
    /// A migration failed; nothing of it remains.
    #[error("migration {version} (`{name}`) failed and was undone: {source}")]
    MigrationFailed {
        /// The version.
        version: i64,
        /// Its name.
        name: &'static str,
        /// What the database said.
        source: sqlx::Error,
    },
    /// The write collides with what is there.
    #[error("{0}")]
    Conflict(Conflict),
    /// Something that must be there is not.
    #[error("there is no {what} `{id}`")]
    Missing {
        /// Kind of thing.
        what: &'static str,
        /// Its id.
        id: String,
    },
    /// A text is longer than its column takes.
    #[error("{what} has {bytes} bytes, more than {limit}")]
    TooLong {
        /// Kind of text.
        what: &'static str,
        /// Its length.
        bytes: usize,
        /// The limit.
        limit: usize,
    },
    /// The query asks for what the declaration does not offer.
    #[error("{0}")]
    BadQuery(#[from] BadQuery),
    /// The collection's index is not built, or was built for another declaration.
    #[error(
        "the index of `{collection}` is not built for this declaration: restart, or run `dinh reindex`"
    )]
    IndexNotReady {
        /// The collection.
        collection: CollectionId,
    },
    /// A stored value cannot be what it should be.
    #[error("damaged data in column `{column}`: {detail}")]
    Damaged {
        /// Column.
        column: String,
        /// What is wrong.
        detail: String,
    },
    /// Not now: try again.
    #[error("the database is busy or away: {source}")]
    Busy {
        /// What the driver said.
        source: sqlx::Error,
    },
    /// A content is being removed that is to be kept anew: try again.
    #[error("the content of a file is being removed, and cannot be kept in this moment")]
    Going,
    /// A derived table vanished under a reader; readers look again by themselves.
    #[error("a derived table is gone: {source}")]
    TableGone {
        /// What the driver said.
        source: sqlx::Error,
    },
    /// There is no room left for the data.
    #[error("the disk that holds the database is full: {source}")]
    Full {
        /// What the driver said.
        source: sqlx::Error,
    },
    /// Anything else that the database refuses.
    #[error("the database refuses: {source}")]
    Database {
        /// What the driver said.
        source: sqlx::Error,
    },
}

/// What a write collides with.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Conflict {
    /// The slug was used on that site and collection before.
    #[error("the slug is taken")]
    Slug,
    /// Another entry has that import key.
    #[error("the import key is taken")]
    ImportKey,
    /// Another unique value.
    #[error("the value is taken")]
    Other,
}

impl StoreError {
    /// Whether a unique value is taken.
    pub fn is_conflict(&self) -> bool {
        matches!(self, Self::Conflict(_))
    }

    /// Whether the disk that holds the data is full.
    pub fn is_full(&self) -> bool {
        matches!(self, Self::Full { .. })
    }

    /// Whether the same may work in a moment.
    pub fn is_busy(&self) -> bool {
        matches!(
            self,
            Self::Busy { .. } | Self::Locked { .. } | Self::TableGone { .. } | Self::Going
        )
    }

    /// A failure while opening, in the operator's words.
    pub(crate) fn opening(url: String, source: sqlx::Error) -> Self {
        match dialect::symptom(&source) {
            Symptom::ReadOnly => Self::ReadOnly { url, source },
            Symptom::Busy => Self::Locked { url, source },
            Symptom::NotADatabase => Self::NotADatabase { url, source },
            _ => Self::CannotOpen { url, source },
        }
    }

    /// The same failure, told as one of opening.
    pub(crate) fn while_opening(self, url: String) -> Self {
        match self {
            Self::Busy { source } | Self::Database { source } => Self::opening(url, source),
            other => other,
        }
    }
}

impl From<sqlx::Error> for StoreError {
    fn from(source: sqlx::Error) -> Self {
        match dialect::symptom(&source) {
            Symptom::Busy | Symptom::Away => Self::Busy { source },
            Symptom::Taken => Self::Conflict(Conflict::Other),
            Symptom::TableGone => Self::TableGone { source },
            Symptom::Full => Self::Full { source },
            Symptom::ReadOnly | Symptom::NotADatabase | Symptom::Other => Self::Database { source },
        }
    }
}

//! What a plugin may ask of the portal.

use std::fmt;

use crate::{
    Cell, CountQuery, Counts, DraftError, Enqueue, Entry, EntryPage, Fetch, FetchError, Fetched,
    JobError, KvError, KvPage, Link, NewDraft, Query, Saved, SettingError, Slice, Table,
};

/// The portal as one call sees it, with the rights of the person it is made for.
///
/// Take `host: &impl Host`: what a plugin never calls is then no import of its component, and it
/// asks for no more than it uses. (`&dyn Host` works, and imports everything.)
pub trait Host {
    /// One entry with its whole body.
    ///
    /// # Errors
    /// [`ContentError::NotFound`] also for what the caller may not see.
    fn get(&self, collection: &str, id: &str) -> Result<Entry, ContentError>;

    /// Up to 200 entries in the order of `ids`; what does not exist for the caller is left out.
    ///
    /// # Errors
    /// See [`ContentError`].
    fn get_many(&self, collection: &str, ids: &[&str]) -> Result<Vec<Entry>, ContentError>;

    /// One page of entries by declared indexes.
    ///
    /// # Errors
    /// [`ContentError::Invalid`] names a field that is no declared index.
    fn query(&self, collection: &str, query: &Query) -> Result<EntryPage, ContentError>;

    /// How many entries match, in all and by declared facets.
    ///
    /// # Errors
    /// See [`ContentError`].
    fn count(&self, collection: &str, query: &CountQuery) -> Result<Counts, ContentError>;

    /// The edges of up to 200 entries, both directions, of one field or of all.
    ///
    /// # Errors
    /// [`ContentError::Invalid`] beyond 2,000 edges.
    fn links(
        &self,
        collection: &str,
        ids: &[&str],
        field: Option<&str>,
    ) -> Result<Vec<Link>, ContentError>;

    /// What the table is that an entry's field holds.
    ///
    /// # Errors
    /// [`ContentError::NotFound`] also where the field is empty.
    fn describe(&self, collection: &str, id: &str, field: &str) -> Result<Table, ContentError>;

    /// Cells of that table, the last dimension changing first; at most 10,000.
    ///
    /// # Errors
    /// [`ContentError::Invalid`] names what the table does not know, and tells of too many cells.
    fn slice(
        &self,
        collection: &str,
        id: &str,
        field: &str,
        wanted: &Slice,
    ) -> Result<Vec<Cell>, ContentError>;

    /// A line for the operator, never for the reader; cut at 4 KiB, 100 lines a call.
    fn log(&self, level: Level, message: &str);

    /// Milliseconds since the epoch, UTC; fixed during one call.
    fn now_ms(&self) -> u64;

    /// The civil date at the site, YYYY-MM-DD; fixed during one call.
    fn today(&self) -> String;

    /// A value of this plugin on this site; none where the key was never set.
    ///
    /// # Errors
    /// See [`KvError`].
    fn kv_get(&self, key: &str) -> Result<Option<String>, KvError>;

    /// Sets a value, once the export has answered well; this call sees it at once.
    ///
    /// # Errors
    /// [`KvError::ReadOnly`] everywhere but in [`crate::Forms`], [`crate::Jobs`] and [`crate::Webhooks`].
    fn kv_set(&self, key: &str, value: &str) -> Result<(), KvError>;

    /// Deletes a value, if there is one, once the export has answered well.
    ///
    /// # Errors
    /// As [`Host::kv_set`].
    fn kv_delete(&self, key: &str) -> Result<(), KvError>;

    /// Up to 100 values whose keys begin with `prefix`, by key.
    ///
    /// # Errors
    /// See [`KvError`].
    fn kv_scan(&self, prefix: &str, cursor: Option<&str>, limit: u32) -> Result<KvPage, KvError>;

    /// Sends a request to a system that plugin.toml names under `[[fetch]]`; redirects are not
    /// followed. A sending of a form may run again: give such requests a key that the other side
    /// tells them apart by.
    ///
    /// # Errors
    /// See [`FetchError`]; [`FetchError::Denied`] in hooks, and in pages for all but GET and HEAD.
    fn fetch(&self, request: &Fetch) -> Result<Fetched, FetchError>;

    /// Enqueues work for later, once the export has answered well.
    ///
    /// # Errors
    /// [`JobError::ReadOnly`] everywhere but in [`crate::Forms`], [`crate::Jobs`] and [`crate::Webhooks`].
    fn enqueue(&self, job: &Enqueue) -> Result<(), JobError>;

    /// Keeps a text of an own collection as a draft for officers, once the export has answered well; at most 50
    /// in a call. It is public when they have read and approved it, and not before.
    ///
    /// # Errors
    /// [`DraftError::Faults`] names every field that is wrong; [`DraftError::UnderWay`] and [`DraftError::Closed`]
    /// where officers had their hands on it; [`DraftError::ReadOnly`] everywhere but in [`crate::Forms`],
    /// [`crate::Jobs`] and [`crate::Webhooks`].
    fn save_draft(&self, draft: &NewDraft) -> Result<Saved, DraftError>;

    /// What the operator has set on this site, or else the declared default.
    ///
    /// # Errors
    /// [`SettingError::Undeclared`] for a name that plugin.toml does not declare.
    fn setting(&self, name: &str) -> Result<Option<String>, SettingError>;
}

/// Why the portal did not answer a question about entries.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ContentError {
    /// It does not exist for the caller.
    NotFound,
    /// Not granted, or not this plugin's to read.
    Denied(String),
    /// The question breaks a rule, and says which.
    Invalid(String),
    /// The store cannot answer now.
    Unavailable(String),
}

impl fmt::Display for ContentError {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotFound => out.write_str("no such entry for this caller"),
            Self::Denied(why) => write!(out, "denied: {why}"),
            Self::Invalid(why) => write!(out, "invalid question: {why}"),
            Self::Unavailable(why) => write!(out, "not available now: {why}"),
        }
    }
}

impl std::error::Error for ContentError {}

/// So that a page may say `host.query(…)?`.
impl From<ContentError> for String {
    fn from(error: ContentError) -> Self {
        error.to_string()
    }
}

/// How much a log line matters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Level {
    /// For the vendor while developing.
    Debug,
    /// Worth knowing.
    Info,
    /// Something the operator may want to look at.
    Warn,
    /// Something did not work.
    Error,
}

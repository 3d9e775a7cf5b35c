//! The portal as a guest may ask it: the trait that `portal` implements.

use std::time::Duration;

use async_trait::async_trait;
use thiserror::Error;

use crate::draft::{DraftError, NewDraft, SavedDraft};
use crate::fetch::{FetchError, FetchRequest, FetchResponse};
use crate::job::{JobError, NewJob};
use crate::kept::{KvError, KvPage, Setting, SettingError};
use crate::question::{CountQuery, Query};
use crate::table::{TableCell, TableDescription, TablePicks, TablePlace};

/// Answers one call's questions; site, actor and Scope live in the implementor.
///
/// Dropped futures are normal: a call that runs out of time is dropped inside its host call.
#[async_trait]
pub trait HostCalls: Send + Sync {
    /// One entry with its whole body.
    async fn get(&self, collection: &str, id: &str) -> Result<Entry, HostError>;

    /// At most 200 ids; in their order, what the caller may not see left out.
    async fn get_many(&self, collection: &str, ids: &[String]) -> Result<Vec<Entry>, HostError>;

    /// One page by declared indexes; an undeclared one is [`HostError::Invalid`] by name.
    async fn query(&self, collection: &str, query: Query) -> Result<EntryPage, HostError>;

    /// How many match, in all and by declared facets.
    async fn count(&self, collection: &str, query: CountQuery) -> Result<Counts, HostError>;

    /// The edges of at most 200 entries, both directions, of one field or of all.
    async fn links(
        &self,
        collection: &str,
        ids: &[String],
        field: Option<&str>,
    ) -> Result<Vec<Link>, HostError>;

    /// What the table in a field of an entry is.
    async fn describe_table(&self, place: TablePlace<'_>) -> Result<TableDescription, HostError>;

    /// The cells of the chosen values, the last dimension changing first; at most 10,000.
    async fn slice_table(
        &self,
        place: TablePlace<'_>,
        picks: TablePicks,
    ) -> Result<Vec<TableCell>, HostError>;

    /// A value of this plugin on this site; the key is well-formed.
    async fn kv_get(&self, key: &str) -> Result<Option<String>, KvError>;

    /// Notes a new value, or none to delete: nothing lasts before the portal says so.
    async fn kv_set(&self, key: &str, value: Option<&str>) -> Result<(), KvError>;

    /// Values whose keys begin with `prefix`, behind a key; `limit` is at most 100.
    async fn kv_scan(
        &self,
        prefix: &str,
        cursor: Option<&str>,
        limit: u32,
    ) -> Result<KvPage, KvError>;

    /// A declared setting of this plugin on this site.
    async fn setting(&self, name: &str) -> Result<Option<Setting>, SettingError>;

    /// Sends a request to another system and waits for the whole answer, `wait` at the longest.
    async fn fetch(
        &self,
        request: FetchRequest,
        wait: Duration,
    ) -> Result<FetchResponse, FetchError>;

    /// Notes work for later; it is well-formed, its name not looked up. Nothing lasts before the portal
    /// says so.
    async fn enqueue(&self, job: NewJob) -> Result<(), JobError>;

    /// Notes a text for the desk; it is well-formed, its collection and its target not looked up. Nothing
    /// lasts before the portal says so.
    async fn save_draft(&self, draft: NewDraft) -> Result<SavedDraft, DraftError>;

    /// The guest has asked for the time of day, so that its answer may change with it.
    fn told_time(&self) {}

    /// One line of at most 4 KiB for the operator; must not block.
    fn log(&self, level: Level, message: &str);
}

/// Why a question about content has no answer; the guest sees it.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum HostError {
    /// It does not exist for the caller.
    #[error("no such entry for this caller")]
    NotFound,
    /// Not granted, or not this plugin's to read.
    #[error("denied: {0}")]
    Denied(String),
    /// The question breaks a rule, and says which.
    #[error("invalid question: {0}")]
    Invalid(String),
    /// The store cannot answer now. Never the cause's own words: a vendor reads this.
    #[error("not available now: {0}")]
    Unavailable(String),
}

/// One entry as the caller may see it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Entry {
    /// The host's id.
    pub id: String,
    /// The stable key of an import, if any.
    pub key: Option<String>,
    /// `<plugin>/<collection>`.
    pub collection: String,
    /// The site that owns it.
    pub site: String,
    /// The last part of its address.
    pub slug: String,
    /// The canonical address, ready for a link.
    pub url: String,
    /// A word of the collection's workflow.
    pub state: String,
    /// Counts the stored texts of the entry.
    pub revision: u64,
    /// The title by the collection's declaration.
    pub title: String,
    /// A JSON object as text: whole, or the wanted fields only.
    pub body: String,
}

/// One page of a query.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct EntryPage {
    /// In the order that was asked for.
    pub entries: Vec<Entry>,
    /// The cursor of the next page; none on the last one.
    pub next: Option<String>,
    /// How many match in all, when known without counting anew.
    pub total: Option<u64>,
}

/// One edge, seen from the entry that was asked about.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Link {
    /// One of the ids that were given.
    pub of: String,
    /// The field that holds the edge, named by its owner.
    pub field: String,
    /// The declared kind, named from its owner.
    pub kind: String,
    /// True when `of` holds the edge, false when the other end does.
    pub outgoing: bool,
    /// The other end; none while absent or not visible to the caller.
    pub entry: Option<String>,
    /// The key by which the edge names its target.
    pub key: Option<String>,
    /// The other end's title where known, otherwise what the edge says.
    pub label: String,
    /// The other end's address.
    pub url: Option<String>,
    /// A JSON object as text: the other end's index values; `{}` when `entry` is none.
    pub facts: String,
}

/// The answer to a [`CountQuery`].
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// All that match.
    pub total: u64,
    /// In the order that was asked for.
    pub by: Vec<FacetCounts>,
}

/// The values of one facet.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FacetCounts {
    /// The facet's name in the declaration.
    pub field: String,
    /// By falling count.
    pub values: Vec<ValueCount>,
}

/// One value of a facet.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ValueCount {
    /// As text, whatever the index holds.
    pub value: String,
    /// How many entries have it.
    pub count: u64,
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

//! Entries and revisions.

mod among;
pub(crate) mod part;
mod public;
mod publish;
mod system;
mod write;

use dinh_domain::dates::{Instant, LocalDate};
use dinh_domain::entry::{Body, Entry, Withdrawal};
use dinh_domain::ids::{CollectionId, EntryId, FileId, OrganisationId, RevisionId, SiteId, Slug};
use sqlx::any::AnyRow;

use crate::error::StoreError;
use crate::sql::{Columns, damaged};

pub(crate) use public::{PublicBody, Which, entry_by_slug, public_bodies};
pub(crate) use system::by_id as working_of;
pub(crate) use write::{FirstRevision, insert_first_revisions};

/// What a new entry is beside its first revision.
#[derive(Debug, Clone, PartialEq)]
pub struct NewEntry {
    /// For ever the same.
    pub id: EntryId,
    /// Its site.
    pub site: SiteId,
    /// Its type.
    pub collection: CollectionId,
    /// Last part of its address.
    pub slug: Slug,
    /// Language of the text, BCP 47.
    pub language: String,
    /// The entry whose translation it is.
    pub translation_of: Option<EntryId>,
    /// Key of the row it was imported from.
    pub import_key: Option<String>,
    /// Who posts it.
    pub organisation: OrganisationId,
    /// When it was made.
    pub created_at: Instant,
}

/// A snapshot to add; it is never changed afterwards.
#[derive(Debug, Clone, PartialEq)]
pub struct NewRevision {
    /// For ever the same.
    pub id: RevisionId,
    /// Workflow state of the entry with it.
    pub state: String,
    /// Title, made by the collection's pattern.
    pub title: String,
    /// Who is named as author.
    pub author: String,
    /// Who is named as source.
    pub source: String,
    /// Gates that an import was allowed to miss.
    pub lifted_gates: Vec<String>,
    /// The fields.
    pub body: Body,
    /// Files that the body names.
    pub files: Vec<FileId>,
    /// When it was made.
    pub made_at: Instant,
    /// Who made it.
    pub made_by: String,
}

/// Making a revision public.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Publication {
    /// The entry.
    pub entry: EntryId,
    /// One of its revisions.
    pub revision: RevisionId,
    /// Workflow state afterwards.
    pub state: String,
    /// When; kept for ever if it is the first time.
    pub at: Instant,
    /// Who; kept for ever if it is the first time.
    pub by: String,
    /// The date that started the clock; kept for ever if it is the first time.
    pub clock_started_on: Option<LocalDate>,
}

/// An entry as those see it who work on it.
#[derive(Debug, Clone, PartialEq)]
pub struct Working {
    /// With its working revision.
    pub entry: Entry,
    /// The public revision.
    pub published: Option<RevisionId>,
    /// Whether and why it is no longer shown.
    pub withdrawn: Option<Withdrawal>,
    /// Who posted it.
    pub organisation: OrganisationId,
    /// Whether it was deleted.
    pub deleted: bool,
}

/// What lists and links need of a public entry.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Headline {
    /// The entry.
    pub id: EntryId,
    /// Its site.
    pub site: SiteId,
    /// Its type.
    pub collection: CollectionId,
    /// Last part of its address.
    pub slug: Slug,
    /// Language of the text.
    pub language: String,
    /// Its title.
    pub title: String,
    /// Key of the row it was imported from.
    pub import_key: Option<String>,
    /// When it was first public.
    pub first_published_at: Instant,
    /// When the shown text became public.
    pub published_at: Instant,
}

/// Columns that [`entry`] reads, from `entry e` and `entry_revision r`; `{at}` is the time shown
/// as that of the change.
const ENTRY_COLUMNS: &str =
    "e.id, e.site_id, e.collection, e.slug, e.language, e.import_key, e.state,
    e.first_published_at, e.clock_started_on, r.id as revision_id, r.number, r.title, r.author,
    r.source, r.lifted_gates, r.body, ";

fn entry(row: &AnyRow) -> Result<Entry, StoreError> {
    entry_of(row, row.json("body")?)
}

/// The same with some fields alone.
fn part(row: &AnyRow, fields: &[&str]) -> Result<Entry, StoreError> {
    let body = part::Only(fields).read(&row.text("body")?);
    entry_of(row, body.map_err(|error| damaged("body", error))?)
}

fn entry_of(row: &AnyRow, body: Body) -> Result<Entry, StoreError> {
    Ok(Entry {
        id: row.read("id")?,
        site: row.read("site_id")?,
        collection: row.read("collection")?,
        slug: row.read("slug")?,
        language: row.text("language")?,
        import_key: row.text_or_none("import_key")?,
        state: row.text("state")?,
        revision: row.read("revision_id")?,
        revision_number: row.integer("number")?,
        title: row.text("title")?,
        author: row.text("author")?,
        source: row.text("source")?,
        lifted_gates: row.json("lifted_gates")?,
        first_published_at: row.instant_or_none("first_published_at")?,
        clock_started_on: row.read_or_none("clock_started_on")?,
        changed_at: row.instant("shown_changed_at")?,
        body,
    })
}

pub(crate) fn withdrawal(row: &AnyRow) -> Result<Option<Withdrawal>, StoreError> {
    let Some(at) = row.instant_or_none("withdrawn_at")? else {
        return Ok(None);
    };
    Ok(Some(Withdrawal {
        reason: row.text_or_none("withdrawn_reason")?.unwrap_or_default(),
        successor: row.read_or_none("withdrawn_successor")?,
        at,
    }))
}

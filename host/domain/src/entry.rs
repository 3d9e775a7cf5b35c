//! What the host keeps of an entry beside its body.

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use crate::dates::{Instant, LocalDate};
use crate::ids::{CollectionId, EntryId, RevisionId, SiteId, Slug};

/// Fields of an entry by name; shapes by kind in [`crate::declaration::FieldKind`].
pub type Body = Map<String, Value>;

/// One entry with one of its revisions.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Entry {
    /// For ever the same.
    pub id: EntryId,
    /// The one site that has its canonical address.
    pub site: SiteId,
    /// Its type.
    pub collection: CollectionId,
    /// Last part of its address.
    pub slug: Slug,
    /// Language of the text, BCP 47.
    pub language: String,
    /// Key of the row it was imported from.
    pub import_key: Option<String>,
    /// Workflow state of the working revision.
    pub state: String,
    /// The shown revision.
    pub revision: RevisionId,
    /// Its number, from 1.
    pub revision_number: i64,
    /// Title, made by the collection's pattern.
    pub title: String,
    /// Who is named as author (Đ6.3).
    pub author: String,
    /// Who is named as source (Đ6.3).
    pub source: String,
    /// Gates that an import was allowed to miss.
    pub lifted_gates: Vec<String>,
    /// When it was first public; never changed afterwards.
    pub first_published_at: Option<Instant>,
    /// The date that started its publishing clock; kept with the first publication.
    pub clock_started_on: Option<LocalDate>,
    /// When the shown revision became public, or was written.
    pub changed_at: Instant,
    /// The fields.
    pub body: Body,
}

/// Why and since when an entry is no longer shown.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Withdrawal {
    /// What readers are told.
    pub reason: String,
    /// The entry that stands in its place.
    pub successor: Option<EntryId>,
    /// Since when.
    pub at: Instant,
}

/// An edge between two entries, as seen from one of them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Link {
    /// The relations field that holds it.
    pub field: String,
    /// Kind of edge, a value of the field's list.
    pub kind: String,
    /// True from the entry that holds it, false from the other end.
    pub outgoing: bool,
    /// The entry at the other end, when this portal has it and the reader may see it.
    pub other: Option<EntryId>,
    /// Code of the other end, as written.
    pub code: String,
    /// What to call the other end.
    pub label: String,
}

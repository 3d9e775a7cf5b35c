//! The desk: entries as those see them who work on them, and the steps that were taken. Lists take a
//! scope, as the public ones do.

mod assigned;
mod drafted;
mod find;
mod hand;
mod known;
mod list;
mod read;
mod titled;
mod waiting;
mod write;

use dinh_domain::dates::Instant;
use dinh_domain::entry::Body;
use dinh_domain::ids::{AccountId, CollectionId, EntryId, OrganisationId, RevisionId, SiteId};

use crate::entry::Working;

pub use list::DESK_COUNTED_MAX;
#[cfg(test)]
pub(crate) use list::Limits;

/// What the desk keeps of an entry that people work on.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Desk {
    /// Who made it; none where no person did.
    pub author: Option<AccountId>,
    /// Who shall work on it next.
    pub assignee: Option<AccountId>,
    /// Since when it is in its state; none before the first step.
    pub waiting_since: Option<Instant>,
    /// By when the next step is due.
    pub due_at: Option<Instant>,
    /// On the express lane: the same approvals, the same day (Đ6.5).
    pub express: bool,
    /// When it shall become public, where that was approved for an instant.
    pub publish_at: Option<Instant>,
    /// Who approved that.
    pub publish_by: Option<AccountId>,
}

/// One step that was taken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Transition {
    /// Its place in the entry's history, from 1.
    pub number: i64,
    /// The working revision then.
    pub revision: RevisionId,
    /// When.
    pub at: Instant,
    /// An account, or `system`.
    pub actor: String,
    /// Id of the action.
    pub action: String,
    /// State before.
    pub from: String,
    /// State afterwards.
    pub to: String,
    /// Why; empty where none is asked for.
    pub reason: String,
    /// Which of the workflow's reasons; empty where none is asked for.
    pub reason_kind: String,
}

/// A revision without its text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RevisionLine {
    /// Which.
    pub id: RevisionId,
    /// Its number, from 1.
    pub number: i64,
    /// Its title.
    pub title: String,
    /// When it was made.
    pub at: Instant,
    /// Who made it.
    pub by: String,
}

/// A revision whole.
#[derive(Debug, Clone, PartialEq)]
pub struct WholeRevision {
    /// What lists show of it.
    pub line: RevisionLine,
    /// Who is named as source.
    pub source: String,
    /// The fields.
    pub body: Body,
}

/// An entry with what the desk keeps of it.
#[derive(Debug, Clone, PartialEq)]
pub struct DeskEntry {
    /// The entry.
    pub working: Working,
    /// The desk's own.
    pub desk: Desk,
    /// Accounts that wrote or sent what is not public yet.
    pub hands: Vec<String>,
}

/// A line of a desk's list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DeskLine {
    /// The entry.
    pub id: EntryId,
    /// Its site.
    pub site: SiteId,
    /// Its type.
    pub collection: CollectionId,
    /// Whose it is.
    pub organisation: OrganisationId,
    /// The working revision.
    pub revision: RevisionId,
    /// Its title.
    pub title: String,
    /// State of the working revision.
    pub state: String,
    /// Whether readers see a revision of it.
    pub is_public: bool,
    /// When it was changed last.
    pub changed_at: Instant,
    /// Who wrote the working revision.
    pub by: String,
    /// The desk's own.
    pub desk: Desk,
}

/// An entry that somebody made, or that is assigned to them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HeldWork {
    /// The entry.
    pub id: EntryId,
    /// Its site.
    pub site: SiteId,
    /// Its collection.
    pub collection: CollectionId,
    /// Whose it is.
    pub organisation: OrganisationId,
    /// State of the working revision.
    pub state: String,
    /// Its title.
    pub title: String,
    /// Whether they made it.
    pub is_author: bool,
    /// Whether it is assigned to them.
    pub is_assignee: bool,
}

/// Entries of some collections and sites, in some states.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Waiting {
    /// The collection.
    pub collection: CollectionId,
    /// The sites.
    pub sites: Vec<SiteId>,
    /// The states.
    pub states: Vec<String>,
    /// Only those whose newest text the code of a plugin wrote.
    pub is_drafted: bool,
}

/// What a desk's list is narrowed to.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct DeskFilter {
    /// Entries that this person made, or that are assigned to them.
    pub held_by: Option<AccountId>,
    /// Entries that wait for this person: assigned to them, or to nobody, made by somebody else, and
    /// any of these.
    pub waiting_for: Option<(AccountId, Vec<Waiting>)>,
    /// One state.
    pub state: Option<String>,
    /// One site.
    pub site: Option<SiteId>,
    /// One collection.
    pub collection: Option<CollectionId>,
    /// Words of the working title, in their order; capitals do not matter, tone marks do.
    pub title: Option<String>,
    /// Due before this instant.
    pub due_before: Option<Instant>,
}

/// A page of a desk's list, what was changed last first.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DeskPage {
    /// The lines.
    pub lines: Vec<DeskLine>,
    /// How many there are, as far as they were counted.
    pub total: u64,
    /// Whether there are more than that.
    pub has_more: bool,
}

/// Columns of the table `desk`, named `d`, that [`read::desk`] reads.
const DESK_COLUMNS: &str = "d.author, d.assignee, d.waiting_since, d.due_at, d.express,
    d.publish_at, d.publish_by";

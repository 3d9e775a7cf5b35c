//! Everything that lasts: entries, their revisions, derived indexes and the change log, on SQLite
//! or PostgreSQL with one set of queries.
//!
//! Public content is read through a [`dinh_domain::visibility::Scope`]; there is no other way.
//! What is written is written in a [`WriteTx`]; rows never leave this crate.

mod dialect;
mod error;
mod migration;
mod options;
mod readers;
mod scope;
mod signal;
mod sql;
mod store;
mod write;

mod audit;
mod desk;
mod directory;
mod entry;
mod file;
mod file_text;
mod home;
mod ids;
mod index;
mod job;
mod kv;
mod later;
mod link;
mod log;
mod loose;
mod organisation;
mod outbox;
mod path;
mod people;
mod plugin;
mod plugin_key;
mod proposal;
mod publication;
mod sealed;
mod setting;
mod sitemap;
mod submission;
mod subscription;
mod upload;
mod usage;
mod version;
mod whole;

#[cfg(test)]
mod tests;

pub use audit::{
    ActorKind, AuditFilter, AuditHead, AuditLine, AuditVerdict, BrokenChain, NewAudit,
};
pub use desk::{
    DESK_COUNTED_MAX, Desk, DeskEntry, DeskFilter, DeskLine, DeskPage, HeldWork, RevisionLine,
    Transition, Waiting, WholeRevision,
};
pub use directory::{PluginStanding, PluginState, StoredDirectory};
pub use entry::{Headline, NewEntry, NewRevision, Publication, Working};
pub use error::{Conflict, StoreError};
pub use file::{HeldFile, StoredFile, TABLE_MEDIA_TYPE};
pub use file_text::{FileLine, FileText, HeldText, UnreadFile};
pub use ids::{
    new_account_id, new_delegation_id, new_entry_id, new_file_id, new_job_id, new_proposal_id,
    new_revision_id, repeat_ids,
};
pub use index::{
    Count, IndexBuild, ListAsked, ListPage, MAX_COUNTS, SUMMARY_CHARS_MAX, Stretch, Summary, Total,
};
pub use job::{
    EnqueuedJob, JobClaim, JobCount, JobQueue, JobState, JobUse, Scheduled, StepEnd, StoredJob,
};
pub use kv::{KvBatch, KvEntry, KvKept, KvOwner, KvUse};
pub use link::FoundLink;
pub use log::{Change, NewChange};
pub use options::{StoreOptions, sqlite_url};
pub use outbox::{MailClaim, MailCount, MailEnd, StoredMail};
pub use path::{IMPORT_KEY_BYTES_MAX, PATH_BYTES_MAX};
pub use people::{
    Account, AccountFilter, AccountName, AccountState, Delegation, Given, Invitation, Locks,
    NewAccount, Session, SignedInRow,
};
pub use plugin::{Installation, InstalledPlugin, PluginVersion, WaitingVersion};
pub use plugin_key::{KeyRole, Revoked, TrustedKey};
pub use proposal::{Decision, ProposalPage, StoredProposal};
pub use publication::{FoundPublication, Unrecorded, content_hash};
pub use sealed::{Sealed, SealedPlace};
pub use setting::StoredSetting;
pub use signal::Listening;
pub use sitemap::{Listed, ListedStretch};
pub use store::Store;
pub use submission::{Erasure, ONLINE, SealedPrivate, Submission};
pub use subscription::{NewsFound, Subscription, SubscriptionSecret};
pub use usage::EntryViews;
pub use version::{FormerFile, PublishedLine};
pub use whole::{
    FoundPlace, HeldContent, Restoration, SchemaStep, Snapshot, WholeTable, schema_steps,
};
pub use write::WriteTx;

//! New identifiers: UUIDv7, so that their order is the order of making.

use std::sync::atomic::{AtomicU64, Ordering};

use dinh_domain::ids::{AccountId, BadId, EntryId, FileId, ProposalId, RevisionId};

/// The next of the identifiers that repeat; 0 where identifiers are random.
static REPEATED: AtomicU64 = AtomicU64::new(0);

/// From now on this process gives the identifiers that every other such process gives, in the order of
/// asking. For the tests of a plugin: what depends on them is then the same in every run.
pub fn repeat_ids() {
    REPEATED.store(1, Ordering::Relaxed);
}

/// An identifier for a new account.
pub fn new_account_id() -> AccountId {
    made(AccountId::new)
}

/// An identifier for a new entry.
pub fn new_entry_id() -> EntryId {
    made(EntryId::new)
}

/// An identifier for a new revision.
pub fn new_revision_id() -> RevisionId {
    made(RevisionId::new)
}

/// An identifier for a new file.
pub fn new_file_id() -> FileId {
    made(FileId::new)
}

/// What keeps a hash from being guessed: 74 random bits.
pub(crate) fn new_salt() -> String {
    uuid::Uuid::now_v7().simple().to_string()
}

/// An identifier for a new job, and for a lease of one.
pub fn new_job_id() -> String {
    uuid::Uuid::now_v7().hyphenated().to_string()
}

/// An identifier for a new proposal.
pub fn new_proposal_id() -> ProposalId {
    made(ProposalId::new)
}

/// An identifier for a new delegation.
pub fn new_delegation_id() -> String {
    uuid::Uuid::now_v7().hyphenated().to_string()
}

/// An identifier for a new session, which is not its token.
pub(crate) fn new_session_id() -> String {
    uuid::Uuid::now_v7().simple().to_string()
}

fn made<T>(checked: impl Fn(&str) -> Result<T, BadId>) -> T {
    loop {
        // A UUID always fits an identifier; the loop only spares a panic.
        if let Ok(id) = checked(&uuid().hyphenated().to_string()) {
            return id;
        }
    }
}

fn uuid() -> uuid::Uuid {
    if REPEATED.load(Ordering::Relaxed) == 0 {
        return uuid::Uuid::now_v7();
    }
    let number = REPEATED.fetch_add(1, Ordering::Relaxed);
    uuid::Builder::from_unix_timestamp_millis(number, &[0; 10]).into_uuid()
}

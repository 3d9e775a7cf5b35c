//! New identifiers: UUIDv7, so that their order is the order of making.

use dinh_domain::ids::{BadId, EntryId, FileId, ProposalId, RevisionId};

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

fn made<T>(checked: impl Fn(&str) -> Result<T, BadId>) -> T {
    loop {
        // A UUID always fits an identifier; the loop only spares a panic.
        if let Ok(id) = checked(&uuid::Uuid::now_v7().hyphenated().to_string()) {
            return id;
        }
    }
}

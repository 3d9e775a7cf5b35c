//! A row with what becomes of it, and what names a whole plan. Pure.

use dinh_domain::entry::Body;
use dinh_domain::fault::Fault;
use dinh_domain::ids::EntryId;
use dinh_store::DeskEntry;
use serde_json::json;
use sha2::{Digest, Sha256};

/// What becomes of a row.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Becomes {
    /// A new draft.
    New,
    /// Another text of an entry, in this state afterwards.
    Changed(Box<DeskEntry>, String),
    /// Nothing: the entry says the same.
    Same(EntryId),
    /// Nothing, for these reasons.
    Faulty(Vec<Fault>),
}

/// A row with what becomes of it.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Planned {
    /// Its number in the sheet, from 1.
    pub(super) number: usize,
    /// The whole text as it would stand.
    pub(super) body: Body,
    pub(super) becomes: Becomes,
}

impl Planned {
    pub(super) fn is_written(&self) -> bool {
        matches!(self.becomes, Becomes::New | Becomes::Changed(..))
    }
}

/// Names what would be written: whoever agreed to it agreed to this.
pub(super) fn fingerprint(planned: &[Planned]) -> String {
    let mut digest = Sha256::new();
    for row in planned {
        let told = match &row.becomes {
            Becomes::New => json!("new"),
            Becomes::Changed(known, state) => {
                let entry = &known.working.entry;
                json!([entry.id, entry.revision, state])
            }
            Becomes::Same(entry) => json!(["same", entry]),
            Becomes::Faulty(faults) => json!(faults),
        };
        let line = json!([row.number, told, row.body]);
        digest.update(line.to_string());
        digest.update("\n");
    }
    hex(&digest.finalize())
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

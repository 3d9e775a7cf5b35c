//! What a rehearsal sees of the whole file: nothing of it is kept between batches, so what is unique is compared here.

use std::collections::HashMap;
use std::hash::{DefaultHasher, Hash, Hasher};

use dinh_domain::declaration::Collection;
use dinh_domain::fault::Fault;

use super::PreparedRow;

/// Rows by what is unique of them, hashed: the line, and the key by which the entry is found again.
#[derive(Default)]
pub(super) struct Rehearsed(HashMap<u64, (u64, u64)>);

impl Rehearsed {
    /// Refuses a row that says what is unique of another one. The same key twice is an update, and no twin.
    pub(super) fn note(&mut self, collection: &Collection, row: &mut PreparedRow) {
        let Ok(checked) = &row.checked else {
            return;
        };
        let Some(unique) = checked.unique_key(collection) else {
            return;
        };
        let key = hashed(&checked.key());
        let (line, of) = *self.0.entry(hashed(&unique)).or_insert((row.line, key));
        if of != key {
            let fault = Fault::new(collection.unique.join(", "), "fault.row-twice");
            row.checked = Err(vec![fault.with("row", line)]);
        }
    }
}

fn hashed(value: &impl Hash) -> u64 {
    let mut hasher = DefaultHasher::new();
    value.hash(&mut hasher);
    hasher.finish()
}

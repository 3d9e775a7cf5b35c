//! Tables that were read a moment ago: readers look at the same one again and again, and a large one takes a while.

use std::sync::{Arc, Mutex, PoisonError};

use dinh_domain::table::Table;

/// Most room of all of them in memory, in bytes: three of the largest, or some thousand usual ones.
const TABLES_BYTES_MAX: usize = 64 * 1024 * 1024;

/// Tables by the hash of their file, the one that was asked for last at the end.
#[derive(Default)]
pub(crate) struct Tables(Mutex<Vec<(String, Arc<Table>)>>);

impl Tables {
    pub(crate) fn get(&self, hash: &str) -> Option<Arc<Table>> {
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let at = kept.iter().position(|(own, _)| own == hash)?;
        let found = kept.remove(at);
        let table = found.1.clone();
        kept.push(found);
        Some(table)
    }

    pub(crate) fn put(&self, hash: &str, table: &Arc<Table>) {
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        kept.retain(|(own, _)| own != hash);
        kept.push((hash.to_owned(), table.clone()));
        let mut room: usize = kept.iter().map(|(_, it)| it.size_bytes()).sum();
        while room > TABLES_BYTES_MAX && kept.len() > 1 {
            let (_, oldest) = kept.remove(0);
            room -= oldest.size_bytes();
        }
    }
}

#[cfg(test)]
mod tests;

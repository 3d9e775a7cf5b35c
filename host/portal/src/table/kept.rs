//! Tables that were read a moment ago: readers look at the same one again and again, and a large one takes a while.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use dinh_domain::table::Table;
use tokio::sync::OnceCell;

use crate::failure::Failure;

/// Most room of all of them in memory, in bytes: three of the largest, or some thousand usual ones.
const TABLES_BYTES_MAX: usize = 64 * 1024 * 1024;

/// Tables by the hash of their file.
#[derive(Default)]
pub(crate) struct Tables {
    /// The one that was asked for last at the end.
    kept: Mutex<Vec<(String, Arc<Table>)>>,
    /// Those that somebody reads now.
    reading: Mutex<HashMap<String, Reading>>,
}

type Reading = Arc<OnceCell<Arc<Table>>>;

/// Somebody who waits for a table; the last who goes forgets the reading.
struct Waiting<'a> {
    tables: &'a Tables,
    hash: &'a str,
    reading: Reading,
}

impl Tables {
    /// A kept table, or what `read` gives: many who ask for one at the same time read it once. Where it fails or whoever
    /// began goes away, the next of them reads.
    pub(crate) async fn get_or_read(
        &self,
        hash: &str,
        read: impl Future<Output = Result<Arc<Table>, Failure>>,
    ) -> Result<Arc<Table>, Failure> {
        if let Some(known) = self.get(hash) {
            return Ok(known);
        }
        let waiting = self.wait(hash);
        let read = async {
            // It may have come between the two questions.
            if let Some(known) = self.get(hash) {
                return Ok(known);
            }
            let table = read.await?;
            self.put(hash, &table);
            Ok(table)
        };
        waiting.reading.get_or_try_init(|| read).await.cloned()
    }

    fn wait<'a>(&'a self, hash: &'a str) -> Waiting<'a> {
        let mut reading = self.reading.lock().unwrap_or_else(PoisonError::into_inner);
        Waiting {
            tables: self,
            hash,
            reading: reading.entry(hash.to_owned()).or_default().clone(),
        }
    }

    fn get(&self, hash: &str) -> Option<Arc<Table>> {
        let mut kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        let at = kept.iter().position(|(own, _)| own == hash)?;
        let found = kept.remove(at);
        let table = found.1.clone();
        kept.push(found);
        Some(table)
    }

    fn put(&self, hash: &str, table: &Arc<Table>) {
        let mut kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        kept.retain(|(own, _)| own != hash);
        kept.push((hash.to_owned(), table.clone()));
        let mut room: usize = kept.iter().map(|(_, it)| it.size_bytes()).sum();
        while room > TABLES_BYTES_MAX && kept.len() > 1 {
            let (_, oldest) = kept.remove(0);
            room -= oldest.size_bytes();
        }
    }
}

impl Drop for Waiting<'_> {
    fn drop(&mut self) {
        let reading = &self.tables.reading;
        let mut reading = reading.lock().unwrap_or_else(PoisonError::into_inner);
        // The map's own and this one.
        if Arc::strong_count(&self.reading) <= 2 {
            reading.remove(self.hash);
        }
    }
}

#[cfg(test)]
mod tests;

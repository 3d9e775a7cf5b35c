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
mod tests {
    use dinh_domain::table::{Code, Dimension, Role};

    use super::*;

    #[test]
    fn the_one_that_nobody_asked_for_goes_first() {
        let code = |at: usize| Code {
            id: at.to_string(),
            label: at.to_string(),
        };
        let dimension = |id: &str, count: usize| Dimension {
            id: id.to_owned(),
            label: id.to_owned(),
            role: Role::Other,
            codes: (0..count).map(code).collect(),
        };
        let large = Table::empty(vec![dimension("a", 2_000), dimension("b", 1_000)]);
        let large = Arc::new(large.expect("it fits"));
        let fit = TABLES_BYTES_MAX / large.size_bytes();
        let tables = Tables::default();
        for at in 0..fit {
            tables.put(&at.to_string(), &large);
        }
        assert!(tables.get("0").is_some());
        tables.put("new", &large);
        assert!(tables.get("0").is_some() && tables.get("new").is_some());
        assert!(tables.get("1").is_none());
    }
}

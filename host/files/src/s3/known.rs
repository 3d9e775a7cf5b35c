//! Which objects were compared with their hashes.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

/// Objects remembered; beyond it all are compared anew. With 200 bytes each some 2 MB.
const KNOWN_MAX: usize = 10_000;

/// Hash of a content, and the tag of the object that was found to have it.
#[derive(Debug, Default)]
pub(super) struct Known(Mutex<HashMap<String, String>>);

impl Known {
    /// The object with this tag has this hash. A store that gives no tags is never trusted.
    pub(super) fn note(&self, hash: &str, tag: Option<String>) {
        let Some(tag) = tag else {
            return;
        };
        let mut known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if known.len() >= KNOWN_MAX {
            known.clear();
        }
        known.insert(hash.to_owned(), tag);
    }

    /// Whether that is known.
    pub(super) fn has(&self, hash: &str, tag: Option<&str>) -> bool {
        let known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        tag.is_some() && known.get(hash).map(String::as_str) == tag
    }
}

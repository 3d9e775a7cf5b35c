//! How often one caller may ask.

mod bucket;
#[cfg(test)]
mod tests;

use std::collections::HashMap;
use std::hash::BuildHasher;
use std::net::IpAddr;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Mutex, PoisonError};
use std::time::Instant;

use crate::client::Client;
use crate::options::HttpOptions;
use bucket::Bucket;

/// Parts of the table, each with a lock of its own, so that callers seldom wait for each other.
const PARTS: usize = 16;
/// Callers remembered in one part: all parts together take some 4 MiB.
const MAX_CALLERS_A_PART: usize = 4_096;

/// A bucket of tokens for each caller.
pub(crate) struct Rate {
    per_second: u64,
    began: Instant,
    hasher: std::hash::RandomState,
    parts: [Mutex<HashMap<Client, Bucket>>; PARTS],
    refused: AtomicU64,
}

impl Rate {
    /// `per_second`: requests of one caller in the long run; 0 = no limit.
    pub(crate) fn new(per_second: u32) -> Self {
        Self {
            per_second: per_second.into(),
            began: Instant::now(),
            hasher: std::hash::RandomState::new(),
            parts: std::array::from_fn(|_| Mutex::default()),
            refused: AtomicU64::new(0),
        }
    }

    /// Takes a token of the caller; without one says how many seconds it takes to get one.
    pub(crate) fn admit(&self, caller: Option<IpAddr>, options: &HttpOptions) -> Result<(), u32> {
        match caller {
            Some(address) if self.per_second > 0 && !options.is_unlimited(&address) => {
                let now = u64::try_from(self.began.elapsed().as_millis()).unwrap_or(u64::MAX);
                self.take(address.into(), now)
            }
            _ => Ok(()),
        }
    }

    /// Requests that were refused so far.
    pub(crate) fn refused(&self) -> u64 {
        self.refused.load(Ordering::Relaxed)
    }

    fn take(&self, client: Client, now: u64) -> Result<(), u32> {
        let place = self.hasher.hash_one(client) as usize % PARTS;
        let mut part = self.parts[place]
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        if part.len() >= MAX_CALLERS_A_PART && !part.contains_key(&client) {
            // Full buckets say nothing that a missing one does not.
            part.retain(|_, bucket| !bucket.is_full(self.per_second, now));
            if part.len() >= MAX_CALLERS_A_PART {
                // More active callers than are remembered: all begin anew.
                part.clear();
            }
        }
        let bucket = part
            .entry(client)
            .or_insert_with(|| Bucket::full(self.per_second, now));
        let taken = bucket.take(self.per_second, now);
        if taken.is_err() {
            self.refused.fetch_add(1, Ordering::Relaxed);
        }
        taken
    }
}

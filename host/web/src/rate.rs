//! How often one caller may ask.

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

/// A caller that was silent may ask for this many seconds' worth at once: pages of a whole office
/// behind one address come in bursts.
const BURST_SECONDS: u32 = 10;
/// Parts of the table, each with a lock of its own, so that callers seldom wait for each other.
const PARTS: usize = 16;
/// Callers remembered in one part: all parts together take some 4 MiB.
const MAX_CALLERS_A_PART: usize = 4_096;
/// A token in the unit that buckets count in.
const TOKEN: u64 = 1_000;

/// A bucket of tokens for each caller.
pub(crate) struct Rate {
    per_second: u64,
    began: Instant,
    hasher: std::hash::RandomState,
    parts: [Mutex<HashMap<Client, Bucket>>; PARTS],
    refused: AtomicU64,
}

#[derive(Debug, Clone, Copy)]
struct Bucket {
    /// In thousandths of a token.
    left: u64,
    /// Milliseconds since the table was made.
    at: u64,
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

    fn full(&self) -> u64 {
        self.per_second * u64::from(BURST_SECONDS) * TOKEN
    }

    /// What is in a bucket at an instant.
    fn left(&self, bucket: Bucket, now: u64) -> u64 {
        // Thousandths a millisecond are tokens a second.
        let gained = now
            .saturating_sub(bucket.at)
            .saturating_mul(self.per_second);
        bucket.left.saturating_add(gained).min(self.full())
    }

    fn take(&self, client: Client, now: u64) -> Result<(), u32> {
        let place = self.hasher.hash_one(client) as usize % PARTS;
        let mut part = self.parts[place]
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        if part.len() >= MAX_CALLERS_A_PART && !part.contains_key(&client) {
            // Full buckets say nothing that a missing one does not.
            part.retain(|_, bucket| self.left(*bucket, now) < self.full());
            if part.len() >= MAX_CALLERS_A_PART {
                // More active callers than are remembered: all begin anew.
                part.clear();
            }
        }
        let full = self.full();
        let bucket = part.entry(client).or_insert(Bucket {
            left: full,
            at: now,
        });
        let left = self.left(*bucket, now);
        let Some(rest) = left.checked_sub(TOKEN) else {
            self.refused.fetch_add(1, Ordering::Relaxed);
            let wait_ms = (TOKEN - left).div_ceil(self.per_second);
            return Err(u32::try_from(wait_ms.div_ceil(1_000)).unwrap_or(1).max(1));
        };
        *bucket = Bucket {
            left: rest,
            at: now,
        };
        Ok(())
    }
}

//! Whole public answers, kept while they stand (architecture, section 7).

mod encoding;
mod flights;
mod key;
mod page;

#[cfg(test)]
mod tests;

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use moka::sync::Cache;
use serde_json::{Value, json};

use flights::Flights;
pub(crate) use flights::{Flight, Place};
pub(crate) use key::Key;
pub(crate) use page::{Page, Unkept, mark};

/// Answers that are longer are made anew each time: one of them would take the place of fifty, and
/// the longest legal texts have 3 MiB.
pub(crate) const MAX_PAGE_BYTES: usize = 4 * 1024 * 1024;

/// The kept answers of this node.
pub(crate) struct PageCache {
    pages: Option<Cache<Key, Arc<Page>>>,
    /// Answers that are being made.
    pub(crate) flights: Arc<Flights>,
    budget_bytes: u64,
    counts: Counts,
}

#[derive(Default)]
struct Counts {
    hits: AtomicU64,
    misses: AtomicU64,
    collapsed: AtomicU64,
    stale: AtomicU64,
}

/// Where an answer comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Source {
    /// It was kept.
    Kept,
    /// It was made for this request.
    Made,
    /// It was made for another request of the same moment.
    Shared,
    /// It was kept, and nobody can say for so many seconds whether it still stands.
    Unconfirmed(u64),
}

impl PageCache {
    /// `budget_bytes`: 0 = nothing is kept, and nothing is shared.
    pub(crate) fn new(budget_bytes: u64) -> Self {
        let pages = (budget_bytes > 0).then(|| {
            Cache::builder()
                .max_capacity(budget_bytes)
                .weigher(|key: &Key, page: &Arc<Page>| {
                    u32::try_from(key.size_bytes() + page.size_bytes()).unwrap_or(u32::MAX)
                })
                .build()
        });
        Self {
            pages,
            flights: Arc::default(),
            budget_bytes,
            counts: Counts::default(),
        }
    }

    /// Whether anything is kept at all.
    pub(crate) fn is_on(&self) -> bool {
        self.pages.is_some()
    }

    pub(crate) fn get(&self, key: &Key) -> Option<Arc<Page>> {
        self.pages.as_ref()?.get(key)
    }

    pub(crate) fn keep(&self, key: Key, page: Arc<Page>) {
        if let Some(pages) = &self.pages {
            pages.insert(key, page);
        }
    }

    pub(crate) fn count(&self, source: Source) {
        let counter = match source {
            Source::Kept => &self.counts.hits,
            Source::Made => &self.counts.misses,
            Source::Shared => &self.counts.collapsed,
            Source::Unconfirmed(_) => &self.counts.stale,
        };
        counter.fetch_add(1, Ordering::Relaxed);
    }

    /// For operators.
    pub(crate) fn report(&self) -> Value {
        let count = |counter: &AtomicU64| counter.load(Ordering::Relaxed);
        let (pages, bytes) = self.pages.as_ref().map_or((0, 0), |pages| {
            pages.run_pending_tasks();
            (pages.entry_count(), pages.weighted_size())
        });
        json!({
            "hits": count(&self.counts.hits),
            "misses": count(&self.counts.misses),
            "collapsed": count(&self.counts.collapsed),
            "stale": count(&self.counts.stale),
            "pages": pages,
            "bytes": bytes,
            "budget_bytes": self.budget_bytes,
        })
    }
}

impl Source {
    /// As `Cache-Status` says it (RFC 9211).
    pub(crate) fn status(self) -> String {
        match self {
            Self::Kept => "dinh; hit".to_owned(),
            Self::Made => "dinh; fwd=miss".to_owned(),
            Self::Shared => "dinh; fwd=miss; collapsed".to_owned(),
            Self::Unconfirmed(seconds) => format!("dinh; hit; ttl=-{seconds}; detail=unconfirmed"),
        }
    }
}

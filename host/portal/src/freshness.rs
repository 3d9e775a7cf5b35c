//! What an answer was made from, and whether it still stands.
//!
//! Everything that is read of entries is read within a scope, and a scope names sites and
//! collections: so a visit knows by itself what it read, and no read can be forgotten. Coarse and
//! always right: one change of one entry makes everything old that could have shown any entry of
//! that collection and site; a change of sites, modules or plugins makes everything old.

#[cfg(test)]
mod tests;

use std::collections::{BTreeSet, HashMap};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, RwLock};

use dinh_domain::dates::Instant;
use dinh_domain::ids::{CollectionId, SiteId};
use dinh_domain::visibility::Scope;
use dinh_store::Change;

use crate::usage::Viewed;

/// The generations of this node: when anything last changed, in steps counted from its start.
#[derive(Debug, Default)]
pub(crate) struct Generations {
    latest: AtomicU64,
    tags: RwLock<Tags>,
}

#[derive(Debug, Default)]
struct Tags {
    /// Last change of everything.
    everything: u64,
    /// Place of a tag in `last`.
    places: HashMap<(SiteId, CollectionId), usize>,
    /// Last change of each tag; 0 = none since the start.
    last: Vec<u64>,
}

impl Tags {
    fn place(&mut self, site: &SiteId, collection: &CollectionId) -> usize {
        let (tag, next) = ((site.clone(), collection.clone()), self.last.len());
        let place = *self.places.entry(tag).or_insert(next);
        if place == next {
            self.last.push(0);
        }
        place
    }
}

impl Generations {
    /// The step of the last change. Whatever is read after it was asked for is no older.
    pub(crate) fn latest(&self) -> u64 {
        self.latest.load(Ordering::SeqCst)
    }

    /// Takes changes of the log into account. When it returns, nothing that was read before them
    /// stands any longer.
    pub(crate) fn follow(&self, changes: &[Change]) {
        self.step(|tags, step| {
            for change in changes {
                match (&change.site, &change.collection) {
                    (Some(site), Some(collection)) => {
                        let place = tags.place(site, collection);
                        tags.last[place] = step;
                    }
                    // Sites, modules, plugins, and whatever is not about one entry.
                    _ => tags.everything = step,
                }
            }
        });
    }

    /// Nothing that was read before stands any longer.
    pub(crate) fn forget_everything(&self) {
        self.step(|tags, step| tags.everything = step);
    }

    fn step(&self, change: impl FnOnce(&mut Tags, u64)) {
        let mut tags = self.tags.write().unwrap_or_else(PoisonError::into_inner);
        let step = self.latest() + 1;
        change(&mut tags, step);
        // Last, so that whoever sees the step sees what it changed.
        self.latest.store(step, Ordering::SeqCst);
    }

    /// Whether nothing of this has changed since a step.
    pub(crate) fn stands(&self, since: u64, places: &[usize]) -> bool {
        let tags = self.tags.read().unwrap_or_else(PoisonError::into_inner);
        let last = |place: &usize| tags.last.get(*place).copied().unwrap_or(u64::MAX);
        tags.everything <= since && places.iter().all(|place| last(place) <= since)
    }

    fn places(&self, scope: &Scope) -> Vec<usize> {
        let mut tags = self.tags.write().unwrap_or_else(PoisonError::into_inner);
        let mut places = Vec::new();
        for clause in &scope.any {
            let sites = clause.sites.iter();
            places.extend(sites.map(|site| tags.place(site, &clause.collection)));
        }
        places
    }
}

/// What one visit has read so far. Its beginning is taken before anything is read.
#[derive(Debug)]
pub(crate) struct Reads {
    generations: Arc<Generations>,
    since: u64,
    index_number: i64,
    noted: Mutex<Noted>,
}

#[derive(Debug)]
struct Noted {
    places: BTreeSet<usize>,
    index: bool,
    from: Instant,
    until: Instant,
    lasts: bool,
    viewed: Option<Viewed>,
}

impl Reads {
    /// `day`: the first instant of the visit's date and of the next, between which no state that
    /// follows from dates changes.
    pub(crate) fn begin(
        generations: Arc<Generations>,
        since: u64,
        index_number: i64,
        day: (Instant, Instant),
    ) -> Self {
        Self {
            generations,
            since,
            index_number,
            noted: Mutex::new(Noted {
                places: BTreeSet::new(),
                index: false,
                from: day.0,
                until: day.1,
                lasts: true,
                viewed: None,
            }),
        }
    }

    fn noted(&self) -> MutexGuard<'_, Noted> {
        self.noted.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(crate) fn entries_of(&self, scope: &Scope) {
        let places = self.generations.places(scope);
        self.noted().places.extend(places);
    }

    pub(crate) fn search_index(&self) {
        self.noted().index = true;
    }

    pub(crate) fn good_until(&self, instant: Instant) {
        let mut noted = self.noted();
        noted.until = noted.until.min(instant);
    }

    /// The answer is the page of an entry whose readers are counted.
    pub(crate) fn page_of(&self, viewed: Viewed) {
        self.noted().viewed = Some(viewed);
    }

    pub(crate) fn passing(&self) {
        self.noted().lasts = false;
    }

    /// None where the answer must not be kept.
    pub(crate) fn freshness(&self) -> Option<Freshness> {
        let noted = self.noted();
        noted.lasts.then(|| Freshness {
            since: self.since,
            seen: AtomicU64::new(self.since),
            places: noted.places.iter().copied().collect(),
            index_number: noted.index.then_some(self.index_number),
            from: noted.from,
            until: noted.until,
            viewed: noted.viewed.clone(),
        })
    }
}

/// What an answer was made from: keep it with the answer, and ask
/// [`Portal::stands`](crate::Portal::stands) before it is given again.
#[derive(Debug)]
pub struct Freshness {
    since: u64,
    /// The step at which it was last found to stand: as long as nothing at all happens, one
    /// comparison is enough.
    seen: AtomicU64,
    places: Box<[usize]>,
    index_number: Option<i64>,
    from: Instant,
    until: Instant,
    viewed: Option<Viewed>,
}

impl Freshness {
    /// What whoever is given the answer reads, where that is counted. The month is that of the answer, which is given
    /// in no other.
    pub fn viewed(&self) -> Option<&Viewed> {
        self.viewed.as_ref()
    }

    /// Bytes that it takes beside its own size.
    pub fn size_bytes(&self) -> usize {
        std::mem::size_of_val(&*self.places)
    }

    pub(crate) fn stands(
        &self,
        generations: &Generations,
        index_number: i64,
        now: Instant,
    ) -> bool {
        if now < self.from || now >= self.until {
            return false;
        }
        if self.index_number.is_some_and(|known| known != index_number) {
            return false;
        }
        let latest = generations.latest();
        if self.seen.load(Ordering::Relaxed) == latest {
            return true;
        }
        let stands = generations.stands(self.since, &self.places);
        if stands {
            self.seen.store(latest, Ordering::Relaxed);
        }
        stands
    }
}

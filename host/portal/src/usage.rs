//! How often entries are read. Sums by month, nothing of who: counted in memory, added to what is stored now and then.

#[cfg(test)]
mod tests;

use std::collections::HashMap;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use dinh_domain::dates::{Instant, LocalDate};
use dinh_domain::entry::Entry;
use dinh_domain::ids::EntryId;
use dinh_store::EntryViews;

use crate::failure::Failure;
use crate::portal::Portal;
use crate::visit::Visit;

/// Entries that are counted between two writings: more than a district's portal is asked for in that time, and about
/// 1 MB. What is beyond it is not counted.
const COUNTED_MAX: usize = 10_000;
/// Rows of one transaction: others wait for it no longer than for the publication of an entry.
const ROWS_AT_ONCE: usize = 500;
/// How often it is written: what a crash loses.
const WRITE_EVERY: Duration = Duration::from_secs(60);
/// How long an answer that shows sums may be kept, in milliseconds.
const SHOWN_FOR_MS: i64 = 60 * 60 * 1_000;
/// Months before this one that say what is read most: on the first of a month this one says nothing yet.
const MONTHS_BEFORE: u32 = 2;

/// Whose page an answer is, and the month in which it is given.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Viewed {
    entry: EntryId,
    /// Its first day.
    month: LocalDate,
}

/// What was counted and not yet written.
#[derive(Debug, Default)]
pub(crate) struct Usage {
    counted: Mutex<HashMap<Viewed, i64>>,
    /// Held while it is written.
    writing: tokio::sync::Mutex<()>,
}

impl Usage {
    fn counted(&self) -> MutexGuard<'_, HashMap<Viewed, i64>> {
        self.counted.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn count(&self, viewed: &Viewed) {
        let mut counted = self.counted();
        if let Some(views) = counted.get_mut(viewed) {
            *views += 1;
        } else if counted.len() < COUNTED_MAX {
            counted.insert(viewed.clone(), 1);
        }
    }

    /// In the order in which all nodes write.
    fn all(&self) -> Vec<EntryViews> {
        let counted = self.counted();
        let views = counted.iter().map(|(it, views)| EntryViews {
            entry: it.entry.clone(),
            month: it.month,
            views: *views,
        });
        let mut views: Vec<EntryViews> = views.collect();
        drop(counted);
        views.sort_by(|one, other| (&one.entry, one.month).cmp(&(&other.entry, other.month)));
        views
    }

    /// What was written is not written again; what was counted meanwhile stays.
    fn take_off(&self, written: &[EntryViews]) {
        let mut counted = self.counted();
        for it in written {
            let viewed = Viewed {
                entry: it.entry.clone(),
                month: it.month,
            };
            if let Some(views) = counted.get_mut(&viewed) {
                *views -= it.views;
                if *views <= 0 {
                    counted.remove(&viewed);
                }
            }
        }
    }
}

/// The first day of a month.
fn month_of(day: LocalDate) -> LocalDate {
    LocalDate::from_parts(day.year(), day.month(), 1).unwrap_or(day)
}

/// From which month on views say what is read most; an answer that shows it is good for a while.
pub(crate) fn popular_since(visit: &Visit) -> LocalDate {
    shows_sums(visit);
    let this = month_of(visit.today);
    (0..MONTHS_BEFORE).fold(this, |month, _| month_of(month.yesterday()))
}

fn shows_sums(visit: &Visit) {
    visit.good_until(Instant(visit.now.0.saturating_add(SHOWN_FOR_MS)));
}

impl Portal {
    /// Somebody reads a page. Nothing waits for it, and it cannot fail.
    pub fn count_view(&self, viewed: &Viewed) {
        self.usage().count(viewed);
    }

    /// Writes what was counted; gives how many rows. What cannot be written now is written the next time.
    pub async fn write_usage(&self) -> Result<usize, Failure> {
        let _alone = self.usage().writing.lock().await;
        let all = self.usage().all();
        for rows in all.chunks(ROWS_AT_ONCE) {
            let mut tx = self.store().begin_write().await?;
            tx.add_views(rows).await?;
            tx.commit().await?;
            self.usage().take_off(rows);
        }
        Ok(all.len())
    }

    /// Writes what is counted for as long as the portal serves.
    pub(crate) async fn keep_counting(&self) {
        loop {
            tokio::time::sleep(WRITE_EVERY).await;
            if let Err(error) = self.write_usage().await {
                tracing::warn!(%error, "what was counted of readers is written later");
            }
        }
    }

    /// How often the page of an entry was read this month; the answer is the entry's page, and whoever is given it
    /// counts.
    pub(crate) async fn views_shown(&self, visit: &Visit, entry: &Entry) -> Option<u64> {
        let month = month_of(visit.today);
        visit.reads.page_of(Viewed {
            entry: entry.id.clone(),
            month,
        });
        shows_sums(visit);
        match self.store().views(&entry.id, month).await {
            Ok(views) => Some(views),
            Err(error) => {
                tracing::warn!(%error, "a page does without how often it was read");
                None
            }
        }
    }
}

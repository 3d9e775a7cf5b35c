//! How far this node has followed the change log, and what it may say meanwhile.

use std::sync::atomic::{AtomicI64, Ordering};
use std::time::Duration;

use dinh_domain::dates::Instant;
use dinh_store::WriteTx;

use crate::failure::Failure;
use crate::freshness::Freshness;
use crate::portal::Portal;

/// How long one look at the log is good for, in milliseconds: other nodes' changes show within 5 s
/// (architecture, section 3).
const CONFIRMED_FOR_MS: i64 = 5_000;
/// Longest wait of a request for such a look: an answer that is probably right is better then.
const CONFIRM_WAIT: Duration = Duration::from_secs(1);
/// Pause after a look that failed, in milliseconds: a database that is away is not asked by every
/// request.
const CONFIRM_PAUSE_MS: i64 = 1_000;
/// How long answers that nobody could confirm are given, in milliseconds: a restart of a database
/// is over by then, and what another node hid meanwhile must not stay for long.
const UNCONFIRMED_MAX_MS: i64 = 15 * 60 * 1_000;
/// Changes read at once.
const CHANGES_AT_ONCE: u32 = 1_000;
/// A node that is further behind, in changes, forgets everything instead of reading them.
const FAR_BEHIND: i64 = 10_000;

/// Where this node stands in the change log.
#[derive(Debug)]
pub(crate) struct Followed {
    /// Number of the last change that the generations know of.
    number: AtomicI64,
    /// When the log was last read to its end, in milliseconds of the portal's clock.
    at: AtomicI64,
    /// When that last failed; long ago where it did not.
    failed_at: AtomicI64,
    alone: tokio::sync::Mutex<()>,
}

/// How sure a node is of what it has kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Knowledge {
    /// It knows of every change that anybody was told of.
    Current,
    /// It knows of every change of its own; the database does not answer, so that others' changes
    /// are unknown for this long.
    Unconfirmed {
        /// Since the log was last read.
        seconds: u64,
    },
    /// It knows that something has changed and not what, or was cut off for too long.
    Nothing,
}

impl Followed {
    /// Nothing read before is kept, so the end of the log is where it begins.
    pub(crate) fn from(number: i64, now: Instant) -> Self {
        Self {
            number: AtomicI64::new(number),
            at: AtomicI64::new(now.0),
            failed_at: AtomicI64::new(i64::MIN),
            alone: tokio::sync::Mutex::new(()),
        }
    }

    /// Milliseconds since the log was last read; a clock that was set back counts as long.
    fn age_ms(&self, now: Instant) -> i64 {
        now.0
            .saturating_sub(self.at.load(Ordering::SeqCst))
            .saturating_abs()
    }

    fn failed_just_now(&self, now: Instant) -> bool {
        let failed_at = self.failed_at.load(Ordering::SeqCst);
        (0..CONFIRM_PAUSE_MS).contains(&now.0.saturating_sub(failed_at))
    }
}

impl Portal {
    /// Follows the change log to its end: whatever this node kept of earlier answers is old where
    /// something changed, plugins are parked as others parked them, and the search index comes
    /// along. For whoever is told of other nodes' changes, and at intervals for who is not.
    pub async fn follow(&self) -> Result<(), Failure> {
        self.follow_log().await?;
        let portal = self.follow_plugins().await?;
        portal.directory().await?;
        portal.catch_up().await
    }

    /// Commits, and knows of it before anybody is told.
    pub(crate) async fn commit(&self, tx: WriteTx) -> Result<i64, Failure> {
        let number = tx.commit().await?;
        if let Err(error) = self.follow_log().await {
            // The next request follows first, and gives nothing old while it cannot.
            tracing::warn!(%error, "the change log is followed later");
        }
        Ok(number)
    }

    /// Whether an answer that was kept may be given as far as this node knows; how sure that is
    /// says [`Portal::knowledge`].
    pub fn stands(&self, answer: &Freshness, now: Instant) -> bool {
        answer.stands(self.generations(), self.index_number(), now)
    }

    /// How sure this node is of what it has kept. Asks the database only when nobody has followed
    /// the log for a while, or when a change of this node's own is not yet known.
    pub async fn knowledge(&self, now: Instant) -> Knowledge {
        if self.is_current(now) || self.confirmed(now).await.is_ok() {
            return Knowledge::Current;
        }
        let age_ms = self.followed().age_ms(now);
        if self.is_behind_itself() || age_ms > UNCONFIRMED_MAX_MS {
            return Knowledge::Nothing;
        }
        Knowledge::Unconfirmed {
            seconds: u64::try_from(age_ms / 1_000).unwrap_or_default(),
        }
    }

    /// As [`Portal::knowledge`], for what cannot be answered without being sure.
    pub(crate) async fn confirmed(&self, now: Instant) -> Result<(), Failure> {
        if self.is_current(now) {
            return Ok(());
        }
        let away = || Failure::Unavailable {
            cause: "the change log cannot be read".to_owned(),
        };
        if self.followed().failed_just_now(now) {
            return Err(away());
        }
        let looked = tokio::time::timeout(CONFIRM_WAIT, async {
            let _alone = self.followed().alone.lock().await;
            // Somebody else has looked meanwhile.
            if self.is_current(now) {
                return Ok(());
            }
            if self.followed().failed_just_now(now) {
                return Err(away());
            }
            self.read_log().await
        });
        match looked.await {
            Ok(looked) => looked,
            Err(_) => {
                self.followed().failed_at.store(now.0, Ordering::SeqCst);
                Err(away())
            }
        }
    }

    pub(crate) async fn follow_log(&self) -> Result<(), Failure> {
        let _alone = self.followed().alone.lock().await;
        self.read_log().await
    }

    fn is_current(&self, now: Instant) -> bool {
        !self.is_behind_itself() && self.followed().age_ms(now) < CONFIRMED_FOR_MS
    }

    /// Whether this process has committed something that the generations do not know of.
    fn is_behind_itself(&self) -> bool {
        self.store().last_committed() > self.followed().number.load(Ordering::SeqCst)
    }

    async fn read_log(&self) -> Result<(), Failure> {
        let began = self.now();
        let read = self.read_changes().await;
        let place = match read {
            Ok(()) => &self.followed().at,
            Err(_) => &self.followed().failed_at,
        };
        place.store(began.0, Ordering::SeqCst);
        read
    }

    async fn read_changes(&self) -> Result<(), Failure> {
        let followed = self.followed();
        let last = self.store().last_change_number().await?;
        let known = followed.number.load(Ordering::SeqCst);
        if last < known || last - known > FAR_BEHIND {
            // Another database in the place of the old one, or more than is worth reading.
            self.generations().forget_everything();
            followed.number.store(last, Ordering::SeqCst);
        }
        loop {
            let known = followed.number.load(Ordering::SeqCst);
            if known >= last {
                return Ok(());
            }
            let changes = self.store().changes_since(known, CHANGES_AT_ONCE).await?;
            let is_whole = changes.first().is_some_and(|it| it.number == known + 1);
            let end = changes.last().map_or(last, |it| it.number);
            if is_whole {
                self.generations().follow(&changes);
            } else {
                // A part of the log is gone.
                self.generations().forget_everything();
            }
            followed.number.store(end, Ordering::SeqCst);
        }
    }
}

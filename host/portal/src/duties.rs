//! What the portal does by itself while it serves: follows other nodes' changes and turns over
//! the states that the calendar decides.

use std::time::{Duration, Instant};

use dinh_domain::dates::{self, LocalTime, Zone};
use dinh_domain::declaration::Collection;
use dinh_domain::ids::CollectionId;
use dinh_store::NewChange;

use crate::failure::Failure;
use crate::portal::Portal;

/// How often the change log is looked at when no sign came: other nodes' changes show within 5 s.
const FOLLOW_EVERY: Duration = Duration::from_secs(2);
/// Signs that come together are followed together: an import commits several times a second.
const FOLLOW_GAP: Duration = Duration::from_millis(250);
/// How often the calendar is looked at.
const CALENDAR_EVERY: Duration = Duration::from_secs(60);
/// How long the index tables of a former declaration stay when nobody uses them, in milliseconds:
/// an update is taken back within two weeks, or not at all.
const ROLLBACK_WINDOW_MS: i64 = 14 * 24 * 60 * 60 * 1_000;
/// Rows turned over in one transaction.
const STALE_BATCH: u32 = 200;

impl Portal {
    /// Runs until it is dropped. Failures are logged and tried again.
    pub async fn keep_up(&self) {
        tokio::select! {
            () = self.store().listen() => {}
            () = self.rounds() => {}
            // Files may take long; nothing else waits for them.
            () = self.keep_reading() => {}
            // So may plugins.
            () = self.keep_working() => {}
            () = self.keep_counting() => {}
        }
    }

    async fn rounds(&self) {
        let mut calendar_at = Instant::now();
        loop {
            let portal = self.current();
            if calendar_at <= Instant::now() {
                calendar_at = Instant::now() + CALENDAR_EVERY;
                if let Err(error) = portal.turn_the_day().await {
                    tracing::error!(%error, "states that follow from the calendar are not turned over");
                }
                match portal.look_after_people().await {
                    Ok(0) => {}
                    Ok(disabled) => tracing::info!(disabled, "idle accounts disabled"),
                    Err(error) => tracing::error!(%error, "accounts are not looked after"),
                }
                if let Err(error) = portal.look_after_organisations().await {
                    tracing::error!(%error, "the tree of organisations is not brought to today");
                }
                if let Err(error) = portal.publish_due().await {
                    tracing::error!(%error, "what is due to become public is not");
                }
                if let Err(error) = portal.sweep_files().await {
                    tracing::error!(%error, "files of forms that were never sent are not swept");
                }
                if let Err(error) = portal.look_after_indexes().await {
                    tracing::error!(%error, "former index tables are not looked after");
                }
            }
            if let Err(error) = portal.record_parked().await {
                tracing::error!(%error, "what the breaker parked is not recorded");
            }
            if let Err(error) = portal.follow_others().await {
                tracing::error!(%error, "other nodes' changes are not followed");
            }
            tokio::time::sleep(FOLLOW_GAP).await;
            self.store().changed_or(FOLLOW_EVERY).await;
        }
    }

    /// Takes over what other nodes have changed: the one place where that happens.
    async fn follow_others(&self) -> Result<(), Failure> {
        let now = self.now().local_in(&Zone::default());
        for (id, collection) in self.declared() {
            self.store().mend_index(&id, collection, now).await?;
        }
        self.follow().await
    }

    fn declared(&self) -> impl Iterator<Item = (CollectionId, &Collection)> {
        let ids = self.plugins().collections().into_iter();
        ids.filter_map(|id| {
            let (_, collection) = self.plugins().collection(&id)?;
            Some((id, collection))
        })
    }

    /// Says that the index tables of our declarations are in use, and drops those of former ones
    /// that nobody has used for the rollback window.
    async fn look_after_indexes(&self) -> Result<(), Failure> {
        let zone = Zone::default();
        let today = self.now().date_in(&zone);
        for (id, collection) in self.declared() {
            self.store().use_index(&id, collection, today).await?;
        }
        let unused_since = dates::Instant(self.now().0 - ROLLBACK_WINDOW_MS).date_in(&zone);
        let dropped = self.store().drop_former_indexes(unused_since).await?;
        if dropped > 0 {
            tracing::info!(dropped, "index tables of former declarations dropped");
        }
        Ok(())
    }

    /// Turns over every state that differs from the time its index row was made: a document comes into force or
    /// lapses, a consultation closes, and lists, counts and searches say so.
    pub async fn turn_the_day(&self) -> Result<u64, Failure> {
        let now = self.now().local_in(&Zone::default());
        let mut turned = 0;
        for (id, collection) in self.declared() {
            // A look without the lock first: most days nothing turns.
            while !self
                .store()
                .stale(&id, collection, now, STALE_BATCH)
                .await?
                .is_empty()
            {
                turned += self.turn(&id, collection, now).await?;
            }
        }
        if turned > 0 {
            self.settle().await;
        }
        Ok(turned)
    }

    /// Another node may have turned them over while we waited to publish: then there are none.
    async fn turn(
        &self,
        id: &CollectionId,
        collection: &Collection,
        now: LocalTime,
    ) -> Result<u64, Failure> {
        let mut tx = self.store().begin_publishing().await?;
        let stale = tx.stale(id, collection, now, STALE_BATCH).await?;
        for entry in &stale {
            tx.refresh_index_row(entry, collection, now).await?;
            tx.log_change(NewChange {
                at: self.now(),
                kind: "calendar".to_owned(),
                site: None,
                entry: Some(entry.clone()),
                actor: "system".to_owned(),
                detail: now.to_string(),
            });
        }
        self.commit(tx).await?;
        Ok(stale.len() as u64)
    }
}

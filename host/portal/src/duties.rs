//! What the portal does by itself while it serves: follows other nodes' changes and turns over
//! the states that the calendar decides.

use std::time::Duration;

use dinh_store::NewChange;

use crate::failure::Failure;
use crate::portal::Portal;

/// How often the change log is looked at: other nodes' changes show within 5 s.
const FOLLOW_EVERY: Duration = Duration::from_secs(1);
/// How often the calendar is looked at, in rounds of [`FOLLOW_EVERY`].
const CALENDAR_EVERY_ROUNDS: u32 = 60;
/// Rows turned over in one transaction.
const STALE_BATCH: u32 = 200;

impl Portal {
    /// Runs until it is dropped. Failures are logged and tried again.
    pub async fn keep_up(&self) {
        // Files may take long; nothing else waits for them.
        tokio::join!(self.follow(), self.keep_reading());
    }

    async fn follow(&self) {
        let mut round: u32 = 0;
        loop {
            if round.is_multiple_of(CALENDAR_EVERY_ROUNDS)
                && let Err(error) = self.turn_the_day().await
            {
                tracing::error!(%error, "states that follow from the calendar are not turned over");
            }
            // Parking on another node is followed by looking at the directory.
            if let Err(error) = self.directory().await {
                tracing::error!(%error, "the directory cannot be read");
            }
            if let Err(error) = self.catch_up().await {
                tracing::error!(%error, "the search index does not follow");
            }
            round = round.wrapping_add(1);
            tokio::time::sleep(FOLLOW_EVERY).await;
        }
    }

    /// Turns over every state that differs today from the day its index row was made: a document
    /// comes into force or lapses, and lists, counts and searches say so.
    pub async fn turn_the_day(&self) -> Result<u64, Failure> {
        let now = self.now();
        let today = now.date_in(&dinh_domain::dates::Zone::default());
        let mut turned = 0;
        loop {
            let stale = self.store().stale(today, STALE_BATCH).await?;
            if stale.is_empty() {
                break;
            }
            let before = turned;
            let mut tx = self.store().begin_write().await?;
            for (id, entry) in &stale {
                let Some((_, collection)) = self.plugins().collection(id) else {
                    continue;
                };
                tx.refresh_index_row(entry, collection, today).await?;
                tx.log_change(NewChange {
                    at: now,
                    kind: "calendar".to_owned(),
                    site: None,
                    entry: Some(entry.clone()),
                    actor: "system".to_owned(),
                    detail: today.to_string(),
                });
                turned += 1;
            }
            tx.commit().await?;
            if turned == before {
                // Rows of plugins that are not here now: they wait until these are back.
                break;
            }
        }
        if turned > 0 {
            self.settle().await;
        }
        Ok(turned)
    }
}

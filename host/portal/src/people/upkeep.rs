use dinh_domain::dates::Instant;
use dinh_domain::people::{FAILURES_FADE_MS, IDLE_ACCOUNT_MS, KNOWN_PLACE_MS, STAFF_IDLE_MS};

use super::by::By;
use crate::failure::Failure;
use crate::portal::Portal;

/// Idle accounts disabled in one round.
const IDLE_BATCH: u32 = 50;

impl Portal {
    /// Forgets sessions and invitations that are over, disables accounts that nobody uses, and takes back
    /// what is assigned to whoever may not do it any more; how many accounts.
    pub async fn look_after_people(&self) -> Result<u64, Failure> {
        let now = self.now();
        let before = |ms: i64| Instant(now.0.saturating_sub(ms));
        let mut tx = self.store().begin_write().await?;
        tx.forget_ended(before(STAFF_IDLE_MS), now).await?;
        let (failed, known) = (before(FAILURES_FADE_MS), before(KNOWN_PLACE_MS));
        tx.forget_addresses(failed, known, now).await?;
        tx.commit().await?;
        let idle = self
            .store()
            .idle_accounts(before(IDLE_ACCOUNT_MS), IDLE_BATCH);
        let mut disabled = 0;
        for id in idle.await? {
            let Some(account) = self.store().account(&id).await? else {
                continue;
            };
            match self.disable(By::Calendar, &account).await {
                Ok(()) => disabled += 1,
                // The last who looks after accounts stays.
                Err(Failure::Account(_)) => tracing::debug!(%id, "an idle account stays"),
                Err(failure) => return Err(failure),
            }
        }
        self.free_stuck_work().await?;
        Ok(disabled)
    }
}

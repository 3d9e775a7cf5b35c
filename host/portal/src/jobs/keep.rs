//! Making what a call wrote last: its values, the jobs that it enqueued, its drafts, and the end of its own step.

use dinh_store::{JobClaim, StepEnd};

use super::QUEUE_MOST;
use crate::allowance::Limit;
use crate::failure::Failure;
use crate::host_calls::GuestHost;
use crate::portal::Portal;
use crate::values::Keeping;

impl Portal {
    /// Makes what a call wrote last, in one transaction. For calls that ended well; `step` is what the
    /// step of a job ended with.
    pub(crate) async fn keep_writes(
        &self,
        host: &GuestHost,
        step: Option<(&JobClaim, &StepEnd)>,
    ) -> Result<Keeping, Failure> {
        let (values, jobs) = (host.values(), host.jobs().noted().await);
        let (drafts, now) = (host.drafts(), self.now());
        let is_undrafted = drafts.is_untouched().await;
        if step.is_none() && jobs.is_empty() && is_undrafted && values.is_untouched().await {
            return Ok(Keeping::Kept);
        }
        let mut tx = match is_undrafted {
            true => self.store().begin_write().await?,
            false => self.store().begin_publishing().await?,
        };
        let kept = values.write(&mut tx).await?;
        if kept != Keeping::Kept {
            return Ok(kept);
        }
        let owner = host.jobs().owner();
        if !tx.enqueue_jobs(owner, &jobs, QUEUE_MOST, now).await? {
            let (plugin, site) = (&owner.plugin, &owner.site);
            self.allowances().is_full(plugin, site, Limit::Jobs, now);
            return Ok(Keeping::TooMuch);
        }
        let kept = drafts.write(&mut tx).await?;
        if kept != Keeping::Kept {
            return Ok(kept);
        }
        if let Some((claim, end)) = step
            && !tx.end_step(claim, end).await?
        {
            return Ok(Keeping::Lost);
        }
        tx.commit().await?;
        if !jobs.is_empty() {
            self.working().enqueued.notify_waiters();
        }
        Ok(Keeping::Kept)
    }
}

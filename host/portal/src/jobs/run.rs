//! Working the queues off: whose turn it is, on how many lanes, and what becomes of leases at the end.

use std::sync::PoisonError;
use std::time::Duration;

use dinh_domain::ids::PluginId;
use dinh_domain::site::{Directory, Site};
use dinh_runtime::{BreakerKey, Export, Plugin};
use dinh_store::{JobClaim, JobQueue, StepEnd};

use super::clock::live_site;
use super::{LEASE_MS, Working};
use crate::failure::Failure;
use crate::portal::Portal;

/// How often queues are looked at when nothing was enqueued here: other nodes enqueue too.
const LOOK_EVERY: Duration = Duration::from_secs(1);
/// How often the clock is looked at.
const CLOCK_EVERY: Duration = Duration::from_secs(10);
/// A pause after the store did not answer.
const AWAY_PAUSE: Duration = Duration::from_secs(5);

/// A queue that may be worked on, with all that is needed for it.
pub(super) struct Ready<'a> {
    pub(super) site: &'a Site,
    pub(super) code: &'a Plugin,
}

impl Portal {
    /// Does jobs until it is dropped: two at a time, so that one plugin's never stop another's and pages
    /// have cores left. Failures are logged and tried again.
    pub(crate) async fn keep_working(&self) {
        tokio::join!(self.keep_clock(), self.lane(), self.lane());
    }

    async fn keep_clock(&self) {
        loop {
            if let Err(error) = self.current().follow_clock().await {
                tracing::error!(%error, "jobs that follow the clock are not enqueued");
            }
            tokio::time::sleep(CLOCK_EVERY).await;
        }
    }

    async fn lane(&self) {
        loop {
            match self.current().run_next_step().await {
                Ok(true) => {}
                Ok(false) => {
                    let enqueued = self.working().enqueued.notified();
                    // Either is a reason to look again.
                    let _look = tokio::time::timeout(LOOK_EVERY, enqueued).await;
                }
                Err(error) => {
                    tracing::error!(%error, "jobs are not done");
                    tokio::time::sleep(AWAY_PAUSE).await;
                }
            }
        }
    }

    /// Enqueues what the clock says is due, and runs steps until none is due any more; how many.
    pub async fn work_off_jobs(&self) -> Result<u64, Failure> {
        self.work_off_some_jobs(u64::MAX).await
    }

    /// The same, `most` steps at the most.
    pub async fn work_off_some_jobs(&self, most: u64) -> Result<u64, Failure> {
        let portal = self.current();
        portal.follow_clock().await?;
        let mut steps = 0;
        while steps < most && portal.run_next_step().await? {
            steps += 1;
        }
        Ok(steps)
    }

    /// Gives back the leases of steps that were cut off: another node, or the next start, runs them at
    /// once. For a node that ends, when nothing works any more.
    pub async fn release_jobs(&self) -> Result<(), Failure> {
        let held = std::mem::take(&mut *self.working().held());
        for claim in held {
            let not_before = claim.job.not_before;
            self.end_step(&claim, &StepEnd::Released { not_before })
                .await?;
        }
        Ok(())
    }

    /// Runs the step whose turn it is; false where nothing is due that may run.
    async fn run_next_step(&self) -> Result<bool, Failure> {
        let mut plugins = self.plugins().all();
        if plugins.all(|it| it.declaration.manifest.jobs.is_empty()) {
            return Ok(false);
        }
        let now = self.now();
        let due = self.store().due_jobs(now, LEASE_MS).await?;
        if due.is_empty() {
            return Ok(false);
        }
        let directory = self.directory().await?;
        for queue in &due {
            let Some(ready) = self.ready(&directory, queue) else {
                continue;
            };
            let Some(_busy) = self.working().begin(&queue.plugin) else {
                continue;
            };
            let Some(claim) = self.store().claim_job(queue, now, LEASE_MS).await? else {
                continue;
            };
            self.working().held().push(claim.clone());
            let ran = self.run_step(&directory, &ready, &claim).await;
            self.working().let_go(&claim);
            return ran.map(|()| true);
        }
        Ok(false)
    }

    /// What may run now: the module is enabled on a site that answers, and its code is not parked.
    fn ready<'a>(&'a self, directory: &'a Directory, queue: &JobQueue) -> Option<Ready<'a>> {
        let site = live_site(directory, &queue.site)?;
        let modules = directory.enabled_modules(&queue.site);
        modules.iter().find(|it| it.plugin == queue.plugin)?;
        let code = self.plugins().get(&queue.plugin)?.code_on(site)?;
        let key = BreakerKey {
            site: queue.site.to_string(),
            plugin: queue.plugin.to_string(),
            export: Export::Jobs,
        };
        let now_ms = u64::try_from(self.now().0).unwrap_or_default();
        let runs = code.exports().jobs && self.engine().breaker().lets_through(&key, now_ms);
        runs.then_some(Ready { site, code })
    }
}

/// While it lives, no other step of the plugin begins on this node.
struct Busy<'a> {
    working: &'a Working,
    plugin: PluginId,
}

impl Drop for Busy<'_> {
    fn drop(&mut self) {
        let busy = self.working.busy.lock();
        let mut busy = busy.unwrap_or_else(PoisonError::into_inner);
        busy.remove(&self.plugin);
    }
}

impl Working {
    fn begin(&self, plugin: &PluginId) -> Option<Busy<'_>> {
        let mut busy = self.busy.lock().unwrap_or_else(PoisonError::into_inner);
        busy.insert(plugin.clone()).then(|| Busy {
            working: self,
            plugin: plugin.clone(),
        })
    }

    fn held(&self) -> std::sync::MutexGuard<'_, Vec<JobClaim>> {
        self.held.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn let_go(&self, claim: &JobClaim) {
        self.held().retain(|it| it.lease != claim.lease);
    }
}

//! What one call of a plugin enqueues. Nothing lasts before [`Portal::keep_writes`].

use dinh_domain::dates::Instant;
use dinh_runtime::{JobError, NewJob};
use dinh_store::{EnqueuedJob, JobUse, KvOwner, StoreError};
use tokio::sync::Mutex;

use super::{ENQUEUED_A_CALL_MAX, QUEUE_MOST};
use crate::allowance::{Limit, Writes};
use crate::portal::Portal;

/// The jobs that one call has enqueued so far.
pub(crate) struct CallJobs {
    portal: Portal,
    owner: KvOwner,
    writes: Writes,
    noted: Mutex<Noted>,
}

#[derive(Default)]
struct Noted {
    jobs: Vec<EnqueuedJob>,
    /// How much waits, as soon as that matters.
    usage: Option<JobUse>,
}

impl CallJobs {
    pub(crate) fn new(portal: Portal, owner: KvOwner, writes: Writes) -> Self {
        Self {
            portal,
            owner,
            writes,
            noted: Mutex::default(),
        }
    }

    pub(super) fn owner(&self) -> &KvOwner {
        &self.owner
    }

    pub(super) async fn noted(&self) -> Vec<EnqueuedJob> {
        self.noted.lock().await.jobs.clone()
    }

    pub(crate) async fn add(&self, job: NewJob) -> Result<(), JobError> {
        if self.writes == Writes::Refused {
            return Err(JobError::ReadOnly);
        }
        let KvOwner { plugin, site } = &self.owner;
        if !self.is_declared(&job.name) {
            let shown: String = job.name.chars().take(80).collect();
            let told = format!("plugin.toml declares no job `{shown}`");
            return Err(JobError::Undeclared(told));
        }
        let (allowances, now) = (self.portal.allowances(), self.portal.now());
        if !allowances.may_write(plugin, site, self.writes, now) {
            return Err(JobError::Rate(Limit::Writes.words()));
        }
        let mut noted = self.noted.lock().await;
        if noted.jobs.len() >= ENQUEUED_A_CALL_MAX {
            let told = format!("at most {ENQUEUED_A_CALL_MAX} jobs a call");
            return Err(JobError::Rate(told));
        }
        let known = match noted.usage {
            Some(known) => known,
            None => {
                let known = self.portal.store().job_use(&self.owner).await;
                known.map_err(away)?
            }
        };
        let bytes = i64::try_from(job.payload.len()).unwrap_or(i64::MAX);
        let then = JobUse {
            jobs: known.jobs + 1,
            bytes: known.bytes.saturating_add(bytes),
        };
        if then.jobs > QUEUE_MOST.jobs || then.bytes > QUEUE_MOST.bytes {
            allowances.is_full(plugin, site, Limit::Jobs, now);
            return Err(JobError::Quota(Limit::Jobs.words()));
        }
        noted.usage = Some(then);
        noted.jobs.push(EnqueuedJob {
            name: job.name,
            payload: job.payload,
            key: job.key,
            not_before: Instant(now.0.saturating_add(i64::from(job.delay_s) * 1_000)),
        });
        Ok(())
    }

    fn is_declared(&self, name: &str) -> bool {
        let plugin = self.portal.plugins().get(&self.owner.plugin);
        let jobs = plugin.map(|it| it.declaration.manifest.jobs.as_slice());
        jobs.unwrap_or_default().iter().any(|it| it.name == name)
    }
}

/// Vendors never read the database's own words.
fn away(error: StoreError) -> JobError {
    tracing::error!(%error, "a plugin's jobs cannot be counted");
    JobError::Unavailable("the portal cannot read this now".to_owned())
}

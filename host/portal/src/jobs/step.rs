//! One step of a job, from its lease to its end.

use std::sync::Arc;

use dinh_domain::dates::Instant;
use dinh_domain::site::Directory;
use dinh_domain::visibility::Actor;
use dinh_runtime::{Budget, Call, CallError, Job, Step};
use dinh_store::{JobClaim, StepEnd};

use super::run::Ready;
use super::{ATTEMPTS_MAX, PAUSE_FIRST_MS, PAUSE_MAX_MS, REST_MIN_MS, STEPS_MAX};
use crate::failure::Failure;
use crate::host_calls::GuestHost;
use crate::portal::Portal;
use crate::values::Keeping;

/// How often a step is run anew because another call changed what it had read.
const TRIES_MAX: usize = 3;
/// How long a job waits whose export was closed meanwhile, in milliseconds.
const CLOSED_PAUSE_MS: i64 = 30_000;
/// The same where there was no slot.
const BUSY_PAUSE_MS: i64 = 1_000;
/// Of what a step said, for the operator.
const ERROR_BYTES_MAX: usize = 1_000;

impl Portal {
    pub(super) async fn run_step(
        &self,
        directory: &Arc<Directory>,
        ready: &Ready<'_>,
        claim: &JobClaim,
    ) -> Result<(), Failure> {
        if let Some(why) = self.never(claim) {
            return self.give_up(claim, &why).await;
        }
        for _ in 0..TRIES_MAX {
            let began = self.now();
            let visit = self.visit(directory, ready.site.clone(), Actor::Visitor)?;
            let today = visit.today.to_string();
            let plugin = claim.job.plugin.clone();
            let host = Arc::new(GuestHost::working(self.clone(), visit, plugin));
            let call = Call {
                site: ready.site.id.to_string(),
                host: host.clone(),
                now_ms: u64::try_from(began.0).unwrap_or_default(),
                today,
                budget: Budget::JOB,
            };
            let end = match ready.code.step(call, asked(claim)).await {
                Ok(step) => self.end_of(claim, step, began),
                Err(CallError::Parked { .. }) => self.put_off(CLOSED_PAUSE_MS),
                Err(CallError::Busy) => self.put_off(BUSY_PAUSE_MS),
                Err(error) => return self.failed(claim, &error.to_string()).await,
            };
            if let StepEnd::Released { .. } = end {
                return self.end_step(claim, &end).await;
            }
            match self.keep_writes(&host, Some((claim, &end))).await? {
                Keeping::Kept => {
                    if let StepEnd::GivenUp { error, .. } = &end {
                        tell_given_up(claim, error);
                    }
                    return Ok(());
                }
                Keeping::Lost => {
                    tell_lost(claim);
                    return Ok(());
                }
                Keeping::TooMuch => {
                    let why = "it keeps or enqueues more than it may";
                    return self.failed(claim, why).await;
                }
                Keeping::Changed => {}
            }
        }
        let why = "other calls changed what it had read, again and again";
        self.failed(claim, why).await
    }

    /// Why a job cannot be done, however often it is tried.
    fn never(&self, claim: &JobClaim) -> Option<String> {
        let job = &claim.job;
        let manifest = &self.plugins().get(&job.plugin)?.declaration.manifest;
        if manifest.jobs.iter().all(|it| it.name != job.name) {
            let (version, name) = (&manifest.version, &job.name);
            return Some(format!("version {version} declares no job `{name}`"));
        }
        (job.steps >= STEPS_MAX)
            .then(|| format!("it is not done after {STEPS_MAX} steps: a job that never ends"))
    }

    fn end_of(&self, claim: &JobClaim, step: Step, began: Instant) -> StepEnd {
        let now = self.now();
        match step {
            Step::Done => StepEnd::Done,
            Step::More(cursor) => {
                let worked = now.0.saturating_sub(began.0);
                let rest = worked.clamp(REST_MIN_MS, PAUSE_FIRST_MS);
                let not_before = Instant(now.0.saturating_add(rest));
                StepEnd::More { cursor, not_before }
            }
            Step::Retry(seconds) => {
                self.later(claim, i64::from(seconds) * 1_000, "it asked for a retry")
            }
        }
    }

    /// After a pause of at least `least_ms`, or never.
    fn later(&self, claim: &JobClaim, least_ms: i64, why: &str) -> StepEnd {
        let attempt = claim.job.attempt + 1;
        let error = why[..why.floor_char_boundary(ERROR_BYTES_MAX)].to_owned();
        if attempt >= ATTEMPTS_MAX {
            return StepEnd::GivenUp { attempt, error };
        }
        let doublings = u32::try_from(claim.job.attempt.clamp(0, 30)).unwrap_or_default();
        let pause = PAUSE_FIRST_MS.saturating_mul(1 << doublings);
        let pause = pause.min(PAUSE_MAX_MS).max(least_ms);
        StepEnd::Later {
            attempt,
            not_before: Instant(self.now().0.saturating_add(pause)),
            error,
        }
    }

    fn put_off(&self, pause_ms: i64) -> StepEnd {
        let not_before = Instant(self.now().0.saturating_add(pause_ms));
        StepEnd::Released { not_before }
    }

    async fn failed(&self, claim: &JobClaim, why: &str) -> Result<(), Failure> {
        let job = &claim.job;
        let (plugin, site, name, id) = (&job.plugin, &job.site, &job.name, &job.id);
        let attempt = job.attempt + 1;
        tracing::warn!(%plugin, %site, job = name, id, attempt, reason = why, "a job's step failed");
        let end = self.later(claim, 0, why);
        if let StepEnd::GivenUp { error, .. } = &end {
            tell_given_up(claim, error);
        }
        self.end_step(claim, &end).await
    }

    async fn give_up(&self, claim: &JobClaim, why: &str) -> Result<(), Failure> {
        tell_given_up(claim, why);
        let end = StepEnd::GivenUp {
            attempt: claim.job.attempt,
            error: why.to_owned(),
        };
        self.end_step(claim, &end).await
    }

    /// Ends a step that wrote nothing.
    pub(super) async fn end_step(&self, claim: &JobClaim, end: &StepEnd) -> Result<(), Failure> {
        let mut tx = self.store().begin_write().await?;
        if tx.end_step(claim, end).await? {
            tx.commit().await?;
        } else {
            tell_lost(claim);
        }
        Ok(())
    }
}

fn asked(claim: &JobClaim) -> Job {
    let job = &claim.job;
    Job {
        name: job.name.clone(),
        payload: job.payload.clone(),
        cursor: job.cursor.clone(),
        attempt: u32::try_from(job.attempt + 1).unwrap_or(u32::MAX),
    }
}

fn tell_given_up(claim: &JobClaim, why: &str) {
    let job = &claim.job;
    let (plugin, site, name, id) = (&job.plugin, &job.site, &job.name, &job.id);
    tracing::error!(%plugin, %site, job = name, id, reason = why, "a job is given up");
}

fn tell_lost(claim: &JobClaim) {
    let job = &claim.job;
    let (plugin, site, name, id) = (&job.plugin, &job.site, &job.name, &job.id);
    tracing::warn!(%plugin, %site, job = name, id, "a job's step ended too late: it is somebody else's");
}

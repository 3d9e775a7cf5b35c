//! Jobs as operators see them, and what operators decide about them.

use dinh_domain::dates::{Instant, Zone};
use dinh_domain::ids::SiteId;
use dinh_store::{JobState, NewAudit, StoredJob};
use serde::Serialize;
use serde_json::{Value, json};

use crate::audit::Act;
use crate::failure::Failure;
use crate::portal::Portal;

/// Most jobs of one list: an operator reads the first ones.
const SHOWN_MAX: u32 = 500;

/// A job.
#[derive(Debug, Clone, Serialize)]
pub struct JobLine {
    /// Its id.
    pub id: String,
    /// The site.
    pub site: String,
    /// Its name in the manifest.
    pub name: String,
    /// Its key; none where it has none, or the clock enqueued it.
    pub key: Option<String>,
    /// `waiting`, `running` or `given-up`.
    pub state: String,
    /// Steps in a row that did not go well.
    pub attempt: i64,
    /// Steps so far.
    pub steps: i64,
    /// Where its last step ended.
    pub cursor: Option<String>,
    /// It runs no sooner (RFC 3339).
    pub not_before: String,
    /// When it was enqueued (RFC 3339).
    pub enqueued_at: String,
    /// What the last step said that did not go well; empty where there is none.
    pub last_error: String,
}

/// How many jobs a plugin has on a site.
#[derive(Debug, Clone, Serialize)]
pub struct JobCountLine {
    /// The site.
    pub site: String,
    /// Those that wait or are under way.
    pub waiting: u64,
    /// Those that were given up.
    pub given_up: u64,
}

/// What an operator decides about a job.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Decision {
    Retry,
    Forget,
}

impl Portal {
    /// The first jobs of a plugin, on one site or on all: those given up, then those due first.
    pub async fn job_lines(
        &self,
        plugin: &str,
        site: Option<&str>,
    ) -> Result<Vec<JobLine>, Failure> {
        let id = &self.known_plugin(plugin)?.declaration.manifest.id;
        let site = match site {
            Some(site) => Some(self.known_site(site).await?),
            None => None,
        };
        let found = self.store().jobs(id, site.as_ref(), SHOWN_MAX).await?;
        let now = self.now();
        Ok(found.iter().map(|job| line(job, now)).collect())
    }

    /// Lets jobs be tried again from where they stopped, now: all of them, or none.
    pub async fn retry_jobs(&self, plugin: &str, ids: &[String], by: &str) -> Result<(), Failure> {
        self.decide_jobs(plugin, ids, Decision::Retry, by).await
    }

    /// Drops jobs: all of them, or none.
    pub async fn forget_jobs(&self, plugin: &str, ids: &[String], by: &str) -> Result<(), Failure> {
        self.decide_jobs(plugin, ids, Decision::Forget, by).await
    }

    async fn decide_jobs(
        &self,
        plugin: &str,
        ids: &[String],
        decision: Decision,
        by: &str,
    ) -> Result<(), Failure> {
        let id = &self.known_plugin(plugin)?.declaration.manifest.id;
        let (mut tx, now) = (self.store().begin_write().await?, self.now());
        for job in ids {
            let (found, what) = match decision {
                Decision::Retry => (tx.retry_job(id, job, now).await?, "plugin-job-retried"),
                Decision::Forget => (tx.forget_job(id, job).await?, "plugin-job-forgotten"),
            };
            let Some(found) = found else {
                let told =
                    format!("{plugin} has no job `{job}`; `dinh plugin jobs {plugin}` lists them");
                return Err(Failure::Refused(told));
            };
            let act = Act {
                what,
                kind: "plugin",
                subject: plugin,
                before: Some(told(&found)),
                after: None,
            };
            let site: Option<SiteId> = Some(found.site);
            tx.audit(NewAudit {
                site,
                ..self.act(by, act)
            });
        }
        tx.commit().await?;
        self.working().enqueued.notify_waiters();
        Ok(())
    }
}

/// Without its payload, which may be about somebody.
fn told(job: &StoredJob) -> Value {
    json!({
        "job": job.name,
        "id": job.id,
        "state": match job.state {
            JobState::Waiting => "waiting",
            JobState::GivenUp => "given-up",
        },
        "attempt": job.attempt,
    })
}

fn line(job: &StoredJob, now: Instant) -> JobLine {
    let is_running = job.lease_until.is_some_and(|until| until > now);
    let state = match job.state {
        JobState::GivenUp => "given-up",
        JobState::Waiting if is_running => "running",
        JobState::Waiting => "waiting",
    };
    let time = |at: Instant| at.rfc3339_in(&Zone::default());
    JobLine {
        id: job.id.clone(),
        site: job.site.to_string(),
        name: job.name.clone(),
        key: job.key.clone().filter(|key| !key.contains('!')),
        state: state.to_owned(),
        attempt: job.attempt,
        steps: job.steps,
        cursor: job.cursor.clone(),
        not_before: time(job.not_before),
        enqueued_at: time(job.enqueued_at),
        last_error: job.last_error.clone(),
    }
}

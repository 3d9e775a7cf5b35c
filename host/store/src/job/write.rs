//! Filling the queue.

use dinh_domain::dates::Instant;
use sqlx::any::AnyRow;

use crate::error::StoreError;
use crate::ids::new_job_id;
use crate::kv::KvOwner;
use crate::sql::{Columns, Sql, damaged};
use crate::store::Store;
use crate::write::WriteTx;

/// The key of jobs that follow the clock: no plugin's key holds such a sign.
const CLOCK: &str = "clock!";
/// What they are given.
const NOTHING: &str = "null";

/// A job to enqueue.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EnqueuedJob {
    /// Its name in the manifest.
    pub name: String,
    /// JSON.
    pub payload: String,
    /// Of one name and key there is one job.
    pub key: Option<String>,
    /// It runs no sooner.
    pub not_before: Instant,
}

/// How much waits, or may wait, those given up among it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct JobUse {
    /// Jobs.
    pub jobs: i64,
    /// Bytes of payloads.
    pub bytes: i64,
}

impl WriteTx {
    /// Enqueues jobs of one plugin on one site. False where more would wait than may: then the
    /// transaction must be dropped. A job whose key is known begins anew with the newer payload; where
    /// a step of it is under way, after that.
    pub async fn enqueue_jobs(
        &mut self,
        of: &KvOwner,
        jobs: &[EnqueuedJob],
        most: JobUse,
        at: Instant,
    ) -> Result<bool, StoreError> {
        if jobs.is_empty() {
            return Ok(true);
        }
        self.kv_lock(of).await?;
        for job in jobs {
            let mut sql = insert();
            sql.push(
                " on conflict (plugin, site_id, name, key) do update set payload = excluded.payload,
                 bytes = excluded.bytes, cursor = null, attempt = 0, steps = 0, state = 'waiting',
                 not_before = excluded.not_before, last_error = '',
                 is_renewed = case when plugin_job.leased_by = '' then 0 else 1 end,
                 enqueued_at = excluded.enqueued_at",
            );
            values(sql, of, job, at).run(self.on()).await?;
        }
        let now = self.job_use(of).await?;
        Ok(now.jobs <= most.jobs && now.bytes <= most.bytes)
    }

    /// Enqueues a job of the clock; one that still waits or is under way is not doubled, and false.
    pub async fn enqueue_scheduled(
        &mut self,
        of: &KvOwner,
        name: &str,
        at: Instant,
    ) -> Result<bool, StoreError> {
        let job = &EnqueuedJob {
            name: name.to_owned(),
            payload: NOTHING.to_owned(),
            key: Some(CLOCK.to_owned()),
            not_before: at,
        };
        let mut sql = insert();
        sql.push(
            " on conflict (plugin, site_id, name, key) do update set cursor = null, attempt = 0,
             steps = 0, state = 'waiting', not_before = excluded.not_before, last_error = '',
             enqueued_at = excluded.enqueued_at where plugin_job.state = 'given-up'",
        );
        Ok(values(sql, of, job, at).run(self.on()).await? > 0)
    }

    async fn job_use(&mut self, of: &KvOwner) -> Result<JobUse, StoreError> {
        let row = counting(of).optional(self.on()).await?;
        counted(row.as_ref())
    }
}

impl Store {
    /// How much waits.
    pub async fn job_use(&self, of: &KvOwner) -> Result<JobUse, StoreError> {
        let mut on = self.reader().await?;
        let row = counting(of).optional(&mut on).await?;
        counted(row.as_ref())
    }
}

fn counting(of: &KvOwner) -> Sql {
    let sql = Sql::new(
        "select count(*) as jobs, cast(coalesce(sum(bytes), 0) as bigint) as bytes
         from plugin_job where plugin = $1 and site_id = $2",
    );
    sql.with(&of.plugin).with(&of.site)
}

fn counted(row: Option<&AnyRow>) -> Result<JobUse, StoreError> {
    let row = row.ok_or_else(|| damaged("plugin_job", "it cannot be counted"))?;
    Ok(JobUse {
        jobs: row.integer("jobs")?,
        bytes: row.integer("bytes")?,
    })
}

fn insert() -> Sql {
    Sql::new(
        "insert into plugin_job (id, plugin, site_id, name, key, payload, bytes, attempt, steps, state,
         not_before, leased_by, lease_until, is_renewed, last_error, enqueued_at)
         values ($1, $2, $3, $4, $5, $6, $7, 0, 0, 'waiting', $8, '', 0, 0, '', $9)",
    )
}

fn values(sql: Sql, of: &KvOwner, job: &EnqueuedJob, at: Instant) -> Sql {
    let bytes = i64::try_from(job.payload.len()).unwrap_or(i64::MAX);
    sql.with(new_job_id())
        .with(&of.plugin)
        .with(&of.site)
        .with(&job.name)
        .with(job.key.as_ref())
        .with(&job.payload)
        .with(bytes)
        .with(job.not_before)
        .with(at)
}

//! Working the queue off: one step at a time is leased, and ends in one transaction with what it wrote.

use std::collections::HashMap;

use dinh_domain::dates::Instant;
use dinh_domain::ids::{PluginId, SiteId};

use super::{COLUMNS, StoredJob, job};
use crate::error::StoreError;
use crate::ids::new_job_id;
use crate::sql::{Columns, Sql};
use crate::store::Store;
use crate::write::WriteTx;

/// The jobs of one plugin on one site.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct JobQueue {
    /// The site.
    pub site: SiteId,
    /// The plugin.
    pub plugin: PluginId,
}

/// A job whose next step is the holder's to run, until the lease ends.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct JobClaim {
    /// The job as it was claimed.
    pub job: StoredJob,
    /// Tells this lease from every other.
    pub lease: String,
}

/// What becomes of a job after a step.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum StepEnd {
    /// It is done.
    Done,
    /// The next step begins here.
    More {
        /// Where.
        cursor: String,
        /// When, at the soonest.
        not_before: Instant,
    },
    /// The step is run again.
    Later {
        /// Steps in a row that did not go well.
        attempt: i64,
        /// When, at the soonest.
        not_before: Instant,
        /// Why.
        error: String,
    },
    /// It is not tried again before an operator says so.
    GivenUp {
        /// Steps in a row that did not go well.
        attempt: i64,
        /// Why.
        error: String,
    },
    /// As if the step had not been begun.
    Released {
        /// When it is tried, at the soonest.
        not_before: Instant,
    },
}

/// Due, and nobody's. A lease that ends later than any lease can was given by a clock that was ahead.
const DUE: &str =
    "state = 'waiting' and not_before <= $1 and (lease_until <= $1 or lease_until > $2)";

impl Store {
    /// The queues in which something is due, in their turn: first the site whose last turn was longest
    /// ago, and of its plugins the same. `lease_ms` is how long a lease lasts.
    pub async fn due_jobs(&self, now: Instant, lease_ms: i64) -> Result<Vec<JobQueue>, StoreError> {
        let mut on = self.reader().await?;
        let sql = Sql::new(format!(
            "select distinct site_id, plugin from plugin_job where {DUE}"
        ));
        let sql = sql.with(now).with(too_late(now, lease_ms));
        let mut due = Vec::new();
        for row in sql.all(&mut on).await? {
            due.push(JobQueue {
                site: row.read("site_id")?,
                plugin: row.read("plugin")?,
            });
        }
        let (mut of_sites, mut of_queues) = (HashMap::new(), HashMap::new());
        let turns = Sql::new("select site_id, plugin, turn from plugin_job_turn");
        for row in turns.all(&mut on).await? {
            let (site, plugin) = (row.read::<SiteId>("site_id")?, row.read("plugin")?);
            let turn = row.integer("turn")?;
            let known = of_sites.entry(site.clone()).or_insert(turn);
            *known = turn.max(*known);
            of_queues.insert((site, plugin), turn);
        }
        due.sort_by_cached_key(|it| {
            let own = (it.site.clone(), it.plugin.clone());
            let turn = (
                of_sites.get(&it.site).copied(),
                of_queues.get(&own).copied(),
            );
            (turn, it.site.to_string(), it.plugin.to_string())
        });
        Ok(due)
    }

    /// Leases the job of a queue that is due first, and counts the queue's turn; none where nothing is
    /// due any more, or somebody else was quicker.
    pub async fn claim_job(
        &self,
        queue: &JobQueue,
        now: Instant,
        lease_ms: i64,
    ) -> Result<Option<JobClaim>, StoreError> {
        let mut tx = self.begin_write().await?;
        // Held, so that what is enqueued anew comes before the claim or after it.
        let lock = tx.dialect().lock();
        let sql = Sql::new(format!(
            "{COLUMNS}{DUE} and site_id = $3 and plugin = $4 order by not_before, id limit 1{lock}"
        ));
        let sql = sql.with(now).with(too_late(now, lease_ms));
        let sql = sql.with(&queue.site).with(&queue.plugin);
        let Some(row) = sql.optional(tx.on()).await? else {
            return Ok(None);
        };
        let (job, former, lease) = (job(&row)?, row.text("leased_by")?, new_job_id());
        let claimed = Sql::new(
            "update plugin_job set leased_by = $1, lease_until = $2, is_renewed = 0
             where id = $3 and leased_by = $4 and state = 'waiting'",
        )
        .with(&lease)
        .with(Instant(now.0.saturating_add(lease_ms)))
        .with(&job.id)
        .with(former)
        .run(tx.on())
        .await?;
        if claimed == 0 {
            return Ok(None);
        }
        Sql::new(
            "insert into plugin_job_turn (site_id, plugin, turn)
             values ($1, $2, (select coalesce(max(turn), 0) + 1 from plugin_job_turn))
             on conflict (site_id, plugin) do update set turn = excluded.turn",
        )
        .with(&queue.site)
        .with(&queue.plugin)
        .run(tx.on())
        .await?;
        tx.commit().await?;
        Ok(Some(JobClaim { job, lease }))
    }
}

impl WriteTx {
    /// Ends a step. False where the lease is somebody else's by now, or the job is gone: then the
    /// transaction must be dropped. A job that was enqueued anew meanwhile begins anew.
    pub async fn end_step(&mut self, claim: &JobClaim, end: &StepEnd) -> Result<bool, StoreError> {
        let lock = self.dialect().lock();
        let row = Sql::new(format!(
            "select leased_by, is_renewed from plugin_job where id = $1{lock}"
        ));
        let row = row.with(&claim.job.id).optional(self.on()).await?;
        let Some(row) = row.filter(|row| row.text("leased_by").is_ok_and(|it| it == claim.lease))
        else {
            return Ok(false);
        };
        let mut sql =
            Sql::new("update plugin_job set leased_by = '', lease_until = 0, is_renewed = 0");
        match end {
            _ if row.flag("is_renewed")? => {}
            StepEnd::Done => sql = Sql::new("delete from plugin_job"),
            StepEnd::More { cursor, not_before } => {
                sql.push(", attempt = 0, steps = steps + 1, last_error = '', cursor = ");
                sql.bind(cursor).push(", not_before = ").bind(*not_before);
            }
            StepEnd::Later {
                attempt,
                not_before,
                error,
            } => {
                sql.push(", steps = steps + 1, attempt = ").bind(*attempt);
                sql.push(", not_before = ").bind(*not_before);
                sql.push(", last_error = ").bind(error);
            }
            StepEnd::GivenUp { attempt, error } => {
                sql.push(", state = 'given-up', steps = steps + 1, attempt = ");
                sql.bind(*attempt).push(", last_error = ").bind(error);
            }
            StepEnd::Released { not_before } => {
                sql.push(", not_before = ").bind(*not_before);
            }
        }
        sql.push(" where id = ").bind(&claim.job.id);
        sql.run(self.on()).await?;
        Ok(true)
    }
}

/// No lease that was given by this clock ends later.
fn too_late(now: Instant, lease_ms: i64) -> Instant {
    Instant(now.0.saturating_add(lease_ms.saturating_mul(2)))
}

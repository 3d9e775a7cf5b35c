//! Work of plugins that nobody waits for: the queue, as operators see it. How it is filled and worked off
//! is in the files below.

mod claim;
mod schedule;
mod write;

use dinh_domain::dates::Instant;
use dinh_domain::ids::{PluginId, SiteId};
use sqlx::any::AnyRow;

pub use claim::{JobClaim, JobQueue, StepEnd};
pub use schedule::Scheduled;
pub use write::{EnqueuedJob, JobUse};

use crate::error::StoreError;
use crate::sql::{Columns, Sql, damaged};
use crate::store::Store;
use crate::write::WriteTx;

/// Whether a job is still to be done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum JobState {
    /// It waits, or a step of it is under way.
    Waiting,
    /// It failed too often: nobody tries it before an operator says so.
    GivenUp,
}

/// One job.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredJob {
    /// Its id.
    pub id: String,
    /// Whose it is.
    pub plugin: PluginId,
    /// Where.
    pub site: SiteId,
    /// Its name in the manifest.
    pub name: String,
    /// Of one name and key there is one job.
    pub key: Option<String>,
    /// JSON.
    pub payload: String,
    /// Where the last step ended.
    pub cursor: Option<String>,
    /// Steps in a row that did not go well.
    pub attempt: i64,
    /// Steps so far.
    pub steps: i64,
    /// Whether it is still to be done.
    pub state: JobState,
    /// It runs no sooner.
    pub not_before: Instant,
    /// Until when somebody works on it; none where nobody does.
    pub lease_until: Option<Instant>,
    /// What the last step said that did not go well; empty where there is none.
    pub last_error: String,
    /// When it was enqueued.
    pub enqueued_at: Instant,
}

/// How many jobs a plugin has on a site.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct JobCount {
    /// The plugin.
    pub plugin: PluginId,
    /// The site.
    pub site: SiteId,
    /// Those that wait or are under way.
    pub waiting: u64,
    /// Those that were given up.
    pub given_up: u64,
}

const COLUMNS: &str =
    "select id, plugin, site_id, name, key, payload, cursor, attempt, steps, state,
     not_before, leased_by, lease_until, last_error, enqueued_at from plugin_job where ";

impl Store {
    /// The jobs of a plugin on one site or on all: those given up first, then those due first.
    pub async fn jobs(
        &self,
        plugin: &PluginId,
        site: Option<&SiteId>,
        limit: u32,
    ) -> Result<Vec<StoredJob>, StoreError> {
        let mut sql = Sql::new(COLUMNS);
        sql.push("plugin = ").bind(plugin);
        if let Some(site) = site {
            sql.push(" and site_id = ").bind(site);
        }
        sql.push(" order by state, not_before, id limit ");
        sql.bind(i64::from(limit));
        let mut on = self.reader().await?;
        sql.all(&mut on).await?.iter().map(job).collect()
    }

    /// How many jobs there are, by plugin and site.
    pub async fn job_counts(&self) -> Result<Vec<JobCount>, StoreError> {
        let sql = Sql::new(
            "select plugin, site_id, count(*) as jobs,
             cast(sum(case when state = 'given-up' then 1 else 0 end) as bigint) as given_up
             from plugin_job group by plugin, site_id order by plugin, site_id",
        );
        let mut on = self.reader().await?;
        let rows = sql.all(&mut on).await?;
        let counted = rows.iter().map(|row| {
            let (jobs, given_up) = (row.integer("jobs")?, row.integer("given_up")?);
            Ok(JobCount {
                plugin: row.read("plugin")?,
                site: row.read("site_id")?,
                waiting: u64::try_from(jobs - given_up).unwrap_or_default(),
                given_up: u64::try_from(given_up).unwrap_or_default(),
            })
        });
        counted.collect()
    }
}

impl WriteTx {
    /// Lets a job be tried again from where it stopped, now; none where there is no such job.
    pub async fn retry_job(
        &mut self,
        plugin: &PluginId,
        id: &str,
        now: Instant,
    ) -> Result<Option<StoredJob>, StoreError> {
        let found = self.job_of(plugin, id).await?;
        Sql::new(
            "update plugin_job set state = 'waiting', attempt = 0, steps = 0, not_before = $1
             where plugin = $2 and id = $3",
        )
        .with(now)
        .with(plugin)
        .with(id)
        .run(self.on())
        .await?;
        Ok(found)
    }

    /// Drops a job; what a step of it writes that is under way is dropped as well.
    pub async fn forget_job(
        &mut self,
        plugin: &PluginId,
        id: &str,
    ) -> Result<Option<StoredJob>, StoreError> {
        let found = self.job_of(plugin, id).await?;
        Sql::new("delete from plugin_job where plugin = $1 and id = $2")
            .with(plugin)
            .with(id)
            .run(self.on())
            .await?;
        Ok(found)
    }

    /// Drops all jobs of a plugin, and forgets when the clock was last followed for it.
    pub async fn drop_jobs(&mut self, plugin: &PluginId) -> Result<u64, StoreError> {
        let delete = |table: &str| Sql::new(format!("delete from {table} where plugin = $1"));
        let dropped = delete("plugin_job").with(plugin).run(self.on()).await?;
        for table in ["plugin_job_turn", "plugin_schedule"] {
            delete(table).with(plugin).run(self.on()).await?;
        }
        Ok(dropped)
    }

    async fn job_of(
        &mut self,
        plugin: &PluginId,
        id: &str,
    ) -> Result<Option<StoredJob>, StoreError> {
        let lock = self.dialect().lock();
        let sql = Sql::new(format!("{COLUMNS}plugin = $1 and id = $2{lock}"));
        let row = sql.with(plugin).with(id).optional(self.on()).await?;
        row.as_ref().map(job).transpose()
    }
}

fn job(row: &AnyRow) -> Result<StoredJob, StoreError> {
    let is_leased = !row.text("leased_by")?.is_empty();
    let state = match row.text("state")?.as_str() {
        "waiting" => JobState::Waiting,
        "given-up" => JobState::GivenUp,
        other => return Err(damaged("plugin_job.state", format!("`{other}`"))),
    };
    Ok(StoredJob {
        id: row.text("id")?,
        plugin: row.read("plugin")?,
        site: row.read("site_id")?,
        name: row.text("name")?,
        key: row.text_or_none("key")?,
        payload: row.text("payload")?,
        cursor: row.text_or_none("cursor")?,
        attempt: row.integer("attempt")?,
        steps: row.integer("steps")?,
        state,
        not_before: row.instant("not_before")?,
        lease_until: is_leased.then(|| row.instant("lease_until")).transpose()?,
        last_error: row.text("last_error")?,
        enqueued_at: row.instant("enqueued_at")?,
    })
}

//! Jobs that follow the clock: each instant at which one is due is enqueued once, on whichever node.

use dinh_domain::dates::Instant;

use crate::error::StoreError;
use crate::kv::KvOwner;
use crate::sql::{Columns, Sql};
use crate::store::Store;

/// Further ahead, in milliseconds, a noted instant comes from a clock that was set back since: no two
/// nodes differ so much.
const AHEAD_MAX_MS: i64 = 60 * 60 * 1_000;

/// For which instant a job was last enqueued.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Scheduled {
    /// Whose job, and where.
    pub of: KvOwner,
    /// Its name in the manifest.
    pub name: String,
    /// The instant.
    pub due_at: Instant,
}

impl Store {
    /// All instants that are noted.
    pub async fn scheduled(&self) -> Result<Vec<Scheduled>, StoreError> {
        let mut on = self.reader().await?;
        let sql = Sql::new("select plugin, site_id, name, due_at from plugin_schedule");
        let rows = sql.all(&mut on).await?;
        let read = rows.iter().map(|row| {
            Ok(Scheduled {
                of: KvOwner {
                    plugin: row.read("plugin")?,
                    site: row.read("site_id")?,
                },
                name: row.text("name")?,
                due_at: row.instant("due_at")?,
            })
        });
        read.collect()
    }

    /// Notes that a job was last due at an instant, and enqueues it where that is news. The first
    /// time, nothing is enqueued: it runs at the next instant. However many instants were missed, it
    /// runs once. True where it was enqueued here.
    pub async fn follow_schedule(&self, it: &Scheduled, now: Instant) -> Result<bool, StoreError> {
        let mut tx = self.begin_write().await?;
        let known = Sql::new(
            "select due_at from plugin_schedule where plugin = $1 and site_id = $2 and name = $3",
        );
        let known = known.with(&it.of.plugin).with(&it.of.site).with(&it.name);
        let Some(row) = known.optional(tx.on()).await? else {
            Sql::new(
                "insert into plugin_schedule (plugin, site_id, name, due_at)
                 values ($1, $2, $3, $4) on conflict (plugin, site_id, name) do nothing",
            )
            .with(&it.of.plugin)
            .with(&it.of.site)
            .with(&it.name)
            .with(it.due_at)
            .run(tx.on())
            .await?;
            tx.commit().await?;
            return Ok(false);
        };
        let known = row.instant("due_at")?;
        let is_due = known < it.due_at;
        let was_ahead = known.0 > now.0.saturating_add(AHEAD_MAX_MS);
        if !is_due && !was_ahead {
            return Ok(false);
        }
        let noted = Sql::new(
            "update plugin_schedule set due_at = $1
             where plugin = $2 and site_id = $3 and name = $4 and due_at = $5",
        )
        .with(it.due_at)
        .with(&it.of.plugin)
        .with(&it.of.site)
        .with(&it.name)
        .with(known)
        .run(tx.on())
        .await?;
        let is_ours = noted == 1 && is_due;
        if is_ours {
            tx.enqueue_scheduled(&it.of, &it.name, now).await?;
        }
        tx.commit().await?;
        Ok(is_ours)
    }
}

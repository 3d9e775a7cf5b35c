//! What one call of a plugin has written, all at once or not at all.

use std::collections::BTreeMap;

use dinh_domain::dates::Instant;

use super::{KvOwner, KvUse};
use crate::error::StoreError;
use crate::sql::{Columns, Sql, damaged};
use crate::write::WriteTx;

/// What one call has read and written.
#[derive(Debug, Clone, Default)]
pub struct KvBatch {
    /// The step of each key that it read, 0 where there was none: it must still be so.
    pub seen: BTreeMap<String, i64>,
    /// New values by key; none deletes.
    pub puts: BTreeMap<String, Option<String>>,
    /// As much as may be kept.
    pub most: KvUse,
}

/// What became of a batch. Unless it was kept, the transaction must be dropped.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum KvKept {
    /// It is kept.
    Kept,
    /// Somebody else has changed what the call read.
    Changed,
    /// It is more than may be kept.
    TooMuch,
}

impl WriteTx {
    /// Writes a batch. Batches of one plugin on one site wait for each other.
    pub async fn kv_write(
        &mut self,
        of: &KvOwner,
        batch: &KvBatch,
        at: Instant,
    ) -> Result<KvKept, StoreError> {
        let (mut now, step) = self.kv_lock(of).await?;
        let step = step + 1;
        for (key, seen) in &batch.seen {
            let known = self.kv_known(of, key).await?;
            if known.map_or(0, |(_, step)| step) != *seen {
                return Ok(KvKept::Changed);
            }
        }
        for (key, value) in &batch.puts {
            if let Some((bytes, _)) = self.kv_known(of, key).await? {
                now.keys -= 1;
                now.bytes -= bytes;
            }
            match value {
                Some(value) => {
                    let bytes = size(key, value);
                    now.keys += 1;
                    now.bytes += bytes;
                    self.kv_put(of, (key, value, bytes), step, at).await?;
                }
                None => self.kv_remove(of, key).await?,
            }
        }
        if now.keys > batch.most.keys || now.bytes > batch.most.bytes {
            return Ok(KvKept::TooMuch);
        }
        Sql::new(
            "update plugin_kv_use set keys = $1, bytes = $2, step = $3
             where plugin = $4 and site_id = $5",
        )
        .with(now.keys)
        .with(now.bytes)
        .with(step)
        .with(&of.plugin)
        .with(&of.site)
        .run(self.on())
        .await?;
        Ok(KvKept::Kept)
    }

    /// Batches of one plugin on one site wait for each other here.
    pub(crate) async fn kv_lock(&mut self, of: &KvOwner) -> Result<(KvUse, i64), StoreError> {
        Sql::new(
            "insert into plugin_kv_use (plugin, site_id, keys, bytes, step) values ($1, $2, 0, 0, 0)
             on conflict (plugin, site_id) do nothing",
        )
        .with(&of.plugin)
        .with(&of.site)
        .run(self.on())
        .await?;
        let lock = self.dialect().lock();
        let row = Sql::new(format!(
            "select keys, bytes, step from plugin_kv_use where plugin = $1 and site_id = $2{lock}"
        ));
        let row = row
            .with(&of.plugin)
            .with(&of.site)
            .optional(self.on())
            .await?;
        let row = row.ok_or_else(|| damaged("plugin_kv_use", "the row is gone"))?;
        let known = KvUse {
            keys: row.integer("keys")?,
            bytes: row.integer("bytes")?,
        };
        Ok((known, row.integer("step")?))
    }

    /// Bytes and step of a key's value.
    async fn kv_known(
        &mut self,
        of: &KvOwner,
        key: &str,
    ) -> Result<Option<(i64, i64)>, StoreError> {
        let row = Sql::new(
            "select bytes, step from plugin_kv where plugin = $1 and site_id = $2 and key = $3",
        )
        .with(&of.plugin)
        .with(&of.site)
        .with(key)
        .optional(self.on())
        .await?;
        let row = row.as_ref();
        row.map(|row| Ok((row.integer("bytes")?, row.integer("step")?)))
            .transpose()
    }

    async fn kv_put(
        &mut self,
        of: &KvOwner,
        (key, value, bytes): (&str, &str, i64),
        step: i64,
        at: Instant,
    ) -> Result<(), StoreError> {
        Sql::new(
            "insert into plugin_kv (plugin, site_id, key, value, bytes, step, updated_at)
             values ($1, $2, $3, $4, $5, $6, $7)
             on conflict (plugin, site_id, key) do update set value = excluded.value,
             bytes = excluded.bytes, step = excluded.step, updated_at = excluded.updated_at",
        )
        .with(&of.plugin)
        .with(&of.site)
        .with(key)
        .with(value)
        .with(bytes)
        .with(step)
        .with(at)
        .run(self.on())
        .await?;
        Ok(())
    }

    async fn kv_remove(&mut self, of: &KvOwner, key: &str) -> Result<(), StoreError> {
        Sql::new("delete from plugin_kv where plugin = $1 and site_id = $2 and key = $3")
            .with(&of.plugin)
            .with(&of.site)
            .with(key)
            .run(self.on())
            .await?;
        Ok(())
    }
}

/// What a value weighs with its key.
fn size(key: &str, value: &str) -> i64 {
    i64::try_from(key.len() + value.len()).unwrap_or(i64::MAX)
}

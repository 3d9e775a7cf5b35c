//! Small values by key, of one plugin on one site each.

mod write;

use dinh_domain::ids::{PluginId, SiteId};
use sqlx::any::AnyRow;

use crate::error::StoreError;
use crate::sql::{Columns, Sql};
use crate::store::Store;
pub use write::{KvBatch, KvKept};

/// Stands behind every character that a key may hold.
const BEHIND_ALL: char = '~';

/// Whose values they are.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KvOwner {
    /// The plugin.
    pub plugin: PluginId,
    /// The site.
    pub site: SiteId,
}

/// One value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KvEntry {
    /// Its key: ASCII below `~`.
    pub key: String,
    /// The value.
    pub value: String,
    /// Tells this value from every earlier and later one of the key; from 1.
    pub step: i64,
}

/// How much is kept.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct KvUse {
    /// Keys.
    pub keys: i64,
    /// Bytes of keys and values.
    pub bytes: i64,
}

impl Store {
    /// The value of a key.
    pub async fn kv_get(&self, of: &KvOwner, key: &str) -> Result<Option<KvEntry>, StoreError> {
        let sql = Sql::new(
            "select key, value, step from plugin_kv
             where plugin = $1 and site_id = $2 and key = $3",
        );
        let mut on = self.reader().await?;
        let sql = sql.with(&of.plugin).with(&of.site).with(key);
        sql.optional(&mut on).await?.as_ref().map(entry).transpose()
    }

    /// Values whose keys begin with a prefix, behind a key, by key.
    pub async fn kv_scan(
        &self,
        of: &KvOwner,
        prefix: &str,
        after: &str,
        limit: u32,
    ) -> Result<Vec<KvEntry>, StoreError> {
        let mut sql = Sql::new("select key, value, step from plugin_kv where plugin = ");
        sql.bind(&of.plugin).push(" and site_id = ").bind(&of.site);
        sql.push(" and key >= ").bind(prefix);
        sql.push(" and key < ")
            .bind(format!("{prefix}{BEHIND_ALL}"));
        sql.push(" and key > ").bind(after);
        sql.push(" order by key").limit(limit);
        let mut on = self.reader().await?;
        sql.all(&mut on).await?.iter().map(entry).collect()
    }

    /// How much is kept.
    pub async fn kv_use(&self, of: &KvOwner) -> Result<KvUse, StoreError> {
        let sql =
            Sql::new("select keys, bytes from plugin_kv_use where plugin = $1 and site_id = $2");
        let mut on = self.reader().await?;
        let row = sql
            .with(&of.plugin)
            .with(&of.site)
            .optional(&mut on)
            .await?;
        let Some(row) = row else {
            return Ok(KvUse::default());
        };
        Ok(KvUse {
            keys: row.integer("keys")?,
            bytes: row.integer("bytes")?,
        })
    }
}

fn entry(row: &AnyRow) -> Result<KvEntry, StoreError> {
    Ok(KvEntry {
        key: row.text("key")?,
        value: row.text("value")?,
        step: row.integer("step")?,
    })
}

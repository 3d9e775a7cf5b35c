//! What operators have set for plugins, site by site.

use dinh_domain::dates::Instant;
use dinh_domain::ids::{PluginId, SiteId};
use sqlx::any::AnyRow;

use crate::error::StoreError;
use crate::sql::{Columns, Sql};
use crate::store::Store;
use crate::write::WriteTx;

/// A setting that was set. It has no `Debug`: its value may be a secret's.
#[derive(Clone, PartialEq, Eq)]
pub struct StoredSetting {
    /// The plugin.
    pub plugin: PluginId,
    /// The site.
    pub site: SiteId,
    /// Its name in the manifest.
    pub name: String,
    /// The value; where it is sealed, only the key's owner can read it.
    pub value: String,
    /// Whether it is sealed.
    pub is_sealed: bool,
    /// When it was set.
    pub set_at: Instant,
    /// By whom.
    pub set_by: String,
}

impl Store {
    /// What is set for a plugin, by site and name.
    pub async fn plugin_settings(
        &self,
        plugin: &PluginId,
    ) -> Result<Vec<StoredSetting>, StoreError> {
        let sql = Sql::new(
            "select plugin, site_id, name, value, is_sealed, set_at, set_by from plugin_setting
             where plugin = $1 order by site_id, name",
        );
        let mut on = self.reader().await?;
        let rows = sql.with(plugin).all(&mut on).await?;
        rows.iter().map(read).collect()
    }

    /// One setting on one site.
    pub async fn plugin_setting(
        &self,
        plugin: &PluginId,
        site: &SiteId,
        name: &str,
    ) -> Result<Option<StoredSetting>, StoreError> {
        let sql = Sql::new(
            "select plugin, site_id, name, value, is_sealed, set_at, set_by from plugin_setting
             where plugin = $1 and site_id = $2 and name = $3",
        );
        let mut on = self.reader().await?;
        let sql = sql.with(plugin).with(site).with(name);
        sql.optional(&mut on).await?.as_ref().map(read).transpose()
    }
}

impl WriteTx {
    /// Sets one.
    pub async fn put_plugin_setting(&mut self, it: &StoredSetting) -> Result<(), StoreError> {
        Sql::new(
            "insert into plugin_setting (plugin, site_id, name, value, is_sealed, set_at, set_by)
             values ($1, $2, $3, $4, $5, $6, $7)
             on conflict (plugin, site_id, name) do update set value = excluded.value,
             is_sealed = excluded.is_sealed, set_at = excluded.set_at, set_by = excluded.set_by",
        )
        .with(&it.plugin)
        .with(&it.site)
        .with(&it.name)
        .with(&it.value)
        .with(it.is_sealed)
        .with(it.set_at)
        .with(&it.set_by)
        .run(self.on())
        .await?;
        Ok(())
    }

    /// Takes one back; the default holds again.
    pub async fn drop_plugin_setting(
        &mut self,
        plugin: &PluginId,
        site: &SiteId,
        name: &str,
    ) -> Result<(), StoreError> {
        Sql::new("delete from plugin_setting where plugin = $1 and site_id = $2 and name = $3")
            .with(plugin)
            .with(site)
            .with(name)
            .run(self.on())
            .await?;
        Ok(())
    }
}

fn read(row: &AnyRow) -> Result<StoredSetting, StoreError> {
    Ok(StoredSetting {
        plugin: row.read("plugin")?,
        site: row.read("site_id")?,
        name: row.text("name")?,
        value: row.text("value")?,
        is_sealed: row.flag("is_sealed")?,
        set_at: row.instant("set_at")?,
        set_by: row.text("set_by")?,
    })
}

//! Versions that wait until somebody agrees to what they ask for: one of a plugin at a time.

use std::collections::BTreeSet;

use dinh_domain::dates::Instant;
use dinh_domain::ids::{CollectionId, PluginId, SiteId};

use crate::error::StoreError;
use crate::scope::PUBLIC;
use crate::sql::{Columns, Sql};
use crate::store::Store;
use crate::write::WriteTx;

/// A package that was laid down.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WaitingVersion {
    /// The plugin.
    pub plugin: PluginId,
    /// Its version.
    pub version: String,
    /// SHA-256 and size of the package, which lies where attached files lie.
    pub package_hash: String,
    /// In bytes.
    pub package_bytes: i64,
    /// SHA-256 of its manifest.
    pub manifest_hash: String,
    /// When it came.
    pub at: Instant,
    /// Who laid it down.
    pub by: String,
}

impl Store {
    /// All of them, by plugin.
    pub async fn waiting_versions(&self) -> Result<Vec<WaitingVersion>, StoreError> {
        let rows = Sql::new(
            "select plugin, version, package_hash, package_bytes, manifest_hash, at, brought_by
             from plugin_waiting order by plugin",
        );
        let rows = rows.all(&mut *self.reader().await?).await?;
        let read = rows.iter().map(|row| {
            Ok(WaitingVersion {
                plugin: row.read("plugin")?,
                version: row.text("version")?,
                package_hash: row.text("package_hash")?,
                package_bytes: row.integer("package_bytes")?,
                manifest_hash: row.text("manifest_hash")?,
                at: row.instant("at")?,
                by: row.text("brought_by")?,
            })
        });
        read.collect()
    }

    /// How many entries of these collections a site shows.
    pub async fn count_public(
        &self,
        site: &SiteId,
        collections: &[CollectionId],
    ) -> Result<u64, StoreError> {
        let mut sql = Sql::new("select count(*) as n from entry e where e.site_id = ");
        sql.bind(site)
            .push(&format!(" and {PUBLIC} and e.collection in "))
            .bind_all(collections);
        let row = sql.optional(&mut *self.reader().await?).await?;
        let count = row.map_or(Ok(0), |row| row.integer("n"))?;
        Ok(u64::try_from(count).unwrap_or_default())
    }

    /// On which of some sites readers see anything of some collections.
    pub async fn sites_showing(
        &self,
        sites: &[&SiteId],
        collections: &[CollectionId],
    ) -> Result<BTreeSet<SiteId>, StoreError> {
        if sites.is_empty() {
            return Ok(BTreeSet::new());
        }
        let sites: Vec<&str> = sites.iter().map(|it| it.as_str()).collect();
        let mut sql = Sql::new("select s.value as site from (");
        let array = sql.bind_array(&sites)?;
        sql.push(&self.dialect().values(&array)).push(
            ") s where exists (select 1 from entry e where e.site_id = s.value and e.collection in ",
        );
        sql.bind_all(collections).push(&format!(" and {PUBLIC})"));
        let rows = sql.all(&mut *self.reader().await?).await?;
        rows.iter().map(|row| row.read("site")).collect()
    }
}

impl WriteTx {
    /// Lays a version down, in place of another one of the plugin.
    pub async fn put_waiting_version(&mut self, it: &WaitingVersion) -> Result<(), StoreError> {
        Sql::new("delete from plugin_waiting where plugin = $1")
            .with(&it.plugin)
            .run(self.on())
            .await?;
        Sql::new(
            "insert into plugin_waiting (plugin, version, package_hash, package_bytes,
             manifest_hash, at, brought_by) values ($1, $2, $3, $4, $5, $6, $7)",
        )
        .with(&it.plugin)
        .with(&it.version)
        .with(&it.package_hash)
        .with(it.package_bytes)
        .with(&it.manifest_hash)
        .with(it.at)
        .with(&it.by)
        .run(self.on())
        .await?;
        Ok(())
    }

    /// This one waits no more; whether it did. One that was laid down meanwhile goes on waiting.
    pub async fn drop_waiting_version(
        &mut self,
        plugin: &PluginId,
        manifest_hash: &str,
    ) -> Result<bool, StoreError> {
        let gone = Sql::new("delete from plugin_waiting where plugin = $1 and manifest_hash = $2")
            .with(plugin)
            .with(manifest_hash)
            .run(self.on())
            .await?;
        Ok(gone > 0)
    }
}

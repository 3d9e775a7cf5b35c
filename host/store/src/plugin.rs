//! Plugins that came as packages: their versions, what was granted, which one runs.

mod waiting;
mod write;

pub use waiting::WaitingVersion;

use dinh_domain::dates::Instant;
use dinh_domain::ids::{EntryId, PluginId};
use sqlx::any::AnyRow;

use crate::error::StoreError;
use crate::sql::{Columns, Sql, damaged};
use crate::store::Store;

/// Whether a package's code may be used at all. Whether it is parked is another matter.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Installation {
    /// It may.
    Installed,
    /// An operator removed it; what it declares still shows its entries.
    Removed,
}

/// One installed plugin.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InstalledPlugin {
    /// The plugin.
    pub plugin: PluginId,
    /// The line of keys whose it is, for ever.
    pub line: String,
    /// The version that runs.
    pub version: String,
    /// The one before it, to go back to.
    pub former: Option<String>,
    /// The highest version that ever ran: the next one is higher.
    pub highest: String,
    /// Whether it is there.
    pub state: Installation,
    /// How often it was changed: who changes it says what he saw.
    pub step: i64,
}

/// One version of a plugin that was granted something.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PluginVersion {
    /// The plugin.
    pub plugin: PluginId,
    /// The version.
    pub version: String,
    /// SHA-256 of the package, which is kept among the files.
    pub package_hash: String,
    /// Its size.
    pub package_bytes: i64,
    /// SHA-256 of its manifest.
    pub manifest_hash: String,
    /// Key of its publisher.
    pub publisher_key: String,
    /// Key of its reviewer.
    pub reviewer_key: Option<String>,
    /// Hosts that it is bound to.
    pub hosts: Vec<String>,
    /// What was granted.
    pub grants: Vec<String>,
    /// By whom.
    pub granted_by: String,
    /// When.
    pub installed_at: Instant,
}

impl Store {
    /// All plugins that came as packages, by id.
    pub async fn installed_plugins(&self) -> Result<Vec<InstalledPlugin>, StoreError> {
        let mut on = self.reader().await?;
        let rows = Sql::new(
            "select plugin, line, version, former, highest, state, step from plugin_installed
             order by plugin",
        );
        rows.all(&mut on).await?.iter().map(installed).collect()
    }

    /// All versions that were ever installed.
    pub async fn plugin_versions(&self) -> Result<Vec<PluginVersion>, StoreError> {
        let mut on = self.reader().await?;
        let rows = Sql::new(
            "select plugin, version, package_hash, package_bytes, manifest_hash, publisher_key,
             reviewer_key, hosts, grants, granted_by, installed_at from plugin_version
             order by plugin, installed_at, version",
        );
        rows.all(&mut on).await?.iter().map(version).collect()
    }

    /// Public entries of a plugin's collections, in the order of their ids, behind a cursor.
    pub async fn published_of(
        &self,
        plugin: &PluginId,
        after: Option<&EntryId>,
        limit: u32,
    ) -> Result<Vec<EntryId>, StoreError> {
        let mut sql = Sql::new(OF_PLUGIN);
        let (first, last) = bounds(plugin);
        sql.bind(first).push(" and collection < ").bind(last);
        sql.push(" and published_revision is not null");
        if let Some(after) = after {
            sql.push(" and id > ").bind(after);
        }
        sql.push(" order by id").limit(limit);
        let mut on = self.reader().await?;
        let rows = sql.all(&mut on).await?;
        rows.iter().map(|row| row.read("id")).collect()
    }

    /// Whether there are entries of a plugin's collections, whoever declared them.
    pub async fn has_entries_of(&self, plugin: &PluginId) -> Result<bool, StoreError> {
        let mut on = self.reader().await?;
        let mut sql = Sql::new(OF_PLUGIN);
        let (first, last) = bounds(plugin);
        sql.bind(first).push(" and collection < ").bind(last);
        sql.push(" limit 1");
        let row = sql.optional(&mut on).await?;
        Ok(row.is_some())
    }
}

const OF_PLUGIN: &str = "select id from entry where collection > ";

/// What the names of a plugin's collections lie between: `0` is the character behind `/`.
fn bounds(plugin: &PluginId) -> (String, String) {
    (format!("{plugin}/"), format!("{plugin}0"))
}

fn installed(row: &AnyRow) -> Result<InstalledPlugin, StoreError> {
    let state = match row.text("state")?.as_str() {
        "installed" => Installation::Installed,
        "removed" => Installation::Removed,
        other => return Err(damaged("plugin_installed.state", format!("`{other}`"))),
    };
    Ok(InstalledPlugin {
        plugin: row.read("plugin")?,
        line: row.text("line")?,
        version: row.text("version")?,
        former: row.text_or_none("former")?,
        highest: row.text("highest")?,
        state,
        step: row.integer("step")?,
    })
}

fn version(row: &AnyRow) -> Result<PluginVersion, StoreError> {
    Ok(PluginVersion {
        plugin: row.read("plugin")?,
        version: row.text("version")?,
        package_hash: row.text("package_hash")?,
        package_bytes: row.integer("package_bytes")?,
        manifest_hash: row.text("manifest_hash")?,
        publisher_key: row.text("publisher_key")?,
        reviewer_key: row.text_or_none("reviewer_key")?,
        hosts: row.json("hosts")?,
        grants: row.json("grants")?,
        granted_by: row.text("granted_by")?,
        installed_at: row.instant("installed_at")?,
    })
}

//! Naming the version that runs.

use super::{Installation, InstalledPlugin, PluginVersion};
use crate::error::StoreError;
use crate::sql::{Sql, to_json};
use crate::write::WriteTx;

impl WriteTx {
    /// Adds a version, or the consent to it anew.
    pub async fn put_plugin_version(&mut self, it: &PluginVersion) -> Result<(), StoreError> {
        Sql::new(
            "insert into plugin_version (plugin, version, package_hash, package_bytes, manifest_hash,
             publisher_key, reviewer_key, hosts, grants, granted_by, installed_at)
             values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
             on conflict (plugin, version) do update set package_hash = excluded.package_hash,
             package_bytes = excluded.package_bytes, manifest_hash = excluded.manifest_hash,
             publisher_key = excluded.publisher_key, reviewer_key = excluded.reviewer_key,
             hosts = excluded.hosts, grants = excluded.grants, granted_by = excluded.granted_by,
             installed_at = excluded.installed_at",
        )
        .with(&it.plugin)
        .with(&it.version)
        .with(&it.package_hash)
        .with(it.package_bytes)
        .with(&it.manifest_hash)
        .with(&it.publisher_key)
        .with(it.reviewer_key.as_ref())
        .with(to_json("hosts", &it.hosts)?)
        .with(to_json("grants", &it.grants)?)
        .with(&it.granted_by)
        .with(it.installed_at)
        .run(self.on())
        .await?;
        Ok(())
    }

    /// Says which version of a plugin runs. False, and nothing changed, where somebody else has
    /// changed it since it was read at `it.step`; 0 is a plugin that was never there.
    pub async fn set_installed(&mut self, it: &InstalledPlugin) -> Result<bool, StoreError> {
        let state = match it.state {
            Installation::Installed => "installed",
            Installation::Removed => "removed",
        };
        let is_new = it.step == 0;
        let mut sql = Sql::new(if is_new {
            "insert into plugin_installed (line, version, former, highest, state, step, plugin)
             values ($1, $2, $3, $4, $5, $6, $7) on conflict (plugin) do nothing"
        } else {
            "update plugin_installed set line = $1, version = $2, former = $3, highest = $4,
             state = $5, step = $6 where plugin = $7"
        })
        .with(&it.line)
        .with(&it.version)
        .with(it.former.as_ref())
        .with(&it.highest)
        .with(state)
        .with(it.step + 1)
        .with(&it.plugin);
        if !is_new {
            sql.push(" and step = ").bind(it.step);
        }
        let changed = sql.run(self.on()).await?;
        Ok(changed == 1)
    }
}

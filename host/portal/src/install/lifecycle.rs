//! How a plugin is taken back: to the version before, or altogether.

use dinh_domain::ids::PluginId;
use dinh_store::{Installation, InstalledPlugin};

use super::start::{self, Stored};
use crate::failure::Failure;
use crate::people::By;
use crate::portal::Portal;

impl Portal {
    /// Goes back to the version before, with its declarations.
    pub async fn rollback_plugin(&self, plugin: &str, by: &str) -> Result<String, Failure> {
        let _alone = self.alone().await?;
        let portal = self.follow_plugins_alone().await?;
        let (stored, it) = portal.installed(plugin).await?;
        let Some(former) = it.former.clone() else {
            return Err(Failure::Refused(format!(
                "{plugin} {} has no former version to go back to",
                it.version
            )));
        };
        let loaded = start::load(portal.parts(), &stored, &it, &former).await;
        let loaded = loaded.map_err(|why| {
            Failure::Refused(format!("{plugin} {former} cannot be loaded: {why}"))
        })?;
        if let Some(why) = loaded.hold() {
            return Err(Failure::Refused(format!(
                "{plugin} {former} is not run again: {why}"
            )));
        }
        portal.build_indexes(&loaded).await?;
        let now = InstalledPlugin {
            version: former.clone(),
            former: None,
            ..it.clone()
        };
        let tx = portal.store().begin_write().await?;
        portal
            .commit_installed(tx, Some(&it), &now, "plugin-rolled-back", By::Operator(by))
            .await?;
        portal.put_in_place(loaded).await?;
        portal.sweep(&it.plugin).await;
        Ok(format!(
            "{plugin} {former} runs again in place of {}",
            it.version
        ))
    }

    /// Removes a plugin: its code never runs again, its jobs are dropped, its entries stay and are shown
    /// by the host's own views. Its id stays its publisher's.
    pub async fn remove_plugin(&self, plugin: &str, by: &str) -> Result<String, Failure> {
        let _alone = self.alone().await?;
        let portal = self.follow_plugins_alone().await?;
        let (_, it) = portal.installed(plugin).await?;
        let now = InstalledPlugin {
            state: Installation::Removed,
            former: None,
            ..it.clone()
        };
        let mut tx = portal.store().begin_write().await?;
        tx.drop_jobs(&it.plugin).await?;
        portal
            .commit_installed(tx, Some(&it), &now, "plugin-removed", By::Operator(by))
            .await?;
        portal.follow_plugins_alone().await?;
        portal.sweep(&it.plugin).await;
        Ok(format!(
            "{plugin} {} is removed; its entries stay readable",
            it.version
        ))
    }

    /// A plugin that is there and came as a package.
    async fn installed(&self, plugin: &str) -> Result<(Stored, InstalledPlugin), Failure> {
        let id = PluginId::new(plugin).map_err(|error| Failure::Refused(error.to_string()))?;
        let stored = Stored::read(self.store()).await?;
        let found = stored.installed.iter().find(|it| it.plugin == id).cloned();
        match found {
            Some(it) if it.state == Installation::Installed => Ok((stored, it)),
            Some(_) => Err(Failure::Refused(format!("{plugin} was removed already"))),
            None if self.plugins().get(&id).is_some() => Err(Failure::Refused(format!(
                "{plugin} comes with the host: it is parked, not removed or taken back"
            ))),
            None => Err(Failure::Refused(format!(
                "there is no installed plugin `{plugin}`"
            ))),
        }
    }
}

//! How a package takes its place: beside what runs until it is whole, then at once.

use std::sync::Arc;

use dinh_domain::dates::Zone;
use dinh_domain::ids::{CollectionId, PluginId};
use dinh_store::{
    Installation, InstalledPlugin, NewAudit, NewChange, PluginStanding, PluginVersion, WriteTx,
};

use serde_json::{Value, json};

use super::door::Plan;
use super::origin::PackageOrigin;
use crate::audit::Act;
use crate::failure::Failure;
use crate::people::By;
use crate::plugins::LoadedPlugin;
use crate::portal::Portal;

impl Portal {
    /// From a plan that was agreed to. Each step leaves what runs as it is until the one commit that
    /// names the new version; what a killed process leaves beside it is swept at the next start.
    pub(super) async fn carry_out(&self, plan: Plan, by: By<'_>) -> Result<String, Failure> {
        let grants = plan.asked();
        let Plan {
            package,
            bytes,
            mut loaded,
            publisher,
            reviewer,
            before,
            granted,
        } = plan;
        let (id, version) = (
            package.manifest.plugin.clone(),
            package.manifest.version.clone(),
        );
        let package_bytes = i64::try_from(bytes.len()).unwrap_or(i64::MAX);
        let package_hash = self.shelf().put(bytes).await?;
        let new = PluginVersion {
            plugin: id.clone(),
            version: version.to_string(),
            package_hash,
            package_bytes,
            manifest_hash: package.manifest_hash(),
            publisher_key: publisher.id.clone(),
            reviewer_key: reviewer.map(|it| it.id),
            hosts: package.manifest.hosts.clone(),
            grants,
            granted_by: by.name(),
            installed_at: self.now(),
        };
        let (folder, rehearsed) = (self.parts().plugin_folder.clone(), has_cases(&loaded));
        let staged = off_thread(move || folder.stage(&package)).await??;
        if rehearsed {
            let told = (self.parts().rehearsal)(staged.path().to_owned()).await;
            told.map_err(|why| {
                Failure::Refused(format!(
                    "{id} {version} fails its own cases and is not installed:\n{why}"
                ))
            })?;
        }
        off_thread(move || staged.keep()).await??;
        self.build_indexes(&loaded).await?;
        let now = after(before.as_ref(), &new, &publisher.line);
        let kind = if before.is_some() {
            "plugin-upgraded"
        } else {
            "plugin-installed"
        };
        let mut tx = self.store().begin_write().await?;
        tx.put_plugin_version(&new).await?;
        let before_grants = granted.map(|grants| json!({ "grants": grants }));
        let act = (before_grants, Some(granted_version(&new)));
        tx.audit(self.plugin_act(by, "plugin-granted", &id, act));
        self.commit_installed(tx, before.as_ref(), &now, kind, by)
            .await?;
        let state = Installation::Installed;
        loaded.origin = Some(PackageOrigin::new(&new, Some(&publisher), state, None));
        self.put_in_place(loaded).await?;
        self.sweep(&id).await;
        Ok(match before {
            Some(before) if before.version != now.version => {
                format!("{id} {version} runs in place of {}", before.version)
            }
            _ => format!(
                "{id} {version} is installed; `dinh module enable {id} --site SITE` gives it to a site"
            ),
        })
    }

    /// Shows a plugin that came in no package in place of the one of its id: for who works at it. Requests
    /// under way end with the one that they began with.
    pub async fn show(&self, plugin: LoadedPlugin) -> Result<Self, Failure> {
        let _alone = self.installing().lock().await;
        self.build_indexes(&plugin).await?;
        self.put_in_place(plugin).await
    }

    /// Names the version that runs from now on, unless somebody else has meanwhile named another.
    pub(super) async fn commit_installed(
        &self,
        mut tx: WriteTx,
        before: Option<&InstalledPlugin>,
        now: &InstalledPlugin,
        kind: &str,
        by: By<'_>,
    ) -> Result<(), Failure> {
        let (id, version) = (&now.plugin, &now.version);
        if !tx.set_installed(now).await? {
            return Err(Failure::Refused(format!(
                "another operator has changed {id} meanwhile: look at `dinh plugin list`, then try again"
            )));
        }
        let act = (before.map(standing), Some(standing(now)));
        tx.audit(self.plugin_act(by, kind, id, act));
        tx.log_change(self.plugin_change(kind, &by.name(), &format!("{id} {version}")));
        self.commit(tx).await?;
        Ok(())
    }

    /// Index tables of its declarations, beside those in use.
    pub(super) async fn build_indexes(&self, plugin: &LoadedPlugin) -> Result<(), Failure> {
        let now = self.now().local_in(&Zone::default());
        for (name, collection) in &plugin.declaration.collections {
            let id = CollectionId::new(&plugin.declaration.manifest.id, name);
            let id = id.map_err(Failure::internal)?;
            self.store().ensure_index(&id, collection, now).await?;
        }
        Ok(())
    }

    /// Gives whoever comes next this plugin, with its standing, and its entries to the search.
    pub(super) async fn put_in_place(&self, plugin: LoadedPlugin) -> Result<Self, Failure> {
        let id = plugin.declaration.manifest.id.clone();
        let (newest, held) = (self.newest(), plugin.hold().is_some());
        let before = newest.get(&id).cloned();
        let portal = self.swap((*newest).clone().and(Arc::new(plugin)));
        let standings = self.store().directory().await?.plugins;
        let parked = standings
            .iter()
            .any(|it| it.plugin == id && it.state == PluginStanding::Parked);
        // What the breaker remembers is of the version before.
        if parked || held {
            self.engine().breaker().park_plugin(id.as_str());
        } else {
            self.engine().breaker().unpark_plugin(id.as_str());
        }
        if let Err(error) = portal.bring_over(&id, before.as_deref()).await {
            tracing::error!(plugin = %id, %error, "the search index is made anew at the next start");
        }
        portal.directory().await?;
        Ok(portal)
    }

    /// Removes versions from the disk that nobody goes back to.
    pub(super) async fn sweep(&self, about: &PluginId) {
        if let Err(error) = super::start::sweep(self.parts()).await {
            tracing::warn!(plugin = %about, %error, "former versions stay on the disk");
        }
    }

    fn plugin_act(
        &self,
        by: By<'_>,
        what: &str,
        plugin: &PluginId,
        (before, after): (Option<Value>, Option<Value>),
    ) -> NewAudit {
        let act = Act {
            what,
            kind: "plugin",
            subject: plugin.as_str(),
            before,
            after,
        };
        self.act_by(by, act)
    }

    pub(super) fn plugin_change(&self, kind: &str, by: &str, detail: &str) -> NewChange {
        NewChange {
            at: self.now(),
            kind: kind.to_owned(),
            site: None,
            entry: None,
            actor: by.to_owned(),
            detail: detail.to_owned(),
        }
    }
}

/// A version as the audit shows it.
fn granted_version(it: &PluginVersion) -> Value {
    json!({
        "version": it.version,
        "grants": it.grants,
        "hosts": it.hosts,
        "package": it.package_hash,
        "manifest": it.manifest_hash,
        "publisher_key": it.publisher_key,
        "reviewer_key": it.reviewer_key,
    })
}

/// What runs, as the audit shows it.
fn standing(it: &InstalledPlugin) -> Value {
    let state = match it.state {
        Installation::Installed => "installed",
        Installation::Removed => "removed",
    };
    json!({ "version": it.version, "former": it.former, "state": state })
}

/// The same version again changes nothing but the consent.
fn after(before: Option<&InstalledPlugin>, new: &PluginVersion, line: &str) -> InstalledPlugin {
    let former = before.and_then(|before| {
        if before.version == new.version {
            before.former.clone()
        } else {
            Some(before.version.clone())
        }
    });
    InstalledPlugin {
        plugin: new.plugin.clone(),
        line: line.to_owned(),
        version: new.version.clone(),
        former,
        highest: new.version.clone(),
        state: Installation::Installed,
        step: before.map_or(0, |it| it.step),
    }
}

fn has_cases(plugin: &LoadedPlugin) -> bool {
    plugin.files.keys().any(|path| path.starts_with("cases/"))
}

pub(crate) async fn off_thread<T: Send + 'static>(
    work: impl FnOnce() -> T + Send + 'static,
) -> Result<T, Failure> {
    tokio::task::spawn_blocking(work)
        .await
        .map_err(Failure::internal)
}

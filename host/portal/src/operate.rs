//! What operators do to a running portal.

use dinh_domain::dates::Zone;
use dinh_domain::ids::{PluginId, SiteId};
use dinh_domain::site::{Directory, Module, Organisation, Share, Site};
use dinh_store::{NewChange, PluginStanding, PluginState};
use serde::Serialize;

use crate::failure::Failure;
use crate::plugins::LoadedPlugin;
use crate::portal::Portal;

/// A module as operators see it.
#[derive(Debug, Clone, Serialize)]
pub struct ModuleLine {
    /// The site.
    pub site: String,
    /// The plugin.
    pub plugin: String,
    /// Its path there.
    pub mount: String,
    /// Whether it shows.
    pub enabled: bool,
}

/// A plugin as operators see it.
#[derive(Debug, Clone, Serialize)]
pub struct PluginLine {
    /// Its id.
    pub plugin: String,
    /// Its version.
    pub version: String,
    /// Who publishes it.
    pub publisher: String,
    /// What its code may call.
    pub capabilities: Vec<String>,
    /// `enabled`, `parked`, `removed` or `missing`.
    pub state: String,
    /// Why it is parked.
    pub reason: String,
    /// Key that signed its package; none where it comes with the host.
    pub publisher_key: Option<String>,
    /// Key that reviewed its package.
    pub reviewer_key: Option<String>,
    /// What was granted to its package.
    pub grants: Vec<String>,
    /// Failures that the breaker remembers: site, export and what happened last.
    pub failures: Vec<String>,
}

impl Portal {
    /// Enables or disables a plugin on a site, at once.
    pub async fn set_module(&self, site: &str, plugin: &str, enabled: bool) -> Result<(), Failure> {
        let refused = |error: String| Failure::Refused(error);
        let plugin_id = PluginId::new(plugin).map_err(|error| refused(error.to_string()))?;
        let missing = || {
            let known: Vec<String> = self.plugin_ids();
            refused(format!(
                "there is no plugin `{plugin}`; there are: {}",
                known.join(", ")
            ))
        };
        let loaded = self.plugins().get(&plugin_id).ok_or_else(missing)?;
        let site_id = SiteId::new(site).map_err(|error| refused(error.to_string()))?;
        let directory = self.directory().await?;
        if directory.site(&site_id).is_none() {
            let known: Vec<&str> = directory.sites.iter().map(|it| it.id.as_str()).collect();
            let known = known.join(", ");
            return Err(refused(format!(
                "there is no site `{site}`; there are: {known}"
            )));
        }
        if enabled {
            may_have(&directory, &site_id, loaded)?;
        }
        let mut modules = directory.modules.iter();
        let known = modules.find(|it| it.site == site_id && it.plugin == plugin_id);
        let module = match known {
            Some(module) => Module {
                enabled,
                ..module.clone()
            },
            None => Module {
                site: site_id.clone(),
                plugin: plugin_id,
                mount: loaded.declaration.manifest.mount.clone(),
                enabled,
                share: Share::Search,
                position: 100,
            },
        };
        let taken = directory.modules.iter().find(|it| {
            it.site == module.site && it.mount == module.mount && it.plugin != module.plugin
        });
        if let Some(other) = taken {
            return Err(refused(format!(
                "/{} on {site} is taken by {}",
                module.mount, other.plugin
            )));
        }
        let mut tx = self.store().begin_write().await?;
        tx.set_module(&module).await?;
        tx.log_change(self.change(
            if enabled {
                "module-enabled"
            } else {
                "module-disabled"
            },
            Some(site_id),
            plugin,
        ));
        self.commit(tx).await?;
        Ok(())
    }

    /// Parks a plugin with a reason, or lets it run again.
    pub async fn park(&self, plugin: &str, reason: Option<&str>) -> Result<(), Failure> {
        let id = PluginId::new(plugin).map_err(|error| Failure::Refused(error.to_string()))?;
        if self.plugins().get(&id).is_none() {
            let known = self.plugin_ids().join(", ");
            return Err(Failure::Refused(format!(
                "there is no plugin `{plugin}`; there are: {known}"
            )));
        }
        let held = self.plugins().get(&id).and_then(|it| it.hold());
        if let Some(why) = held.filter(|_| reason.is_none()) {
            return Err(Failure::Refused(format!("{plugin} stays parked: {why}")));
        }
        let state = PluginState {
            plugin: id,
            state: if reason.is_some() {
                PluginStanding::Parked
            } else {
                PluginStanding::Enabled
            },
            reason: reason.unwrap_or_default().to_owned(),
            at: self.now(),
        };
        let mut tx = self.store().begin_write().await?;
        tx.set_plugin_state(&state).await?;
        let kind = if reason.is_some() {
            "plugin-parked"
        } else {
            "plugin-unparked"
        };
        tx.log_change(self.change(kind, None, plugin));
        self.commit(tx).await?;
        if reason.is_none() {
            // Also what the breaker had parked by itself.
            self.engine().breaker().unpark_plugin(plugin);
        }
        self.directory().await?;
        Ok(())
    }

    /// Makes or changes an organisation with its site.
    pub async fn put_site(&self, organisation: &Organisation, site: &Site) -> Result<(), Failure> {
        if Zone::named(&site.time_zone).is_none() {
            let zone = &site.time_zone;
            return Err(Failure::Refused(format!("there is no time zone `{zone}`")));
        }
        let mut tx = self.store().begin_write().await?;
        tx.put_organisation(organisation).await?;
        tx.put_site(site).await?;
        tx.log_change(self.change("site-put", Some(site.id.clone()), site.host.as_str()));
        self.commit(tx).await?;
        Ok(())
    }

    /// All sites.
    pub async fn sites(&self) -> Result<Vec<Site>, Failure> {
        Ok(self.directory().await?.sites.clone())
    }

    /// All modules.
    pub async fn modules(&self) -> Result<Vec<ModuleLine>, Failure> {
        let directory = self.directory().await?;
        let lines = directory.modules.iter().map(|module| ModuleLine {
            site: module.site.to_string(),
            plugin: module.plugin.to_string(),
            mount: module.mount.to_string(),
            enabled: module.enabled,
        });
        Ok(lines.collect())
    }

    /// All plugins.
    pub async fn plugin_lines(&self) -> Result<Vec<PluginLine>, Failure> {
        let states = self.store().directory().await?.plugins;
        let reports = self.engine().breaker().list();
        let lines = self.plugins().all().map(|plugin| {
            let manifest = &plugin.declaration.manifest;
            let parked = states
                .iter()
                .find(|state| state.plugin == manifest.id && state.state == PluginStanding::Parked);
            let failures = reports
                .iter()
                .filter(|it| it.key.plugin == manifest.id.as_str() && !it.last_failure.is_empty());
            let origin = plugin.origin.as_ref();
            let hold = plugin.hold().map(str::to_owned);
            let state = match (parked.is_some() || hold.is_some(), origin) {
                (_, Some(origin)) if origin.removed => "removed",
                (true, _) => "parked",
                (false, _) => "enabled",
            };
            PluginLine {
                plugin: manifest.id.to_string(),
                version: manifest.version.to_string(),
                publisher: manifest.publisher.name.clone(),
                capabilities: manifest
                    .capabilities
                    .iter()
                    .map(|it| it.as_str().to_owned())
                    .collect(),
                state: state.to_owned(),
                reason: hold
                    .or_else(|| parked.map(|state| state.reason.clone()))
                    .unwrap_or_default(),
                publisher_key: origin.map(|it| it.publisher_key.clone()),
                reviewer_key: origin.and_then(|it| it.reviewer_key.clone()),
                grants: origin.map(|it| it.grants.clone()).unwrap_or_default(),
                failures: failures
                    .map(|it| format!("{} {:?}: {}", it.key.site, it.key.export, it.last_failure))
                    .collect(),
            }
        });
        let missing = self.plugins().missing().iter().map(|(id, it)| PluginLine {
            plugin: id.to_string(),
            version: String::new(),
            publisher: String::new(),
            capabilities: Vec::new(),
            state: "missing".to_owned(),
            reason: it.why.clone(),
            publisher_key: None,
            reviewer_key: None,
            grants: Vec::new(),
            failures: Vec::new(),
        });
        Ok(lines.chain(missing).collect())
    }

    fn plugin_ids(&self) -> Vec<String> {
        self.plugins()
            .all()
            .map(|it| it.declaration.manifest.id.to_string())
            .collect()
    }

    fn change(&self, kind: &str, site: Option<SiteId>, detail: &str) -> NewChange {
        NewChange {
            at: self.now(),
            kind: kind.to_owned(),
            site,
            entry: None,
            actor: "operator".to_owned(),
            detail: detail.to_owned(),
        }
    }
}

/// Whether a site may have a plugin: one that was removed nobody, one that is bound to hosts only
/// theirs.
fn may_have(directory: &Directory, site: &SiteId, plugin: &LoadedPlugin) -> Result<(), Failure> {
    let Some(origin) = &plugin.origin else {
        return Ok(());
    };
    let id = &plugin.declaration.manifest.id;
    if origin.removed {
        let told = format!("{id} was removed: install it again");
        return Err(Failure::Refused(told));
    }
    let site_hosts = directory.site(site);
    let mut hosts = site_hosts
        .iter()
        .flat_map(|it| std::iter::once(&it.host).chain(&it.aliases));
    if origin.fits(&mut hosts) {
        return Ok(());
    }
    let bound = origin.hosts.join(", ");
    Err(Failure::Refused(format!(
        "{id} is bound to {bound}, which is not {site}"
    )))
}

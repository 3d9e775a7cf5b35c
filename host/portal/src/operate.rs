//! What operators do to a running portal.

use dinh_domain::dates::Zone;
use dinh_domain::ids::{PluginId, SiteId};
use dinh_domain::site::{Organisation, Share, Site};
use dinh_store::{NewAudit, NewChange, PluginStanding, PluginState};
use serde::Serialize;
use serde_json::{Value, json};

use crate::audit::Act;
use crate::failure::Failure;
use crate::people::By;
use crate::portal::Portal;
use crate::sites::ModuleChange;

pub use figures::{Family, FamilyKind, Measure, Sample};
pub(crate) use plugin_list::held_on;
pub use plugin_list::{
    BreakerLine, CallLine, HeldLine, PluginLine, RefusalLine, SandboxLine, TrapLine,
};

mod figures;
mod plugin_list;

/// Who acts where the command line says no name.
const OPERATOR: &str = "operator";

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
    /// How far its entries are seen from above.
    pub share: Share,
    /// Its place in the menu.
    pub position: i64,
}

impl Portal {
    /// Enables or disables a plugin on a site, at once.
    pub async fn set_module(&self, site: &str, plugin: &str, enabled: bool) -> Result<(), Failure> {
        let change = match enabled {
            true => ModuleChange::Enable,
            false => ModuleChange::Disable(String::new()),
        };
        let by = By::Operator(OPERATOR);
        let changed = self.change_module(by, (site, plugin), &change).await?;
        Ok(changed?)
    }

    /// Parks a plugin with a reason, or lets it run again.
    pub async fn park(&self, plugin: &str, reason: Option<&str>) -> Result<(), Failure> {
        let by = By::Operator(OPERATOR);
        self.stand(by, plugin, reason.is_some(), reason.unwrap_or_default())
            .await
    }

    /// Parks a plugin or lets it run again, and records why.
    pub(crate) async fn stand(
        &self,
        by: By<'_>,
        plugin: &str,
        is_parked: bool,
        reason: &str,
    ) -> Result<(), Failure> {
        let id = PluginId::new(plugin).map_err(|error| Failure::Refused(error.to_string()))?;
        if self.plugins().get(&id).is_none() {
            let known = self.plugin_ids().join(", ");
            return Err(Failure::Refused(format!(
                "there is no plugin `{plugin}`; there are: {known}"
            )));
        }
        let held = self.plugins().get(&id).and_then(|it| it.hold());
        if let Some(why) = held.filter(|_| !is_parked) {
            return Err(Failure::Refused(format!("{plugin} stays parked: {why}")));
        }
        let (state, kind) = match is_parked {
            true => (PluginStanding::Parked, "plugin-parked"),
            false => (PluginStanding::Enabled, "plugin-unparked"),
        };
        let state = PluginState {
            plugin: id,
            state,
            reason: reason.to_owned(),
            at: self.now(),
        };
        let before = self.store().directory().await?.plugins;
        let before = before.iter().find(|it| it.plugin == state.plugin);
        let act = Act {
            what: kind,
            kind: "plugin",
            subject: plugin,
            before: before.map(standing),
            after: Some(standing(&state)),
        };
        let mut tx = self.store().begin_write().await?;
        tx.audit(self.act_by(by, act));
        tx.set_plugin_state(&state).await?;
        tx.log_change(self.directory_change(by, kind, None, plugin));
        self.commit(tx).await?;
        if !is_parked {
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
        let directory = self.directory().await?;
        let state =
            |it: &Site| json!({ "state": it.state, "host": it.host, "aliases": it.aliases });
        let act = Act {
            what: "site-put",
            kind: "site",
            subject: site.id.as_str(),
            before: directory.site(&site.id).map(state),
            after: Some(state(site)),
        };
        let recorded = self.act(OPERATOR, act);
        let mut tx = self.store().begin_write().await?;
        tx.audit(NewAudit {
            site: Some(site.id.clone()),
            ..recorded
        });
        tx.put_organisation(organisation).await?;
        tx.put_site(site).await?;
        tx.log_change(self.change("site-put", Some(site.id.clone()), site.host.as_str()));
        self.commit(tx).await?;
        Ok(())
    }

    /// The host of the first site, where people sign in unless the operator names another.
    pub async fn first_host(&self) -> Result<String, Failure> {
        let directory = self.directory().await?;
        let first = directory.first_site().map(|it| it.host.clone());
        first.ok_or_else(|| Failure::Refused("there is no site yet".to_owned()))
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
            share: module.share,
            position: module.position,
        });
        Ok(lines.collect())
    }

    pub(crate) fn plugin_ids(&self) -> Vec<String> {
        self.plugins()
            .all()
            .map(|it| it.declaration.manifest.id.to_string())
            .collect()
    }

    fn change(&self, kind: &str, site: Option<SiteId>, detail: &str) -> NewChange {
        self.directory_change(By::Operator(OPERATOR), kind, site, detail)
    }

    /// What becomes old with a site, a module or a plugin.
    pub(crate) fn directory_change(
        &self,
        by: By<'_>,
        kind: &str,
        site: Option<SiteId>,
        detail: &str,
    ) -> NewChange {
        NewChange {
            at: self.now(),
            kind: kind.to_owned(),
            site,
            entry: None,
            actor: by.name(),
            detail: detail.to_owned(),
        }
    }
}

fn standing(it: &PluginState) -> Value {
    let state = match it.state {
        PluginStanding::Parked => "parked",
        PluginStanding::Enabled => "enabled",
    };
    json!({ "state": state, "reason": it.reason })
}

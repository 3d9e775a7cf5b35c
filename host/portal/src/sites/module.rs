//! Changing a module of a site.

mod may;
mod owed;

use dinh_domain::ids::{PluginId, SiteId, Slug};
use dinh_domain::site::{Directory, Module, Share};
use dinh_store::NewAudit;
use serde_json::{Value, json};

use may::{is_free, may_have};

pub(crate) use may::may_change;
pub use owed::OwingLine;

use super::refusal::ModuleRefusal;
use crate::audit::Act;
use crate::failure::Failure;
use crate::people::By;
use crate::plugins::LoadedPlugin;
use crate::portal::Portal;

/// Place in the menu of a module that nobody placed.
const LAST_POSITION: i64 = 100;

/// What becomes of a module.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ModuleChange {
    /// It shows.
    Enable,
    /// It leaves no trace; its entries stay. Why: obligatory for whoever is signed in.
    Disable(String),
    /// It moves to another path; what was linked leads on.
    Mount(Slug),
    /// How far its entries are seen from above.
    Share(Share),
    /// Its place in the menu.
    Position(i64),
}

impl ModuleChange {
    /// What the audit and the change log call it.
    fn act(&self) -> &'static str {
        match self {
            Self::Enable => "module-enabled",
            Self::Disable(_) => "module-disabled",
            Self::Mount(_) => "module-moved",
            Self::Share(_) => "module-shared",
            Self::Position(_) => "module-placed",
        }
    }
}

impl Portal {
    /// Changes a module of a site, at once; the first time a plugin is enabled there it becomes one.
    pub async fn change_module(
        &self,
        by: By<'_>,
        (site, plugin): (&str, &str),
        change: &ModuleChange,
    ) -> Result<Result<(), ModuleRefusal>, Failure> {
        let mut tx = self.store().begin_publishing().await?;
        let directory = tx.directory().await?.directory;
        let (before, after) = match self.module_after(by, &directory, (site, plugin), change) {
            Ok(both) => both,
            Err(refusal) => return Ok(Err(refusal)),
        };
        if before.as_ref() == Some(&after) {
            return Ok(Ok(()));
        }
        if let (ModuleChange::Mount(to), Some(former)) = (change, &before) {
            tx.move_mount(former, to, self.now()).await?;
        }
        let reason = match change {
            ModuleChange::Disable(reason) => reason.as_str(),
            _ => "",
        };
        let mut state = standing(&after);
        if !reason.is_empty() {
            state["reason"] = json!(reason);
        }
        let act = Act {
            what: change.act(),
            kind: "module",
            subject: plugin,
            before: before.as_ref().map(standing),
            after: Some(state),
        };
        tx.audit(NewAudit {
            site: Some(after.site.clone()),
            ..self.act_by(by, act)
        });
        tx.set_module(&after).await?;
        tx.log_change(self.directory_change(by, change.act(), Some(after.site), plugin));
        self.commit(tx).await?;
        Ok(Ok(()))
    }

    /// How it was and how it becomes, or why it does not.
    fn module_after(
        &self,
        by: By<'_>,
        directory: &Directory,
        (site, plugin): (&str, &str),
        change: &ModuleChange,
    ) -> Result<(Option<Module>, Module), ModuleRefusal> {
        let (loaded, site_id) = self.named(directory, site, plugin)?;
        may_change(by, directory, &site_id)?;
        let id = &loaded.declaration.manifest.id;
        let known = directory.module(&site_id, id).cloned();
        let not_there = || ModuleRefusal::NotThere {
            plugin: plugin.to_owned(),
            site: site.to_owned(),
        };
        let was = known.clone();
        let there = || was.clone().ok_or_else(not_there);
        let after = match change {
            ModuleChange::Enable => {
                may_have(directory, &site_id, loaded)?;
                let first = || Module {
                    site: site_id.clone(),
                    plugin: id.clone(),
                    mount: loaded.declaration.manifest.mount.clone(),
                    enabled: true,
                    share: loaded.declaration.manifest.share,
                    position: LAST_POSITION,
                };
                let module = was.clone().unwrap_or_else(first);
                Module {
                    enabled: true,
                    ..module
                }
            }
            ModuleChange::Disable(reason) => {
                if matches!(by, By::Account(_)) && reason.trim().is_empty() {
                    return Err(ModuleRefusal::NoReason);
                }
                self.may_lack(directory, &site_id, loaded)?;
                Module {
                    enabled: false,
                    ..there()?
                }
            }
            ModuleChange::Mount(mount) => Module {
                mount: mount.clone(),
                ..there()?
            },
            ModuleChange::Share(share) => Module {
                share: *share,
                ..there()?
            },
            ModuleChange::Position(position) => Module {
                position: *position,
                ..there()?
            },
        };
        is_free(directory, &after, site)?;
        Ok((known, after))
    }

    /// The plugin and the site that are named.
    fn named(
        &self,
        directory: &Directory,
        site: &str,
        plugin: &str,
    ) -> Result<(&LoadedPlugin, SiteId), ModuleRefusal> {
        let id = PluginId::new(plugin).ok();
        let loaded = id.and_then(|id| self.plugins().get(&id));
        let loaded = loaded.ok_or_else(|| ModuleRefusal::NoPlugin {
            plugin: plugin.to_owned(),
            known: self.plugin_ids().join(", "),
        })?;
        Ok((loaded, self.site_named(directory, site)?))
    }

    pub(super) fn site_named(
        &self,
        directory: &Directory,
        site: &str,
    ) -> Result<SiteId, ModuleRefusal> {
        let id = SiteId::new(site).ok();
        let id = id.filter(|id| directory.site(id).is_some());
        id.ok_or_else(|| {
            let known: Vec<&str> = directory.sites.iter().map(|it| it.id.as_str()).collect();
            ModuleRefusal::NoSite {
                site: site.to_owned(),
                known: known.join(", "),
            }
        })
    }
}

fn standing(it: &Module) -> Value {
    json!({
        "enabled": it.enabled,
        "mount": it.mount.to_string(),
        "share": it.share,
        "position": it.position,
    })
}

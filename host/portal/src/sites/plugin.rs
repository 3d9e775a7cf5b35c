//! Plugins as those see them who look after the whole portal.

use dinh_domain::ids::SiteId;

use super::room::may_plugins;
use crate::failure::Failure;
use crate::install::{WaitingLine, never, sentences};
use crate::operate::PluginLine;
use crate::people::{By, SignedIn};
use crate::portal::Portal;

/// A plugin in the room of plugins.
#[derive(Debug, Clone)]
pub struct PluginRoomLine {
    /// State, version, publisher, faults.
    pub line: PluginLine,
    /// What readers call its section.
    pub name: String,
    /// What it may do, in Vietnamese.
    pub may: Vec<String>,
    /// Sites where it is enabled, by name.
    pub sites: Vec<String>,
    /// A version that waits until somebody agrees.
    pub waiting: Option<WaitingLine>,
}

/// What somebody does to a plugin.
#[derive(Debug, Clone)]
pub enum PluginAct {
    /// Stops its code, with a reason.
    Park(String),
    /// Lets it run again, with a reason.
    Unpark(String),
    /// Agrees to the version that waits, whose manifest was shown.
    Agree(String),
    /// Refuses the version that waits, with a reason.
    Refuse {
        /// Its manifest, as it was shown.
        manifest: String,
        /// Why.
        reason: String,
    },
}

/// Why nothing was done to a plugin.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PluginRefusal {
    /// No reason.
    NoReason,
    /// The version waits no longer, or is another one than was shown.
    NotWaiting,
    /// Something stands against it, in English: a package that is not taken.
    Refused(String),
}

impl Portal {
    /// All plugins, and versions that wait; none for who does not look after them.
    pub async fn plugins_room(
        &self,
        who: &SignedIn,
    ) -> Result<Option<Vec<PluginRoomLine>>, Failure> {
        let directory = self.directory().await?;
        if !may_plugins(who, &directory) {
            return Ok(None);
        }
        let mut waiting = self.waiting_lines().await?;
        let lines = self.plugin_lines().await?.into_iter();
        let mut lines: Vec<_> = lines
            .map(|line| {
                let mut plugins = self.plugins().all();
                let plugin = plugins.find(|it| it.declaration.manifest.id.as_str() == line.plugin);
                let mut may: Vec<String> = Vec::new();
                if let Some(plugin) = plugin {
                    may = sentences(plugin, None)
                        .into_iter()
                        .map(|(_, vi, _)| vi)
                        .collect();
                    may.push(never(&plugin.declaration.manifest).0.to_owned());
                }
                let at = waiting.iter().position(|it| it.plugin == line.plugin);
                let sites = line.sites.iter();
                let sites = sites.filter_map(|id| directory.site(&SiteId::new(id).ok()?));
                PluginRoomLine {
                    name: plugin.map_or_else(
                        || line.plugin.clone(),
                        |it| it.text("vi", &it.declaration.manifest.name),
                    ),
                    may,
                    sites: sites.map(|it| it.name.clone()).collect(),
                    waiting: at.map(|at| waiting.swap_remove(at)),
                    line,
                }
            })
            .collect();
        // What nobody has yet.
        lines.extend(waiting.into_iter().map(|it| PluginRoomLine {
            line: PluginLine::not_there(&it.plugin),
            name: it.name.clone(),
            may: Vec::new(),
            sites: Vec::new(),
            waiting: Some(it),
        }));
        Ok(Some(lines))
    }

    /// Does something to a plugin; none for who does not look after them.
    pub async fn act_on_plugin(
        &self,
        who: &SignedIn,
        plugin: &str,
        act: &PluginAct,
    ) -> Result<Option<Result<(), PluginRefusal>>, Failure> {
        let directory = self.directory().await?;
        if !may_plugins(who, &directory) {
            return Ok(None);
        }
        let by = By::Account(who);
        if let PluginAct::Park(reason)
        | PluginAct::Unpark(reason)
        | PluginAct::Refuse { reason, .. } = act
            && reason.trim().is_empty()
        {
            return Ok(Some(Err(PluginRefusal::NoReason)));
        }
        let done = match act {
            PluginAct::Park(reason) => self
                .stand(by, plugin, true, reason.trim())
                .await
                .map(|()| true),
            PluginAct::Unpark(reason) => self
                .stand(by, plugin, false, reason.trim())
                .await
                .map(|()| true),
            PluginAct::Agree(manifest) => self
                .agree_to(by, plugin, manifest)
                .await
                .map(|it| it.is_some()),
            PluginAct::Refuse { manifest, reason } => {
                let why = (manifest.as_str(), reason.trim());
                self.refuse_waiting(by, plugin, why).await
            }
        };
        Ok(Some(match done {
            Ok(true) => Ok(()),
            Ok(false) => Err(PluginRefusal::NotWaiting),
            Err(Failure::Refused(why)) => Err(PluginRefusal::Refused(why)),
            Err(other) => return Err(other),
        }))
    }
}

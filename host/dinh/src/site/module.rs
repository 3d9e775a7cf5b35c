//! `dinh module`.

use clap::{Args, Subcommand};
use dinh_domain::ids::Slug;
use dinh_domain::site::Share;
use dinh_portal::{By, ModuleChange, ModuleLine, Portal};
use serde::{Deserialize, Serialize};

use super::Decider;
use crate::cli::{Output, decider};
use crate::command::{Said, printed};
use crate::plugin_list::plain;

#[derive(Debug, Subcommand)]
pub(crate) enum ModuleCommand {
    /// Enable.
    Enable(OnModule),
    /// Disable; entries stay, nothing shows.
    Disable {
        #[command(flatten)]
        place: OnModule,
        /// Why; for the audit.
        #[arg(long, default_value = "")]
        reason: String,
    },
    /// Move the section to another path; what was linked leads on.
    Mount {
        #[command(flatten)]
        place: OnModule,
        /// The path, without slashes: `van-ban`.
        path: String,
    },
    /// How far its entries are seen from the sites of organisations above.
    Share {
        #[command(flatten)]
        place: OnModule,
        /// `none`, `search` or `list`.
        share: String,
    },
    /// Its place in the menu.
    Place {
        #[command(flatten)]
        place: OnModule,
        /// Ascending.
        #[arg(allow_negative_numbers = true)]
        position: i64,
    },
    /// List modules of all sites.
    List(Output),
}

#[derive(Debug, Args)]
pub(crate) struct OnModule {
    /// The plugin.
    plugin: String,
    /// The site.
    #[arg(long)]
    site: String,
    #[command(flatten)]
    by: Decider,
}

/// One piece of work.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct ModuleWork {
    /// The site.
    pub site: String,
    /// The plugin.
    pub plugin: String,
    /// Who says so.
    pub by: String,
    /// What.
    pub act: ModuleAct,
}

/// What is done.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ModuleAct {
    /// Enable.
    Enable,
    /// Disable, with a reason that may be empty.
    Disable(String),
    /// Move to a path.
    Mount(Slug),
    /// Share so far.
    Share(Share),
    /// Place in the menu.
    Place(i64),
}

/// What a command line asks for; none where it asks for the list.
pub(crate) fn wanted(command: ModuleCommand) -> Result<Result<ModuleWork, Output>, String> {
    let (place, act) = match command {
        ModuleCommand::List(output) => return Ok(Err(output)),
        ModuleCommand::Enable(place) => (place, ModuleAct::Enable),
        ModuleCommand::Disable { place, reason } => (place, ModuleAct::Disable(reason)),
        ModuleCommand::Mount { place, path } => {
            let path = Slug::new(path.trim_matches('/')).map_err(|error| error.to_string())?;
            (place, ModuleAct::Mount(path))
        }
        ModuleCommand::Share { place, share } => {
            let share = match share.as_str() {
                "none" => Share::None,
                "search" => Share::Search,
                "list" => Share::List,
                other => {
                    return Err(format!(
                        "`{other}` is neither `none` nor `search` nor `list`"
                    ));
                }
            };
            (place, ModuleAct::Share(share))
        }
        ModuleCommand::Place { place, position } => (place, ModuleAct::Place(position)),
    };
    Ok(Ok(ModuleWork {
        site: place.site,
        plugin: place.plugin,
        by: decider(place.by.by),
        act,
    }))
}

/// Does it.
pub(crate) async fn execute(portal: &Portal, work: ModuleWork) -> Result<Said, String> {
    let (site, plugin) = (work.site.as_str(), work.plugin.as_str());
    let (change, told) = match work.act {
        ModuleAct::Enable => (
            ModuleChange::Enable,
            format!("{plugin} is enabled on {site}"),
        ),
        ModuleAct::Disable(reason) => (
            ModuleChange::Disable(reason),
            format!("{plugin} is disabled on {site}"),
        ),
        ModuleAct::Mount(path) => {
            let told = format!("{plugin} is at /{path} on {site}; its former path leads there");
            (ModuleChange::Mount(path), told)
        }
        ModuleAct::Share(share) => (
            ModuleChange::Share(share),
            format!("{plugin} on {site} is shared so far: {}", word(share)),
        ),
        ModuleAct::Place(position) => (
            ModuleChange::Position(position),
            format!("{plugin} has place {position} in the menu of {site}"),
        ),
    };
    let by = By::Operator(&work.by);
    let changed = portal.change_module(by, (site, plugin), &change).await;
    changed
        .map_err(|failure| failure.to_string())?
        .map_err(|refusal| refusal.to_string())?;
    Ok(Said::done(told))
}

/// Lists modules.
pub(crate) async fn list(portal: &Portal, json: bool) -> Result<Said, String> {
    let lines = portal
        .modules()
        .await
        .map_err(|failure| failure.to_string())?;
    printed(json, &lines, |it| {
        plain(&format!("{:20} {}", it.site, shown(it)))
    })
}

/// Without the site.
pub(super) fn shown(it: &ModuleLine) -> String {
    let state = if it.enabled { "enabled" } else { "disabled" };
    let (share, position) = (word(it.share), it.position);
    format!(
        "{:24} /{:16} {state:9} shared {share:7} place {position}",
        it.plugin, it.mount
    )
}

fn word(share: Share) -> &'static str {
    match share {
        Share::None => "none",
        Share::Search => "search",
        Share::List => "list",
    }
}

//! `dinh site` and `dinh module`: sites, and the sections on them.

mod module;
mod shown;
mod texts;

use clap::{Args, Subcommand};
use dinh_domain::site::SiteState;
use dinh_portal::{By, Failure, NewSite, Portal, SITE_TEXTS, SiteChange};
use serde::{Deserialize, Serialize};

use crate::cli::{Output, decider};
use crate::command::{Said, printed};
use crate::plugin_list::plain;
use shown::{shown, word};
use texts::Texts;

pub use module::{ModuleAct, ModuleWork};
pub(crate) use module::{
    ModuleCommand, execute as execute_module, list as list_modules, wanted as wanted_module,
};

#[derive(Debug, Subcommand)]
pub(crate) enum SiteCommand {
    /// List sites.
    List(Output),
    /// Everything about a site, with its modules.
    Show {
        /// The site.
        id: String,
        #[command(flatten)]
        output: Output,
    },
    /// Make a site; nobody sees it until `dinh site resume`.
    Add(AddArguments),
    /// Change texts of a site.
    Set {
        /// The site.
        id: String,
        #[command(flatten)]
        texts: Texts,
        #[command(flatten)]
        by: Decider,
    },
    /// Take a site from its readers for a time, everywhere at once.
    Suspend(Hidden),
    /// Make a site public: a new one, or one that was suspended or closed.
    Resume {
        /// The site.
        id: String,
        #[command(flatten)]
        by: Decider,
    },
    /// End a site: its addresses say that it is gone.
    Close(Hidden),
    /// Names under which a site answers.
    #[command(subcommand)]
    Host(HostCommand),
}

#[derive(Debug, Args)]
pub(crate) struct AddArguments {
    /// The site, for ever: `dong-son`.
    id: String,
    /// The host name in its addresses.
    #[arg(long)]
    host: String,
    /// Whose it is.
    #[arg(long, value_name = "ORGANISATION")]
    organisation: String,
    /// Makes the organisation, too.
    #[arg(long, value_name = "NAME", requires = "kind")]
    organisation_name: Option<String>,
    /// Its kind: `district`, `commune`, `union`.
    #[arg(long, requires = "organisation_name")]
    kind: Option<String>,
    /// The organisation above it.
    #[arg(long, value_name = "ORGANISATION", requires = "organisation_name")]
    below: Option<String>,
    #[command(flatten)]
    texts: Texts,
    /// Public at once.
    #[arg(long)]
    live: bool,
    #[command(flatten)]
    by: Decider,
}

#[derive(Debug, Args)]
pub(crate) struct Hidden {
    /// The site.
    id: String,
    /// Why; for the audit.
    #[arg(long)]
    reason: String,
    #[command(flatten)]
    by: Decider,
}

#[derive(Debug, Subcommand)]
pub(crate) enum HostCommand {
    /// One more name; it leads to the canonical one.
    Add {
        /// The site.
        id: String,
        /// The name.
        host: String,
        /// Addresses use it from now on, and the former one leads to it.
        #[arg(long)]
        canonical: bool,
        #[command(flatten)]
        by: Decider,
    },
    /// The site answers there no longer.
    Remove {
        /// The site.
        id: String,
        /// The name.
        host: String,
        #[command(flatten)]
        by: Decider,
    },
}

#[derive(Debug, Args)]
pub(crate) struct Decider {
    /// Who decides; the user's name where none is given.
    #[arg(long)]
    pub(crate) by: Option<String>,
}

/// One piece of work.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub enum SiteWork {
    /// List sites.
    List {
        /// As JSON.
        json: bool,
    },
    /// Show one.
    Show {
        /// Which.
        id: String,
        /// As JSON.
        json: bool,
    },
    /// Make one.
    Add {
        /// What.
        new: NewSite,
        /// Who says so.
        by: String,
    },
    /// Change one.
    Change {
        /// Which.
        id: String,
        /// How.
        changes: Vec<SiteChange>,
        /// Who says so.
        by: String,
    },
}

/// What a command line asks for.
pub(crate) fn wanted(command: SiteCommand) -> Result<SiteWork, String> {
    let state = |it: Hidden, state| SiteWork::Change {
        id: it.id,
        changes: vec![SiteChange::State(state, it.reason)],
        by: decider(it.by.by),
    };
    Ok(match command {
        SiteCommand::List(it) => SiteWork::List { json: it.json },
        SiteCommand::Show { id, output } => SiteWork::Show {
            id,
            json: output.json,
        },
        SiteCommand::Add(it) => SiteWork::Add {
            new: NewSite {
                id: it.id,
                host: it.host,
                organisation: it.organisation,
                found: it
                    .organisation_name
                    .zip(it.kind)
                    .map(|(name, kind)| (kind, name, it.below)),
                texts: it.texts.given(),
                live: it.live,
            },
            by: decider(it.by.by),
        },
        SiteCommand::Set { id, texts, by } => {
            let texts = texts.given().into_iter();
            let changes: Vec<_> = texts.map(|(name, it)| SiteChange::Text(name, it)).collect();
            if changes.is_empty() {
                let known = SITE_TEXTS.join(", --");
                return Err(format!("say what: --{known}"));
            }
            SiteWork::Change {
                id,
                changes,
                by: decider(by.by),
            }
        }
        SiteCommand::Suspend(it) => state(it, SiteState::Suspended),
        SiteCommand::Close(it) => state(it, SiteState::Closed),
        SiteCommand::Resume { id, by } => SiteWork::Change {
            id,
            changes: vec![SiteChange::State(SiteState::Live, String::new())],
            by: decider(by.by),
        },
        SiteCommand::Host(HostCommand::Add {
            id,
            host,
            canonical,
            by,
        }) => SiteWork::Change {
            id,
            changes: vec![SiteChange::AddHost(host, canonical)],
            by: decider(by.by),
        },
        SiteCommand::Host(HostCommand::Remove { id, host, by }) => SiteWork::Change {
            id,
            changes: vec![SiteChange::RemoveHost(host)],
            by: decider(by.by),
        },
    })
}

/// Does it.
pub(crate) async fn execute(portal: &Portal, work: SiteWork) -> Result<Said, String> {
    let told = |failure: Failure| failure.to_string();
    match work {
        SiteWork::List { json } => {
            let sites = portal.sites().await.map_err(told)?;
            printed(json, &sites, |it| {
                let state = word(it.state);
                let (id, host) = (it.id.as_str(), &it.host);
                plain(&format!("{id:20} {host:32} {state:10} {}", it.name))
            })
        }
        SiteWork::Show { id, json } => {
            let line = portal.site_line(&id).await.map_err(told)?;
            if json {
                let text = serde_json::to_string_pretty(&line).map_err(|it| it.to_string())?;
                return Ok(Said::done(text));
            }
            Ok(Said::done(shown(&line)))
        }
        SiteWork::Add { new, by } => {
            portal
                .add_site(By::Operator(&by), &new)
                .await
                .map_err(told)?;
            let id = &new.id;
            Ok(Said::done(match new.live {
                true => format!("{id} is made, and public at {}", new.host),
                false => format!("{id} is made; nobody sees it before `dinh site resume {id}`"),
            }))
        }
        SiteWork::Change { id, changes, by } => {
            let changed = portal.change_site(By::Operator(&by), &id, &changes).await;
            let site = changed.map_err(told)?;
            let mut said = format!("{id} is {}, at {}", word(site.state), site.host);
            let is_away = matches!(site.state, SiteState::Suspended | SiteState::Closed);
            if is_away && portal.first_host().await.is_ok_and(|it| it == site.host) {
                said.push_str(
                    "\npeople sign in there unless `admin.host` names another host: now they cannot",
                );
            }
            Ok(Said::done(said))
        }
    }
}

//! `dinh seal` and `dinh personal`: the key of secrets, and what is kept of who sent something.

use clap::Subcommand;
use dinh_portal::{Failure, Portal, SealLine};
use serde::{Deserialize, Serialize};

use crate::command::{Said, printed};
use crate::plugin_list::plain;

#[derive(Debug, Subcommand)]
pub(crate) enum SealCommand {
    /// List the keys and how many texts each sealed.
    List {
        /// Print JSON.
        #[arg(long)]
        json: bool,
    },
    /// Add a key that seals nothing yet: copy the file to every node and to the backup of keys then.
    Add,
    /// Let the newest key seal, and seal everything anew with it.
    Renew,
    /// Take out of the file the keys with which nothing is sealed any more.
    Forget,
}

#[derive(Debug, Subcommand)]
pub(crate) enum PersonalCommand {
    /// Print everything that is kept of a sender, as JSON; it is recorded.
    Show {
        /// The code of the receipt.
        code: String,
        /// The site to which it was sent.
        #[arg(long)]
        site: String,
    },
    /// Erase what only the office reads of it, for good.
    Erase {
        /// The code of the receipt.
        code: String,
        /// The site to which it was sent.
        #[arg(long)]
        site: String,
        /// On what ground: the sender's request, and its number.
        #[arg(long)]
        ground: String,
    },
}

/// One piece of work.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct KeeperWork {
    /// Who asks.
    pub by: String,
    /// What for.
    pub what: KeeperAct,
}

/// What is asked for.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub enum KeeperAct {
    /// List keys.
    Seals {
        /// As JSON.
        json: bool,
    },
    /// Add a key.
    AddSeal,
    /// Seal everything anew.
    RenewSeals,
    /// Forget keys.
    ForgetSeals,
    /// Show what is kept of a sender.
    Show {
        /// The code.
        code: String,
        /// The site.
        site: String,
    },
    /// Erase it.
    Erase {
        /// The code.
        code: String,
        /// The site.
        site: String,
        /// Why.
        ground: String,
    },
}

pub(crate) fn of_seal(command: SealCommand) -> KeeperAct {
    match command {
        SealCommand::List { json } => KeeperAct::Seals { json },
        SealCommand::Add => KeeperAct::AddSeal,
        SealCommand::Renew => KeeperAct::RenewSeals,
        SealCommand::Forget => KeeperAct::ForgetSeals,
    }
}

pub(crate) fn of_personal(command: PersonalCommand) -> KeeperAct {
    match command {
        PersonalCommand::Show { code, site } => KeeperAct::Show { code, site },
        PersonalCommand::Erase { code, site, ground } => KeeperAct::Erase { code, site, ground },
    }
}

/// Does it.
pub(crate) async fn execute(portal: &Portal, work: KeeperWork) -> Result<Said, String> {
    let told = |failure: Failure| plain(&failure.to_string());
    let by = work.by.as_str();
    match work.what {
        KeeperAct::Seals { json } => {
            let lines = portal.seals().await.map_err(told)?;
            printed(json, &lines, |it: &SealLine| {
                format!("{}  {}  {}", it.key, it.state, it.sealed)
            })
        }
        KeeperAct::AddSeal => {
            let key = portal.add_seal(by).await.map_err(told)?;
            Ok(Said::done(format!(
                "the key {key} is added and seals nothing yet: copy the file to every node and to the backup of keys, then dinh seal renew"
            )))
        }
        KeeperAct::RenewSeals => {
            let it = portal.renew_seals(by).await.map_err(told)?;
            let done = format!(
                "the key {} seals now; {} texts are sealed anew",
                it.key, it.done
            );
            if it.closed.is_empty() {
                return Ok(Said::done(done));
            }
            let closed: Vec<String> = it.closed.iter().map(|it| plain(it)).collect();
            Err(format!(
                "{done}; these cannot be opened and stay:\n{}",
                closed.join("\n")
            ))
        }
        KeeperAct::ForgetSeals => {
            let gone = portal.forget_seals(by).await.map_err(told)?;
            Ok(Said::done(format!("{gone} keys are forgotten")))
        }
        KeeperAct::Show { code, site } => {
            let data = portal.personal_data(&site, &code, by).await.map_err(told)?;
            let text = serde_json::to_string_pretty(&data.json);
            text.map(Said::done).map_err(|error| error.to_string())
        }
        KeeperAct::Erase { code, site, ground } => {
            let done = portal.erase_personal(&site, &code, (&ground, by)).await;
            Ok(Said::done(match done.map_err(told)? {
                true => "erased".to_owned(),
                false => "there was nothing left to erase".to_owned(),
            }))
        }
    }
}

//! `dinh mail`: messages that wait or were given up, and what operators decide about them.

use clap::Subcommand;
use dinh_portal::{MailLine, Portal};
use serde::{Deserialize, Serialize};

use crate::cli::{Output, decider};
use crate::command::{Said, printed};
use crate::plugin_list::plain;

#[derive(Debug, Subcommand)]
pub(crate) enum MailCommand {
    /// List messages: those given up, then those due first. Addresses and texts are not shown.
    List(Output),
    /// Let messages be tried again now.
    Retry(Chosen),
    /// Drop messages for good.
    Forget(Chosen),
}

#[derive(Debug, clap::Args)]
pub(crate) struct Chosen {
    /// Their ids.
    #[arg(required = true)]
    ids: Vec<String>,
    /// Who decides; the user's name where none is given.
    #[arg(long)]
    by: Option<String>,
}

/// One piece of work.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub enum MailWork {
    /// List messages.
    List {
        /// As JSON.
        json: bool,
    },
    /// Let messages be tried again.
    Retry {
        /// Which.
        ids: Vec<String>,
        /// Who says so.
        by: String,
    },
    /// Drop messages.
    Forget {
        /// Which.
        ids: Vec<String>,
        /// Who says so.
        by: String,
    },
}

/// What a command line asks for.
pub(crate) fn wanted(command: MailCommand) -> MailWork {
    match command {
        MailCommand::List(it) => MailWork::List { json: it.json },
        MailCommand::Retry(Chosen { ids, by }) => MailWork::Retry {
            ids,
            by: decider(by),
        },
        MailCommand::Forget(Chosen { ids, by }) => MailWork::Forget {
            ids,
            by: decider(by),
        },
    }
}

/// Does it.
pub(crate) async fn execute(portal: &Portal, work: MailWork) -> Result<Said, String> {
    let told = |failure: dinh_portal::Failure| plain(&failure.to_string());
    match work {
        MailWork::List { json } => {
            let lines = portal.mail_lines().await.map_err(told)?;
            if lines.is_empty() && !json {
                return Ok(Said::done("no message waits"));
            }
            printed(json, &lines, shown)
        }
        MailWork::Retry { ids, by } => {
            portal.retry_mail(&ids, &by).await.map_err(told)?;
            Ok(Said::done(format!("{} tried again", ids.len())))
        }
        MailWork::Forget { ids, by } => {
            portal.forget_mail(&ids, &by).await.map_err(told)?;
            Ok(Said::done(format!("{} forgotten", ids.len())))
        }
    }
}

fn shown(it: &MailLine) -> String {
    let (id, site, kind, state) = (&it.id, &it.site, &it.kind, it.state);
    let (attempt, due) = (it.attempt, &it.due_at);
    let mut line = format!("{id} {site:20} {kind:8} {state:8} failed {attempt}, not before {due}");
    if !it.last_error.is_empty() {
        line.push_str(&format!("  # {}", it.last_error));
    }
    plain(&line)
}

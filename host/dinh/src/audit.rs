//! `dinh audit`: what was done, and whether nobody has changed the record of it.

use clap::Subcommand;
use dinh_portal::{ActLine, Portal};
use serde::{Deserialize, Serialize};

use crate::command::{Said, printed};
use crate::plugin_list::plain;

/// Acts in one list, where nothing else is asked for.
const LISTED: u32 = 1_000;

#[derive(Debug, Subcommand)]
pub(crate) enum AuditCommand {
    /// List what was done, in order.
    List {
        /// Only behind this number, to read on.
        #[arg(long, value_name = "NUMBER", default_value_t = 0)]
        after: i64,
        /// Most of them.
        #[arg(long, default_value_t = LISTED)]
        limit: u32,
        /// Print JSON.
        #[arg(long)]
        json: bool,
    },
    /// Compute every hash again; tells the first broken line, or the head.
    Verify {
        /// A head that was noted before: what was cut off or written anew since shows by it.
        #[arg(long, value_name = "NUMBER:HASH")]
        noted: Option<String>,
    },
}

/// One piece of work.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub enum AuditWork {
    /// List acts.
    List {
        /// Only behind this number.
        after: i64,
        /// Most of them.
        limit: u32,
        /// As JSON.
        json: bool,
    },
    /// Verify the chain.
    Verify {
        /// Number and hash of a head that was noted.
        noted: Option<(i64, String)>,
    },
}

/// What a command line asks for.
pub(crate) fn wanted(command: AuditCommand) -> Result<AuditWork, String> {
    Ok(match command {
        AuditCommand::List { after, limit, json } => AuditWork::List { after, limit, json },
        AuditCommand::Verify { noted } => AuditWork::Verify {
            noted: noted.as_deref().map(head).transpose()?,
        },
    })
}

fn head(text: &str) -> Result<(i64, String), String> {
    let bad =
        || format!("`{text}` is no head: give it as `dinh audit verify` told it, NUMBER:HASH");
    let (number, hash) = text.split_once(':').ok_or_else(bad)?;
    let number = number.parse().map_err(|_| bad())?;
    Ok((number, hash.to_owned()))
}

/// Does it.
pub(crate) async fn execute(portal: &Portal, work: AuditWork) -> Result<Said, String> {
    match work {
        AuditWork::List { after, limit, json } => {
            let lines = portal.acts(after, limit).await;
            let lines = lines.map_err(|failure| failure.to_string())?;
            printed(json, &lines, |it: &ActLine| plain(&it.shown()))
        }
        AuditWork::Verify { noted } => {
            let found = portal.verify_audit(noted).await;
            found
                .map(Said::done)
                .map_err(|failure| plain(&failure.to_string()))
        }
    }
}

//! The arguments of `dinh plugin`.

use std::path::PathBuf;

use clap::{Args, Subcommand};

use super::jobs::JobsArguments;
use super::vendor::arguments::VendorCommand;
use crate::cli::Output;

#[derive(Debug, Subcommand)]
pub(crate) enum PluginCommand {
    /// Stop running a plugin's code; its sections stay readable.
    Park {
        /// The plugin.
        plugin: String,
        /// Why, for the log.
        #[arg(long, default_value = "by hand")]
        reason: String,
    },
    /// Run it again.
    Unpark {
        /// The plugin.
        plugin: String,
    },
    /// List plugins.
    List(Output),
    /// Install a package, or a higher version of what is installed.
    Install(InstallArguments),
    /// Go back to the version before.
    Rollback(OnPlugin),
    /// Remove an installed plugin; its entries stay readable.
    Remove(OnPlugin),
    /// Show what is set for a plugin, or set it for a site.
    Settings(SettingsArguments),
    /// Show what a plugin does by itself, or retry or forget it.
    Jobs(JobsArguments),
    /// Trust the key of a publisher or a reviewer.
    Trust {
        /// The public key, as its owner made it.
        file: PathBuf,
        /// It reviews what others publish.
        #[arg(long)]
        reviewer: bool,
        /// Who decides; the user's name where none is given.
        #[arg(long)]
        by: Option<String>,
    },
    /// List keys.
    Keys(Output),
    /// Trust a key no longer, for ever; its plugins stop at once.
    Revoke(RevokeArguments),
    #[command(flatten)]
    Vendor(VendorCommand),
}

#[derive(Debug, Args)]
pub(crate) struct InstallArguments {
    /// The package.
    pub(crate) file: PathBuf,
    /// Grant all that it asks for, without looking.
    #[arg(long, conflicts_with = "grant")]
    pub(crate) grant_all: bool,
    /// Grant what this file names: `plugin = "…"` and `capabilities = ["…"]`.
    #[arg(long, value_name = "FILE")]
    pub(crate) grant: Option<PathBuf>,
    /// Where it asks for more than was granted, let it wait for whoever agrees in the back office.
    #[arg(long, conflicts_with_all = ["grant", "grant_all"])]
    pub(crate) wait: bool,
    /// Who decides; the user's name where none is given.
    #[arg(long)]
    pub(crate) by: Option<String>,
}

#[derive(Debug, Args)]
pub(crate) struct OnPlugin {
    /// The plugin.
    pub(crate) plugin: String,
    /// Who decides; the user's name where none is given.
    #[arg(long)]
    pub(crate) by: Option<String>,
}

#[derive(Debug, Args)]
pub(crate) struct RevokeArguments {
    /// Id of the key.
    #[arg(required_unless_present = "list", requires = "reason")]
    pub(crate) key: Option<String>,
    /// Why.
    #[arg(long)]
    pub(crate) reason: Option<String>,
    /// A list: `[[revoked]]` with `key` and `reason`, once for each.
    #[arg(long, value_name = "FILE", conflicts_with_all = ["key", "reason"])]
    pub(crate) list: Option<PathBuf>,
    /// Who decides; the user's name where none is given.
    #[arg(long)]
    pub(crate) by: Option<String>,
}

#[derive(Debug, Args)]
pub(crate) struct SettingsArguments {
    /// The plugin.
    pub(crate) plugin: String,
    /// The site; needed to set anything, and without it all sites are shown.
    #[arg(long)]
    pub(crate) site: Option<String>,
    /// What is set.
    #[arg(value_name = "NAME=VALUE")]
    pub(crate) values: Vec<String>,
    /// A secret from a file; from standard input where FILE is `-`.
    #[arg(long = "secret", value_name = "NAME=FILE")]
    pub(crate) secrets: Vec<String>,
    /// What is taken back, so that the default holds again.
    #[arg(long, value_name = "NAME")]
    pub(crate) unset: Vec<String>,
    /// Show as JSON.
    #[arg(long)]
    pub(crate) json: bool,
    /// Who decides; the user's name where none is given.
    #[arg(long)]
    pub(crate) by: Option<String>,
}

//! `dinh backup` and `dinh restore`: the whole portal in one file, and back.

mod restore;

use std::path::{Path, PathBuf};

use clap::{Args, Subcommand};
use dinh_domain::dates::Zone;
use dinh_portal::{BackupLine, Failure, Portal, verify_backup};
use serde::{Deserialize, Serialize};

use crate::assemble;
use crate::cli::decider;
use crate::command::{self, Command, Said};
use crate::config::Config;
use crate::plugin_list::plain;

pub(crate) use restore::{RestoreArguments, restore};

#[derive(Debug, Args)]
#[command(args_conflicts_with_subcommands = true)]
pub(crate) struct BackupArguments {
    /// The file that is made; named by the time where none is given.
    file: Option<PathBuf>,
    /// Who makes it; the user's name where none is given.
    #[arg(long)]
    by: Option<String>,
    /// Print JSON.
    #[arg(long)]
    json: bool,
    #[command(subcommand)]
    command: Option<BackupCommand>,
}

#[derive(Debug, Subcommand)]
enum BackupCommand {
    /// Read a backup from end to end and compare everything with its hashes.
    Verify {
        /// The file.
        file: PathBuf,
        /// Print JSON.
        #[arg(long)]
        json: bool,
    },
}

/// One piece of work.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct BackupWork {
    /// The file that is made.
    pub file: PathBuf,
    /// Who says so.
    pub by: String,
    /// As JSON.
    pub json: bool,
}

/// `dinh backup`: verifying needs no portal.
pub(crate) async fn run(config: &Config, it: BackupArguments) -> Result<(), String> {
    if let Some(BackupCommand::Verify { file, json }) = it.command {
        let found = verify_backup(&file).await.map_err(told)?;
        return said(json, "whole: ", &found)?.print();
    }
    let file = match it.file {
        Some(file) => file,
        None => {
            let now = (assemble::wall_clock())().rfc3339_in(&Zone::default());
            let digits: String = now.chars().filter(char::is_ascii_digit).take(14).collect();
            format!("dinh-backup-{digits}.tar.gz").into()
        }
    };
    let work = BackupWork {
        file: absolute(&file)?,
        by: decider(it.by),
        json: it.json,
    };
    command::send(config, Command::Backup(work)).await
}

/// Makes a backup.
pub(crate) async fn execute(portal: &Portal, work: BackupWork) -> Result<Said, String> {
    let made = portal.back_up(&work.by, &work.file).await.map_err(told)?;
    said(work.json, "made ", &made)
}

fn said(json: bool, word: &str, line: &BackupLine) -> Result<Said, String> {
    if json {
        let text = serde_json::to_string_pretty(line).map_err(|error| error.to_string())?;
        return Ok(Said::done(text));
    }
    Ok(Said::done(plain_lines(&format!("{word}{}", line.shown()))))
}

fn plain_lines(text: &str) -> String {
    text.lines().map(plain).collect::<Vec<_>>().join("\n")
}

fn absolute(file: &Path) -> Result<PathBuf, String> {
    std::path::absolute(file).map_err(|error| format!("{}: {error}", file.display()))
}

fn told(failure: Failure) -> String {
    failure.to_string()
}

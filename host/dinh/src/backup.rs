//! `dinh backup` and `dinh restore`: the whole portal in one file, and back.

use std::path::{Path, PathBuf};

use clap::{Args, Subcommand};
use dinh_domain::dates::Zone;
use dinh_portal::{BackupLine, BackupPlace, Failure, Portal, RestoredBy, verify_backup};
use serde::{Deserialize, Serialize};

use crate::bundle::Bundle;
use crate::cli::decider;
use crate::command::{self, COMMAND_LOG, Command, Said};
use crate::config::Config;
use crate::data_folder::DataFolder;
use crate::plugin_list::plain;
use crate::{assemble, log};

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

#[derive(Debug, Args)]
pub(crate) struct RestoreArguments {
    /// The backup.
    file: PathBuf,
    /// Who restores; the user's name where none is given.
    #[arg(long)]
    by: Option<String>,
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

/// `dinh restore`: nothing may serve from a place that is not whole yet, so it takes the folder alone.
pub(crate) async fn restore(config: &Config, it: RestoreArguments) -> Result<(), String> {
    let _log = log::start(COMMAND_LOG)?;
    let file = absolute(&it.file)?;
    let folder = DataFolder::own_to_restore(&config.data).map_err(|error| error.to_string())?;
    let folder = folder.with_seal_key(config.seal_key_file.as_deref());
    let backup = verify_backup(&file).await.map_err(told)?;
    let begun = folder.restoring()?;
    match &begun {
        None => folder.refuse_filled()?,
        Some(id) if *id == backup.id => {}
        Some(id) => {
            return Err(format!(
                "another backup was begun to be restored here ({id}): restore that one, or name an empty folder and an empty database"
            ));
        }
    }
    let place = BackupPlace {
        database: assemble::database(config, &config.data),
        shelf: assemble::shelf(config, &folder)?,
    };
    let is_free = place
        .is_free_for(&backup, begun.is_some())
        .await
        .map_err(told)?;
    folder.begin_restoring(&backup.id)?;
    if is_free {
        let who = RestoredBy {
            by: &decider(it.by),
            origin: &command::command_line(command::own_user()),
            at: (assemble::wall_clock())(),
        };
        let restored = place.restore(&file, &backup, who).await;
        restored.map_err(|failure| {
            let failure = told(failure);
            format!("{failure}\nnothing is restored yet; when that is mended, run the same command again")
        })?;
    }
    folder.forget_index()?;
    let portal = open(config, &folder, place).await?;
    let audit = portal.verify_audit(None).await;
    folder.end_restoring()?;
    let shown = backup.shown();
    println!("restored {}", plain_lines(&shown));
    let audit = audit.map_err(|failure| {
        format!(
            "the portal is restored as it was; {}",
            plain(&told(failure))
        )
    })?;
    println!("the audit: {audit}");
    Ok(())
}

/// Opening it brings the schema forward and builds what is not in a backup.
async fn open(config: &Config, folder: &DataFolder, place: BackupPlace) -> Result<Portal, String> {
    let bundle = Bundle::find(config.bundle.as_deref()).map_err(|error| error.to_string())?;
    let engine = assemble::keeping_engine(config, folder)?;
    let plugins = assemble::plugins_or_reasons(&engine, &bundle).await?;
    let clock = assemble::wall_clock();
    let BackupPlace { database, shelf } = place;
    assemble::portal(folder, &database, shelf, plugins, engine, clock, config).await
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

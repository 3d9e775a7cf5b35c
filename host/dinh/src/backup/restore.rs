//! `dinh restore`.

use std::path::PathBuf;

use clap::Args;
use dinh_portal::{BackupPlace, Portal, RestoredBy, verify_backup};

use super::{absolute, plain_lines, told};
use crate::bundle::Bundle;
use crate::cli::decider;
use crate::command::{self, COMMAND_LOG};
use crate::config::Config;
use crate::data_folder::DataFolder;
use crate::plugin_list::plain;
use crate::{assemble, log};

#[derive(Debug, Args)]
pub(crate) struct RestoreArguments {
    /// The backup.
    file: PathBuf,
    /// Who restores; the user's name where none is given.
    #[arg(long)]
    by: Option<String>,
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

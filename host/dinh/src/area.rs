//! `dinh area`: where organisations lie, for maps.

use std::path::PathBuf;

use clap::{Args, Subcommand};
use dinh_domain::dates::LocalDate;
use dinh_files::{AREAS_BYTES_MAX, read_areas};
use dinh_portal::{AreasSince, By, NewArea, Portal};
use serde::{Deserialize, Serialize};
use tokio::io::AsyncReadExt;

use crate::cli::decider;
use crate::command::Said;

/// Faults that are told one by one.
const FAULTS_TOLD: usize = 40;

#[derive(Debug, Subcommand)]
pub(crate) enum AreaCommand {
    /// Record areas out of GeoJSON (WGS 84), by the codes of the units: all of them, or none.
    Import(ImportArguments),
}

#[derive(Debug, Args)]
pub(crate) struct ImportArguments {
    /// A collection of polygons, each with the unit's code as its property `code`.
    file: PathBuf,
    /// The day from which they are so; codes are those of this day.
    #[arg(long, value_name = "YYYY-MM-DD")]
    on: String,
    /// The deciding act, by its number.
    #[arg(long, default_value = "")]
    act: String,
    /// Check everything and record nothing.
    #[arg(long)]
    dry_run: bool,
    /// Who decides; the user's name where none is given.
    #[arg(long)]
    by: Option<String>,
}

/// One piece of work.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct AreaWork {
    /// The file.
    pub file: PathBuf,
    /// Since when.
    pub on: LocalDate,
    /// By which act; may be empty.
    pub act: String,
    /// Nothing is recorded.
    pub dry_run: bool,
    /// Who says so.
    pub by: String,
}

/// What a command line asks for.
pub(crate) fn wanted(command: AreaCommand) -> Result<AreaWork, String> {
    let AreaCommand::Import(it) = command;
    let file = std::path::absolute(&it.file);
    Ok(AreaWork {
        file: file.map_err(|error| format!("{}: {error}", it.file.display()))?,
        on: LocalDate::parse(&it.on).map_err(|error| format!("--on {}: {error}", it.on))?,
        act: it.act,
        dry_run: it.dry_run,
        by: decider(it.by),
    })
}

/// Does it.
pub(crate) async fn execute(portal: &Portal, work: AreaWork) -> Result<Said, String> {
    let told = |error: std::io::Error| format!("{}: {error}", work.file.display());
    let file = tokio::fs::File::open(&work.file).await.map_err(told)?;
    let mut bytes = Vec::new();
    let mut most = file.take(AREAS_BYTES_MAX as u64 + 1);
    most.read_to_end(&mut bytes).await.map_err(told)?;
    let read = tokio::task::spawn_blocking(move || read_areas(&bytes)).await;
    let read = read.map_err(|error| error.to_string())?;
    let areas = read.map_err(|faults| listed(faults.iter().map(ToString::to_string)))?;
    let areas = areas.into_iter().map(|it| NewArea {
        code: it.code,
        area: it.area,
    });
    let areas: Vec<NewArea> = areas.collect();
    let since = AreasSince {
        on: work.on,
        act: work.act,
    };
    let by = By::Operator(&work.by);
    let recorded = portal.record_areas(by, &areas, &since, work.dry_run).await;
    let done = recorded
        .map_err(|failure| failure.to_string())?
        .map_err(|faults| listed(faults.into_iter()))?;
    let word = if work.dry_run { "would be" } else { "are" };
    Ok(Said::done(format!(
        "{} areas {word} recorded from {} on, {} were so already",
        done.new, since.on, done.known
    )))
}

fn listed(faults: impl ExactSizeIterator<Item = String>) -> String {
    let count = faults.len();
    let more = count.saturating_sub(FAULTS_TOLD);
    let mut told = vec![format!("nothing is recorded, {count} things are wrong:")];
    told.extend(faults.take(FAULTS_TOLD));
    told.extend((more > 0).then(|| format!("… and {more} more")));
    told.join("\n  ")
}

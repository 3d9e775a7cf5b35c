//! Commands that read or change data: run on the server that owns the data folder, or here under
//! its lock when none runs.

use std::path::PathBuf;
use std::time::Instant;

use dinh_domain::file_text::TextState;
use dinh_portal::{Failure, FlaggedFile, Portal};
use serde::{Deserialize, Serialize};
use tokio::sync::mpsc::UnboundedSender;

use crate::bundle::Bundle;
use crate::config::Config;
use crate::data_folder::DataFolder;
use crate::import_file::{Rejects, Rows};
use crate::{assemble, socket};

/// Rows imported in one transaction: a killed import loses at most these.
const ROWS_A_TRANSACTION: usize = 100;
/// What a command that runs by itself logs: only what explains its outcome.
const COMMAND_LOG: &str = "warn";
/// Files named at the end of an import: what a terminal shows at once.
const FLAGGED_TOLD: usize = 20;
/// Rows between two lines of progress.
const ROWS_A_REPORT: u64 = 500;

/// One command.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub enum Command {
    /// Import rows.
    Import(Import),
    /// Enable or disable a plugin on a site.
    ModuleSet {
        /// The site.
        site: String,
        /// The plugin.
        plugin: String,
        /// Which.
        enabled: bool,
    },
    /// List modules.
    ModuleList {
        /// As JSON.
        json: bool,
    },
    /// Park a plugin with a reason, or unpark it without one.
    PluginPark {
        /// The plugin.
        plugin: String,
        /// Why.
        reason: Option<String>,
    },
    /// List plugins.
    PluginList {
        /// As JSON.
        json: bool,
    },
    /// List sites.
    SiteList {
        /// As JSON.
        json: bool,
    },
    /// List attached files.
    FileList {
        /// Only of this state.
        state: Option<TextState>,
        /// Only of this site.
        site: Option<String>,
        /// As JSON.
        json: bool,
    },
    /// Build the search index anew.
    Reindex,
}

/// An import.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Import {
    /// `<plugin>/<collection>`.
    pub collection: String,
    /// The rows.
    pub file: PathBuf,
    /// Site that gets the entries.
    pub site: String,
    /// Mapping.
    pub map: Option<String>,
    /// Check and write nothing.
    pub dry_run: bool,
    /// Result as JSON.
    pub json: bool,
}

/// What a command that was carried out says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Said {
    /// For standard output.
    pub text: String,
    /// Why it counts as failed all the same: rows were rejected, say.
    pub failed: Option<String>,
}

impl Said {
    fn done(text: impl Into<String>) -> Self {
        Self {
            text: text.into(),
            failed: None,
        }
    }

    fn print(self) -> Result<(), String> {
        println!("{}", self.text);
        self.failed.map_or(Ok(()), Err)
    }
}

/// Sends a command to the running server, or runs it here.
pub async fn send(config: &Config, command: Command) -> Result<(), String> {
    let socket = DataFolder::socket(&config.data);
    if let Some(answer) = socket::ask(&socket, &command).await {
        return answer?.print();
    }
    crate::serve::start_log(COMMAND_LOG)?;
    let folder = DataFolder::own(&config.data).map_err(|error| error.to_string())?;
    let bundle = Bundle::find(config.bundle.as_deref()).map_err(|error| error.to_string())?;
    let engine = assemble::engine()?;
    let plugins = assemble::plugins(&engine, &bundle).await?;
    let database = assemble::database(config, &config.data);
    let clock = assemble::wall_clock();
    let portal = assemble::portal(&folder, &database, plugins, engine, clock).await?;
    let (progress, mut told) = tokio::sync::mpsc::unbounded_channel();
    let printing = tokio::spawn(async move {
        while let Some(line) = told.recv().await {
            eprintln!("{line}");
        }
    });
    let result = execute(&portal, command, &progress).await;
    drop(progress);
    printing.await.map_err(|error| error.to_string())?;
    result?.print()
}

/// Runs a command.
pub async fn execute(
    portal: &Portal,
    command: Command,
    progress: &UnboundedSender<String>,
) -> Result<Said, String> {
    let told = |failure: Failure| failure.to_string();
    match command {
        Command::Import(import) => self::import(portal, &import, progress).await,
        Command::ModuleSet {
            site,
            plugin,
            enabled,
        } => {
            portal
                .set_module(&site, &plugin, enabled)
                .await
                .map_err(told)?;
            let word = if enabled { "enabled" } else { "disabled" };
            Ok(Said::done(format!("{plugin} is {word} on {site}")))
        }
        Command::ModuleList { json } => {
            let lines = portal.modules().await.map_err(told)?;
            printed(json, &lines, |it| {
                let word = if it.enabled { "enabled" } else { "disabled" };
                format!("{:20} {:24} /{:16} {word}", it.site, it.plugin, it.mount)
            })
        }
        Command::PluginPark { plugin, reason } => {
            portal
                .park(&plugin, reason.as_deref())
                .await
                .map_err(told)?;
            let word = if reason.is_some() {
                "parked"
            } else {
                "enabled"
            };
            Ok(Said::done(format!("{plugin} is {word}")))
        }
        Command::PluginList { json } => {
            let lines = portal.plugin_lines().await.map_err(told)?;
            printed(json, &lines, |it| {
                let may = it.capabilities.join(" ");
                format!(
                    "{:24} {:10} {:8} {may} {}",
                    it.plugin, it.version, it.state, it.reason
                )
            })
        }
        Command::SiteList { json } => {
            let sites = portal.sites().await.map_err(told)?;
            printed(json, &sites, |it| {
                format!("{:20} {:32} {}", it.id.as_str(), it.host, it.name)
            })
        }
        Command::FileList { state, site, json } => {
            let lines = portal.file_lines(state, site.as_deref()).await;
            printed(json, &lines.map_err(told)?, |it| {
                let state = it.state.map_or("not-read", TextState::as_str);
                let (site, chars) = (it.site.as_str(), it.chars);
                format!("{state:12} {chars:>9} {site:20} {}: {}", it.title, it.name)
            })
        }
        Command::Reindex => {
            let count = portal.reindex().await.map_err(told)?;
            Ok(Said::done(format!("{count} entries indexed")))
        }
    }
}

fn printed<T: Serialize>(
    json: bool,
    lines: &[T],
    line: impl Fn(&T) -> String,
) -> Result<Said, String> {
    if json {
        let text = serde_json::to_string_pretty(lines).map_err(|error| error.to_string())?;
        return Ok(Said::done(text));
    }
    let lines: Vec<String> = lines
        .iter()
        .map(|it| line(it).trim_end().to_owned())
        .collect();
    Ok(Said::done(lines.join("\n")))
}

async fn import(
    portal: &Portal,
    import: &Import,
    progress: &UnboundedSender<String>,
) -> Result<Said, String> {
    let told = |failure: Failure| failure.to_string();
    let began = Instant::now();
    let (collection, map) = (&import.collection, import.map.as_deref());
    let mut run = portal
        .begin_import(collection, &import.site, map, import.dry_run)
        .await
        .map_err(told)?;
    if let Some(folder) = import.file.parent() {
        run.files_from(folder);
    }
    let mut rows = Rows::open(&import.file)?;
    let mut rejects = Rejects::beside(&import.file, import.dry_run)?;
    let mut seen: u64 = 0;
    loop {
        let (batch, reader) = tokio::task::spawn_blocking(move || {
            let batch = rows.batch(ROWS_A_TRANSACTION);
            (batch, rows)
        })
        .await
        .map_err(|error| error.to_string())?;
        rows = reader;
        let batch = batch?;
        if batch.is_empty() {
            break;
        }
        let before = seen / ROWS_A_REPORT;
        seen += batch.len() as u64;
        for rejected in run.rows(batch).await.map_err(told)? {
            rejects.write(&rejected)?;
        }
        if seen / ROWS_A_REPORT > before {
            let rate = seen as f64 / began.elapsed().as_secs_f64().max(0.001);
            // The terminal may be gone; the import goes on.
            progress
                .send(format!("{seen} rows, {rate:.0} a second"))
                .unwrap_or_default();
        }
    }
    let flagged = std::mem::take(&mut run.flagged);
    let count = run.finish().await.map_err(told)?;
    let seconds = began.elapsed().as_secs_f64();
    let text = if import.json {
        let (files, rows) = (&flagged, seen);
        serde_json::json!({"rows": rows, "count": count, "seconds": seconds, "flagged": files})
            .to_string()
    } else {
        format!(
            "{seen} rows in {seconds:.1} s: {} created, {} updated, {} unchanged, {} rejected{}",
            count.created,
            count.updated,
            count.unchanged,
            count.rejected,
            if import.dry_run {
                " (dry run: nothing was written)"
            } else {
                ""
            },
        ) + &told_of_files(&flagged, count.flagged_files)
    };
    let failed = rejects.written().map(|path| {
        format!(
            "the rejected rows and their faults are in {}",
            path.display()
        )
    });
    Ok(Said { text, failed })
}

/// Files whose text is not searched, a line each; the list of files has them all.
fn told_of_files(flagged: &[FlaggedFile], all: u64) -> String {
    if all == 0 {
        return String::new();
    }
    let mut told = format!("\n{all} attached files are kept, and their text is not searched:");
    for file in flagged.iter().take(FLAGGED_TOLD) {
        let state = file.state.as_str();
        told.push_str(&format!("\n  line {}: {}: {state}", file.line, file.name));
    }
    if all > FLAGGED_TOLD as u64 {
        told.push_str("\n  …and more: see `dinh file list`");
    }
    told
}

/// `dinh check`: reads everything and says what it is.
pub async fn check(config: &Config) -> Result<(), String> {
    let bundle = Bundle::find(config.bundle.as_deref()).map_err(|error| error.to_string())?;
    let engine = assemble::engine()?;
    let plugins = assemble::plugins(&engine, &bundle).await?;
    assemble::theme(&bundle)?;
    println!("configuration is good");
    println!("data folder  {}", config.data.display());
    println!("listen       {}", config.listen);
    println!(
        "database     {}",
        config
            .database_url
            .as_deref()
            .map_or("SQLite in the data folder", |_| "as database.url says")
    );
    println!("allocator    {:?}", engine.health().allocator);
    for plugin in plugins.all() {
        let manifest = &plugin.declaration.manifest;
        println!("plugin       {} {}", manifest.id, manifest.version);
    }
    Ok(())
}

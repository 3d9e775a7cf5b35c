//! Commands that read or change data: run on the server that owns the data folder, or here under
//! its lock when none runs.

use dinh_domain::file_text::TextState;
use dinh_portal::{Failure, Portal, RelationLine};
use serde::{Deserialize, Serialize};
use tokio::sync::mpsc::UnboundedSender;

use crate::area::{self, AreaWork};
use crate::audit::{self, AuditWork};
use crate::backup::{self, BackupWork};
use crate::bundle::Bundle;
use crate::config::Config;
use crate::data_folder::DataFolder;
use crate::import::{Import, Progress, Teller};
use crate::keeper::{self, KeeperWork};
use crate::mail::{self, MailWork};
use crate::plugin::operator::{self, PluginWork};
use crate::site::{self, ModuleWork, SiteWork};
use crate::user::{self, UserWork};
use crate::{assemble, import, plugin_list, socket};

/// What a command that runs by itself logs: only what explains its outcome.
pub(crate) const COMMAND_LOG: &str = "warn";
/// Longest sentence in a list of proposals, in characters; `--json` has the whole.
const SHOWN_CHARS: usize = 240;

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
    /// Change a module of a site.
    Module(ModuleWork),
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
    /// Look after packages and keys.
    Plugin(PluginWork),
    /// What was done.
    Audit(AuditWork),
    /// Look after the key of secrets, and what is kept of senders.
    Keeper(KeeperWork),
    /// Look after messages.
    Mail(MailWork),
    /// Make a copy of everything.
    Backup(BackupWork),
    /// Look after people with an account.
    User(UserWork),
    /// Look after sites.
    Site(SiteWork),
    /// Record where organisations lie.
    Area(AreaWork),
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
    /// Look after relations that were read from texts.
    Relation(Relation),
}

/// What is done with proposed relations.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub enum Relation {
    /// List them.
    List {
        /// The site.
        site: String,
        /// `proposed`, `confirmed` or `rejected`.
        state: String,
        /// Only those behind this one.
        after: Option<String>,
        /// Most of them.
        limit: u32,
        /// As JSON.
        json: bool,
    },
    /// Give the entries these relations.
    Confirm {
        /// Which.
        ids: Vec<String>,
        /// Who says so.
        by: String,
    },
    /// Refuse them for ever.
    Reject {
        /// Which.
        ids: Vec<String>,
        /// Why.
        reason: String,
        /// Who says so.
        by: String,
    },
}

impl Command {
    /// Whether a program reads the answer.
    pub(crate) fn is_for_program(&self) -> bool {
        matches!(self, Self::Import(import) if import.json)
    }
}

/// What a command that was carried out says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Said {
    /// For standard output.
    pub text: String,
    /// Why it counts as failed all the same: rows were rejected, say.
    pub failed: Option<String>,
    /// What must be granted before anything happens.
    #[serde(default)]
    pub asks: Option<Asks>,
}

/// What an operator is asked to grant.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Asks {
    /// SHA-256 of the manifest that this is about.
    pub manifest: String,
    /// The capabilities.
    pub capabilities: Vec<String>,
}

impl Said {
    pub(crate) fn done(text: impl Into<String>) -> Self {
        Self {
            text: text.into(),
            failed: None,
            asks: None,
        }
    }

    pub(crate) fn print(self) -> Result<(), String> {
        if !self.text.is_empty() {
            println!("{}", self.text);
        }
        self.failed.map_or(Ok(()), Err)
    }
}

/// Sends a command to the running server, or runs it here, and prints what it says.
pub async fn send(config: &Config, command: Command) -> Result<(), String> {
    let _log = crate::log::start(COMMAND_LOG)?;
    said(config, command).await?.print()
}

/// Sends a command to the running server, or runs it here. The log has been started.
pub(crate) async fn said(config: &Config, command: Command) -> Result<Said, String> {
    let socket = DataFolder::socket(&config.data);
    if let Some(answer) = socket::ask(&socket, &command).await {
        return answer;
    }
    let folder = DataFolder::own(&config.data).map_err(|error| error.to_string())?;
    let folder = folder.with_seal_key(config.seal_key_file.as_deref());
    let bundle = Bundle::find(config.bundle.as_deref()).map_err(|error| error.to_string())?;
    let engine = assemble::keeping_engine(config, &folder)?;
    let plugins = assemble::plugins_or_reasons(&engine, &bundle).await?;
    let shelf = assemble::shelf(config, &folder)?;
    let database = assemble::database(config, &config.data);
    let clock = assemble::wall_clock();
    let portal =
        assemble::portal(&folder, &database, shelf, plugins, engine, clock, config).await?;
    let (progress, mut told) = tokio::sync::mpsc::unbounded_channel();
    let mut teller = Teller::new(command.is_for_program());
    let printing = tokio::spawn(async move {
        while let Some(progress) = told.recv().await {
            teller.tell(&progress);
        }
        teller.end();
    });
    if matches!(command, Command::PluginList { json: false }) {
        eprintln!("dinh: no server runs on this data folder, so no calls are counted");
    }
    let portal = portal.asked_from(&command_line(own_user()));
    let result = execute(&portal, command, &progress).await;
    drop(progress);
    printing.await.map_err(|error| error.to_string())?;
    result
}

/// Where a command comes from, as the audit says it.
pub(crate) fn command_line(user: Option<u32>) -> String {
    user.map_or_else(
        || "command line".to_owned(),
        |user| format!("command line, user {user}"),
    )
}

/// The number of the system's user who runs this process.
pub(crate) fn own_user() -> Option<u32> {
    use std::os::unix::fs::MetadataExt;
    Some(std::fs::metadata("/proc/self").ok()?.uid())
}

/// Runs a command.
pub async fn execute(
    portal: &Portal,
    command: Command,
    progress: &UnboundedSender<Progress>,
) -> Result<Said, String> {
    let told = |failure: Failure| failure.to_string();
    let portal = &portal.current();
    match command {
        Command::Plugin(work) => operator::execute(portal, work).await,
        Command::User(work) => user::execute(portal, work).await,
        Command::Audit(work) => audit::execute(portal, work).await,
        Command::Keeper(work) => keeper::execute(portal, work).await,
        Command::Mail(work) => mail::execute(portal, work).await,
        Command::Backup(work) => backup::execute(portal, work).await,
        Command::Import(import) => import::run(portal, &import, progress).await,
        Command::Relation(relation) => self::relation(portal, relation).await,
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
        Command::Module(work) => site::execute_module(portal, work).await,
        Command::ModuleList { json } => site::list_modules(portal, json).await,
        Command::Site(work) => site::execute(portal, work).await,
        Command::Area(work) => area::execute(portal, work).await,
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
            if json {
                return printed(json, &lines, |_| String::new());
            }
            Ok(Said::done(plugin_list::text(&lines, &portal.sandbox())))
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

async fn relation(portal: &Portal, relation: Relation) -> Result<Said, String> {
    match relation {
        Relation::List {
            site,
            state,
            after,
            limit,
            json,
        } => {
            let page = portal.relations(&site, &state, after.as_deref(), limit);
            let page = page.await.map_err(|failure| failure.to_string())?;
            if json {
                let text = serde_json::to_string_pretty(&page).map_err(|it| it.to_string())?;
                return Ok(Said::done(text));
            }
            let mut lines: Vec<String> = page.relations.iter().map(shown).collect();
            lines.push(format!(
                "{} of {} {state}",
                page.relations.len(),
                page.total
            ));
            Ok(Said::done(lines.join("\n")))
        }
        Relation::Confirm { ids, by } => {
            let mut done = Vec::new();
            for id in &ids {
                done.push((id, portal.confirm_relation(&by, id).await));
            }
            Ok(decided(done, "confirmed"))
        }
        Relation::Reject { ids, reason, by } => {
            let mut done = Vec::new();
            for id in &ids {
                done.push((id, portal.reject_relation(&by, id, &reason).await));
            }
            Ok(decided(done, "rejected"))
        }
    }
}

/// A proposal in two lines: what, and the sentence it was read from.
fn shown(it: &RelationLine) -> String {
    let mut sentence: String = it.sentence.chars().take(SHOWN_CHARS).collect();
    if sentence.len() < it.sentence.len() {
        sentence.push('…');
    }
    let decided = it.decided_by.as_ref().map(|by| format!(", {by}"));
    let reason = it.reason.as_ref().map(|reason| format!(": {reason}"));
    format!(
        "{}  {}  {}  {}  ({}{}{})\n    {}: {sentence}",
        it.id,
        it.title,
        it.kind,
        it.target,
        it.rule,
        decided.unwrap_or_default(),
        reason.unwrap_or_default(),
        it.place
    )
}

/// What became of each; one that failed fails the command, and the others are done all the same.
fn decided(done: Vec<(&String, Result<RelationLine, Failure>)>, word: &str) -> Said {
    let (mut lines, mut failed) = (Vec::new(), Vec::new());
    for (id, result) in done {
        match result {
            Ok(it) => lines.push(format!("{word}: {} {} {}", it.title, it.kind, it.target)),
            Err(failure) => failed.push(format!("{id}: {failure}")),
        }
    }
    Said {
        failed: (!failed.is_empty()).then(|| failed.join("\n")),
        ..Said::done(lines.join("\n"))
    }
}

pub(crate) fn printed<T: Serialize>(
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

/// `dinh check`: reads everything and says what it is.
pub async fn check(config: &Config) -> Result<(), String> {
    let bundle = Bundle::find(config.bundle.as_deref()).map_err(|error| error.to_string())?;
    let engine = assemble::engine()?;
    let plugins = assemble::plugins(&engine, &bundle).await?;
    assemble::theme(&bundle)?;
    DataFolder::search_words(&config.data)?;
    println!("configuration is good");
    println!("data folder  {}", config.data.display());
    println!("listen       {}", config.listen);
    if let Some(address) = config.operator_listen {
        println!("operator     {address}");
    }
    println!(
        "database     {}",
        config
            .database_url
            .as_deref()
            .map_or("SQLite in the data folder", |_| "as database.url says")
    );
    println!("files        {}", assemble::try_files(config).await?);
    println!("mail         {}", config.mail.shown()?);
    println!("allocator    {:?}", engine.health().allocator);
    for plugin in plugins.all() {
        let manifest = &plugin.declaration.manifest;
        println!("plugin       {} {}", manifest.id, manifest.version);
    }
    Ok(())
}

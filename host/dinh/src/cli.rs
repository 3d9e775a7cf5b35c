//! The command line.

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand};
use dinh_domain::file_text::TextState;
use dinh_package::KeyId;
use dinh_portal::Consent;

use crate::area::{self, AreaCommand};
use crate::audit::{self, AuditCommand};
use crate::backup::{self, BackupArguments, RestoreArguments};
use crate::command::{self, Command, Relation};
use crate::config::Config;
use crate::import::{Format, Import};
use crate::keeper::{self, KeeperWork, PersonalCommand, SealCommand};
use crate::mail::{self, MailCommand};
use crate::plugin::arguments::{PluginCommand, RevokeArguments};
use crate::plugin::operator::{self, PluginWork};
use crate::plugin::vendor;
use crate::plugin::{jobs, settings};
use crate::search_eval::{self, EvalArguments};
use crate::serve;
use crate::site::{self, ModuleCommand, SiteCommand};
use crate::user::{self, UserCommand};

/// The portal host for local authorities.
#[derive(Debug, Parser)]
#[command(name = "dinh", version)]
pub struct Arguments {
    /// Configuration file.
    #[arg(long, global = true, value_name = "FILE")]
    config: Option<PathBuf>,
    #[command(subcommand)]
    command: What,
}

#[derive(Debug, Subcommand)]
enum What {
    /// Serve the portal.
    Serve,
    /// Serve a portal filled with demo content (made at the first start).
    Demo {
        /// Folder of a plugin that is shown too; may be given several times.
        #[arg(long = "with", value_name = "FOLDER")]
        plugins: Vec<PathBuf>,
    },
    /// Check the configuration and the plugins, and say what they are.
    Check,
    /// Import rows (JSON Lines, CSV, ODS, XLSX) or a table of figures into a collection of a site.
    Import(ImportArguments),
    /// Look after the sections of sites, at once.
    #[command(subcommand)]
    Module(ModuleCommand),
    /// Look after plugins.
    #[command(subcommand)]
    Plugin(PluginCommand),
    /// What was done to plugins, keys and sites, and by whom.
    #[command(subcommand)]
    Audit(AuditCommand),
    /// Copy the whole portal into one file, also while it serves.
    Backup(BackupArguments),
    /// Make a portal out of a backup, in an empty place.
    Restore(RestoreArguments),
    /// Look after people with an account.
    #[command(subcommand)]
    User(UserCommand),
    /// Look after the key of secrets, with which personal data are sealed.
    #[command(subcommand)]
    Seal(SealCommand),
    /// Look after what is kept of who sent something, by the code of the receipt.
    #[command(subcommand)]
    Personal(PersonalCommand),
    /// Look after messages that wait to be sent.
    #[command(subcommand)]
    Mail(MailCommand),
    /// Look after sites.
    #[command(subcommand)]
    Site(Box<SiteCommand>),
    /// Look after where organisations lie.
    #[command(subcommand)]
    Area(AreaCommand),
    /// Look after attached files.
    #[command(subcommand)]
    File(FileCommand),
    /// Build the search index anew; files that were not read yet are read first.
    Reindex,
    /// Look after relations that were read from the texts of entries.
    #[command(subcommand)]
    Relation(RelationCommand),
    /// Measure the search on a corpus and queries with known answers.
    SearchEval(EvalArguments),
    /// Read the text of a file from standard input: how the portal has strangers' files read.
    #[command(name = dinh_files::READ_COMMAND, hide = true)]
    ExtractText,
    /// Read the cells of a spreadsheet from standard input: the same for tables.
    #[command(name = dinh_files::READ_CELLS_COMMAND, hide = true)]
    ExtractCells,
    /// Compile a component from standard input: how the portal tries strangers' code.
    #[command(name = dinh_runtime::COMPILE_COMMAND, hide = true)]
    CompilePlugin,
}

#[derive(Debug, Args)]
struct ImportArguments {
    /// `<plugin>/<collection>`.
    collection: String,
    /// The rows.
    file: PathBuf,
    /// Site that gets the entries.
    #[arg(long)]
    site: String,
    /// A mapping of the plugin's `imports/` folder.
    #[arg(long, value_name = "NAME")]
    map: Option<String>,
    /// How the file is written, where its name does not say so.
    #[arg(long)]
    format: Option<Format>,
    /// Where the list of rejected rows goes; `FILE.rejects.jsonl` where none is named.
    #[arg(long, value_name = "FILE")]
    rejects: Option<PathBuf>,
    /// Check every row and write nothing.
    #[arg(long)]
    dry_run: bool,
    /// Print the result as JSON, and progress as JSON lines on standard error.
    #[arg(long)]
    json: bool,
}

#[derive(Debug, Subcommand)]
enum RelationCommand {
    /// List relations that texts state in words.
    List {
        /// The site.
        #[arg(long)]
        site: String,
        /// `proposed`, `confirmed` or `rejected`.
        #[arg(long, default_value = "proposed")]
        state: String,
        /// Only those behind this one, to read on.
        #[arg(long, value_name = "ID")]
        after: Option<String>,
        /// Most of them, up to 1000.
        #[arg(long, default_value_t = 100)]
        limit: u32,
        /// Print JSON.
        #[arg(long)]
        json: bool,
    },
    /// Give the entries these relations: they show on both ends.
    Confirm {
        /// Their ids.
        #[arg(required = true)]
        ids: Vec<String>,
        /// Who decides; the user's name where none is given.
        #[arg(long)]
        by: Option<String>,
    },
    /// Refuse these relations for ever.
    Reject {
        /// Their ids.
        #[arg(required = true)]
        ids: Vec<String>,
        /// Why.
        #[arg(long)]
        reason: String,
        /// Who decides; the user's name where none is given.
        #[arg(long)]
        by: Option<String>,
    },
}

#[derive(Debug, Subcommand)]
enum FileCommand {
    /// List files of published entries with what came of reading their text.
    List {
        /// Only those: `text`, `no-text` (a scan), `encrypted`, `broken`, `too-large`, `unsupported`.
        #[arg(long, value_name = "STATE")]
        state: Option<TextState>,
        /// Only those of a site.
        #[arg(long)]
        site: Option<String>,
        #[command(flatten)]
        output: Output,
    },
}

#[derive(Debug, Args)]
pub(crate) struct Output {
    /// Print JSON.
    #[arg(long)]
    pub(crate) json: bool,
}

/// Runs one command; the error is its reason for failing.
pub fn run(arguments: Arguments) -> Result<(), String> {
    match &arguments.command {
        What::SearchEval(it) => return search_eval::run(it),
        What::ExtractText => return dinh_files::read_here(),
        What::ExtractCells => return dinh_files::read_cells_here(),
        What::CompilePlugin => return dinh_runtime::compile_here(),
        _ => {}
    }
    let environment = std::env::vars_os()
        .filter_map(|(key, value)| Some((key.into_string().ok()?, value.into_string().ok()?)));
    let config = Config::read(arguments.config.as_deref(), environment)
        .map_err(|error| error.to_string())?;
    let runtime = tokio::runtime::Runtime::new().map_err(|error| error.to_string())?;
    runtime.block_on(async {
        match arguments.command {
            What::Serve => serve::run(&config, serve::Content::AsIs, &[]).await,
            What::Demo { plugins } => serve::run(&config, serve::Content::Demo, &plugins).await,
            What::Check => command::check(&config).await,
            What::Plugin(it) => plugin(&config, it).await,
            What::Backup(it) => backup::run(&config, it).await,
            What::Restore(it) => backup::restore(&config, it).await,
            What::User(it) => command::send(&config, user::wanted(&config, it)?).await,
            other => command::send(&config, wanted(other)?).await,
        }
    })
}

async fn plugin(config: &Config, it: PluginCommand) -> Result<(), String> {
    let command = match it {
        PluginCommand::Vendor(it) => return vendor::run(config, it).await,
        PluginCommand::Install(it) => {
            let file = std::path::absolute(&it.file);
            let file = file.map_err(|error| format!("{}: {error}", it.file.display()))?;
            let consent = match it.grant {
                Some(file) => operator::grant(&file).await?,
                None if it.grant_all => Consent::All,
                None if it.wait => Consent::Wait,
                None => Consent::Ask,
            };
            return crate::plugin::install(config, file, consent, decider(it.by)).await;
        }
        PluginCommand::Park { plugin, reason } => Command::PluginPark {
            plugin,
            reason: Some(reason),
        },
        PluginCommand::Unpark { plugin } => Command::PluginPark {
            plugin,
            reason: None,
        },
        PluginCommand::List(it) => Command::PluginList { json: it.json },
        PluginCommand::Rollback(it) => Command::Plugin(PluginWork::Rollback {
            plugin: it.plugin,
            by: decider(it.by),
        }),
        PluginCommand::Remove(it) => Command::Plugin(PluginWork::Remove {
            plugin: it.plugin,
            by: decider(it.by),
        }),
        PluginCommand::Settings(mut it) => {
            let by = decider(it.by.take());
            Command::Plugin(settings::wanted(it, by).await?)
        }
        PluginCommand::Jobs(mut it) => {
            let by = decider(it.by.take());
            Command::Plugin(jobs::wanted(it, by))
        }
        PluginCommand::Trust { file, reviewer, by } => {
            let (path, text) = operator::small(&file).await?;
            let by = decider(by);
            Command::Plugin(PluginWork::Trust {
                path,
                text,
                reviewer,
                by,
            })
        }
        PluginCommand::Keys(it) => Command::Plugin(PluginWork::Keys { json: it.json }),
        PluginCommand::Revoke(it) => Command::Plugin(revoke(it).await?),
    };
    command::send(config, command).await
}

async fn revoke(it: RevokeArguments) -> Result<PluginWork, String> {
    let keys = match (it.list, it.key, it.reason) {
        (Some(list), ..) => operator::revocations(&list).await?,
        (None, Some(key), Some(reason)) => {
            let id = KeyId::try_from(key.clone());
            vec![(id.map_err(|error| format!("{key}: {error}"))?, reason)]
        }
        _ => return Err("name a key and a --reason, or a --list".to_owned()),
    };
    let by = decider(it.by);
    Ok(PluginWork::Revoke { keys, by })
}

fn wanted(what: What) -> Result<Command, String> {
    Ok(match what {
        What::Import(it) => {
            let file = std::path::absolute(&it.file);
            let file = file.map_err(|error| format!("{}: {error}", it.file.display()))?;
            let rejects = it.rejects.map(std::path::absolute).transpose();
            Command::Import(Import {
                collection: it.collection,
                file,
                site: it.site,
                map: it.map,
                format: it.format,
                rejects: rejects.map_err(|error| format!("--rejects: {error}"))?,
                dry_run: it.dry_run,
                json: it.json,
            })
        }
        What::Module(it) => match site::wanted_module(it)? {
            Ok(work) => Command::Module(work),
            Err(output) => Command::ModuleList { json: output.json },
        },
        What::Audit(it) => Command::Audit(audit::wanted(it)?),
        What::Seal(it) => Command::Keeper(KeeperWork {
            by: decider(None),
            what: keeper::of_seal(it),
        }),
        What::Personal(it) => Command::Keeper(KeeperWork {
            by: decider(None),
            what: keeper::of_personal(it),
        }),
        What::Mail(it) => Command::Mail(mail::wanted(it)),
        What::Site(it) => Command::Site(site::wanted(*it)?),
        What::Area(it) => Command::Area(area::wanted(it)?),
        What::File(FileCommand::List {
            state,
            site,
            output,
        }) => Command::FileList {
            state,
            site,
            json: output.json,
        },
        What::Reindex => Command::Reindex,
        What::Relation(it) => Command::Relation(relation(it)),
        What::Serve
        | What::Demo { .. }
        | What::Check
        | What::SearchEval(_)
        | What::ExtractText
        | What::ExtractCells
        | What::CompilePlugin
        | What::User(_)
        | What::Backup(_)
        | What::Restore(_)
        | What::Plugin(_) => {
            return Err("this command runs by itself".to_owned());
        }
    })
}

fn relation(command: RelationCommand) -> Relation {
    match command {
        RelationCommand::List {
            site,
            state,
            after,
            limit,
            json,
        } => Relation::List {
            site,
            state,
            after,
            limit,
            json,
        },
        RelationCommand::Confirm { ids, by } => Relation::Confirm {
            ids,
            by: decider(by),
        },
        RelationCommand::Reject { ids, reason, by } => Relation::Reject {
            ids,
            reason,
            by: decider(by),
        },
    }
}

/// Who is recorded: the name given, or that of the system's user.
pub(crate) fn decider(by: Option<String>) -> String {
    let user = || std::env::var("USER").or_else(|_| std::env::var("LOGNAME"));
    let name = by.or_else(|| user().ok());
    let name = name.filter(|name| !name.trim().is_empty());
    name.map_or_else(
        || "operator".to_owned(),
        |name| format!("operator:{}", name.trim()),
    )
}

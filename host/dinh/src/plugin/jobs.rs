//! `dinh plugin jobs`: what plugins do by themselves, and what operators decide about it.

use clap::Args;
use dinh_portal::{JobLine, Portal};
use serde::{Deserialize, Serialize};

use super::operator::PluginWork;
use crate::command::{Said, printed};
use crate::plugin_list::plain;

#[derive(Debug, Args)]
pub(crate) struct JobsArguments {
    /// The plugin.
    plugin: String,
    /// Show those of one site alone.
    #[arg(long)]
    site: Option<String>,
    /// Let a job be tried again from where it stopped, now.
    #[arg(long, value_name = "ID", conflicts_with = "forget")]
    retry: Vec<String>,
    /// Drop a job.
    #[arg(long, value_name = "ID")]
    forget: Vec<String>,
    /// Let a job of the clock run now, on the site or on all; its own times stay.
    #[arg(long, value_name = "NAME", conflicts_with_all = ["retry", "forget"])]
    run: Option<String>,
    /// Show as JSON.
    #[arg(long)]
    json: bool,
    /// Who decides; the user's name where none is given.
    #[arg(long)]
    pub(crate) by: Option<String>,
}

/// One piece of work.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub enum JobsWork {
    /// List jobs.
    List {
        /// The plugin.
        plugin: String,
        /// The site; all of them without it.
        site: Option<String>,
        /// As JSON.
        json: bool,
    },
    /// Run a job of the clock now.
    Run {
        /// The plugin.
        plugin: String,
        /// The job's name in the manifest.
        name: String,
        /// The site; all of them without it.
        site: Option<String>,
        /// Who says so.
        by: String,
    },
    /// Retry or forget jobs.
    Decide {
        /// The plugin.
        plugin: String,
        /// Ids of those to try again.
        retry: Vec<String>,
        /// Ids of those to drop.
        forget: Vec<String>,
        /// Who says so.
        by: String,
    },
}

/// What the arguments ask for.
pub(crate) fn wanted(it: JobsArguments, by: String) -> PluginWork {
    let (plugin, site, json) = (it.plugin, it.site, it.json);
    if let Some(name) = it.run {
        return PluginWork::Jobs(JobsWork::Run {
            plugin,
            name,
            site,
            by,
        });
    }
    if it.retry.is_empty() && it.forget.is_empty() {
        return PluginWork::Jobs(JobsWork::List { plugin, site, json });
    }
    PluginWork::Jobs(JobsWork::Decide {
        plugin,
        retry: it.retry,
        forget: it.forget,
        by,
    })
}

/// Does it.
pub(super) async fn execute(portal: &Portal, work: JobsWork) -> Result<Said, String> {
    match work {
        JobsWork::List { plugin, site, json } => list(portal, &plugin, site.as_deref(), json).await,
        JobsWork::Run {
            plugin,
            name,
            site,
            by,
        } => run(portal, &plugin, (&name, site.as_deref()), &by).await,
        JobsWork::Decide {
            plugin,
            retry,
            forget,
            by,
        } => decide(portal, &plugin, (&retry, &forget), &by).await,
    }
}

/// The first jobs of a plugin.
async fn list(
    portal: &Portal,
    plugin: &str,
    site: Option<&str>,
    json: bool,
) -> Result<Said, String> {
    let lines = portal.job_lines(plugin, site).await;
    let lines = lines.map_err(|failure| failure.to_string())?;
    if lines.is_empty() && !json {
        return Ok(Said::done(format!("{plugin} has no jobs that wait")));
    }
    printed(json, &lines, shown)
}

/// Lets a job of the clock run now.
async fn run(
    portal: &Portal,
    plugin: &str,
    (name, site): (&str, Option<&str>),
    by: &str,
) -> Result<Said, String> {
    let sites = portal.run_job(plugin, (name, site), by).await;
    let sites = sites.map_err(|failure| failure.to_string())?;
    Ok(Said::done(match sites {
        0 => format!("{plugin}: {name} waits or runs already"),
        sites => format!("{plugin}: {name} runs on {sites} site(s)"),
    }))
}

/// Retries or forgets jobs.
async fn decide(
    portal: &Portal,
    plugin: &str,
    (retry, forget): (&[String], &[String]),
    by: &str,
) -> Result<Said, String> {
    let told = |failure: dinh_portal::Failure| failure.to_string();
    if !retry.is_empty() {
        let done = portal.retry_jobs(plugin, retry, by).await;
        done.map_err(told)?;
        return Ok(Said::done(format!("{plugin}: {} tried again", retry.len())));
    }
    portal.forget_jobs(plugin, forget, by).await.map_err(told)?;
    Ok(Said::done(format!("{plugin}: {} forgotten", forget.len())))
}

/// What plugins wrote themselves is shown without a character that could move a terminal's cursor.
fn shown(it: &JobLine) -> String {
    let (id, site, name, state) = (&it.id, &it.site, &it.name, &it.state);
    let (attempt, steps, due) = (it.attempt, it.steps, &it.not_before);
    let mut line = format!(
        "{id} {site:20} {name:20} {state:8} steps {steps}, failed {attempt}, not before {due}"
    );
    if !it.last_error.is_empty() {
        line.push_str(&format!("  # {}", it.last_error));
    }
    plain(&line)
}

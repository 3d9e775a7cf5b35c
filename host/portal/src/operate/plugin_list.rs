//! The plugins as operators see them: who they are, what they may, how they do.

use std::collections::BTreeMap;

use dinh_domain::dates::{Instant, Zone};
use dinh_domain::ids::{PluginId, SiteId};
use dinh_domain::site::Directory;
use dinh_runtime::{BreakerReport, BreakerState, CallFigures, LastTrap, Spread};
use dinh_store::PluginStanding;
use serde::Serialize;

use crate::allowance::Refusal;
use crate::failure::Failure;
use crate::jobs::JobCountLine;
use crate::plugins::{LoadedPlugin, Missing};
use crate::portal::Portal;

/// A plugin.
#[derive(Debug, Clone, Serialize)]
pub struct PluginLine {
    /// Its id.
    pub plugin: String,
    /// Its version.
    pub version: String,
    /// Who publishes it.
    pub publisher: String,
    /// What its code may call.
    pub capabilities: Vec<String>,
    /// Sites where it is enabled.
    pub sites: Vec<String>,
    /// `enabled`, `parked`, `removed` or `missing`.
    pub state: String,
    /// Why it does not run.
    pub reason: String,
    /// Sites where it is enabled and its code must not run.
    pub held_on: Vec<HeldLine>,
    /// Key that signed its package; none where it comes with the host.
    pub publisher_key: Option<String>,
    /// Key that reviewed its package.
    pub reviewer_key: Option<String>,
    /// What was granted to its package.
    pub grants: Vec<String>,
    /// Where its code came from at this process's start: `cache` or `compiled`; none where it has none.
    pub code: Option<String>,
    /// Calls of its code since this process began.
    pub calls: u64,
    /// Those that ended otherwise than well by its own doing.
    pub failures: u64,
    /// The same for each export of its code.
    pub exports: Vec<CallLine>,
    /// Exports that failed on a site, and whether they are called now.
    pub breakers: Vec<BreakerLine>,
    /// What it wanted more of than it may have, since this process began.
    pub refusals: Vec<RefusalLine>,
    /// Addresses on each of its sites where other systems send to it.
    pub webhooks: Vec<String>,
    /// Its jobs, on sites where it has any.
    pub jobs: Vec<JobCountLine>,
}

/// What a plugin wanted too much of on a site.
#[derive(Debug, Clone, Serialize)]
pub struct RefusalLine {
    /// The site.
    pub site: String,
    /// The limit.
    pub limit: String,
    /// How often it was refused.
    pub count: u64,
    /// The last time (RFC 3339).
    pub last_at: String,
}

/// A site where a plugin is enabled and its code must not run.
#[derive(Debug, Clone, Serialize)]
pub struct HeldLine {
    /// The site.
    pub site: String,
    /// Why.
    pub reason: String,
}

/// The calls of one export. Times are in milliseconds, absent before the first call.
#[derive(Debug, Clone, Serialize)]
pub struct CallLine {
    /// `pages`, `hooks`, `forms`, `jobs` or `webhooks`.
    pub export: String,
    /// Calls in which the guest ran.
    pub calls: u64,
    /// Those that failed.
    pub failures: u64,
    /// Calls by how they ended, those that there were none of left out.
    pub endings: BTreeMap<String, u64>,
    /// Time on a core that half of the calls kept to.
    pub cpu_p50_ms: Option<f64>,
    /// The same of 99 in a hundred.
    pub cpu_p99_ms: Option<f64>,
    /// Time on the wall that half of the calls kept to.
    pub wall_p50_ms: Option<f64>,
    /// The same of 99 in a hundred.
    pub wall_p99_ms: Option<f64>,
    /// The last time that it had to be stopped.
    pub last_trap: Option<TrapLine>,
}

/// How code was stopped.
#[derive(Debug, Clone, Serialize)]
pub struct TrapLine {
    /// When (RFC 3339).
    pub at: String,
    /// On which site.
    pub site: String,
    /// Why.
    pub reason: String,
    /// Its frames, the innermost first.
    pub backtrace: Vec<String>,
}

/// An export that failed on a site.
#[derive(Debug, Clone, Serialize)]
pub struct BreakerLine {
    /// The site.
    pub site: String,
    /// As in [`CallLine`].
    pub export: String,
    /// `closed` (it is called), `open` (not before `until`) or `parked` (not before an operator says so).
    pub state: String,
    /// When it is tried again (RFC 3339).
    pub until: Option<String>,
    /// What the last failed call said.
    pub last_failure: String,
}

/// What all plugins share.
#[derive(Debug, Clone, Serialize)]
pub struct SandboxLine {
    /// Where instances live: `pooling`, `pooling-small` or `on-demand`, best first.
    pub allocator: String,
    /// Calls that may run at the same time.
    pub slots: u32,
    /// Calls that run now.
    pub in_use: u32,
    /// Calls that had to wait for a slot.
    pub waited: u64,
    /// Calls that got none.
    pub refused: u64,
    /// Whether compiled code is kept for the next start.
    pub keeps_code: bool,
    /// Components whose code was kept from before.
    pub code_from_cache: u64,
    /// Components that were compiled.
    pub code_compiled: u64,
    /// Kept files that were damaged or not of this host's making.
    pub code_thrown_away: u64,
}

impl Portal {
    /// The sandbox, as it is now.
    pub fn sandbox(&self) -> SandboxLine {
        let (health, code) = (self.engine().health(), self.engine().code());
        SandboxLine {
            allocator: health.allocator.name().to_owned(),
            slots: health.slots,
            in_use: health.in_use,
            waited: health.waited,
            refused: health.refused,
            keeps_code: self.engine().keeps_code(),
            code_from_cache: code.from_cache,
            code_compiled: code.compiled,
            code_thrown_away: code.thrown_away,
        }
    }

    /// All plugins.
    pub async fn plugin_lines(&self) -> Result<Vec<PluginLine>, Failure> {
        let states = self.store().directory().await?.plugins;
        let directory = self.directory().await?;
        let (figures, reports) = (self.engine().figures(), self.engine().breaker().list());
        let plugins = self.plugins();
        let refusals = self.allowances().refusals();
        let jobs = self.store().job_counts().await?;
        let lines = plugins.all().map(|plugin| {
            let id = &plugin.declaration.manifest.id;
            let parked = states
                .iter()
                .find(|state| state.plugin == *id && state.state == PluginStanding::Parked);
            let modules = directory.modules.iter();
            let sites = modules.filter(|module| module.plugin == *id && module.enabled);
            let own = |plugin: &str| plugin == id.as_str();
            let mut line = line(plugin, parked.map(|state| state.reason.clone()));
            line.sites = sites.map(|module| module.site.to_string()).collect();
            line.held_on = held_on(plugin, &directory)
                .map(|(site, reason)| HeldLine {
                    site: site.to_string(),
                    reason,
                })
                .collect();
            let figures = figures.iter().filter(|it| own(&it.plugin));
            line.exports = figures.map(call_line).collect();
            line.calls = line.exports.iter().map(|it| it.calls).sum();
            line.failures = line.exports.iter().map(|it| it.failures).sum();
            let reports = reports.iter().filter(|it| own(&it.key.plugin));
            line.breakers = reports
                .filter(|it| !it.last_failure.is_empty())
                .map(breaker_line)
                .collect();
            let refusals = refusals.iter().filter(|it| it.plugin == *id);
            line.refusals = refusals.map(refusal_line).collect();
            let jobs = jobs.iter().filter(|it| it.plugin == *id);
            line.jobs = jobs
                .map(|it| JobCountLine {
                    site: it.site.to_string(),
                    waiting: it.waiting,
                    given_up: it.given_up,
                })
                .collect();
            line
        });
        let missing = plugins.missing().iter().map(missing);
        Ok(lines.chain(missing).collect())
    }
}

/// Sites where a plugin is enabled and its code must not run, with the reason: their hosts have
/// changed since it was given to them.
pub(crate) fn held_on<'a>(
    plugin: &LoadedPlugin,
    directory: &'a Directory,
) -> impl Iterator<Item = (&'a SiteId, String)> {
    let id = &plugin.declaration.manifest.id;
    let modules = directory.modules.iter();
    let enabled = modules.filter(move |it| it.plugin == *id && it.enabled);
    enabled.filter_map(move |it| {
        let site = directory.site(&it.site)?;
        Some((&it.site, plugin.hold_on(site)?))
    })
}

fn line(plugin: &LoadedPlugin, parked: Option<String>) -> PluginLine {
    let manifest = &plugin.declaration.manifest;
    let capabilities = manifest.capabilities.iter();
    let webhooks = manifest.webhooks.iter();
    let origin = plugin.origin.as_ref();
    let parked = plugin.hold().map(str::to_owned).or(parked);
    let state = match (&parked, origin) {
        (_, Some(origin)) if origin.removed => "removed",
        (Some(_), _) => "parked",
        (None, _) => "enabled",
    };
    PluginLine {
        plugin: manifest.id.to_string(),
        version: manifest.version.to_string(),
        publisher: manifest.publisher.name.clone(),
        capabilities: capabilities.map(|it| it.as_str().to_owned()).collect(),
        webhooks: webhooks.map(|it| it.address(&manifest.id)).collect(),
        publisher_key: origin.map(|it| it.publisher_key.clone()),
        reviewer_key: origin.and_then(|it| it.reviewer_key.clone()),
        code: plugin.code().map(|code| code.source().name().to_owned()),
        grants: origin.map(|it| it.grants.clone()).unwrap_or_default(),
        ..without_code(state, parked.unwrap_or_default())
    }
}

impl PluginLine {
    /// One of which there is nothing yet but its id.
    pub(crate) fn not_there(plugin: &str) -> Self {
        Self {
            plugin: plugin.to_owned(),
            ..without_code("", String::new())
        }
    }
}

/// One that is installed and could not be loaded.
fn missing((id, it): (&PluginId, &Missing)) -> PluginLine {
    PluginLine {
        plugin: id.to_string(),
        ..without_code("missing", it.why.clone())
    }
}

fn without_code(state: &str, reason: String) -> PluginLine {
    PluginLine {
        plugin: String::new(),
        version: String::new(),
        publisher: String::new(),
        capabilities: Vec::new(),
        sites: Vec::new(),
        state: state.to_owned(),
        reason,
        held_on: Vec::new(),
        publisher_key: None,
        reviewer_key: None,
        grants: Vec::new(),
        code: None,
        calls: 0,
        failures: 0,
        exports: Vec::new(),
        breakers: Vec::new(),
        refusals: Vec::new(),
        webhooks: Vec::new(),
        jobs: Vec::new(),
    }
}

fn call_line(figures: &CallFigures) -> CallLine {
    let endings = figures.endings.iter().filter(|(_, count)| *count > 0);
    CallLine {
        export: figures.export.to_string(),
        calls: figures.calls(),
        failures: figures.failures(),
        endings: endings
            .map(|(ending, count)| (ending.name().to_owned(), *count))
            .collect(),
        cpu_p50_ms: rounded(&figures.cpu, 0.5),
        cpu_p99_ms: rounded(&figures.cpu, 0.99),
        wall_p50_ms: rounded(&figures.wall, 0.5),
        wall_p99_ms: rounded(&figures.wall, 0.99),
        last_trap: figures.last_trap.as_ref().map(trap_line),
    }
}

/// To a microsecond: a step of the spread is wider.
fn rounded(spread: &Spread, part: f64) -> Option<f64> {
    let ms = spread.quantile_ms(part)?;
    Some((ms * 1e3).round() / 1e3)
}

fn trap_line(trap: &LastTrap) -> TrapLine {
    // The first line says what the others are.
    let frames = trap.backtrace.lines().skip(1);
    TrapLine {
        at: time(trap.at_ms),
        site: trap.site.clone(),
        reason: trap.reason.clone(),
        backtrace: frames.map(|frame| frame.trim().to_owned()).collect(),
    }
}

fn breaker_line(report: &BreakerReport) -> BreakerLine {
    let (state, until) = match report.state {
        BreakerState::Closed => ("closed", None),
        BreakerState::Open { until_ms } => ("open", Some(time(until_ms))),
        BreakerState::Parked => ("parked", None),
    };
    BreakerLine {
        site: report.key.site.clone(),
        export: report.key.export.to_string(),
        state: state.to_owned(),
        until,
        last_failure: report.last_failure.clone(),
    }
}

fn refusal_line(it: &Refusal) -> RefusalLine {
    RefusalLine {
        site: it.site.to_string(),
        limit: it.limit.words(),
        count: it.count,
        last_at: it.last_at.rfc3339_in(&Zone::default()),
    }
}

fn time(ms: u64) -> String {
    let at = Instant(i64::try_from(ms).unwrap_or(i64::MAX));
    at.rfc3339_in(&Zone::default())
}

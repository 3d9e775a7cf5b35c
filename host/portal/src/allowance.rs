//! How much one plugin may do on one site in a minute, and what was refused. Counted on each node
//! by itself: a flood on one site takes nothing from its neighbours.

use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};

use dinh_domain::dates::Instant;
use dinh_domain::ids::{PluginId, SiteId};

/// Length of a window, in milliseconds.
const WINDOW_MS: i64 = 60_000;
/// Host calls that write, a minute: ten forms a second that write once each.
pub(crate) const WRITES_A_MINUTE_MAX: u32 = 600;
/// Requests to other systems, a minute: a page that asks one is kept for a minute by itself.
pub(crate) const FETCHES_A_MINUTE_MAX: u32 = 60;
/// Bytes of drafts, a minute: some hundred records of usual length. Revisions are for ever.
pub(crate) const DRAFT_BYTES_A_MINUTE_MAX: usize = 4 << 20;
/// Bytes of log lines, a minute: some thousand lines of usual length.
pub(crate) const LOG_BYTES_A_MINUTE_MAX: usize = 256 << 10;

/// Whether a call may write.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Writes {
    /// A typed error answers.
    Refused,
    /// They are noted, and committed afterwards.
    Noted,
    /// The same in a step of a job: it takes nothing from what people send.
    Working,
    /// The same for what another system sent.
    Received,
}

/// Kinds of calls that have minutes of their own.
const KINDS: usize = 4;

impl Writes {
    /// The place of its minute.
    fn place(self) -> usize {
        match self {
            Self::Refused => 0,
            Self::Noted => 1,
            Self::Working => 2,
            Self::Received => 3,
        }
    }
}

/// What a plugin wanted too much of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Limit {
    /// Writes a minute.
    Writes,
    /// Bytes of log a minute.
    Log,
    /// Keys and bytes of values.
    Values,
    /// Requests to other systems a minute.
    Fetches,
    /// Jobs that wait.
    Jobs,
    /// Deliveries of other systems a minute.
    Webhooks,
    /// Bytes of drafts a minute.
    Drafts,
    /// Drafts that wait.
    Waiting,
}

impl Limit {
    /// Its word in figures.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Writes => "writes",
            Self::Log => "log",
            Self::Values => "values",
            Self::Fetches => "fetches",
            Self::Jobs => "jobs",
            Self::Webhooks => "webhooks",
            Self::Drafts => "drafts",
            Self::Waiting => "waiting-drafts",
        }
    }

    /// The limit in words.
    pub(crate) fn words(self) -> String {
        match self {
            Self::Writes => format!("more than {WRITES_A_MINUTE_MAX} writes a minute"),
            Self::Fetches => format!("more than {FETCHES_A_MINUTE_MAX} requests a minute"),
            Self::Webhooks => "more deliveries a minute than its webhook declares".to_owned(),
            Self::Drafts => {
                format!("more than {DRAFT_BYTES_A_MINUTE_MAX} bytes of drafts a minute")
            }
            Self::Waiting => format!(
                "more than {} drafts that wait for officers",
                crate::drafts::DRAFTS_WAITING_MAX
            ),
            Self::Log => format!("more than {LOG_BYTES_A_MINUTE_MAX} bytes of log a minute"),
            Self::Values => format!(
                "more than {} keys or {} bytes of values",
                crate::values::KV_MOST.keys,
                crate::values::KV_MOST.bytes
            ),
            Self::Jobs => format!(
                "more than {} jobs that wait or {} bytes of their payloads",
                crate::jobs::QUEUE_MOST.jobs,
                crate::jobs::QUEUE_MOST.bytes
            ),
        }
    }
}

/// What was refused to a plugin on a site.
#[derive(Debug, Clone)]
pub(crate) struct Refusal {
    pub(crate) plugin: PluginId,
    pub(crate) site: SiteId,
    pub(crate) limit: Limit,
    /// How often since this process began.
    pub(crate) count: u64,
    pub(crate) last_at: Instant,
}

/// The windows of all plugins on all sites, as far as they did anything.
#[derive(Debug, Default)]
pub(crate) struct Allowances {
    windows: Mutex<BTreeMap<(PluginId, SiteId), Window>>,
}

#[derive(Debug)]
struct Window {
    began: Instant,
    /// Of pages, which write nothing, of sendings, of jobs and of deliveries.
    writes: [u32; KINDS],
    /// Of pages, which anybody asks for, of sendings, of jobs and of deliveries.
    fetches: [u32; KINDS],
    log_bytes: usize,
    draft_bytes: usize,
    /// By the name of the webhook.
    deliveries: BTreeMap<String, u32>,
    refused: BTreeMap<Limit, Refused>,
}

#[derive(Debug)]
struct Refused {
    count: u64,
    last_at: Instant,
    /// The window in which the operator was last told of it.
    told: Instant,
}

impl Allowances {
    /// Counts a write.
    pub(crate) fn may_write(
        &self,
        plugin: &PluginId,
        site: &SiteId,
        writes: Writes,
        now: Instant,
    ) -> bool {
        self.count(plugin, site, now, Limit::Writes, |window| {
            let own = &mut window.writes[writes.place()];
            *own += 1;
            *own <= WRITES_A_MINUTE_MAX
        })
    }

    /// Counts a request to another system.
    pub(crate) fn may_fetch(
        &self,
        plugin: &PluginId,
        site: &SiteId,
        writes: Writes,
        now: Instant,
    ) -> bool {
        self.count(plugin, site, now, Limit::Fetches, |window| {
            let own = &mut window.fetches[writes.place()];
            *own += 1;
            *own <= FETCHES_A_MINUTE_MAX
        })
    }

    /// Counts a draft.
    pub(crate) fn may_draft(
        &self,
        plugin: &PluginId,
        site: &SiteId,
        bytes: usize,
        now: Instant,
    ) -> bool {
        self.count(plugin, site, now, Limit::Drafts, |window| {
            window.draft_bytes = window.draft_bytes.saturating_add(bytes);
            window.draft_bytes <= DRAFT_BYTES_A_MINUTE_MAX
        })
    }

    /// Counts a line of the log.
    pub(crate) fn may_log(
        &self,
        plugin: &PluginId,
        site: &SiteId,
        bytes: usize,
        now: Instant,
    ) -> bool {
        self.count(plugin, site, now, Limit::Log, |window| {
            window.log_bytes = window.log_bytes.saturating_add(bytes);
            window.log_bytes <= LOG_BYTES_A_MINUTE_MAX
        })
    }

    /// Counts a delivery to a webhook, which may have so many a minute; the seconds until the next
    /// minute where there were more.
    pub(crate) fn may_receive(
        &self,
        plugin: &PluginId,
        site: &SiteId,
        (webhook, most): (&str, u32),
        now: Instant,
    ) -> Result<(), u32> {
        let mut left_ms = WINDOW_MS;
        let within = self.count(plugin, site, now, Limit::Webhooks, |window| {
            left_ms = WINDOW_MS - now.0.saturating_sub(window.began.0);
            let own = window.deliveries.entry(webhook.to_owned()).or_default();
            *own = own.saturating_add(1);
            *own <= most
        });
        let seconds = u32::try_from(left_ms / 1_000 + 1).unwrap_or(1);
        within.then_some(()).ok_or(seconds)
    }

    /// Notes that no more is kept of what has no window.
    pub(crate) fn is_full(&self, plugin: &PluginId, site: &SiteId, limit: Limit, now: Instant) {
        self.count(plugin, site, now, limit, |_| false);
    }

    /// Everything that was refused, by plugin and site.
    pub(crate) fn refusals(&self) -> Vec<Refusal> {
        let windows = self.windows.lock().unwrap_or_else(PoisonError::into_inner);
        let all = windows.iter().flat_map(|((plugin, site), window)| {
            window.refused.iter().map(|(limit, refused)| Refusal {
                plugin: plugin.clone(),
                site: site.clone(),
                limit: *limit,
                count: refused.count,
                last_at: refused.last_at,
            })
        });
        all.collect()
    }

    /// Whether it is still within the limit. The operator is told once a window.
    fn count(
        &self,
        plugin: &PluginId,
        site: &SiteId,
        now: Instant,
        limit: Limit,
        within: impl FnOnce(&mut Window) -> bool,
    ) -> bool {
        let mut windows = self.windows.lock().unwrap_or_else(PoisonError::into_inner);
        let of = (plugin.clone(), site.clone());
        let window = windows.entry(of).or_insert_with(|| Window::at(now));
        window.roll(now);
        if within(window) {
            return true;
        }
        let began = window.began;
        let refused = window.refused.entry(limit).or_insert(Refused {
            count: 0,
            last_at: now,
            told: Instant(i64::MIN),
        });
        refused.count += 1;
        refused.last_at = now;
        if refused.told != began {
            refused.told = began;
            let why = limit.words();
            tracing::warn!(%plugin, %site, why, "a plugin wants more than it may have");
        }
        false
    }
}

impl Window {
    fn at(now: Instant) -> Self {
        Self {
            began: now,
            writes: [0; KINDS],
            fetches: [0; KINDS],
            log_bytes: 0,
            draft_bytes: 0,
            deliveries: BTreeMap::new(),
            refused: BTreeMap::new(),
        }
    }

    /// Begins anew when the window is over, or the clock was set back.
    fn roll(&mut self, now: Instant) {
        if !(0..WINDOW_MS).contains(&now.0.saturating_sub(self.began.0)) {
            self.began = now;
            self.writes = [0; KINDS];
            self.fetches = [0; KINDS];
            self.log_bytes = 0;
            self.draft_bytes = 0;
            self.deliveries.clear();
        }
    }
}

#[cfg(test)]
mod tests;

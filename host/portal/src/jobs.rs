//! Work of plugins that nobody waits for: enqueued by their calls or by the clock, done step by step.
//!
//! A step is leased to one node, runs like any other call of the plugin, and what it wrote, enqueued and
//! ended with becomes true in one transaction that checks the lease. Whose turn it is follows the sites.

mod clock;
mod enqueue;
mod keep;
mod lines;
mod run;
mod step;

use std::collections::BTreeSet;
use std::sync::Mutex;

use dinh_domain::ids::PluginId;
use dinh_store::{JobClaim, JobUse};
use tokio::sync::Notify;

pub(crate) use clock::live_site;
pub(crate) use enqueue::CallJobs;
pub use lines::{JobCountLine, JobLine};

/// As much as may wait of one plugin on one site, those given up among it: an import's worth of mails, and
/// no second database.
pub(crate) const QUEUE_MOST: JobUse = JobUse {
    jobs: 10_000,
    bytes: 16 << 20,
};
/// Jobs that one call may enqueue: a step that fans out further goes on in its next one.
pub(crate) const ENQUEUED_A_CALL_MAX: usize = 100;
/// How long a step is its node's, in milliseconds: longer than the longest step, requests included.
const LEASE_MS: i64 = 120_000;
/// Steps in a row that may fail before a job is given up: with the pauses between them, about a day.
pub(crate) const ATTEMPTS_MAX: i64 = 12;
/// The first pause after a failure, in milliseconds; each is twice the one before.
const PAUSE_FIRST_MS: i64 = 30_000;
/// The longest one: six hours.
const PAUSE_MAX_MS: i64 = 6 * 60 * 60 * 1_000;
/// Shortest rest between two steps of a job, in milliseconds; it rests at least as long as it worked.
const REST_MIN_MS: i64 = 100;
/// Steps of a job that ends: with two seconds each, five hours of a core.
pub(crate) const STEPS_MAX: i64 = 10_000;

/// What this node works on.
#[derive(Debug, Default)]
pub(crate) struct Working {
    /// Plugins with a step under way: the jobs of one never take all of a node's lanes.
    busy: Mutex<BTreeSet<PluginId>>,
    /// Leases of this node, for giving them back.
    held: Mutex<Vec<JobClaim>>,
    /// Told when something was enqueued here.
    enqueued: Notify,
}

//! What the calls of an export came to, for operators. Counted without a lock.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

pub use ending::Ending;
pub use spread::Spread;
use spread::Times;

use crate::{CallError, Export};

mod ending;
mod spread;

/// Frames of a trap's backtrace that are kept: what is above them is the host's way in.
const BACKTRACE_LIMIT_BYTES: usize = 4 << 10;

/// What the calls of one export of one plugin came to, on all sites, since the engine was made.
#[derive(Clone, Debug, PartialEq)]
pub struct CallFigures {
    /// The plugin's id.
    pub plugin: String,
    /// Which of its exports.
    pub export: Export,
    /// Calls by how they ended; those under way are in none.
    pub endings: Vec<(Ending, u64)>,
    /// Time on a core: instance, guest, and what the host computed for it.
    pub cpu: Spread,
    /// Time on the wall, from the slot to the answer.
    pub wall: Spread,
    /// Operations of the guest in all calls; 0 unless the engine is repeatable.
    pub operations: u64,
    /// The last time that it had to be stopped.
    pub last_trap: Option<LastTrap>,
}

impl CallFigures {
    /// Calls in which the guest ran to an end of whatever kind.
    pub fn calls(&self) -> u64 {
        self.sum(|ending| ending.has_run())
    }

    /// Those that ended otherwise than well by the plugin's own doing.
    pub fn failures(&self) -> u64 {
        self.sum(|ending| ending.is_failure())
    }

    fn sum(&self, wanted: impl Fn(Ending) -> bool) -> u64 {
        let counts = self.endings.iter();
        counts
            .filter(|(ending, _)| wanted(*ending))
            .map(|(_, count)| count)
            .sum()
    }
}

/// How a guest was stopped.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LastTrap {
    /// Milliseconds since the epoch.
    pub at_ms: u64,
    /// On which site.
    pub site: String,
    /// Why.
    pub reason: String,
    /// Frames of the guest with demangled names where it was built with names; empty where a limit
    /// stopped it.
    pub backtrace: String,
}

/// The counters of one export.
#[derive(Debug, Default)]
pub(crate) struct Tally {
    endings: [AtomicU64; Ending::ALL.len()],
    cpu: Times,
    wall: Times,
    operations: AtomicU64,
    last_trap: Mutex<Option<LastTrap>>,
}

impl Tally {
    pub(crate) fn count(&self, ending: Ending) {
        if let Some(counter) = self.endings.get(ending as usize) {
            counter.fetch_add(1, Ordering::Relaxed);
        }
    }

    pub(crate) fn time(&self, cpu: Duration, wall: Duration) {
        self.cpu.add(cpu);
        self.wall.add(wall);
    }

    pub(crate) fn burnt(&self, operations: u64) {
        self.operations.fetch_add(operations, Ordering::Relaxed);
    }

    pub(crate) fn trapped(&self, at_ms: u64, site: &str, error: &CallError) {
        let backtrace = match error {
            CallError::Trap { backtrace, .. } => backtrace.as_str(),
            _ => "",
        };
        let end = backtrace.floor_char_boundary(BACKTRACE_LIMIT_BYTES);
        *lock(&self.last_trap) = Some(LastTrap {
            at_ms,
            site: site.to_owned(),
            reason: error.to_string(),
            backtrace: backtrace.get(..end).unwrap_or_default().to_owned(),
        });
    }

    fn figures(&self, plugin: &str, export: Export) -> CallFigures {
        let counts = self.endings.iter().map(|it| it.load(Ordering::Relaxed));
        CallFigures {
            plugin: plugin.to_owned(),
            export,
            endings: Ending::ALL.into_iter().zip(counts).collect(),
            cpu: self.cpu.spread(),
            wall: self.wall.spread(),
            operations: self.operations.load(Ordering::Relaxed),
            last_trap: lock(&self.last_trap).clone(),
        }
    }
}

/// The tallies of an engine; a plugin that is loaded anew goes on with its own.
#[derive(Debug, Default)]
pub(crate) struct Ledger(Mutex<BTreeMap<(String, Export), Arc<Tally>>>);

impl Ledger {
    pub(crate) fn of(&self, plugin: &str, export: Export) -> Arc<Tally> {
        let mut tallies = lock(&self.0);
        tallies
            .entry((plugin.to_owned(), export))
            .or_default()
            .clone()
    }

    pub(crate) fn list(&self) -> Vec<CallFigures> {
        let tallies = lock(&self.0);
        tallies
            .iter()
            .map(|((plugin, export), tally)| tally.figures(plugin, *export))
            .collect()
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests;

//! Keeps a failing export from being called again and again.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::sync::{Mutex, MutexGuard, PoisonError};

use circuit::Circuit;
pub(crate) use circuit::Verdict;

mod circuit;

/// Parked exports that wait to be asked for; more than an operator reads.
const NEWLY_PARKED_MAX: usize = 1_000;

/// What the breaker watches: one export of one plugin on one site.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct BreakerKey {
    /// The site whose calls are counted.
    pub site: String,
    /// The plugin's id.
    pub plugin: String,
    /// Which of its exports.
    pub export: Export,
}

/// An export of the contract.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Export {
    /// Computed pages.
    Pages,
    /// The validate hook.
    Hooks,
    /// What citizens send.
    Forms,
    /// Steps of jobs.
    Jobs,
    /// What other systems send.
    Webhooks,
}

impl fmt::Display for Export {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(match self {
            Self::Pages => "pages",
            Self::Hooks => "hooks",
            Self::Forms => "forms",
            Self::Jobs => "jobs",
            Self::Webhooks => "webhooks",
        })
    }
}

/// Whether an export is called.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BreakerState {
    /// It is.
    Closed,
    /// Not until then, in milliseconds since the epoch; after it one call is let through.
    Open {
        /// When the probe may run.
        until_ms: u64,
    },
    /// Not until an operator unparks it.
    Parked,
}

/// One watched export, for the operator.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BreakerReport {
    /// What is watched.
    pub key: BreakerKey,
    /// Whether it is called.
    pub state: BreakerState,
    /// What the last failed call said; empty when none failed.
    pub last_failure: String,
}

/// The state of every export that has been called, for the life of the engine.
#[derive(Debug, Default)]
pub struct Breaker {
    inner: Mutex<Inner>,
}

#[derive(Debug, Default)]
struct Inner {
    circuits: BTreeMap<BreakerKey, Circuit>,
    parked: BTreeSet<String>,
    /// What was parked by failing and nobody was told of, the oldest first.
    newly_parked: Vec<BreakerReport>,
}

impl Breaker {
    /// Parks one export on one site, by hand.
    pub fn park(&self, key: BreakerKey) {
        self.lock().circuits.entry(key).or_default().park();
    }

    /// Closes the breaker of one export on one site and forgets its failures.
    pub fn unpark(&self, key: &BreakerKey) {
        self.lock().circuits.remove(key);
    }

    /// Parks every export of a plugin on every site, by hand.
    pub fn park_plugin(&self, plugin: &str) {
        self.lock().parked.insert(plugin.to_owned());
    }

    /// Lets a plugin run again everywhere and forgets its failures.
    pub fn unpark_plugin(&self, plugin: &str) {
        let mut inner = self.lock();
        inner.parked.remove(plugin);
        inner.circuits.retain(|key, _| key.plugin != plugin);
    }

    /// Every export that has been called, by site, plugin and export.
    pub fn list(&self) -> Vec<BreakerReport> {
        let inner = self.lock();
        let circuits = inner.circuits.iter();
        circuits
            .map(|(key, circuit)| BreakerReport {
                key: key.clone(),
                state: if inner.parked.contains(&key.plugin) {
                    BreakerState::Parked
                } else {
                    circuit.state()
                },
                last_failure: circuit.last_failure().to_owned(),
            })
            .collect()
    }

    /// Whether an export is called at an instant: closed, or open and due for its probe.
    pub fn lets_through(&self, key: &BreakerKey, now_ms: u64) -> bool {
        let inner = self.lock();
        let circuit = inner.circuits.get(key);
        let state = circuit.map_or(BreakerState::Closed, Circuit::state);
        !inner.parked.contains(&key.plugin)
            && match state {
                BreakerState::Closed => true,
                BreakerState::Open { until_ms } => until_ms <= now_ms,
                BreakerState::Parked => false,
            }
    }

    /// Exports that were parked because they failed, since this was last asked.
    pub fn newly_parked(&self) -> Vec<BreakerReport> {
        std::mem::take(&mut self.lock().newly_parked)
    }

    /// Whether the export may be called now; the error says when it may again.
    pub(crate) fn admit(&self, key: &BreakerKey, now_ms: u64) -> Result<(), Option<u64>> {
        let mut inner = self.lock();
        if inner.parked.contains(&key.plugin) {
            return Err(None);
        }
        match inner.circuits.get_mut(key) {
            Some(circuit) => circuit.admit(now_ms),
            None => Ok(()),
        }
    }

    /// Counts the end of a call that was admitted.
    pub(crate) fn record(&self, key: &BreakerKey, now_ms: u64, verdict: Verdict) {
        let mut inner = self.lock();
        let inner = &mut *inner;
        let circuit = inner.circuits.entry(key.clone()).or_default();
        let before = circuit.state();
        circuit.record(now_ms, verdict);
        let after = circuit.state();
        if before != after {
            tracing::warn!(
                site = key.site,
                plugin = key.plugin,
                export = %key.export,
                last_failure = circuit.last_failure(),
                "the breaker of a plugin's export went from {before:?} to {after:?}"
            );
            if after == BreakerState::Parked && inner.newly_parked.len() < NEWLY_PARKED_MAX {
                let last_failure = circuit.last_failure().to_owned();
                inner.newly_parked.push(BreakerReport {
                    key: key.clone(),
                    state: after,
                    last_failure,
                });
            }
        }
    }

    fn lock(&self) -> MutexGuard<'_, Inner> {
        self.inner.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests;

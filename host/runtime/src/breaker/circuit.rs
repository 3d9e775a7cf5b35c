//! The state machine of one export, without a clock of its own.

use std::collections::VecDeque;

use super::BreakerState;

/// So many traps within this time open the breaker: a trap is never a plugin's intention.
const TRAPS: usize = 3;
const TRAPS_WITHIN_MS: u64 = 60_000;
/// So many failures, traps among them, of so many last calls open it too.
const FAILURES: usize = 5;
const FAILURES_OF: usize = 20;
/// After this long one call is let through to see whether it works again.
const PROBE_AFTER_MS: u64 = 30_000;
/// So many openings again within this time park it until an operator looks.
const REOPENINGS: usize = 3;
const REOPENINGS_WITHIN_MS: u64 = 600_000;

/// How an admitted call ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Verdict {
    /// It answered.
    Success,
    /// It answered that it failed, or broke a rule.
    Failure(String),
    /// It had to be stopped.
    Trap(String),
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Phase {
    #[default]
    Closed,
    Open {
        until_ms: u64,
    },
    /// One call is under way; when it never ends another is let through at `until_ms`.
    Probing {
        until_ms: u64,
    },
    Parked,
}

#[derive(Debug, Default)]
pub(super) struct Circuit {
    phase: Phase,
    traps_at: VecDeque<u64>,
    /// The last calls, true for a failed one.
    recent: VecDeque<bool>,
    openings_at: VecDeque<u64>,
    last_failure: String,
}

impl Circuit {
    pub(super) fn state(&self) -> BreakerState {
        match self.phase {
            Phase::Closed => BreakerState::Closed,
            Phase::Open { until_ms } | Phase::Probing { until_ms } => {
                BreakerState::Open { until_ms }
            }
            Phase::Parked => BreakerState::Parked,
        }
    }

    pub(super) fn last_failure(&self) -> &str {
        &self.last_failure
    }

    pub(super) fn park(&mut self) {
        self.phase = Phase::Parked;
    }

    pub(super) fn admit(&mut self, now_ms: u64) -> Result<(), Option<u64>> {
        match self.phase {
            Phase::Closed => Ok(()),
            Phase::Parked => Err(None),
            Phase::Open { until_ms } | Phase::Probing { until_ms } if now_ms < until_ms => {
                Err(Some(until_ms))
            }
            Phase::Open { .. } | Phase::Probing { .. } => {
                let until_ms = now_ms.saturating_add(PROBE_AFTER_MS);
                self.phase = Phase::Probing { until_ms };
                Ok(())
            }
        }
    }

    pub(super) fn record(&mut self, now_ms: u64, verdict: Verdict) {
        let failed = self.note(now_ms, verdict);
        match self.phase {
            Phase::Closed if self.is_failing() => self.open(now_ms),
            Phase::Probing { .. } if failed => self.open(now_ms),
            Phase::Probing { .. } => {
                self.phase = Phase::Closed;
                self.traps_at.clear();
                self.recent.clear();
            }
            // A call that was under way when the breaker opened changes nothing.
            Phase::Closed | Phase::Open { .. } | Phase::Parked => {}
        }
    }

    fn note(&mut self, now_ms: u64, verdict: Verdict) -> bool {
        let failure = match verdict {
            Verdict::Success => None,
            Verdict::Failure(why) => Some(why),
            Verdict::Trap(why) => {
                self.traps_at.push_back(now_ms);
                Some(why)
            }
        };
        let failed = failure.is_some();
        if let Some(why) = failure {
            self.last_failure = why;
        }
        self.recent.push_back(failed);
        if self.recent.len() > FAILURES_OF {
            self.recent.pop_front();
        }
        forget(&mut self.traps_at, now_ms, TRAPS_WITHIN_MS);
        failed
    }

    fn is_failing(&self) -> bool {
        let failures = self.recent.iter().filter(|failed| **failed).count();
        self.traps_at.len() >= TRAPS || failures >= FAILURES
    }

    fn open(&mut self, now_ms: u64) {
        forget(&mut self.openings_at, now_ms, REOPENINGS_WITHIN_MS);
        self.openings_at.push_back(now_ms);
        // The first opening is no re-opening.
        self.phase = if self.openings_at.len() > REOPENINGS {
            Phase::Parked
        } else {
            Phase::Open {
                until_ms: now_ms.saturating_add(PROBE_AFTER_MS),
            }
        };
    }
}

fn forget(times: &mut VecDeque<u64>, now_ms: u64, within_ms: u64) {
    let since = now_ms.saturating_sub(within_ms);
    times.retain(|at| *at >= since);
}

//! CPU time, host calls and log lines of one call.

use std::time::{Duration, Instant};

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use wasmtime::UpdateDeadline;

use crate::Budget;
use crate::engine::TICK;

/// Log lines of one call; a page says what it did in fewer.
const LOG_LINES: u32 = 100;

/// The limit that stopped a guest.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Stop {
    CpuBudget,
    HostCallBudget,
    Memory,
}

/// Milliseconds that a call may take in addition, for its requests to other systems.
pub(crate) type Credit = Arc<AtomicU64>;

pub(super) struct Meter {
    fetches_left: u32,
    fetch_ms_left: u64,
    credit: Credit,
    ticks_left: u64,
    host_calls_left: u32,
    log_lines_left: u32,
    /// Since the last tick: the guest's time is what the host's own work leaves of it.
    since: Instant,
    in_host: Duration,
    stop: Option<Stop>,
}

impl Meter {
    pub(super) fn new(budget: Budget) -> Self {
        let tick_ms = u64::try_from(TICK.as_millis()).unwrap_or(1);
        Self {
            fetches_left: budget.fetches,
            fetch_ms_left: budget.fetch_ms,
            credit: Credit::default(),
            // The first tick comes after a part of its length: nobody gets less than his budget.
            ticks_left: budget.cpu_ms.div_ceil(tick_ms) + 1,
            host_calls_left: budget.host_calls,
            log_lines_left: LOG_LINES,
            since: Instant::now(),
            in_host: Duration::ZERO,
            stop: None,
        }
    }

    /// Called when the guest computes and the epoch has moved on: lets others run, until the
    /// budget is spent. A tick that passed while the host worked is the host's.
    pub(super) fn tick(&mut self) -> UpdateDeadline {
        let computed = self.since.elapsed().saturating_sub(self.in_host);
        if computed >= TICK / 2 {
            self.ticks_left = self.ticks_left.saturating_sub(1);
        }
        self.since = Instant::now();
        self.in_host = Duration::ZERO;
        if self.ticks_left == 0 {
            self.stop = Some(Stop::CpuBudget);
            return UpdateDeadline::Interrupt;
        }
        UpdateDeadline::Yield(1)
    }

    /// Counts a question to the host; the error traps the guest.
    pub(super) fn host_call(&mut self) -> wasmtime::Result<()> {
        let Some(left) = self.host_calls_left.checked_sub(1) else {
            self.stop = Some(Stop::HostCallBudget);
            return Err(wasmtime::format_err!("the host-call budget is spent"));
        };
        self.host_calls_left = left;
        Ok(())
    }

    /// Time that the host spent on the guest's question.
    pub(super) fn host_worked(&mut self, time: Duration) {
        self.in_host += time;
    }

    /// How long a request may take that wants `wanted_ms`; none when there were enough. The call's
    /// time on the wall is longer by it meanwhile.
    pub(super) fn begin_fetch(&mut self, wanted_ms: u64) -> Option<u64> {
        self.fetches_left = self.fetches_left.checked_sub(1)?;
        let granted = wanted_ms.min(self.fetch_ms_left);
        if granted == 0 {
            return None;
        }
        self.credit.fetch_add(granted, Ordering::Relaxed);
        Some(granted)
    }

    /// Gives back what the request did not need.
    pub(super) fn end_fetch(&mut self, granted_ms: u64, took: Duration) {
        let took = u64::try_from(took.as_millis()).unwrap_or(u64::MAX);
        let took = took.min(granted_ms);
        self.fetch_ms_left -= took;
        self.credit.fetch_sub(granted_ms - took, Ordering::Relaxed);
    }

    pub(super) fn credit(&self) -> Credit {
        self.credit.clone()
    }

    /// False when the call has written enough.
    pub(super) fn log_line(&mut self) -> bool {
        let left = self.log_lines_left.checked_sub(1);
        self.log_lines_left = left.unwrap_or(0);
        left.is_some()
    }

    pub(super) fn stop(&self) -> Option<Stop> {
        self.stop
    }
}

#[cfg(test)]
mod tests;

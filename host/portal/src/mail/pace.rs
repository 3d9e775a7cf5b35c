//! How fast messages may follow one another.

use std::collections::VecDeque;
use std::time::Duration;

use tokio::time::Instant;

/// The time over which messages are counted.
const WINDOW: Duration = Duration::from_secs(60);

/// Counts what was sent within the window.
#[derive(Debug, Default)]
pub(super) struct Pace {
    sent: VecDeque<Instant>,
}

impl Pace {
    /// How long to wait before the next message, of which there may be so many a window.
    pub(super) fn wait(&mut self, most: u32, now: Instant) -> Duration {
        while self.sent.front().is_some_and(|at| *at + WINDOW <= now) {
            self.sent.pop_front();
        }
        let most = usize::try_from(most.max(1)).unwrap_or(usize::MAX);
        match self
            .sent
            .len()
            .checked_sub(most)
            .and_then(|at| self.sent.get(at))
        {
            Some(at) => (*at + WINDOW).saturating_duration_since(now),
            None => Duration::ZERO,
        }
    }

    pub(super) fn sent(&mut self, now: Instant) {
        self.sent.push_back(now);
    }
}

#[cfg(test)]
mod tests;

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
mod tests {
    use std::time::Duration;

    use tokio::time::Instant;

    use super::{Pace, WINDOW};

    #[test]
    fn so_many_go_at_once_and_the_next_when_the_first_is_a_minute_old() {
        let (mut pace, began) = (Pace::default(), Instant::now());
        for second in 0..3 {
            let now = began + Duration::from_secs(second);
            assert_eq!(pace.wait(3, now), Duration::ZERO);
            pace.sent(now);
        }
        let now = began + Duration::from_secs(10);
        assert_eq!(pace.wait(3, now), Duration::from_secs(50));
        let now = began + WINDOW;
        assert_eq!(pace.wait(3, now), Duration::ZERO);
        pace.sent(now);
        assert_eq!(pace.wait(3, now), Duration::from_secs(1));
    }
}

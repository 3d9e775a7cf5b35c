//! How much is worked out at the same time: a flood of requests that nothing kept can answer is told
//! to come back, rather than piling up until nobody is answered.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use tokio::sync::{OwnedSemaphorePermit, Semaphore};

/// Answers worked out at once: four for each connection to the database, since half of the work is
/// done without one.
const MAX_AT_ONCE: usize = 32;
/// Requests that wait for their turn: what is worked out within the longest wait.
const MAX_WAITING: usize = 512;
/// Longest wait for a turn: who waited longer has gone.
const MAX_WAIT: Duration = Duration::from_secs(3);

/// The turns.
pub(crate) struct Renders {
    at_once: Arc<Semaphore>,
    waiting: Arc<Semaphore>,
    max_wait: Duration,
    refused: AtomicU64,
}

impl Default for Renders {
    fn default() -> Self {
        Self::new(MAX_AT_ONCE, MAX_WAITING, MAX_WAIT)
    }
}

impl Renders {
    pub(crate) fn new(at_once: usize, waiting: usize, max_wait: Duration) -> Self {
        Self {
            at_once: Arc::new(Semaphore::new(at_once)),
            waiting: Arc::new(Semaphore::new(waiting)),
            max_wait,
            refused: AtomicU64::new(0),
        }
    }

    /// A turn, given back when it is dropped; none when too many are before.
    pub(crate) async fn turn(&self) -> Option<OwnedSemaphorePermit> {
        if let Ok(turn) = self.at_once.clone().try_acquire_owned() {
            return Some(turn);
        }
        let turn = match self.waiting.try_acquire() {
            Ok(_place) => {
                let turn = self.at_once.clone().acquire_owned();
                tokio::time::timeout(self.max_wait, turn).await.ok()
            }
            Err(_) => None,
        };
        let turn = turn.and_then(Result::ok);
        if turn.is_none() {
            self.refused.fetch_add(1, Ordering::Relaxed);
        }
        turn
    }

    /// Requests that got no turn so far.
    pub(crate) fn refused(&self) -> u64 {
        self.refused.load(Ordering::Relaxed)
    }

    /// Answers that are being worked out.
    pub(crate) fn under_way(&self) -> usize {
        MAX_AT_ONCE.saturating_sub(self.at_once.available_permits())
    }
}

#[cfg(test)]
mod tests {
    use std::time::{Duration, Instant};

    use super::Renders;

    #[tokio::test]
    async fn who_comes_when_all_turns_are_taken_waits_and_then_is_told_to_come_back() {
        let renders = Renders::new(1, 1, Duration::from_millis(50));
        let turn = renders.turn().await.unwrap();
        let began = Instant::now();
        assert!(renders.turn().await.is_none());
        assert!(began.elapsed() >= Duration::from_millis(50));
        let (waited, refused) = tokio::join!(renders.turn(), async {
            let began = Instant::now();
            let refused = renders.turn().await.is_none();
            let at_once = began.elapsed() < Duration::from_millis(40);
            drop(turn);
            refused && at_once
        });
        assert!(refused, "the queue is full, so nobody waits in vain");
        assert!(waited.is_some());
        assert_eq!(renders.refused(), 2);
    }
}

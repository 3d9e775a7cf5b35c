//! The sign that other nodes' changes are there. Only a wake-up: what changed stands in the
//! change log, and who misses a sign finds it there.

use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use tokio::sync::Notify;

use crate::dialect::Ear;
use crate::store::Store;

/// Wait before the first try to listen again; it doubles with each.
const AGAIN_AFTER: Duration = Duration::from_millis(250);
/// Longest wait between two tries: the log is looked at meanwhile.
const AGAIN_AFTER_MAX: Duration = Duration::from_secs(15);

/// How this node hears of the others' changes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Listening {
    /// Nobody else writes to this database.
    NotNeeded,
    /// At once.
    Yes,
    /// Only when it looks.
    No,
}

/// Who waits for changes, and whether they are heard.
#[derive(Debug, Default)]
pub(crate) struct Signal {
    heard: Notify,
    listens: AtomicBool,
}

impl Store {
    /// Listens for other nodes' commits for as long as it is polled, and connects again when the
    /// connection is lost. Where nobody else writes it waits for ever.
    pub async fn listen(&self) {
        if !self.dialect().announces() {
            return std::future::pending().await;
        }
        let _quiet = Quiet(self);
        let mut again = AGAIN_AFTER;
        loop {
            match Ear::open(self.url()).await {
                Ok(mut ear) => {
                    self.signal().listens.store(true, Ordering::Relaxed);
                    again = AGAIN_AFTER;
                    // What was committed before this moment was not heard.
                    self.signal().heard.notify_one();
                    let ended = loop {
                        match ear.next().await {
                            Ok(true) => self.signal().heard.notify_one(),
                            Ok(false) => break "the connection is lost".to_owned(),
                            Err(error) => break error.to_string(),
                        }
                    };
                    self.signal().listens.store(false, Ordering::Relaxed);
                    tracing::warn!(cause = ended, "other nodes' changes are not heard");
                }
                Err(error) => {
                    tracing::warn!(%error, "other nodes' changes cannot be listened for");
                }
            }
            tokio::time::sleep(again).await;
            again = (again * 2).min(AGAIN_AFTER_MAX);
        }
    }

    /// Waits until somebody else may have changed something, but not longer than this.
    pub async fn changed_or(&self, longest: Duration) {
        // Either way there is a reason to look.
        let _heard = tokio::time::timeout(longest, self.signal().heard.notified()).await;
    }

    /// How this node hears of the others' changes.
    pub fn listening(&self) -> Listening {
        if !self.dialect().announces() {
            Listening::NotNeeded
        } else if self.signal().listens.load(Ordering::Relaxed) {
            Listening::Yes
        } else {
            Listening::No
        }
    }
}

/// When the future is dropped nobody listens any more.
struct Quiet<'a>(&'a Store);

impl Drop for Quiet<'_> {
    fn drop(&mut self) {
        self.0.signal().listens.store(false, Ordering::Relaxed);
    }
}

//! Who may run now: the pool refuses when it is full, so calls wait here, and not for long.

use std::collections::HashMap;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use tokio::sync::{OwnedSemaphorePermit, Semaphore};

/// A reader does not wait longer for a plugin's page; the portal then shows the standard view.
const WAIT: Duration = Duration::from_millis(50);
/// One plugin holds at most this part of the slots, so that its slowness is its own.
const SHARE: u32 = 4;

/// The slots of an engine.
pub(super) struct Slots {
    total: u32,
    all: Arc<Semaphore>,
    by_plugin: Mutex<HashMap<String, Arc<Semaphore>>>,
    waited: AtomicU64,
    refused: AtomicU64,
}

/// The right to run one call, until it is dropped.
pub(crate) struct Slot {
    _of_plugin: OwnedSemaphorePermit,
    _of_all: OwnedSemaphorePermit,
}

impl Slots {
    pub(super) fn new(total: u32) -> Self {
        Self {
            total,
            all: Arc::new(Semaphore::new(total as usize)),
            by_plugin: Mutex::default(),
            waited: AtomicU64::new(0),
            refused: AtomicU64::new(0),
        }
    }

    /// None when there is no slot within 50 ms.
    pub(super) async fn take(&self, plugin: &str) -> Option<Slot> {
        let of_plugin = self.of_plugin(plugin);
        if let Ok(of_plugin) = of_plugin.clone().try_acquire_owned()
            && let Ok(of_all) = self.all.clone().try_acquire_owned()
        {
            return Some(Slot {
                _of_plugin: of_plugin,
                _of_all: of_all,
            });
        }
        self.waited.fetch_add(1, Ordering::Relaxed);
        let both = async {
            Some(Slot {
                _of_plugin: of_plugin.acquire_owned().await.ok()?,
                _of_all: self.all.clone().acquire_owned().await.ok()?,
            })
        };
        let slot = tokio::time::timeout(WAIT, both).await.ok().flatten();
        if slot.is_none() {
            self.refused.fetch_add(1, Ordering::Relaxed);
        }
        slot
    }

    pub(super) fn total(&self) -> u32 {
        self.total
    }

    pub(super) fn in_use(&self) -> u32 {
        let free = u32::try_from(self.all.available_permits()).unwrap_or(self.total);
        self.total.saturating_sub(free)
    }

    pub(super) fn waited(&self) -> u64 {
        self.waited.load(Ordering::Relaxed)
    }

    pub(super) fn refused(&self) -> u64 {
        self.refused.load(Ordering::Relaxed)
    }

    fn of_plugin(&self, plugin: &str) -> Arc<Semaphore> {
        let share = (self.total / SHARE).max(1) as usize;
        let mut by_plugin = self
            .by_plugin
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        let slots = by_plugin.entry(plugin.to_owned());
        slots
            .or_insert_with(|| Arc::new(Semaphore::new(share)))
            .clone()
    }
}

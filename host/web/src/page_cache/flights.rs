use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use tokio::sync::watch;

use super::{Key, Page};

/// What became of an answer that was being made: none where it cannot be shared.
type Landed = Option<Arc<Page>>;

/// The answers that are being made, so that none is made twice at the same time.
#[derive(Default)]
pub(crate) struct Flights(Mutex<HashMap<Key, watch::Receiver<Landed>>>);

/// Where a request stands that found nothing kept.
pub(crate) enum Place {
    /// It makes the answer.
    First(Flight),
    /// Somebody else makes it.
    Behind(Wait),
}

/// An answer that is being made. Dropped without [`Flight::land`], it has failed.
pub(crate) struct Flight {
    flights: Arc<Flights>,
    key: Key,
    landed: watch::Sender<Landed>,
}

/// Waits for somebody else's answer.
pub(crate) struct Wait(watch::Receiver<Landed>);

impl Flights {
    pub(crate) fn join(self: &Arc<Self>, key: &Key) -> Place {
        let mut under_way = self.under_way();
        if let Some(landing) = under_way.get(key) {
            return Place::Behind(Wait(landing.clone()));
        }
        let (landed, landing) = watch::channel(None);
        under_way.insert(key.clone(), landing);
        Place::First(Flight {
            flights: self.clone(),
            key: key.clone(),
            landed,
        })
    }

    fn under_way(&self) -> MutexGuard<'_, HashMap<Key, watch::Receiver<Landed>>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Flight {
    pub(crate) fn land(self, page: &Arc<Page>) {
        self.landed.send_replace(Some(page.clone()));
    }
}

impl Drop for Flight {
    fn drop(&mut self) {
        self.flights.under_way().remove(&self.key);
    }
}

impl Wait {
    /// The answer; none where it failed or cannot be shared.
    pub(crate) async fn landed(mut self) -> Landed {
        // The sender is gone when it has failed.
        let landed = self.0.wait_for(Option::is_some).await.ok()?;
        landed.clone()
    }
}

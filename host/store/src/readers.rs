//! Connections that read.
//!
//! A pool asks every connection that comes back whether it is still there. With PostgreSQL that settles what a
//! request left undone that nobody waited for; with SQLite it is a message to the connection's thread and back, as
//! much as a statement, and the thread settles it by itself. So those are kept in places of our own.

use std::ops::{Deref, DerefMut};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex as Places, PoisonError};
use std::time::Duration;

use sqlx::pool::PoolConnection;
use sqlx::{Any, AnyConnection, AnyPool};
use tokio::sync::{Mutex, OwnedMutexGuard, OwnedSemaphorePermit, Semaphore};

use crate::error::StoreError;

/// A connection for reading, free for others when it is dropped.
#[derive(Debug)]
pub(crate) enum Reader {
    Pooled(PoolConnection<Any>),
    /// The place is left before the turn is given back.
    Kept {
        connection: OwnedMutexGuard<PoolConnection<Any>>,
        _turn: OwnedSemaphorePermit,
    },
}

/// Connections that are never given back to their pool.
#[derive(Debug)]
pub(crate) struct Kept {
    places: Places<Vec<Arc<Mutex<PoolConnection<Any>>>>>,
    /// Where the next look for a free one begins.
    next: AtomicUsize,
    turns: Arc<Semaphore>,
    wait: Duration,
}

impl Kept {
    /// `most`: how many of a pool's connections are kept. `wait`: how long somebody waits for one.
    pub(crate) fn new(most: u32, wait: Duration) -> Self {
        Self {
            places: Places::default(),
            next: AtomicUsize::new(0),
            turns: Arc::new(Semaphore::new(most as usize)),
            wait,
        }
    }

    pub(crate) async fn reader(&self, pool: &AnyPool) -> Result<Reader, StoreError> {
        let turn = self.turns.clone().acquire_owned();
        let turn = match tokio::time::timeout(self.wait, turn).await {
            Ok(Ok(turn)) => turn,
            Ok(Err(_)) => return Err(sqlx::Error::PoolClosed.into()),
            Err(_) => return Err(sqlx::Error::PoolTimedOut.into()),
        };
        let connection = match self.free() {
            Some(free) => free,
            None => self.open(pool).await?,
        };
        Ok(Reader::Kept {
            connection,
            _turn: turn,
        })
    }

    /// Whoever has a turn finds a place, if there are as many places as turns.
    fn free(&self) -> Option<OwnedMutexGuard<PoolConnection<Any>>> {
        let places = self.places.lock().unwrap_or_else(PoisonError::into_inner);
        // One whose question was given up may still be at it: it comes last.
        let first = self.next.load(Ordering::Relaxed) % places.len().max(1);
        let (before, behind) = places.split_at_checked(first)?;
        let mut all = behind.iter().chain(before).enumerate();
        let (at, free) =
            all.find_map(|(at, place)| Some((at, place.clone().try_lock_owned().ok()?)))?;
        self.next.store(first + at + 1, Ordering::Relaxed);
        Some(free)
    }

    async fn open(
        &self,
        pool: &AnyPool,
    ) -> Result<OwnedMutexGuard<PoolConnection<Any>>, StoreError> {
        let place = Arc::new(Mutex::new(pool.acquire().await?));
        let taken = place.clone().lock_owned().await;
        let mut places = self.places.lock().unwrap_or_else(PoisonError::into_inner);
        if !self.turns.is_closed() {
            places.push(place);
        }
        Ok(taken)
    }

    /// Gives all connections back to their pool, and hands out no other.
    pub(crate) fn close(&self) {
        self.turns.close();
        let mut places = self.places.lock().unwrap_or_else(PoisonError::into_inner);
        places.clear();
    }
}

impl Deref for Reader {
    type Target = AnyConnection;

    fn deref(&self) -> &AnyConnection {
        match self {
            Self::Pooled(connection) => connection,
            Self::Kept { connection, .. } => connection,
        }
    }
}

impl DerefMut for Reader {
    fn deref_mut(&mut self) -> &mut AnyConnection {
        match self {
            Self::Pooled(connection) => connection,
            Self::Kept { connection, .. } => connection,
        }
    }
}

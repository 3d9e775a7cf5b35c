//! Connections that read.
//!
//! A pool asks every connection that comes back whether it is still there. With PostgreSQL that settles what a
//! request left undone that nobody waited for; with SQLite it is a message to the connection's thread and back, as
//! much as a statement, and the thread settles it by itself. So those are kept in places of our own.

use std::ops::{Deref, DerefMut};
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
    turns: Arc<Semaphore>,
    wait: Duration,
}

impl Kept {
    /// `most`: how many of a pool's connections are kept. `wait`: how long somebody waits for one.
    pub(crate) fn new(most: u32, wait: Duration) -> Self {
        Self {
            places: Places::default(),
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
        let mut places = places.iter();
        places.find_map(|place| place.clone().try_lock_owned().ok())
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

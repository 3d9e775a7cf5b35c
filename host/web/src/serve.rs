//! The accept loop: so many connections, each with its deadlines, and an orderly end.

mod body;
mod connection;
mod crowd;
mod stall;

#[cfg(test)]
mod tests;

use std::future::Future;
use std::io;
use std::net::SocketAddr;
use std::pin::pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use poem::{Endpoint, Response};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{OwnedSemaphorePermit, Semaphore, watch};

use crate::options::HttpOptions;
pub(crate) use body::Allowance;
use crowd::Crowd;

/// Most connections at once: each may hold a task, two buffers and a file; further ones wait in the
/// system's queue.
const MAX_CONNECTIONS: u32 = 2_000;
/// Longest wait for the whole head of a request, and between two requests of one connection.
const HEAD_DEADLINE: Duration = Duration::from_secs(15);
/// The same while fewer than a quarter of the places are free: who has nothing to say makes room.
const HEAD_DEADLINE_IN_A_CROWD: Duration = Duration::from_secs(3);
/// Longest time in which a caller takes nothing of its answer: slow lines take some bytes always.
const STALL_DEADLINE: Duration = Duration::from_secs(30);
/// Slowest line that is waited for beyond that, in bytes a second: half of what a telephone of the
/// second generation reaches.
const SLOWEST_LINE: u64 = 4 * 1_024;
/// Longest wait for requests under way when the process is asked to stop.
const DRAIN_DEADLINE: Duration = Duration::from_secs(30);
/// Pause after a failed accept: with no file descriptors left, trying again at once only burns time.
const ACCEPT_PAUSE: Duration = Duration::from_millis(100);

/// How far the end has come, as connections see it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Phase {
    /// Everything is answered.
    Open,
    /// What is under way is answered.
    Draining,
    /// Time is up.
    Over,
}

/// How patient the listener is.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Patience {
    connections: u32,
    head: Duration,
    head_in_a_crowd: Duration,
    stall: Duration,
    bytes_a_second: u64,
}

impl Default for Patience {
    fn default() -> Self {
        Self {
            connections: MAX_CONNECTIONS,
            head: HEAD_DEADLINE,
            head_in_a_crowd: HEAD_DEADLINE_IN_A_CROWD,
            stall: STALL_DEADLINE,
            bytes_a_second: SLOWEST_LINE,
        }
    }
}

impl Patience {
    /// How long a new connection may take for its heads.
    fn head_with(&self, free: usize) -> Duration {
        if free < self.connections as usize / 4 {
            self.head_in_a_crowd
        } else {
            self.head
        }
    }
}

pub(crate) async fn serve<E>(
    listener: TcpListener,
    endpoint: E,
    options: &HttpOptions,
    patience: Patience,
    draining: &AtomicBool,
    shutdown: impl Future<Output = ()> + Send,
) -> io::Result<()>
where
    E: Endpoint<Output = Response> + Clone + 'static,
{
    let places = Arc::new(Semaphore::new(patience.connections as usize));
    let crowd = Arc::new(Crowd::default());
    let (phase, _) = watch::channel(Phase::Open);
    let mut shutdown = pin!(shutdown);
    loop {
        let next = tokio::select! {
            () = &mut shutdown => break,
            next = accept(&listener, &places) => next,
        };
        let (stream, address, place) = next?;
        let Some(caller) = crowd.enter(address.ip(), options) else {
            crowd::turn_away(&stream);
            continue;
        };
        let head = patience.head_with(places.available_permits());
        let connection =
            connection::run(stream, endpoint.clone(), phase.subscribe(), head, patience);
        tokio::spawn(async move {
            connection.await;
            drop((place, caller));
        });
    }
    draining.store(true, Ordering::Relaxed);
    drop(listener);
    drain(&places, patience.connections, &phase).await;
    Ok(())
}

async fn accept(
    listener: &TcpListener,
    places: &Arc<Semaphore>,
) -> io::Result<(TcpStream, SocketAddr, OwnedSemaphorePermit)> {
    let place = places
        .clone()
        .acquire_owned()
        .await
        .map_err(io::Error::other)?;
    loop {
        match listener.accept().await {
            Ok((stream, address)) => return Ok((stream, address, place)),
            Err(error) if is_of_one_connection(&error) => {}
            Err(error) => {
                tracing::error!(%error, "cannot accept connections: check the limit of open files");
                tokio::time::sleep(ACCEPT_PAUSE).await;
            }
        }
    }
}

/// The caller was gone before we came.
fn is_of_one_connection(error: &io::Error) -> bool {
    matches!(
        error.kind(),
        io::ErrorKind::ConnectionRefused
            | io::ErrorKind::ConnectionAborted
            | io::ErrorKind::ConnectionReset
    )
}

/// Waits until every place is free again, and no longer than the deadline.
async fn drain(places: &Semaphore, all: u32, phase: &watch::Sender<Phase>) {
    phase.send_replace(Phase::Draining);
    let all_free = places.acquire_many(all);
    if tokio::time::timeout(DRAIN_DEADLINE, all_free)
        .await
        .is_err()
    {
        let left = all as usize - places.available_permits();
        tracing::warn!(
            left,
            "connections are cut: their requests did not end in time"
        );
    }
    phase.send_replace(Phase::Over);
}

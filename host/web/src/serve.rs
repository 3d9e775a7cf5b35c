//! The accept loop: so many connections, each with its deadlines, and an orderly end.

mod body;
mod connection;
mod stall;

#[cfg(test)]
mod tests;

use std::future::Future;
use std::io;
use std::pin::pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use poem::{Endpoint, Response};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{OwnedSemaphorePermit, Semaphore, watch};

/// Most connections at once: each may hold a task, two buffers and a file; further ones wait in the
/// system's queue.
const MAX_CONNECTIONS: u32 = 2_000;
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

pub(crate) async fn serve<E>(
    listener: TcpListener,
    endpoint: E,
    draining: &AtomicBool,
    shutdown: impl Future<Output = ()> + Send,
) -> io::Result<()>
where
    E: Endpoint<Output = Response> + Clone + 'static,
{
    let places = Arc::new(Semaphore::new(MAX_CONNECTIONS as usize));
    let (phase, _) = watch::channel(Phase::Open);
    let mut shutdown = pin!(shutdown);
    loop {
        let next = tokio::select! {
            () = &mut shutdown => break,
            next = accept(&listener, &places) => next,
        };
        let (stream, place) = next?;
        let connection = connection::run(stream, endpoint.clone(), phase.subscribe());
        tokio::spawn(async move {
            connection.await;
            drop(place);
        });
    }
    draining.store(true, Ordering::Relaxed);
    drop(listener);
    drain(&places, &phase).await;
    Ok(())
}

async fn accept(
    listener: &TcpListener,
    places: &Arc<Semaphore>,
) -> io::Result<(TcpStream, OwnedSemaphorePermit)> {
    let place = places
        .clone()
        .acquire_owned()
        .await
        .map_err(io::Error::other)?;
    loop {
        match listener.accept().await {
            Ok((stream, _)) => return Ok((stream, place)),
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
async fn drain(places: &Semaphore, phase: &watch::Sender<Phase>) {
    phase.send_replace(Phase::Draining);
    let all_free = places.acquire_many(MAX_CONNECTIONS);
    if tokio::time::timeout(DRAIN_DEADLINE, all_free)
        .await
        .is_err()
    {
        let left = MAX_CONNECTIONS as usize - places.available_permits();
        tracing::warn!(
            left,
            "connections are cut: their requests did not end in time"
        );
    }
    phase.send_replace(Phase::Over);
}

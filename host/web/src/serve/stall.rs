use std::future::Future;
use std::io;
use std::pin::Pin;
use std::task::{Context, Poll, ready};
use std::time::Duration;

use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::time::{Instant, Sleep, sleep};

/// A connection that fails when the other side stops reading, or reads so slowly that its answer
/// would take a place for hours. (Reading has its own deadlines, for head and body.)
pub(super) struct StallGuard<S> {
    stream: S,
    /// Longest wait for any byte, and for the first.
    limit: Duration,
    /// What is taken at least in the long run.
    bytes_a_second: u64,
    /// When nothing has been taken for too long.
    deadline: Pin<Box<Sleep>>,
    is_waiting: bool,
    backlog: Option<Backlog>,
}

/// What waits to be taken, from the first byte that had to wait until all is taken.
struct Backlog {
    since: Instant,
    taken_bytes: u64,
}

impl<S> StallGuard<S> {
    pub(super) fn new(stream: S, limit: Duration, bytes_a_second: u64) -> Self {
        Self {
            stream,
            limit,
            bytes_a_second,
            deadline: Box::pin(sleep(limit)),
            is_waiting: false,
            backlog: None,
        }
    }

    /// What writing came to, or the end of patience.
    fn watched<T>(
        &mut self,
        context: &mut Context<'_>,
        written: Poll<io::Result<T>>,
    ) -> Poll<io::Result<T>> {
        if written.is_ready() {
            self.is_waiting = false;
            return written;
        }
        if !self.is_waiting {
            self.is_waiting = true;
            let now = Instant::now();
            let (limit, bytes_a_second) = (self.limit, self.bytes_a_second);
            let backlog = self.backlog.get_or_insert(Backlog {
                since: now,
                taken_bytes: 0,
            });
            let earned = Duration::from_secs(backlog.taken_bytes / bytes_a_second.max(1));
            let slowest = backlog.since + limit + earned;
            self.deadline.as_mut().reset(slowest.min(now + limit));
        }
        ready!(self.deadline.as_mut().poll(context));
        self.is_waiting = false;
        Poll::Ready(Err(io::Error::new(
            io::ErrorKind::TimedOut,
            "the caller stopped reading",
        )))
    }

    fn count(&mut self, written: &Poll<io::Result<usize>>) {
        if let (Some(backlog), Poll::Ready(Ok(bytes))) = (&mut self.backlog, written) {
            backlog.taken_bytes += *bytes as u64;
        }
    }
}

impl<S: AsyncRead + Unpin> AsyncRead for StallGuard<S> {
    fn poll_read(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_read(context, buffer)
    }
}

impl<S: AsyncWrite + Unpin> AsyncWrite for StallGuard<S> {
    fn poll_write(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        let written = Pin::new(&mut self.stream).poll_write(context, bytes);
        self.count(&written);
        self.watched(context, written)
    }

    fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        let flushed = Pin::new(&mut self.stream).poll_flush(context);
        if flushed.is_ready() {
            self.backlog = None;
        }
        self.watched(context, flushed)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        let shut = Pin::new(&mut self.stream).poll_shutdown(context);
        self.watched(context, shut)
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        slices: &[io::IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        let written = Pin::new(&mut self.stream).poll_write_vectored(context, slices);
        self.count(&written);
        self.watched(context, written)
    }

    fn is_write_vectored(&self) -> bool {
        self.stream.is_write_vectored()
    }
}

#[cfg(test)]
mod tests;

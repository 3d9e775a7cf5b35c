use std::io;
use std::pin::pin;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use bytes::Bytes;
use dinh_domain::declaration::WEBHOOK_BYTES_MAX;
use futures_util::stream::{self, Stream};
use poem::Body;
use tokio::time::Instant;

/// Longest wait for the whole body of a request.
const BODY_DEADLINE: Duration = Duration::from_secs(30);
/// Longest body: somewhat more than the longest that anything takes, so that whoever sends one too long is
/// told so.
const MAX_BODY_BYTES: usize = WEBHOOK_BYTES_MAX as usize + 32 * 1024;

/// What the body of a request may still take. It goes with the request, so that whoever knows who
/// sends it can allow more.
#[derive(Debug, Clone)]
pub(crate) struct Allowance(Arc<Mutex<Left>>);

#[derive(Debug)]
struct Left {
    deadline: Instant,
    bytes: usize,
}

impl Allowance {
    fn new(deadline: Instant, bytes: usize) -> Self {
        Self(Arc::new(Mutex::new(Left { deadline, bytes })))
    }

    /// Allows a longer body, and a longer wait for it from now on.
    pub(crate) fn raise(&self, bytes: usize, wait: Duration) {
        let mut left = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        left.bytes = left.bytes.max(bytes);
        left.deadline = left.deadline.max(Instant::now() + wait);
    }

    fn deadline(&self) -> Instant {
        let left = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        left.deadline
    }

    /// Whether so many bytes may still come; they are taken off then.
    fn take(&self, bytes: usize) -> bool {
        let mut left = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        match left.bytes.checked_sub(bytes) {
            Some(rest) => {
                left.bytes = rest;
                true
            }
            None => false,
        }
    }
}

/// The body of a request, which ends with an error when it takes too long or grows too large.
pub(super) fn with_deadline(body: Body) -> (Body, Allowance) {
    let allowance = Allowance::new(Instant::now() + BODY_DEADLINE, MAX_BODY_BYTES);
    if body.is_empty() {
        return (body, allowance);
    }
    let limited = limited(body.into_bytes_stream(), allowance.clone());
    (Body::from_bytes_stream(limited), allowance)
}

fn limited(
    body: impl Stream<Item = io::Result<Bytes>> + Send + 'static,
    allowance: Allowance,
) -> impl Stream<Item = io::Result<Bytes>> + Send + 'static {
    let start = Some((Box::pin(body), allowance));
    stream::unfold(start, move |state| async move {
        let (mut body, allowance) = state?;
        let late = || {
            io::Error::new(
                io::ErrorKind::TimedOut,
                "the body of the request takes too long",
            )
        };
        let large = || {
            io::Error::new(
                io::ErrorKind::FileTooLarge,
                "the body of the request is too large",
            )
        };
        let next = {
            let mut body = pin!(&mut body);
            let next = std::future::poll_fn(|context| body.as_mut().poll_next(context));
            tokio::time::timeout_at(allowance.deadline(), next).await
        };
        match next {
            Err(_) => Some((Err(late()), None)),
            Ok(None) => None,
            Ok(Some(Err(error))) => Some((Err(error), None)),
            Ok(Some(Ok(bytes))) => match allowance.take(bytes.len()) {
                true => Some((Ok(bytes), Some((body, allowance)))),
                false => Some((Err(large()), None)),
            },
        }
    })
}

#[cfg(test)]
mod tests;

use std::io;
use std::pin::pin;
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

/// The body of a request, which ends with an error when it takes too long or grows too large.
pub(super) fn with_deadline(body: Body) -> Body {
    if body.is_empty() {
        return body;
    }
    let deadline = Instant::now() + BODY_DEADLINE;
    Body::from_bytes_stream(limited(body.into_bytes_stream(), deadline, MAX_BODY_BYTES))
}

fn limited(
    body: impl Stream<Item = io::Result<Bytes>> + Send + 'static,
    deadline: Instant,
    max_bytes: usize,
) -> impl Stream<Item = io::Result<Bytes>> + Send + 'static {
    let start = Some((Box::pin(body), max_bytes));
    stream::unfold(start, move |state| async move {
        let (mut body, left) = state?;
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
            tokio::time::timeout_at(deadline, next).await
        };
        match next {
            Err(_) => Some((Err(late()), None)),
            Ok(None) => None,
            Ok(Some(Err(error))) => Some((Err(error), None)),
            Ok(Some(Ok(bytes))) => match left.checked_sub(bytes.len()) {
                Some(left) => Some((Ok(bytes), Some((body, left)))),
                None => Some((Err(large()), None)),
            },
        }
    })
}

#[cfg(test)]
mod tests;

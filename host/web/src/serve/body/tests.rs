use std::io;
use std::time::Duration;

use bytes::Bytes;
use futures_util::stream::{self, Stream, StreamExt};
use poem::Body;
use tokio::time::Instant;

use super::{Allowance, limited};

async fn read(
    body: impl Stream<Item = io::Result<Bytes>> + Send + 'static,
    max: usize,
) -> Result<Vec<u8>, String> {
    let deadline = Instant::now() + Duration::from_millis(20);
    let body = Body::from_bytes_stream(limited(body, Allowance::new(deadline, max)));
    body.into_vec().await.map_err(|error| error.to_string())
}

fn chunks(count: usize) -> impl Stream<Item = io::Result<Bytes>> + Send + 'static {
    stream::iter((0..count).map(|_| Ok(Bytes::from_static(b"abcd"))))
}

#[tokio::test]
async fn a_body_within_its_limits_arrives_whole() {
    assert_eq!(read(chunks(2), 8).await.unwrap(), b"abcdabcd");
    assert_eq!(read(chunks(0), 8).await.unwrap(), b"");
}

#[tokio::test]
async fn a_body_that_grows_too_large_or_takes_too_long_ends_with_an_error() {
    assert!(read(chunks(3), 8).await.unwrap_err().contains("too large"));
    let endless = chunks(1).chain(stream::pending());
    assert!(read(endless, 8).await.unwrap_err().contains("too long"));
}

use std::io::ErrorKind;
use std::time::Duration;

use tokio::io::{AsyncReadExt, AsyncWriteExt, duplex};

use super::StallGuard;

#[tokio::test]
async fn a_caller_that_stops_reading_is_cut() {
    let (ours, _theirs) = duplex(4);
    let mut guarded = StallGuard::with_limit(ours, Duration::from_millis(20));
    let failed = guarded.write_all(b"0123456789").await.unwrap_err();
    assert_eq!(failed.kind(), ErrorKind::TimedOut);
}

#[tokio::test]
async fn a_slow_caller_that_reads_gets_everything() {
    let (ours, mut theirs) = duplex(1);
    let reader = tokio::spawn(async move {
        let mut got = Vec::new();
        theirs.read_to_end(&mut got).await.unwrap();
        got
    });
    let mut guarded = StallGuard::with_limit(ours, Duration::from_secs(5));
    guarded.write_all(b"0123456789").await.unwrap();
    guarded.shutdown().await.unwrap();
    drop(guarded);
    assert_eq!(reader.await.unwrap(), b"0123456789");
}

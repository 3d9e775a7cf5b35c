use std::io::ErrorKind;
use std::time::Duration;

use tokio::io::{AsyncReadExt, AsyncWriteExt, duplex};

use super::StallGuard;

#[tokio::test]
async fn a_caller_that_stops_reading_is_cut() {
    let (ours, _theirs) = duplex(4);
    let mut guarded = StallGuard::new(ours, Duration::from_millis(20), 1);
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
    let mut guarded = StallGuard::new(ours, Duration::from_secs(5), 1);
    guarded.write_all(b"0123456789").await.unwrap();
    guarded.shutdown().await.unwrap();
    drop(guarded);
    assert_eq!(reader.await.unwrap(), b"0123456789");
}

#[tokio::test]
async fn a_caller_that_takes_a_byte_now_and_then_is_cut_in_the_end() {
    let (ours, mut theirs) = duplex(1);
    tokio::spawn(async move {
        loop {
            tokio::time::sleep(Duration::from_millis(5)).await;
            if !matches!(theirs.read(&mut [0]).await, Ok(1)) {
                return;
            }
        }
    });
    // It never takes nothing for long, but 200 bytes a second are not the 10,000 that are asked.
    let mut guarded = StallGuard::new(ours, Duration::from_millis(60), 10_000);
    let failed = guarded.write_all(&[0; 10_000]).await.unwrap_err();
    assert_eq!(failed.kind(), ErrorKind::TimedOut);
}

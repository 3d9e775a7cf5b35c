//! Callers that send slowly, read slowly or say nothing: each is cut in time, and others are
//! answered meanwhile.

use std::time::{Duration, Instant};

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

use super::{Running, all, running_with, send};
use crate::options::HttpOptions;
use crate::serve::Patience;

/// Short enough for a test, long enough for a busy machine.
const SHORT: Duration = Duration::from_millis(300);
/// Nothing here takes longer.
const LONG: Duration = Duration::from_secs(20);
/// Callers of one kind.
const CALLERS: usize = 40;

fn patience(connections: u32) -> Patience {
    Patience {
        connections,
        head: SHORT,
        head_in_a_crowd: SHORT / 4,
        stall: SHORT,
        bytes_a_second: 1 << 30,
    }
}

async fn assert_answers(running: &Running) {
    let began = Instant::now();
    let request = "GET /hello HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n";
    let text = all(send(running.address, request).await).await;
    assert!(text.ends_with("/hello"), "{text}");
    assert!(began.elapsed() < LONG, "{:?}", began.elapsed());
}

/// Waits until the other side has hung up.
async fn hung_up(mut stream: TcpStream) {
    let mut rest = Vec::new();
    let ended = tokio::time::timeout(LONG, stream.read_to_end(&mut rest)).await;
    // A reset is an end too.
    ended.unwrap().unwrap_or_default();
}

#[tokio::test]
async fn heads_that_trickle_in_are_cut_and_others_are_answered() {
    let running = running_with(HttpOptions::default(), patience(200)).await;
    let address = running.address;
    let mut slow = Vec::new();
    for _ in 0..CALLERS {
        let mut stream = send(address, "GET / HTTP/1.1\r\n").await;
        slow.push(tokio::spawn(async move {
            let began = Instant::now();
            // A byte now and then does not put the end off.
            while began.elapsed() < LONG {
                tokio::time::sleep(SHORT / 10).await;
                if stream.write_all(b"X-A: b\r\n").await.is_err() {
                    return;
                }
            }
            panic!("a head that never ends is never cut");
        }));
    }
    for _ in 0..5 {
        assert_answers(&running).await;
    }
    for caller in slow {
        caller.await.unwrap();
    }
}

#[tokio::test]
async fn those_who_do_not_read_their_answer_are_cut_and_others_are_answered() {
    let running = running_with(HttpOptions::default(), patience(200)).await;
    let request = "GET /large HTTP/1.1\r\nHost: x\r\n\r\n";
    let mut slow = Vec::new();
    for _ in 0..4 {
        slow.push(send(running.address, request).await);
    }
    assert_answers(&running).await;
    // One reads a little all the time.
    let mut trickling = send(running.address, request).await;
    let trickled = tokio::spawn(async move {
        let (mut got, mut buffer) = (0, [0; 1_024]);
        let began = Instant::now();
        while began.elapsed() < LONG {
            match trickling.read(&mut buffer).await {
                Ok(0) | Err(_) => return got,
                Ok(count) => got += count,
            }
            tokio::time::sleep(Duration::from_millis(2)).await;
        }
        panic!("a reader of a byte now and then is never cut");
    });
    for stream in slow {
        hung_up(stream).await;
    }
    assert_answers(&running).await;
    assert!(trickled.await.unwrap() < super::LARGE_BYTES);
}

#[tokio::test]
async fn silent_callers_make_room_when_places_run_out() {
    let running = running_with(HttpOptions::default(), patience(CALLERS as u32)).await;
    let mut silent = Vec::new();
    for _ in 0..CALLERS {
        silent.push(send(running.address, "").await);
    }
    // All places are taken; this one waits until somebody is cut.
    assert_answers(&running).await;
    for stream in silent {
        hung_up(stream).await;
    }
}

#[tokio::test]
async fn one_caller_does_not_take_all_places() {
    let options = HttpOptions {
        client_connections: 3,
        ..HttpOptions::default()
    };
    let running = running_with(options, Patience::default()).await;
    let mut held = Vec::new();
    for _ in 0..3 {
        held.push(send(running.address, "").await);
    }
    let text = all(send(running.address, "").await).await;
    assert!(text.starts_with("HTTP/1.1 429 "), "{text}");
    assert!(text.contains("Retry-After: 10\r\n"), "{text}");
    drop(held);
    // The places are free again as soon as the server has seen the ends.
    let began = Instant::now();
    while began.elapsed() < LONG {
        let request = "GET /hello HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n";
        let mut stream = send(running.address, request).await;
        let mut text = String::new();
        let read = stream.read_to_string(&mut text).await;
        if read.is_ok() && text.ends_with("/hello") {
            return;
        }
    }
    panic!("the places are never free again");
}

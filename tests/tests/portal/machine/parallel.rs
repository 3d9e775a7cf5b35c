//! Many lists taken at once: some are served, the others are told when to come back, and readers
//! notice nothing.

use std::time::{Duration, Instant};

use dinh_tests::{TestPortal, Visited};
use serde_json::json;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

use crate::import::rows::{file, lines, row, run_clean};

/// Clients at once.
const CLIENTS: usize = 32;
/// Rows of the list, each with a long abstract: more than the system buffers for a client that does
/// not read.
const ROWS: usize = 1_200;
/// Longest wait of a reader meanwhile.
const PATIENCE: Duration = Duration::from_secs(5);

async fn with_a_long_list() -> TestPortal {
    let portal = TestPortal::demo().await;
    let rows: Vec<_> = (1..=ROWS)
        .map(|number| {
            let mut row = row(number);
            row["trich_yeu"] = json!(format!("{} {number}", "Về việc ".repeat(480)));
            row
        })
        .collect();
    let path = file(portal.folder(), "rows.jsonl", lines(&rows).as_bytes());
    assert_eq!(run_clean(&portal, &path).await.created, ROWS as u64);
    portal
}

/// Asks for the whole list and reads no more than the first line of the answer.
async fn begin(port: u16) -> (TcpStream, String) {
    let mut stream = TcpStream::connect(("127.0.0.1", port)).await.unwrap();
    let ask = "GET /van-ban/export.csv HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";
    stream.write_all(ask.as_bytes()).await.unwrap();
    let mut first = [0; 12];
    stream.read_exact(&mut first).await.unwrap();
    let status = String::from_utf8_lossy(&first[9..]).into_owned();
    (stream, status)
}

async fn page(portal: &TestPortal, path: &str) -> Visited {
    let asked = Instant::now();
    let page = portal.visitor().get("localhost", path).await;
    assert!(asked.elapsed() < PATIENCE, "{path}: {:?}", asked.elapsed());
    page
}

#[tokio::test]
async fn of_many_who_take_everything_some_are_served_and_readers_wait_for_none() {
    let portal = with_a_long_list().await;
    let port = portal.visitor().port();
    let mut clients = Vec::new();
    for _ in 0..CLIENTS {
        clients.push(begin(port).await);
    }
    let served = clients.iter().filter(|(_, status)| status == "200").count();
    let refused = clients.iter().filter(|(_, status)| status == "503").count();
    assert_eq!((served, refused), (4, CLIENTS - 4));
    for path in [
        "/van-ban",
        "/tim-kiem?q=quyet+dinh",
        "/van-ban/feed.atom",
        "/api/v1/sites",
    ] {
        page(&portal, path).await.assert_status(200);
    }
    let crowded = page(&portal, "/van-ban/export.ods")
        .await
        .assert_status(503);
    assert_eq!(crowded.header("retry-after"), "30");
    crowded.assert_contains("Đang có nhiều người tải danh sách cùng lúc");

    // Who is served gets all of it, however late he reads.
    let (mut stream, _) = clients.swap_remove(clients.iter().position(|it| it.1 == "200").unwrap());
    let mut all = Vec::new();
    stream.read_to_end(&mut all).await.unwrap();
    let text = String::from_utf8_lossy(&all);
    assert_eq!(text.matches("/2026/TT-BKHCN").count() / 2, ROWS);
    assert!(text.ends_with("0\r\n\r\n"), "the answer has its end");

    // Places are free again when those who held them are gone.
    drop(clients);
    let freed = async {
        while page(&portal, "/van-ban/export.csv?year=2014")
            .await
            .status()
            != 200
        {
            tokio::task::yield_now().await;
        }
    };
    tokio::time::timeout(PATIENCE, freed).await.unwrap();
}

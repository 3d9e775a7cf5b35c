//! Several nodes: processes of their own on one database and one object store.

use std::collections::BTreeSet;
use std::time::{Duration, Instant};

use dinh_tests::{COLLECTION, Document, Ended, Program, S3, TestPortal, Visited, Visitor};

use super::running::Server;
use crate::import::rows::{lines, row};

/// What one node has done shows on all within this.
pub(crate) const SHOWN_WITHIN: Duration = Duration::from_secs(5);
/// Longest wait for a node to come back.
const PATIENCE: Duration = Duration::from_secs(30);
const PLUGIN: &str = "legal-documents";

/// Asks again and again until the answer is as it should be.
pub(crate) async fn until(within: Duration, what: &str, ask: impl AsyncFn() -> bool) {
    let began = Instant::now();
    while !ask().await {
        assert!(began.elapsed() < within, "not within {within:?}: {what}");
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    eprintln!("{what}: after {:?}", began.elapsed());
}

async fn search_has(node: Visitor, number: &str) -> bool {
    let found = node.search("localhost", number).await;
    found.status() == 200
        && found
            .page()
            .rows()
            .iter()
            .any(|row| row.words.contains(number))
}

async fn list_has(node: Visitor, number: &str) -> bool {
    let list = node
        .get("localhost", &format!("/van-ban?number={number}"))
        .await;
    list.status() == 200
        && list
            .page()
            .rows()
            .iter()
            .any(|row| row.words.contains(number))
}

async fn readiness(node: Visitor) -> (u16, serde_json::Value) {
    let answer = node.get("localhost", "/readyz").await;
    let told = serde_json::from_str(&answer.answer().text()).unwrap();
    (answer.status(), told)
}

fn import(program: &Program, from: usize, to: usize) -> Ended {
    let rows: Vec<_> = (from..=to).map(row).collect();
    std::fs::write(program.folder().join("rows.jsonl"), lines(&rows)).unwrap();
    let map = ["--site", "yen-the", "--map", "phap-dien"];
    let ended = program.run(&[&["import", COLLECTION, "rows.jsonl"][..], &map].concat());
    ended.assert_code(0)
}

/// The page of a document's standing, which the plugin computes.
async fn standing(node: Visitor) -> Visited {
    let document = node.document("localhost", "03/2014/QĐ-UBND").await;
    let address = document
        .page()
        .link("Hiệu lực của văn bản theo ngày")
        .address;
    node.get("localhost", &format!("{address}?ngay=2015-01-01"))
        .await
}

/// Two nodes with the demo and one object store.
pub(crate) async fn pair(store: &S3) -> Option<(Program, Program)> {
    let first = Program::new().await.with(store.settings());
    if !first.database().is_shared_by_nodes() {
        return None;
    }
    let second = first.beside();
    Some((first, second))
}

#[tokio::test]
async fn what_one_node_does_shows_on_the_other_and_either_goes_on_alone() {
    let Some(store) = S3::start() else { return };
    let Some((a, b)) = pair(&store).await else {
        return;
    };
    // B is there first, on an empty database; all that it shows A has made.
    let b_serves = Server::start(&b, "serve");
    let mut a_serves = Server::start(&a, "demo");
    let (on_a, on_b) = (a_serves.visitor(), b_serves.visitor());
    until(SHOWN_WITHIN, "the demo on the other node", async || {
        search_has(on_b, "06/2014/QĐ-UBND").await && list_has(on_b, "06/2014/QĐ-UBND").await
    })
    .await;
    let document = on_b.document("localhost", "06/2014/QĐ-UBND").await;
    let links = document.page().links();
    let file = links.iter().find(|link| link.address.starts_with("/tep/"));
    let file = &file.unwrap().address;
    let from_a = on_a.get("localhost", file).await.assert_status(200);
    let from_b = on_b.get("localhost", file).await.assert_status(200);
    assert!(from_a.answer().body == from_b.answer().body);
    let (status, told) = readiness(on_b).await;
    assert_eq!((status, &told["detail"]["listening"]), (200, &"yes".into()));

    import(&a, 1, 3);
    until(SHOWN_WITHIN, "published on A, on B", async || {
        search_has(on_b, "2/2026/TT-BKHCN").await && list_has(on_b, "2/2026/TT-BKHCN").await
    })
    .await;
    on_b.document("localhost", "2/2026/TT-BKHCN").await;

    let commune = "dong-son.localhost";
    on_b.get(commune, "/van-ban").await.assert_status(200);
    let disable = ["module", "disable", PLUGIN, "--site", "dong-son"];
    a.run(&disable).assert_code(0);
    until(SHOWN_WITHIN, "disabled on A, gone on B", async || {
        on_b.get(commune, "/van-ban").await.status() == 404
    })
    .await;

    assert!(standing(on_b).await.page().words().contains("Còn hiệu lực"));
    a.run(&["plugin", "park", PLUGIN]).assert_code(0);
    let plain = "<h1>Quyết định 03/2014/QĐ-UBND</h1>";
    until(SHOWN_WITHIN, "parked on A, parked on B", async || {
        standing(on_b).await.page().html().contains(plain)
    })
    .await;
    b.run(&["plugin", "unpark", PLUGIN]).assert_code(0);
    until(SHOWN_WITHIN, "unparked on B, running on A", async || {
        !standing(on_a).await.page().html().contains(plain)
    })
    .await;

    a_serves.signal("-KILL");
    a_serves.child.wait().unwrap();
    assert!(search_has(on_b, "06/2014/QĐ-UBND").await);
    on_b.get("localhost", file).await.assert_status(200);
    import(&b, 10, 11);
    assert!(
        search_has(on_b, "11/2026/TT-BKHCN").await,
        "B publishes alone"
    );
    let a_again = Server::start(&a, "serve");
    assert!(
        search_has(a_again.visitor(), "11/2026/TT-BKHCN").await,
        "what happened meanwhile is there when it is ready again"
    );
}

#[tokio::test]
async fn two_nodes_that_start_at_once_on_an_empty_database_make_it_once() {
    let first = Program::new().await;
    if !first.database().is_shared_by_nodes() {
        return;
    }
    let second = first.beside();
    let (one, two) = std::thread::scope(|scope| {
        let one = scope.spawn(|| Server::start(&first, "serve"));
        let two = scope.spawn(|| Server::start(&second, "serve"));
        (one.join().unwrap(), two.join().unwrap())
    });
    for node in [one.visitor(), two.visitor()] {
        let (status, told) = readiness(node).await;
        assert_eq!(status, 200, "{told}");
    }
    let tables = "select tablename::text from pg_tables where tablename ~ '^i[xy]_[0-9a-f]{12}$'";
    let tables = first.database().lines(tables).await;
    let collections: BTreeSet<&str> = tables.iter().map(|table| &table[3..]).collect();
    assert!(!tables.is_empty());
    assert_eq!(
        tables.len(),
        collections.len(),
        "one index each: {tables:?}"
    );
}

#[tokio::test]
async fn what_is_withdrawn_on_one_node_is_gone_on_the_other() {
    let portal = TestPortal::demo().await;
    let Some(node) = portal.program_beside() else {
        return;
    };
    let serves = Server::start(&node, "serve");
    let there = serves.visitor();
    let number = "95/2026/QĐ-UBND";
    portal.post(Document::new(number)).await;
    until(SHOWN_WITHIN, "published", async || {
        search_has(there, number).await && list_has(there, number).await
    })
    .await;
    let list = there
        .get("localhost", &format!("/van-ban?number={number}"))
        .await;
    let address = list.page().rows().first().unwrap().address.clone();
    let entry = portal.entry_id("yen-the", &address).await;
    let withdrawn = portal.portal().withdraw("test", &entry, "Đăng nhầm", None);
    withdrawn.await.unwrap();
    until(SHOWN_WITHIN, "withdrawn", async || {
        there.get("localhost", &address).await.status() == 410
            && !search_has(there, number).await
            && !list_has(there, number).await
    })
    .await;
}

#[tokio::test]
async fn a_node_that_the_change_log_no_longer_helps_makes_its_index_anew() {
    let portal = TestPortal::demo().await;
    let Some(node) = portal.program_beside() else {
        return;
    };
    let mut serves = Server::start(&node, "serve");
    serves.signal("-TERM");
    serves.child.wait().unwrap();
    let number = "96/2026/QĐ-UBND";
    portal.post(Document::new(number)).await;
    portal.post(Document::new("97/2026/QĐ-UBND")).await;
    // Somebody has shortened the log while the node was away: it lacks more than the log holds.
    let prune = "delete from change_log where number < (select max(number) from change_log)";
    node.database().run(prune).await;
    let serves = Server::start(&node, "serve");
    assert!(search_has(serves.visitor(), number).await);
    assert!(search_has(serves.visitor(), "06/2014/QĐ-UBND").await);

    // The same while it serves: five changes that nobody can read any more.
    let lost = "update counter set value = value + 5 where name = 'change'";
    node.database().run(lost).await;
    until(PATIENCE, "rebuilt while it serves", async || {
        let (status, told) = readiness(serves.visitor()).await;
        status == 200 && told["detail"]["changes_not_yet_indexed"] == 0
    })
    .await;
    portal.post(Document::new("98/2026/QĐ-UBND")).await;
    until(SHOWN_WITHIN, "followed after it", async || {
        search_has(serves.visitor(), "98/2026/QĐ-UBND").await
            && search_has(serves.visitor(), number).await
    })
    .await;
}

#[tokio::test]
async fn a_node_whose_schema_was_left_behind_says_that_it_is_not_ready() {
    let program = Program::with_demo().await;
    let serves = Server::start(&program, "serve");
    assert_eq!(readiness(serves.visitor()).await.0, 200);
    let ahead = "insert into schema_migration (version, name, applied_at, hash) values (99, 'future', 0, 'x')";
    program.database().run(ahead).await;
    let (status, told) = readiness(serves.visitor()).await;
    assert_eq!(status, 503, "{told}");
    assert_eq!(told["detail"]["schema_is_usable"], false);
}

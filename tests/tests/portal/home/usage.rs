//! How often entries are read: what counts, what does not, and what comes of it.

use dinh_portal::Portal;
use dinh_tests::{TestPortal, Visited};

const HOST: &str = "dong-son.localhost";
const BIRTH: &str = "/dich-vu-cong/dang-ky-khai-sinh";
const MARRIAGE: &str = "/dich-vu-cong/dang-ky-ket-hon";
const BROWSER: &str = "Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0";
const HOUR_MS: i64 = 60 * 60 * 1_000;

async fn read(portal: &TestPortal, path: &str) -> Visited {
    let named = [("User-Agent", BROWSER)];
    portal.visitor().get_with(HOST, path, &named).await
}

/// What the page says once nothing older is kept.
async fn views(portal: &TestPortal, path: &str) -> String {
    portal.portal().write_usage().await.unwrap();
    portal.clock().advance(HOUR_MS);
    let page = portal.visitor().get(HOST, path).await;
    let facts = page.assert_status(200).page().facts();
    let views = facts
        .into_iter()
        .find(|(label, _)| label == "Lượt xem tháng này");
    views.map_or_else(String::new, |(_, views)| views)
}

async fn popular(portal: &TestPortal) -> Vec<String> {
    let page = portal.visitor().get(HOST, "/").await.page();
    let block = page.between("được xem nhiều</a>", "</section>")[0].to_owned();
    let rows = block.split("<h3><a href=\"").skip(1);
    let paths = rows.filter_map(|it| it.split_once('"'));
    paths.map(|(path, _)| path.to_owned()).collect()
}

#[tokio::test]
async fn people_who_read_a_page_count_whether_it_was_kept_or_not() {
    let portal = TestPortal::demo().await;
    assert_eq!(views(&portal, BIRTH).await, "0");
    for _ in 0..3 {
        read(&portal, BIRTH).await.assert_status(200);
    }
    let tag = read(&portal, BIRTH).await.header("etag").to_owned();
    let again = [("User-Agent", BROWSER), ("If-None-Match", tag.as_str())];
    let again = portal.visitor().get_with(HOST, BIRTH, &again).await;
    again.assert_status(304);
    assert_eq!(views(&portal, BIRTH).await, "5");
    assert_eq!(views(&portal, MARRIAGE).await, "0");
    // Without a page cache too.
    let bare = TestPortal::demo_with(|it| it.page_cache_bytes = 0).await;
    read(&bare, BIRTH).await.assert_status(200);
    assert_eq!(views(&bare, BIRTH).await, "1");
}

#[tokio::test]
async fn machines_other_forms_of_the_page_and_other_pages_do_not_count() {
    let portal = TestPortal::demo().await;
    let visitor = portal.visitor();
    for name in ["", "Googlebot/2.1", "curl/8.9.1"] {
        let named = [("User-Agent", name)];
        visitor.get_with(HOST, BIRTH, &named).await;
    }
    visitor.get(HOST, BIRTH).await.assert_status(200);
    let named = [("User-Agent", BROWSER)];
    visitor.ask("HEAD", HOST, BIRTH, &named).await;
    let ahead = [("User-Agent", BROWSER), ("Sec-Purpose", "prefetch")];
    visitor.get_with(HOST, BIRTH, &ahead).await;
    for more in ["/ban-in", "/ban-luu", "/can-chuan-bi"] {
        read(&portal, &format!("{BIRTH}{more}"))
            .await
            .assert_status(200);
    }
    for path in ["/dich-vu-cong", "/dich-vu-cong/feed.atom", "/"] {
        read(&portal, path).await.assert_status(200);
    }
    assert_eq!(views(&portal, BIRTH).await, "0");
    // What does not declare it is not counted, and says nothing.
    let document = visitor.document(HOST, "48/QĐ-UBND").await;
    let document = document.page().canonical_path();
    read(&portal, &document).await.assert_status(200);
    assert_eq!(portal.portal().write_usage().await.unwrap(), 0);
    assert_eq!(views(&portal, &document).await, "");
}

#[tokio::test]
async fn what_is_read_most_comes_first_on_the_home_page() {
    let portal = TestPortal::demo().await;
    let before = popular(&portal).await;
    assert!(before.len() > 1, "the block is filled from the first day");
    let last = before.last().unwrap().clone();
    for _ in 0..2 {
        read(&portal, &last).await.assert_status(200);
    }
    read(&portal, &before[1]).await.assert_status(200);
    portal.portal().write_usage().await.unwrap();
    assert_eq!(
        popular(&portal).await,
        before,
        "kept for an hour at the most"
    );
    portal.clock().advance(HOUR_MS);
    let now = popular(&portal).await;
    assert_eq!(now[..2], [last, before[1].clone()]);
    // Three months later nobody has read anything for long.
    portal.clock().set("2027-04-01");
    assert_eq!(popular(&portal).await, before);
}

#[tokio::test]
async fn nodes_add_up() {
    let portal = TestPortal::demo().await;
    let node = portal.second_node().await;
    let count = async |on: &Portal, times: usize| {
        let dinh_portal::Arrival::Here(visit) = on.arrive(HOST).await.unwrap() else {
            panic!("the commune is there");
        };
        on.section(&visit, BIRTH.trim_start_matches('/'), &[])
            .await
            .unwrap();
        let freshness = visit.freshness().unwrap();
        for _ in 0..times {
            on.count_view(freshness.viewed().unwrap());
        }
    };
    count(portal.portal(), 2).await;
    count(&node, 3).await;
    let (here, there) = tokio::join!(portal.portal().write_usage(), node.write_usage());
    assert_eq!((here.unwrap(), there.unwrap()), (1, 1));
    assert_eq!(views(&portal, BIRTH).await, "5");
    let rows = "select count(*) as rows_of_it from entry_usage";
    assert_eq!(portal.database().lines(rows).await, ["1"]);
}

#[tokio::test]
async fn a_database_that_is_away_costs_no_page() {
    let portal = TestPortal::demo().await;
    read(&portal, BIRTH).await.assert_status(200);
    portal.lose_database().await;
    read(&portal, BIRTH).await.assert_status(200);
    assert!(portal.portal().write_usage().await.is_err());
    read(&portal, BIRTH).await.assert_status(200);
}

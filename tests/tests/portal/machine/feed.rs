//! The feed of a list.

use dinh_tests::{Document, TestPortal, encoded};

const FEED: &str = "/van-ban/feed.atom";

async fn feed(portal: &TestPortal, path: &str) -> String {
    let answer = portal.visitor().get("localhost", path).await;
    let answer = answer.assert_status(200);
    answer
        .clone()
        .assert_header("content-type", "application/atom+xml; charset=utf-8");
    answer.text()
}

fn between<'a>(text: &'a str, start: &str, end: &str) -> Vec<&'a str> {
    let found = text.split(start).skip(1);
    found
        .filter_map(|rest| Some(rest.split_once(end)?.0))
        .collect()
}

fn entries(feed: &str) -> Vec<&str> {
    between(feed, "<entry", "</entry>")
}

#[tokio::test]
async fn what_was_posted_last_comes_first_with_author_source_and_rights() {
    let portal = TestPortal::demo().await;
    let old = Document::new("98/2014/QĐ-UBND")
        .with("issued_on", "2014-01-02")
        .with("fields", serde_json::json!(["Đất đai & nhà ở"]));
    portal.post(old).await;
    let text = feed(&portal, FEED).await;
    let all = entries(&text);
    assert_eq!(all.len(), 41);
    let first = all[0];
    let one = |start: &str, end: &str| between(first, start, end)[0].to_owned();
    assert_eq!(one("<title>", "</title>"), "Quyết định 98/2014/QĐ-UBND");
    assert_eq!(one("<name>", "</name>"), "Ủy ban nhân dân huyện Yên Thế");
    assert!(!one("<dc:source>", "</dc:source>").is_empty());
    assert_eq!(
        one("<summary>", "</summary>"),
        "Về việc thử nghiệm số 98/2014/QĐ-UBND"
    );
    assert!(one("<rights>", "</rights>").starts_with("Khi sử dụng lại, xin ghi rõ nguồn: "));
    assert!(one("<id>", "</id>").starts_with("urn:uuid:"));
    assert!(
        first.contains("term=\"quyet-dinh\" label=\"Quyết định\""),
        "{first}"
    );
    assert!(first.contains("term=\"Đất đai &amp; nhà ở\""), "{first}");
    let newest = one("<updated>", "</updated>");
    assert_eq!(between(&text, "<updated>", "</updated>")[0], newest);
}

#[tokio::test]
async fn a_feed_is_as_narrow_as_its_list_and_names_itself() {
    let portal = TestPortal::demo().await;
    let path = format!("{FEED}?kind=quyet-dinh&year=2014&page=3&sort=number&fbclid=1");
    let text = feed(&portal, &path).await;
    let port = portal.visitor().port();
    let own = format!("http://localhost:{port}{FEED}?kind=quyet-dinh&amp;year=2014");
    assert!(
        text.contains(&format!(
            "<link rel=\"self\" type=\"application/atom+xml\" href=\"{own}\"/>"
        )),
        "{text}"
    );
    let list = portal
        .visitor()
        .get("localhost", "/van-ban?kind=quyet-dinh&year=2014")
        .await;
    assert_eq!(entries(&text).len() as u64, list.page().total());
    assert!(between(&text, "<title>", "</title>")[0].ends_with("(Quyết định; 2014)"));
    let whole = feed(&portal, FEED).await;
    let id = |text: &str| between(text, "<id>", "</id>")[0].to_owned();
    assert_ne!(id(&text), id(&whole));
    assert_eq!(id(&text), id(&feed(&portal, &path).await));
    let words = feed(&portal, &format!("{FEED}?q={}", encoded("công chức"))).await;
    assert!((1..41).contains(&entries(&words).len()));
}

#[tokio::test]
async fn an_empty_feed_is_one_and_the_ids_outlive_a_host_name() {
    let portal = TestPortal::demo().await;
    let empty = feed(&portal, &format!("{FEED}?year=1990")).await;
    assert_eq!(entries(&empty).len(), 0);
    let ids = |text: &str| -> Vec<String> {
        let ids = between(text, "<id>", "</id>").into_iter();
        ids.map(str::to_owned).collect()
    };
    let before = ids(&feed(&portal, FEED).await);
    portal
        .change_site("yen-the", |site| {
            site.host = "cong-moi.localhost".to_owned()
        })
        .await;
    let moved = portal.visitor().get("cong-moi.localhost", FEED).await;
    let moved = moved.assert_status(200).text();
    assert!(moved.contains("http://cong-moi.localhost:"));
    assert_eq!(ids(&moved), before);
}

#[tokio::test]
async fn what_xml_cannot_hold_does_not_break_a_feed() {
    let portal = TestPortal::demo().await;
    let document =
        Document::new("99/2026/QĐ-UBND").with("abstract", "Về <b>]]> & \u{b}\u{fffe}\"x\"");
    portal.post(document).await;
    let text = feed(&portal, FEED).await;
    assert!(
        text.contains("<summary>Về &lt;b&gt;]]&gt; &amp; &quot;x&quot;</summary>"),
        "{}",
        entries(&text)[0]
    );
}

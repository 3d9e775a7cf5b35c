//! One edge between two documents, shown at both ends.

use dinh_tests::{Document, TestPortal, Visited};
use serde_json::json;

/// Relations of a page: heading and items.
fn relations(page: &Visited) -> Vec<(String, String)> {
    let page = page.page();
    let section = page
        .between("<section class=\"relations\"", "</section>")
        .concat();
    let groups = section
        .split("<h3>")
        .skip(1)
        .filter_map(|group| group.split_once("</h3>"));
    groups
        .map(|(label, items)| (label.to_owned(), dinh::demo::page::readable(items)))
        .collect()
}

#[track_caller]
fn assert_related(page: &Visited, label: &str, number: &str) {
    let all = relations(page);
    let found = all
        .iter()
        .any(|(known, items)| known == label && items.contains(number));
    assert!(found, "{}: {label} {number} in {all:?}", page.what());
}

#[tokio::test]
async fn every_kind_of_relation_is_named_from_both_ends() {
    let portal = TestPortal::demo().await;
    for (from, label, to, inverse) in [
        (
            "02/2017/QĐ-UBND",
            "Thay thế",
            "03/2014/QĐ-UBND",
            "Được thay thế bởi",
        ),
        (
            "03/2020/QĐ-UBND",
            "Bãi bỏ",
            "07/2014/QĐ-UBND",
            "Bị bãi bỏ bởi",
        ),
        (
            "01/2016/QĐ-UBND",
            "Sửa đổi, bổ sung",
            "01/2014/QĐ-UBND",
            "Được sửa đổi, bổ sung bởi",
        ),
        (
            "412/UBND-VP",
            "Đính chính",
            "02/2015/QĐ-UBND",
            "Được đính chính bởi",
        ),
        (
            "1186/QĐ-UBND",
            "Căn cứ ban hành",
            "06/2014/QĐ-UBND",
            "Là căn cứ ban hành của",
        ),
    ] {
        let one = portal.visitor().document("localhost", from).await;
        assert_related(&one, label, to);
        let other = portal.visitor().document("localhost", to).await;
        assert_related(&other, inverse, from);
    }
}

#[tokio::test]
async fn a_relation_leads_from_one_document_to_the_other() {
    let portal = TestPortal::demo().await;
    let old = portal
        .visitor()
        .document("localhost", "03/2014/QĐ-UBND")
        .await;
    let links = old.page().links();
    let link = links
        .iter()
        .find(|link| link.words.contains("02/2017/QĐ-UBND"))
        .unwrap();
    let new = portal
        .visitor()
        .get("localhost", &link.address)
        .await
        .assert_status(200);
    new.assert_contains("<h1>Quyết định 02/2017/QĐ-UBND</h1>");
}

#[tokio::test]
async fn the_districts_page_leads_to_the_communes_site() {
    let portal = TestPortal::demo().await;
    let page = portal.visitor().document("localhost", "12/HD-UBND").await;
    let links = page.page().links();
    let link = links
        .iter()
        .find(|link| link.words.contains("04/NQ-HĐND"))
        .unwrap();
    let there = format!(
        "http://dong-son.localhost:{}/van-ban/",
        portal.visitor().port()
    );
    assert!(link.address.starts_with(&there), "{}", link.address);
}

#[tokio::test]
async fn a_document_that_is_not_on_the_portal_is_named_without_a_link() {
    let portal = TestPortal::demo().await;
    let page = portal
        .visitor()
        .document("localhost", "06/2014/QĐ-UBND")
        .await;
    assert_related(&page, "Căn cứ ban hành", "24/2011/TT-BTTTT");
    let links = page.page().links();
    assert!(
        links
            .iter()
            .all(|link| !link.words.contains("24/2011/TT-BTTTT"))
    );
}

#[tokio::test]
async fn an_edge_finds_its_target_when_that_appears_later() {
    let portal = TestPortal::demo().await;
    let relation =
        json!([{"kind": "based-on", "target": "88/2026/qd-ubnd", "label": "Quyết định của huyện"}]);
    portal
        .post(Document::new("89/2026/QĐ-UBND").with("relations", relation))
        .await;
    let before = portal
        .visitor()
        .document("localhost", "89/2026/QĐ-UBND")
        .await;
    assert!(
        before
            .page()
            .links()
            .iter()
            .all(|link| !link.words.contains("88/2026"))
    );
    portal
        .post(Document::new("88/2026/QĐ-UBND").with("issued_on", "2026-11-01"))
        .await;
    let after = portal
        .visitor()
        .document("localhost", "89/2026/QĐ-UBND")
        .await;
    assert!(
        after
            .page()
            .links()
            .iter()
            .any(|link| link.words.contains("88/2026/QĐ-UBND"))
    );
    let target = portal
        .visitor()
        .document("localhost", "88/2026/QĐ-UBND")
        .await;
    assert_related(&target, "Là căn cứ ban hành của", "89/2026/QĐ-UBND");
}

#[tokio::test]
async fn a_commune_s_page_leads_up_to_the_district_s_document_and_not_across() {
    let portal = TestPortal::demo().await;
    let edge = |target: &str| serde_json::json!([{"kind": "based-on", "target": target}]);
    let of_commune = |number: &str, target: &str| {
        Document::new(number)
            .on("dong-son")
            .with("issuer", "Ủy ban nhân dân xã Đông Sơn")
            .with("relations", edge(target))
    };
    portal
        .post(of_commune("96/2026/QĐ-UBND", "06/2014/QĐ-UBND"))
        .await;
    let up = portal
        .visitor()
        .document("dong-son.localhost", "96/2026/QĐ-UBND")
        .await;
    let link = up.page().link("Quyết định 06/2014/QĐ-UBND").address;
    assert!(link.starts_with("http://localhost:"), "{link}");

    // The neighbour's document of that number is another body's.
    portal
        .post(of_commune("97/2026/QĐ-UBND", "37/QĐ-UBND"))
        .await;
    let across = portal
        .visitor()
        .document("dong-son.localhost", "97/2026/QĐ-UBND")
        .await;
    let links = across.page().links();
    assert!(links.iter().all(|link| !link.words.contains("37/QĐ-UBND")));
    across.assert_contains("37/QĐ-UBND");
}

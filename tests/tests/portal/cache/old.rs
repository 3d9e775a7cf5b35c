//! Every kind of change makes old what showed it, for the very next request.

use dinh::command::Command;
use dinh_domain::site::Share;
use dinh_tests::{Document, PLUGIN, TestPortal, Visited};

const HIT: &str = "dinh; hit";

async fn kept(portal: &TestPortal, host: &str, path: &str) -> Visited {
    portal.visitor().get(host, path).await;
    let again = portal.visitor().get(host, path).await.assert_status(200);
    assert_eq!(again.header("cache-status"), HIT, "{host}{path}");
    again
}

#[tokio::test]
async fn what_is_published_shows_at_once_wherever_it_is_gathered() {
    let portal = TestPortal::demo().await;
    let pages = [
        ("dong-son.localhost", "/"),
        ("dong-son.localhost", "/van-ban"),
        ("dong-son.localhost", "/tim-kiem?q=kakapo"),
        ("localhost", "/tim-kiem?q=kakapo"),
    ];
    for (host, path) in pages {
        kept(&portal, host, path)
            .await
            .assert_lacks("95/2026/QĐ-UBND");
    }
    let elsewhere = kept(&portal, "xuan-luong.localhost", "/van-ban").await;
    let document = Document::new("95/2026/QĐ-UBND").on("dong-son");
    portal
        .post(document.with("abstract", "Về loài kakapo"))
        .await;
    for (host, path) in pages {
        let page = portal.visitor().get(host, path).await;
        page.assert_contains("95/2026/QĐ-UBND");
    }
    let again = portal
        .visitor()
        .get("xuan-luong.localhost", "/van-ban")
        .await;
    assert_eq!(again.header("cache-status"), HIT, "no page of another site");
    assert_eq!(again.header("etag"), elsewhere.header("etag"));
}

#[tokio::test]
async fn an_edge_shows_at_both_ends_as_soon_as_either_is_published_or_withdrawn() {
    let portal = TestPortal::demo().await;
    let target = Document::new("96/2026/QĐ-UBND").with("abstract", "Được thay thế");
    portal.post(target).await;
    let old = portal
        .visitor()
        .document("localhost", "96/2026/QĐ-UBND")
        .await;
    let old = old.page().canonical_path();
    kept(&portal, "localhost", &old)
        .await
        .assert_lacks("97/2026/QĐ-UBND");
    let relations = serde_json::json!([{ "kind": "replaces", "target": "96/2026/QĐ-UBND" }]);
    portal
        .post(Document::new("97/2026/QĐ-UBND").with("relations", relations))
        .await;
    kept(&portal, "localhost", &old)
        .await
        .assert_contains("97/2026/QĐ-UBND");
    let new = portal
        .visitor()
        .document("localhost", "97/2026/QĐ-UBND")
        .await;
    let new = new.page().canonical_path();
    kept(&portal, "localhost", &new).await;
    let entry = portal.entry_id("yen-the", &new).await;
    let withdrawn = portal.portal().withdraw("test", &entry, "Đăng nhầm", None);
    withdrawn.await.unwrap();
    portal
        .visitor()
        .get("localhost", &new)
        .await
        .assert_status(410);
    let page = portal.visitor().get("localhost", &old).await;
    page.assert_status(200).assert_lacks("97/2026/QĐ-UBND");
}

#[tokio::test]
async fn a_module_a_share_a_site_and_a_plugin_change_everything_that_depends_on_them() {
    let portal = TestPortal::demo_with_own_engine().await;
    let search = "/tim-kiem?q=48/Q%C4%90-UBND";
    kept(&portal, "localhost", search)
        .await
        .assert_contains("48/QĐ-UBND");
    portal.set_share("dong-son", Share::None).await;
    let hidden = |answer: Visited| {
        assert!(
            answer
                .page()
                .rows()
                .iter()
                .all(|hit| !hit.words.contains("48/QĐ-UBND"))
        );
    };
    hidden(kept(&portal, "localhost", search).await);
    portal.set_share("dong-son", Share::Search).await;
    kept(&portal, "localhost", search)
        .await
        .assert_contains("48/QĐ-UBND");
    kept(&portal, "dong-son.localhost", "/van-ban").await;
    portal.set_module("dong-son", false).await;
    hidden(kept(&portal, "localhost", search).await);
    let gone = portal.visitor().get("dong-son.localhost", "/van-ban").await;
    gone.assert_status(404);
    kept(&portal, "localhost", "/so-do-cong").await;
    portal
        .change_site("dong-son", |site| site.name = "Xã Đông Sơn mới".to_owned())
        .await;
    let map = portal.visitor().get("localhost", "/so-do-cong").await;
    map.assert_contains("Xã Đông Sơn mới");
    kept(&portal, "localhost", "/van-ban/thay-the?nam=2020").await;
    let (plugin, reason) = (PLUGIN.to_owned(), Some("thử".to_owned()));
    portal
        .command(Command::PluginPark { plugin, reason })
        .await
        .unwrap();
    // The list stands in for the page, and is nothing that is kept.
    for _ in 0..2 {
        let answer = portal
            .visitor()
            .get("localhost", "/van-ban/thay-the?nam=2020");
        let answer = answer.await.assert_status(200);
        assert_eq!(answer.header("cache-status"), "dinh; fwd=miss");
    }
    let plugin = PLUGIN.to_owned();
    let unpark = Command::PluginPark {
        plugin,
        reason: None,
    };
    portal.command(unpark).await.unwrap();
    let answer = portal
        .visitor()
        .get("localhost", "/van-ban/thay-the?nam=2020");
    answer.await.assert_contains("02/2020/QĐ-UBND");
}

#[tokio::test]
async fn a_slug_that_moved_redirects_although_its_page_was_kept() {
    let portal = TestPortal::demo().await;
    portal.post(Document::new("98/2026/QĐ-UBND")).await;
    let page = portal
        .visitor()
        .document("localhost", "98/2026/QĐ-UBND")
        .await;
    let path = page.page().canonical_path();
    kept(&portal, "localhost", &path).await;
    portal.move_slug("yen-the", &path, "so-98").await;
    let moved = portal
        .visitor()
        .get("localhost", &path)
        .await
        .assert_status(301);
    assert_eq!(moved.header("location"), "/van-ban/so-98");
}

#[tokio::test]
async fn midnight_ends_what_was_right_yesterday_also_before_anything_is_turned_over() {
    let portal = TestPortal::demo().await;
    let document = Document::new("99/2026/QĐ-UBND")
        .with("issued_on", "2026-11-20")
        .with("effective_on", "2026-11-25");
    portal.post(document).await;
    let page = portal
        .visitor()
        .document("localhost", "99/2026/QĐ-UBND")
        .await;
    let path = page.page().canonical_path();
    kept(&portal, "localhost", &path)
        .await
        .assert_contains("Chưa có hiệu lực");
    // Noon to one minute before midnight, and over it.
    portal.clock().advance((12 * 60 - 1) * 60 * 1_000);
    let late = portal.visitor().get("localhost", &path).await;
    assert_eq!(late.header("cache-status"), HIT);
    portal.clock().advance(60 * 1_000);
    let next = portal.visitor().get("localhost", &path).await;
    assert_eq!(next.header("cache-status"), "dinh; fwd=miss");
    next.assert_lacks("Chưa có hiệu lực");
    kept(&portal, "localhost", "/van-ban").await;
    portal.portal().turn_the_day().await.unwrap();
    let list = portal.visitor().get("localhost", "/van-ban").await;
    assert_eq!(list.header("cache-status"), "dinh; fwd=miss");
}

#[tokio::test]
async fn another_nodes_change_shows_as_soon_as_the_log_is_followed() {
    let portal = TestPortal::demo().await;
    let node = portal.second_node().await;
    kept(&portal, "localhost", "/van-ban").await;
    node.set_module("yen-the", PLUGIN, false).await.unwrap();
    portal.portal().follow().await.unwrap();
    let gone = portal.visitor().get("localhost", "/van-ban").await;
    gone.assert_status(404);
    node.set_module("yen-the", PLUGIN, true).await.unwrap();
    // Nobody follows by itself here; after five seconds a request does.
    portal.clock().advance(5_000);
    portal
        .visitor()
        .get("localhost", "/van-ban")
        .await
        .assert_status(200);
}

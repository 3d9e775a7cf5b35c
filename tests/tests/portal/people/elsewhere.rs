//! A session of the admin host on another site's host: for what is looked at there, and nothing else.

use dinh_domain::site::SiteState;
use dinh_portal::{By, SiteChange};
use dinh_tests::{Document, TestPortal, Visited, staff};

use super::person::{Browser, HOST, MINUTE, portal};

const THERE: &str = "dong-son.localhost";

/// The path of the preview of a draft of Đông Sơn.
async fn draft(portal: &TestPortal) -> String {
    let lan = staff("lan", "unit-officer", "dong-son");
    let text = Document::new("81/2026/QĐ-UBND").on("dong-son");
    let text = portal.write(&lan, text, None).await.unwrap();
    format!("/quan-tri/muc/{}/xem-truoc", text.entry)
}

async fn at(portal: &TestPortal, host: &str, path: &str, cookie: &str) -> Visited {
    let headers = [("Cookie", cookie), ("X-Forwarded-For", "192.0.2.1")];
    portal.visitor().get_with(host, path, &headers).await
}

/// Path and query of an address on Đông Sơn's host.
fn there(address: &str) -> String {
    let (host, path) = address
        .strip_prefix("http://")
        .unwrap()
        .split_once('/')
        .unwrap();
    assert_eq!(host.split(':').next().unwrap(), THERE);
    format!("/{path}")
}

#[tokio::test]
async fn the_preview_is_the_page_of_its_own_site() {
    let portal = portal().await;
    let path = draft(&portal).await;
    let head = Browser::signed_in(&portal, "thu-truong").await;
    let led = head.get(&path).await.assert_status(303);
    let led = led.assert_header("cache-control", "no-store");
    let (page, cookie) = head.over(led.header("location")).await;
    page.assert_status(200)
        .assert_header("cache-control", "no-store")
        .assert_contains("81/2026/QĐ-UBND")
        .assert_contains("xã Đông Sơn");
    assert_ne!(cookie, head.cookie);
    // From then on its host knows who looks, and asks the admin host no more.
    at(&portal, THERE, &path, &cookie).await.assert_status(200);
}

#[tokio::test]
async fn a_site_that_is_not_public_yet_is_previewed_on_the_admin_host() {
    let portal = portal().await;
    let path = draft(&portal).await;
    let change = [SiteChange::State(
        SiteState::Suspended,
        "Đang chuẩn bị".to_owned(),
    )];
    let by = By::Operator("kim");
    portal
        .portal()
        .change_site(by, "dong-son", &change)
        .await
        .unwrap();
    let head = Browser::signed_in(&portal, "thu-truong").await;
    let page = head.get(&path).await.assert_status(200);
    page.assert_contains("81/2026/QĐ-UBND");
}

#[tokio::test]
async fn a_code_is_good_once_for_a_minute_and_for_one_host() {
    let portal = portal().await;
    let path = draft(&portal).await;
    let head = Browser::signed_in(&portal, "thu-truong").await;
    let code = async || there(head.get(&path).await.header("location"));
    let wrong_host = code().await;
    for host in ["xuan-luong.localhost", HOST] {
        let refused = at(&portal, host, &wrong_host, "").await;
        assert!(matches!(refused.status(), 403 | 404), "{host}");
        assert_eq!(refused.answer().header("set-cookie"), None, "{host}");
    }
    at(&portal, THERE, &wrong_host, "").await.assert_status(303);
    let again = at(&portal, THERE, &wrong_host, "").await.assert_status(403);
    again
        .assert_contains("chỉ dùng được một lần")
        .assert_contains(&format!("http://{HOST}"));
    let late = code().await;
    portal.clock().advance(MINUTE);
    at(&portal, THERE, &late, "").await.assert_status(403);
    for made_up in ["?ma=x", "?ma=", "?ma=0&ma=1", "", "?ve=//evil.example"] {
        let path = format!("/quan-tri/tiep-tuc{made_up}");
        let refused = at(&portal, THERE, &path, "").await.assert_status(403);
        refused.assert_lacks("evil.example");
    }
}

#[tokio::test]
async fn it_opens_nothing_but_what_is_looked_at_there() {
    let portal = portal().await;
    let path = draft(&portal).await;
    let board = Browser::signed_in(&portal, "truong-ban").await;
    let led = board.get(&path).await;
    let (_, cookie) = board.over(led.header("location")).await;
    // The admin host does not know it, nor does a third one.
    board.assert_out(at(&portal, HOST, "/quan-tri", &cookie).await);
    let third = at(&portal, "xuan-luong.localhost", &path, &cookie).await;
    assert_back(third, &path);
    // The desk stays on the admin host, and entries of other sites are none here.
    let desk = at(&portal, THERE, "/quan-tri", &cookie).await;
    assert_back(desk, "/quan-tri");
    let other = staff("mai", "unit-officer", "yen-the");
    let other = portal
        .write(&other, Document::new("82/2026/QĐ-UBND"), None)
        .await
        .unwrap();
    let other = format!("/quan-tri/muc/{}/xem-truoc", other.entry);
    board.get(&other).await.assert_status(200);
    at(&portal, THERE, &other, &cookie).await.assert_status(404);
    // Pages of readers do not know it.
    let list = at(&portal, THERE, "/van-ban", &cookie).await;
    list.assert_status(200).assert_lacks("81/2026/QĐ-UBND");
}

#[tokio::test]
async fn it_ends_with_its_session() {
    let portal = portal().await;
    let path = draft(&portal).await;
    let head = Browser::signed_in(&portal, "thu-truong").await;
    let led = head.get(&path).await;
    let (_, cookie) = head.over(led.header("location")).await;
    let pending = there(head.get(&path).await.header("location"));
    head.post("/dang-xuat", &[]).await.assert_status(303);
    assert_back(at(&portal, THERE, &path, &cookie).await, &path);
    // A code of an ended session is handed in for nothing.
    at(&portal, THERE, &pending, "").await.assert_status(403);
}

/// Leads to the same path of the admin host.
#[track_caller]
fn assert_back(visited: Visited, path: &str) {
    let visited = visited.assert_status(303);
    let there = visited.header("location");
    let (host, back) = there
        .strip_prefix("http://")
        .unwrap()
        .split_once('/')
        .unwrap();
    assert_eq!((host.split(':').next().unwrap(), back), (HOST, &path[1..]));
}

//! The room of sections: who sees it, what may be changed there, what is told of it.

use dinh_tests::{LEDGER, TestPortal, copied_bundle, install_ledger};

use crate::people::person::{Browser, joined, portal};

const ROOM: &str = "/quan-tri/chuyen-muc";
const PLUGINS: &str = "/quan-tri/phan-mo-rong";
const COMMUNE: &str = "/quan-tri/chuyen-muc/dong-son/legal-documents";
const DISTRICT: &str = "/quan-tri/chuyen-muc/yen-the/legal-documents";

async fn head(server: &TestPortal) -> Browser<'_> {
    Browser::signed_in(server, "truong-ban").await
}

async fn status_of_section(server: &TestPortal) -> u16 {
    let visitor = server.visitor();
    visitor.get("dong-son.localhost", "/van-ban").await.status()
}

#[tokio::test]
async fn the_room_is_there_for_who_looks_after_sections_alone() {
    let server = portal().await;
    for name in ["can-bo", "thu-truong", "thanh-tra"] {
        let other = Browser::signed_in(&server, name).await;
        for path in [
            ROOM,
            COMMUNE,
            PLUGINS,
            "/quan-tri/phan-mo-rong/legal-documents",
        ] {
            other.get(path).await.assert_status(404);
        }
        let fields = [("viec", "disable"), ("ly-do", "Thử")];
        other.post(COMMUNE, &fields).await.assert_status(404);
        let fields = [("viec", "park"), ("ly-do-ngung", "Thử")];
        let path = format!("{PLUGINS}/legal-documents");
        other.post(&path, &fields).await.assert_status(404);
        other.get("/quan-tri/to-chuc").await.assert_lacks(ROOM);
    }
    let site_head = joined(&server, ("son", "Phạm Sơn"), ("site-head", "dong-son")).await;
    let list = site_head.get(ROOM).await.assert_status(200);
    let list = list.assert_contains("Đông Sơn").assert_lacks("Xuân Lương");
    list.assert_lacks(PLUGINS);
    site_head.get(COMMUNE).await.assert_status(200);
    for path in [
        DISTRICT,
        PLUGINS,
        "/quan-tri/chuyen-muc/dong-son/nothing",
        "/quan-tri/chuyen-muc/x/legal-documents",
    ] {
        site_head.get(path).await.assert_status(404);
    }
    let fields = [("viec", "disable"), ("ly-do", "Thử")];
    site_head.post(DISTRICT, &fields).await.assert_status(404);
    assert_eq!(status_of_section(&server).await, 200);
}

#[tokio::test]
async fn a_section_is_switched_off_with_a_reason_and_comes_back() {
    let server = portal().await;
    let head = head(&server).await;
    let page = head.get(COMMUNE).await.assert_status(200);
    let page = page
        .assert_contains("mục đang công khai")
        .assert_contains("dong-son.localhost/van-ban");
    page.assert_contains("Không xóa gì");
    let wrong = head
        .post(COMMUNE, &[("viec", "disable"), ("ly-do", "  ")])
        .await
        .assert_status(422);
    wrong
        .assert_contains("id=\"loi-ly-do\"")
        .assert_contains("Hãy nêu lý do");
    assert_eq!(status_of_section(&server).await, 200);
    let fields = [("viec", "disable"), ("ly-do", "Rà soát nội dung")];
    head.post(COMMUNE, &fields).await.assert_status(303);
    assert_eq!(status_of_section(&server).await, 404);
    head.get(&format!("{COMMUNE}?xong=disable"))
        .await
        .assert_contains("Đã tắt chuyên mục");
    head.get(ROOM).await.assert_contains("Đã tắt");
    let audit = head.get("/quan-tri/nhat-ky").await;
    audit
        .assert_contains("Tắt chuyên mục")
        .assert_contains("Rà soát nội dung")
        .assert_contains("Nguyễn Văn Bình");
    head.post(COMMUNE, &[("viec", "enable")])
        .await
        .assert_status(303);
    assert_eq!(status_of_section(&server).await, 200);
    // Nothing else is done by what nobody knows.
    head.post(COMMUNE, &[("viec", "destroy")])
        .await
        .assert_status(422);
}

#[tokio::test]
async fn path_place_and_sharing_are_changed_and_what_is_wrong_stands_beside_the_field() {
    let bundle = copied_bundle();
    install_ledger(bundle.path(), LEDGER);
    let server = TestPortal::demo_of_bundle(bundle.path()).await;
    server
        .portal()
        .set_module("dong-son", LEDGER, true)
        .await
        .unwrap();
    let head = head(&server).await;
    for (fields, field, told) in [
        (
            [("viec", "mount"), ("duong-dan", "Văn bản")],
            "duong-dan",
            "chữ thường không dấu",
        ),
        (
            [("viec", "mount"), ("duong-dan", "quan-tri")],
            "duong-dan",
            "địa chỉ riêng của cổng",
        ),
        (
            [("viec", "mount"), ("duong-dan", LEDGER)],
            "duong-dan",
            "đang là đường dẫn của",
        ),
        (
            [("viec", "place"), ("thu-tu", "một")],
            "thu-tu",
            "số nguyên",
        ),
        (
            [("viec", "share"), ("chia-se", "all")],
            "chia-se",
            "Hãy chọn phạm vi",
        ),
    ] {
        let wrong = head.post(COMMUNE, &fields).await.assert_status(422);
        wrong
            .assert_contains(&format!("id=\"loi-{field}\""))
            .assert_contains(told);
    }
    head.post(COMMUNE, &[("viec", "mount"), ("duong-dan", "/cong-bao/")])
        .await
        .assert_status(303);
    let visitor = server.visitor();
    visitor
        .get("dong-son.localhost", "/van-ban")
        .await
        .assert_status(301);
    visitor
        .get("dong-son.localhost", "/cong-bao")
        .await
        .assert_status(200);
    head.post(COMMUNE, &[("viec", "share"), ("chia-se", "none")])
        .await
        .assert_status(303);
    let found = visitor.search("localhost", "48/QĐ-UBND").await.page();
    assert!(
        found
            .rows()
            .iter()
            .all(|it| !it.words.contains("48/QĐ-UBND"))
    );
    head.post(COMMUNE, &[("viec", "place"), ("thu-tu", "-5")])
        .await
        .assert_status(303);
    head.get(COMMUNE)
        .await
        .assert_contains("value=\"-5\"")
        .assert_contains("value=\"cong-bao\"");
}

/// What holds by default.
const HOLDS: [(&str, &str); 4] = [
    ("dat-greeting", "Xin chào"),
    ("dat-limit", "10"),
    ("dat-open", "true"),
    ("dat-channel", "mail"),
];

/// The form of settings with one field filled in otherwise.
fn with<'a>(name: &'a str, value: &'a str) -> Vec<(&'a str, &'a str)> {
    let mut all = vec![("viec", "settings")];
    all.extend(HOLDS.iter().filter(|(it, _)| *it != name));
    all.push((name, value));
    all
}

/// Names of what is set.
async fn set(server: &TestPortal) -> Vec<String> {
    let lines = server.portal().plugin_settings(LEDGER, Some("dong-son"));
    let lines = lines.await.unwrap().into_iter();
    lines.filter(|it| it.is_set).map(|it| it.name).collect()
}

#[tokio::test]
async fn settings_are_a_form_and_secrets_are_never_shown() {
    let bundle = copied_bundle();
    install_ledger(bundle.path(), LEDGER);
    let server = TestPortal::demo_of_bundle(bundle.path()).await;
    let portal = server.portal();
    portal.set_module("dong-son", LEDGER, true).await.unwrap();
    let head = head(&server).await;
    let path = format!("{ROOM}/dong-son/{LEDGER}");
    let page = head.get(&path).await.assert_status(200);
    let page = page.assert_contains("value=\"Xin chào\"");
    page.assert_contains("type=\"password\"")
        .assert_contains("<option value=\"paper\">");
    for (name, value, told) in [
        ("dat-limit", "nhiều", "số nguyên"),
        ("dat-channel", "pigeon", "một trong các giá trị"),
        ("dat-open", "perhaps", "một trong các giá trị"),
        ("dat-api-key", "ngan", "từ 8 đến"),
    ] {
        let wrong = head.post(&path, &with(name, value)).await;
        let wrong = wrong.assert_status(422).assert_contains(told);
        let wrong = wrong.assert_contains(&format!("id=\"loi-{name}\""));
        if name == "dat-api-key" {
            wrong.assert_lacks("value=\"ngan\"");
        }
    }
    assert!(set(&server).await.is_empty(), "half of it was kept");
    let secret = "mot-bi-mat-dai";
    let mut all = with("dat-greeting", "Chào bà con");
    all.push(("dat-api-key", secret));
    head.post(&path, &all).await.assert_status(303);
    let is_set = set(&server).await;
    assert_eq!(is_set, ["greeting", "api-key"], "defaults are not set");
    let page = head.get(&path).await.assert_contains("Chào bà con");
    page.assert_contains("Đã đặt, không hiện lại")
        .assert_lacks(secret);
    // Left empty: the secret stays, the text is taken back.
    let empty = with("dat-greeting", "");
    head.post(&path, &empty).await.assert_status(303);
    assert_eq!(set(&server).await, ["api-key"]);
    let audit = head.get("/quan-tri/nhat-ky").await;
    audit
        .assert_contains("Đặt cấu hình phần mở rộng")
        .assert_lacks(secret);
}

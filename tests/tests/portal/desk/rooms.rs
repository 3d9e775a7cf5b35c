//! The desk in a browser without scripts: rooms, an entry's page, and the steps that are taken there.

use dinh_tests::{Document, TestPortal, Visited, staff};

use crate::people::person::{Browser, portal};

const DESK: &str = "/quan-tri";
const HOST: &str = "dong-son.localhost";
const NUMBER: &str = "51/2026/QĐ-UBND";
const PATH: &str = "/van-ban/51-2026-qd-ubnd-ve-viec-thu-nghiem-so-51-2026-qd-ubnd";

/// A document of Đông Sơn that somebody has sent to be approved; the path of its page on the desk.
async fn sent(portal: &TestPortal) -> String {
    let lan = staff("lan", "unit-officer", "dong-son");
    let text = Document::new(NUMBER).on("dong-son");
    let text = portal.write(&lan, text, None).await.unwrap();
    portal.take(&lan, &text, "submit").await;
    format!("{DESK}/muc/{}", text.entry)
}

/// What a page's form sends unseen.
fn revision(page: &Visited) -> String {
    let text = page.text();
    let (_, rest) = text.split_once("name=\"ban\" value=\"").unwrap();
    rest.split_once('"').unwrap().0.to_owned()
}

#[tokio::test]
async fn the_head_finds_what_waits_returns_it_with_a_reason_and_approves_it() {
    let portal = portal().await;
    let page = sent(&portal).await;
    let head = Browser::signed_in(&portal, "thu-truong").await;
    let room = head
        .get(DESK)
        .await
        .assert_status(200)
        .assert_contains(NUMBER);
    room.assert_contains("Chờ duyệt")
        .assert_header("cache-control", "no-store");
    let shown = head.get(&page).await.assert_status(200);
    let ban = revision(&shown);
    shown
        .assert_contains("Về việc thử nghiệm số 51/2026/QĐ-UBND")
        .assert_contains("Duyệt và đăng")
        .assert_contains("người đọc không thấy");
    let silent = [("viec", "return"), ("ban", ban.as_str()), ("ly-do", "  ")];
    let silent = head.post(&page, &silent).await.assert_status(422);
    silent.assert_contains("Việc này cần ghi rõ lý do.");
    let late = [
        ("viec", "schedule"),
        ("ban", ban.as_str()),
        ("luc", "2020-01-01T08:00"),
    ];
    let late = head.post(&page, &late).await.assert_status(422);
    // What was typed is there again.
    late.assert_contains("value=\"2020-01-01T08:00\"")
        .assert_contains("sau bây giờ");
    let approve = [("viec", "approve"), ("ban", ban.as_str())];
    let done = head.post(&page, &approve).await.assert_status(303);
    let done = head.get(done.header("location")).await;
    done.assert_contains("Đã ghi nhận: Duyệt và đăng.")
        .assert_contains("người đọc đang thấy");
    portal.visitor().get(HOST, PATH).await.assert_status(200);
    // Sent once more by an impatient finger: told, and nothing happens twice.
    let again = head.post(&page, &approve).await.assert_status(409);
    again.assert_contains("đã chuyển sang trạng thái khác");
}

#[tokio::test]
async fn the_board_takes_down_and_lets_back_and_the_inspector_only_looks() {
    let portal = portal().await;
    portal.post(Document::new(NUMBER).on("dong-son")).await;
    let entry = portal.entry_id("dong-son", PATH).await;
    let page = format!("{DESK}/muc/{entry}");
    let board = Browser::signed_in(&portal, "truong-ban").await;
    let ban = revision(&board.get(&page).await.assert_status(200));
    let step = |viec: &'static str, reason: &'static str| {
        [
            ("viec", viec.to_owned()),
            ("ban", ban.clone()),
            ("ly-do", reason.to_owned()),
        ]
    };
    let sends = async |step: [(&str, String); 3]| {
        let fields: Vec<(&str, &str)> = step.iter().map(|(a, b)| (*a, b.as_str())).collect();
        board.post(&page, &fields).await
    };
    sends(step("take-down", "Đăng nhầm <b>số</b>"))
        .await
        .assert_status(303);
    let gone = portal.visitor().get(HOST, PATH).await.assert_status(410);
    gone.assert_contains("Đăng nhầm &lt;b&gt;số&lt;/b&gt;");
    let inspector = Browser::signed_in(&portal, "thanh-tra").await;
    let seen = inspector.get(&page).await.assert_status(200);
    seen.assert_contains("Đăng nhầm")
        .assert_lacks("Việc có thể làm");
    let forged = [("viec", "let-back"), ("ban", ban.as_str()), ("ly-do", "x")];
    let forged = inspector.post(&page, &forged).await.assert_status(403);
    forged.assert_contains("không có quyền");
    portal.visitor().get(HOST, PATH).await.assert_status(410);
    sends(step("let-back", "Đã kiểm tra"))
        .await
        .assert_status(303);
    portal.visitor().get(HOST, PATH).await.assert_status(200);
}

#[tokio::test]
async fn the_desk_is_nobodys_without_signing_in_and_shows_nobody_what_is_not_theirs() {
    let portal = portal().await;
    let page = sent(&portal).await;
    let stranger = Browser::at(&portal, "192.0.2.9");
    for path in [DESK, page.as_str()] {
        stranger.assert_out(stranger.get(path).await);
    }
    let forged = [("viec", "approve"), ("ban", "x")];
    stranger.post(&page, &forged).await.assert_status(401);
    let head = Browser::signed_in(&portal, "thu-truong").await;
    // An entry of the district is nothing that a commune's head finds, forges or guesses.
    let lan = staff("lan", "unit-officer", "yen-the");
    let other = portal
        .write(&lan, Document::new("52/2026/QĐ-UBND"), None)
        .await
        .unwrap();
    let other = format!("{DESK}/muc/{}", other.entry);
    head.get(&other).await.assert_status(404);
    let forged = [("viec", "approve"), ("ban", "x"), ("ly-do", "x")];
    head.post(&other, &forged).await.assert_status(404);
    for nonsense in ["/quan-tri/muc/x", "/quan-tri/muc/%00", "/quan-tri/muc/"] {
        let status = head.get(nonsense).await.status();
        assert!(matches!(status, 404 | 301 | 400), "{nonsense}: {status}");
    }
    for odd in [
        "?page=0",
        "?page=99999999999",
        "?ngan=x",
        "?page=4000000000",
    ] {
        head.get(&format!("{DESK}{odd}")).await.assert_status(200);
    }
    let foreign = [
        ("Sec-Fetch-Site", "cross-site"),
        ("Cookie", head.cookie.as_str()),
    ];
    let body = dinh_tests::body(&[("viec", "approve"), ("ban", "x")]);
    let cross = portal
        .visitor()
        .send_with("localhost", &page, &body, &foreign)
        .await;
    assert!(matches!(cross.status(), 400 | 403), "{}", cross.status());
}

//! A consultation opens and closes to the minute, by the portal's own clock.

use dinh_tests::TestPortal;

use super::citizen::{DRAFT, FORM, send, set, with};
use crate::people::person::{Browser, portal};

const CLOSES: &str = "2027-12-31T17:00";
const PLANNED: &str = "/gop-y/muc-ho-tro-ga-doi-yen-the-co-chung-nhan-giai-doan-2028";

/// The states in the list of the district, by title.
async fn state_of(portal: &TestPortal, title: &str) -> String {
    let list = portal.visitor().get("localhost", "/gop-y").await;
    let rows = list.assert_status(200).page().row_texts();
    rows.into_iter().find(|it| it.contains(title)).unwrap()
}

#[tokio::test]
async fn what_comes_a_second_after_the_closing_is_refused_with_the_servers_time() {
    let portal = portal().await;
    let citizen = Browser::at(&portal, "192.0.2.7");
    let form = citizen.get(FORM).await.assert_status(200);
    let version = crate::desk::form::hidden(&form, "bieu-mau");
    set(&portal, CLOSES, -1);
    send(&citizen, &version, &with(&[]))
        .await
        .assert_status(303);
    set(&portal, CLOSES, 1_000);
    let late = send(&citizen, &version, &with(&[]))
        .await
        .assert_status(409);
    late.assert_contains("không nhận ý kiến")
        .assert_contains("17:00 ngày 31/12/2027");
    let kept = "select count(*) as n from submission";
    assert_eq!(portal.database().lines(kept).await, ["1"]);
    citizen
        .get(FORM)
        .await
        .assert_status(200)
        .assert_contains("17:00 ngày 31/12/2027")
        .assert_lacks("<form class=\"plugin-form\"");
}

#[tokio::test]
async fn page_list_and_form_say_the_same_at_each_minute() {
    let portal = portal().await;
    let citizen = Browser::at(&portal, "192.0.2.7");
    let title = "Mức hỗ trợ gà đồi";
    for (minute, millis, state, opens) in [
        ("2027-11-01T08:00", -1, "Sắp lấy ý kiến", false),
        ("2027-11-01T08:00", 0, "Đang lấy ý kiến", true),
        ("2027-12-15T17:00", -1, "Đang lấy ý kiến", true),
        ("2027-12-15T17:00", 0, "Đã hết hạn góp ý", false),
    ] {
        set(&portal, minute, millis);
        portal.portal().turn_the_day().await.unwrap();
        let row = state_of(&portal, title).await;
        assert!(row.contains(state), "{minute} {millis}: {row}");
        // Asked twice: the second answer may be a kept one.
        for _ in 0..2 {
            let page = citizen.get(PLANNED).await.assert_status(200);
            let page = page.assert_contains(state);
            let offers = page.text().contains("/gui-y-kien");
            assert_eq!(offers, opens, "{minute} {millis}");
        }
    }
}

#[tokio::test]
async fn a_kept_page_ends_at_the_closing_and_not_at_midnight() {
    let portal = portal().await;
    let citizen = Browser::at(&portal, "192.0.2.7");
    set(&portal, CLOSES, -1_000);
    portal.portal().turn_the_day().await.unwrap();
    let open = citizen.get(DRAFT).await.assert_status(200);
    open.assert_contains("Đang lấy ý kiến");
    set(&portal, CLOSES, 0);
    let closed = citizen.get(DRAFT).await.assert_status(200);
    closed
        .assert_contains("Đã hết hạn góp ý")
        .assert_lacks("/gui-y-kien");
}

#[tokio::test]
async fn days_that_are_left_are_told_in_words_right_to_the_minute() {
    let portal = portal().await;
    let citizen = Browser::at(&portal, "192.0.2.7");
    for (minute, millis, words) in [
        ("2027-12-01T08:00", 0, "còn 14 ngày"),
        ("2027-12-14T00:00", -1, "còn 2 ngày"),
        ("2027-12-14T00:00", 0, "hết hạn ngày mai lúc 17:00"),
        ("2027-12-15T00:00", 0, "hết hạn hôm nay lúc 17:00"),
        ("2027-12-15T17:00", -1, "hết hạn hôm nay lúc 17:00"),
    ] {
        set(&portal, minute, millis);
        portal.portal().turn_the_day().await.unwrap();
        // Asked twice: the second answer may be a kept one.
        for path in ["/gop-y", "/", PLANNED, "/gop-y", "/", PLANNED] {
            let shown = citizen.get(path).await.assert_status(200);
            assert!(shown.text().contains(words), "{minute} {millis} {path}");
        }
    }
    // The rows are made anew within a minute; until then they do not say that there is time.
    set(&portal, "2027-12-15T17:00", 0);
    for path in ["/gop-y", "/"] {
        let shown = citizen.get(path).await.assert_status(200);
        shown
            .assert_contains("vừa hết hạn lúc 17:00")
            .assert_lacks("hết hạn hôm nay");
    }
    portal.portal().turn_the_day().await.unwrap();
    for path in ["/gop-y", "/", PLANNED] {
        let shown = citizen.get(path).await.assert_status(200);
        shown
            .assert_lacks("vừa hết hạn")
            .assert_lacks("hết hạn hôm nay");
    }
}

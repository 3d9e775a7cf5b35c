//! Who reads what a citizen told of themselves, and what is left of it.

use super::citizen::{DEVICE, MAIL, NAME, PHONE, citizen, on_desk, open, sent};
use crate::people::person::Browser;

#[tokio::test]
async fn personal_data_are_read_by_who_may_and_each_reading_is_recorded() {
    let portal = open().await;
    sent(&citizen(&portal)).await;
    let board = Browser::signed_in(&portal, "truong-ban").await;
    let page = on_desk(&board).await;
    let sender = format!("{page}/nguoi-gui");
    let before = board.get(&sender).await.assert_status(200);
    before
        .assert_contains("Mở thông tin cá nhân")
        .assert_lacks(NAME);
    let acts = "select act from audit where act = 'personal-read'";
    assert_eq!(portal.database().lines(acts).await, [""; 0]);
    let read = board
        .post(&sender, &[("viec", "xem")])
        .await
        .assert_status(200);
    read.assert_header("cache-control", "no-store")
        .assert_contains(NAME)
        .assert_contains(MAIL)
        .assert_contains(PHONE);
    assert_eq!(portal.database().lines(acts).await, ["personal-read"]);
    let inspector = Browser::signed_in(&portal, "thanh-tra").await;
    let refused = inspector.get(&sender).await.assert_status(403);
    refused.assert_lacks(NAME);
    let refused = inspector.post(&sender, &[("viec", "xem")]).await;
    refused.assert_status(403).assert_lacks(NAME);
    inspector.get(&page).await.assert_lacks("/nguoi-gui");
    let elsewhere = Browser::signed_in(&portal, "can-bo").await;
    elsewhere.get(&sender).await.assert_status(404);
    assert_eq!(portal.database().lines(acts).await, ["personal-read"]);
}

#[tokio::test]
async fn nothing_personal_lies_in_clear() {
    let portal = open().await;
    sent(&citizen(&portal)).await;
    let board = Browser::signed_in(&portal, "truong-ban").await;
    let sender = format!("{}/nguoi-gui", on_desk(&board).await);
    board
        .post(&sender, &[("viec", "xem")])
        .await
        .assert_status(200);
    let tables = [
        "select data_key || sealed from entry_private",
        "select body || title || author || source from entry_revision",
        "select consent || code || form from submission",
        "select coalesce(was, '') || coalesce(became, '') from audit_payload",
        "select actor || origin || subject from audit",
        "select detail || actor from change_log",
    ];
    let mut rows = 0;
    for table in tables {
        for line in portal.database().lines(table).await {
            rows += 1;
            for secret in [NAME, MAIL, PHONE, DEVICE] {
                assert!(!line.contains(secret), "{table}: {line}");
            }
        }
    }
    assert!(rows > 5, "{rows} rows were looked at");
}

#[tokio::test]
async fn staff_erase_on_request_and_say_why() {
    let portal = open().await;
    let browser = citizen(&portal);
    let link = sent(&browser).await;
    let board = Browser::signed_in(&portal, "truong-ban").await;
    let page = on_desk(&board).await;
    let sender = format!("{page}/nguoi-gui");
    let bare = board
        .post(&sender, &[("viec", "xoa"), ("ly-do", " ")])
        .await;
    bare.assert_status(422).assert_contains("hãy ghi căn cứ");
    let ground = [("viec", "xoa"), ("ly-do", "Đơn ngày 27/11/2026, số đến 12")];
    let done = board.post(&sender, &ground).await.assert_status(200);
    done.assert_contains("Đã xóa thông tin riêng");
    let read = board
        .post(&sender, &[("viec", "xem")])
        .await
        .assert_status(200);
    read.assert_lacks(NAME);
    let told = browser.get(&link).await.assert_status(200);
    told.assert_contains("Thông tin riêng đã được xóa")
        .assert_lacks(NAME);
    let left = "select entry_id from entry_private";
    assert_eq!(portal.database().lines(left).await, [""; 0]);
    let inspector = Browser::signed_in(&portal, "thanh-tra").await;
    let acts = inspector.get("/quan-tri/nhat-ky").await.assert_status(200);
    acts.assert_contains("Đơn ngày 27/11/2026, số đến 12");
}

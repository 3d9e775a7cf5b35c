//! What is approved for an instant becomes public then: once, and never without a word.

use dinh_domain::dates::Instant;
use dinh_portal::{Room, Undone, Written};
use dinh_tests::{Document, TestPortal, staff, step};

const HOST: &str = "dong-son.localhost";
const NUMBER: &str = "41/2026/QĐ-UBND";
const HOUR_MS: i64 = 60 * 60 * 1_000;

async fn scheduled(portal: &TestPortal, number: &str) -> (Written, Instant) {
    let lan = staff("lan", "unit-officer", "dong-son");
    let hai = staff("hai", "unit-head", "dong-son");
    let text = Document::new(number).on("dong-son");
    let text = portal.write(&lan, text, None).await.unwrap();
    portal.take(&lan, &text, "submit").await;
    let sent = portal.newest(&hai, &text.entry).await;
    let at = Instant(portal.portal().now().0 + HOUR_MS);
    let state = portal
        .take_with(&hai, &sent, "schedule", ("", Some(at)))
        .await;
    assert_eq!(state.unwrap(), "scheduled");
    (sent, at)
}

#[tokio::test]
async fn an_instant_comes_and_the_text_is_public_once() {
    let portal = TestPortal::demo().await;
    let (sent, at) = scheduled(&portal, NUMBER).await;
    assert_eq!(portal.portal().publish_due().await.unwrap(), 0);
    portal
        .visitor()
        .get(HOST, "/van-ban")
        .await
        .assert_lacks(NUMBER);
    portal.clock().set_instant(Instant(at.0 - 1));
    assert_eq!(portal.portal().publish_due().await.unwrap(), 0);
    // The clock jumps over it; two nodes look at the same time.
    portal.clock().set_instant(Instant(at.0 + 5 * HOUR_MS));
    let node = portal.second_node().await;
    let (here, there) = tokio::join!(portal.portal().publish_due(), node.publish_due());
    assert_eq!(here.unwrap() + there.unwrap(), 1);
    assert_eq!(portal.portal().publish_due().await.unwrap(), 0);
    portal
        .visitor()
        .document(HOST, NUMBER)
        .await
        .assert_status(200);
    // The clock goes back: it stays public and is not published again.
    portal.clock().set_instant(Instant(at.0 - HOUR_MS));
    assert_eq!(portal.portal().publish_due().await.unwrap(), 0);
    let hai = staff("hai", "unit-head", "dong-son");
    let open = portal.open(&hai, &sent.entry).await.unwrap();
    let published = open.history.iter().filter(|it| it.to == "Đã đăng").count();
    assert_eq!(published, 1);
    assert_eq!(open.history.last().unwrap().actor, "Hệ thống");
}

#[tokio::test]
async fn what_cannot_be_public_at_its_instant_goes_back_with_the_reason() {
    let portal = TestPortal::demo().await;
    let (sent, at) = scheduled(&portal, NUMBER).await;
    // Meanwhile another document takes its number.
    portal.post(Document::new(NUMBER).on("dong-son")).await;
    portal.clock().set_instant(Instant(at.0 + 1));
    assert_eq!(portal.portal().publish_due().await.unwrap(), 0);
    let hai = staff("hai", "unit-head", "dong-son");
    let open = portal.open(&hai, &sent.entry).await.unwrap();
    assert_eq!(open.state, "Chờ duyệt");
    let last = open.history.last().unwrap();
    assert!(last.reason.contains("trùng số hiệu"), "{}", last.reason);
    assert_eq!(portal.portal().publish_due().await.unwrap(), 0);
}

#[tokio::test]
async fn an_instant_lies_in_the_future_and_can_be_taken_back() {
    let portal = TestPortal::demo().await;
    let (lan, hai) = (
        staff("lan", "unit-officer", "dong-son"),
        staff("hai", "unit-head", "dong-son"),
    );
    let text = portal
        .write(&lan, Document::new(NUMBER).on("dong-son"), None)
        .await
        .unwrap();
    portal.take(&lan, &text, "submit").await;
    let sent = portal.newest(&hai, &text.entry).await;
    for at in [
        None,
        Some(Instant(portal.portal().now().0)),
        Some(Instant(0)),
    ] {
        let state = portal.take_with(&hai, &sent, "schedule", ("", at)).await;
        assert!(matches!(state, Err(Undone::Faults(_))), "{at:?}: {state:?}");
    }
    let (sent, at) = scheduled(&portal, "42/2026/QĐ-UBND").await;
    let back = portal
        .take_with(&hai, &sent, "return", ("Chờ ý kiến", None))
        .await;
    assert_eq!(back.unwrap(), "returned");
    portal.clock().set_instant(Instant(at.0 + 1));
    assert_eq!(portal.portal().publish_due().await.unwrap(), 0);
}

#[tokio::test]
async fn the_express_lane_is_the_same_approval_on_the_same_day() {
    let portal = TestPortal::demo().await;
    let (lan, hai) = (
        staff("lan", "unit-officer", "dong-son"),
        staff("hai", "unit-head", "dong-son"),
    );
    let text = portal
        .write(&lan, Document::new(NUMBER).on("dong-son"), None)
        .await
        .unwrap();
    let urgent = dinh_portal::Step {
        express: true,
        ..step(&text, "submit")
    };
    portal.step(&lan, urgent).await.unwrap();
    portal
        .visitor()
        .get(HOST, "/van-ban")
        .await
        .assert_lacks(NUMBER);
    assert!(portal.room(&hai, Room::Late).await.is_empty());
    portal
        .clock()
        .set_instant(Instant(portal.portal().now().0 + 24 * HOUR_MS));
    assert_eq!(portal.room(&hai, Room::Late).await.len(), 1);
    // Handled late is late: a step of the next day moves nothing.
    let sent = portal.newest(&hai, &text.entry).await;
    let back = portal
        .take_with(&hai, &sent, "return", ("Thiếu", None))
        .await;
    assert_eq!(back.unwrap(), "returned");
    assert_eq!(portal.room(&lan, Room::Late).await.len(), 1);
}

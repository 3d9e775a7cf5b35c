//! What the calendar alone decides: a document comes into force, and lapses, without anybody's hand.

use dinh_tests::{Document, TestPortal};

const NUMBER: &str = "91/2026/QĐ-UBND";

/// What list, filter and page say of the document.
async fn said(portal: &TestPortal) -> [String; 3] {
    let path = "/van-ban?number=91/2026/Q%C4%90-UBND";
    let list = portal
        .visitor()
        .get("localhost", path)
        .await
        .assert_status(200)
        .page();
    let row = list.row_texts().first().unwrap().clone();
    let options = list.options("validity");
    let [only] = options.as_slice() else {
        panic!("one document has one state: {options:?}");
    };
    let facts = portal
        .visitor()
        .document("localhost", NUMBER)
        .await
        .page()
        .facts();
    let state = facts
        .into_iter()
        .find(|(label, _)| label == "Tình trạng hiệu lực")
        .unwrap()
        .1;
    [row, only.label.clone(), state]
}

#[tokio::test]
async fn a_document_comes_into_force_and_lapses_on_its_days() {
    let portal = TestPortal::demo().await;
    let document = Document::new(NUMBER)
        .with("issued_on", "2026-11-20")
        .with("effective_on", "2026-12-01")
        .with("expires_on", "2027-01-01")
        .with("text", "Điều 1. Phạm vi");
    portal.post(document).await;
    for (day, state) in [
        ("2026-11-24", "Chưa có hiệu lực"),
        ("2026-11-30", "Chưa có hiệu lực"),
        ("2026-12-01", "Còn hiệu lực"),
        ("2026-12-31", "Còn hiệu lực"),
        ("2027-01-01", "Hết hiệu lực toàn bộ"),
    ] {
        portal.clock().set(day);
        portal.portal().turn_the_day().await.unwrap();
        let [row, option, fact] = said(&portal).await;
        assert!(row.contains(state), "{day}: {row}");
        assert_eq!((option.as_str(), fact.as_str()), (state, state), "{day}");
    }
}

#[tokio::test]
async fn the_day_turns_over_once_and_only_what_it_touches() {
    let portal = TestPortal::demo().await;
    let document = Document::new(NUMBER)
        .with("issued_on", "2026-11-20")
        .with("effective_on", "2026-12-01")
        .with("text", "Điều 1. Phạm vi");
    portal.post(document).await;
    assert_eq!(portal.portal().turn_the_day().await.unwrap(), 0);
    portal.clock().set("2026-12-01");
    assert_eq!(portal.portal().turn_the_day().await.unwrap(), 1);
    assert_eq!(portal.portal().turn_the_day().await.unwrap(), 0);
    let counts = portal
        .visitor()
        .get("localhost", "/van-ban")
        .await
        .page()
        .options("validity");
    let not_yet = counts.iter().find(|option| option.value == "not-yet");
    assert_eq!(not_yet, None, "nothing waits any more");
}

#[tokio::test]
async fn a_site_that_was_down_over_the_day_is_right_when_it_is_back() {
    let portal = TestPortal::demo().await;
    let document = Document::new(NUMBER)
        .with("issued_on", "2026-11-20")
        .with("effective_on", "2026-12-01")
        .with("text", "Điều 1. Phạm vi");
    portal.post(document).await;
    portal.clock().set("2027-03-01");
    assert!(portal.portal().turn_the_day().await.unwrap() >= 1);
    let found = portal
        .visitor()
        .search("localhost", NUMBER)
        .await
        .assert_status(200);
    assert!(found.page().rows().first().unwrap().words.contains(NUMBER));
    let list = portal
        .visitor()
        .get("localhost", "/van-ban?validity=in-force&year=2026")
        .await;
    assert_eq!(list.page().total(), 1);
}

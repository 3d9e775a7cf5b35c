//! What is assigned to somebody who may not do it any more waits for whoever may.

use dinh::user::UserAct;
use dinh_domain::dates::LocalDate;
use dinh_portal::{Assigned, Room};
use dinh_tests::{Document, TestPortal};

use crate::organisations::served::serve_named;
use crate::people::person::{Browser, grant, joined, operate, portal, signed_in};

/// Sends a text of Đông Sơn to be approved and assigns it to the head there; the Board's head.
async fn assigned(server: &TestPortal) -> Browser<'_> {
    let officer = Browser::signed_in(server, "can-bo").await;
    let staff = signed_in(&officer).await.staff;
    let text = Document::new("81/2026/QĐ-UBND").on("dong-son");
    let text = server.write(&staff, text, None).await.unwrap();
    server.take(&staff, &text, "submit").await;
    let head = Browser::signed_in(server, "thu-truong").await;
    let head = signed_in(&head).await.staff;
    let portal = server.portal();
    let done = portal.assign(&head, &text.entry, Some(&head.account)).await;
    assert_eq!(done.unwrap(), Assigned::Done);
    let board = Browser::signed_in(server, "truong-ban").await;
    assert_eq!(waiting(&board).await, 0);
    board
}

async fn waiting(who: &Browser<'_>) -> usize {
    let staff = signed_in(who).await.staff;
    who.server.room(&staff, Room::Waiting).await.len()
}

/// Gives the head of Đông Sơn the role that they have to the end of a day.
async fn ends(server: &TestPortal, until: &str) {
    let what = UserAct::Grant {
        name: "thu-truong".to_owned(),
        grant: grant("unit-head", "dong-son"),
        from: None,
        until: Some(LocalDate::parse(until).unwrap()),
    };
    operate(server, what).await.unwrap();
}

#[tokio::test]
async fn a_role_that_is_over_leaves_nothing_assigned() {
    let server = portal().await;
    let board = assigned(&server).await;
    ends(&server, "2026-11-30").await;
    assert_eq!(waiting(&board).await, 0, "it is not over yet");
    ends(&server, "2026-11-23").await;
    assert_eq!(waiting(&board).await, 1);
}

#[tokio::test]
async fn a_role_that_ends_by_its_date_leaves_nothing_assigned() {
    let server = portal().await;
    let board = assigned(&server).await;
    ends(&server, "2026-11-24").await;
    server.portal().look_after_people().await.unwrap();
    assert_eq!(waiting(&board).await, 0, "the last day");
    server.clock().set("2026-11-25");
    server.portal().look_after_people().await.unwrap();
    let board = Browser::signed_in(&server, "truong-ban").await;
    assert_eq!(waiting(&board).await, 1);
    let acts = server.portal().acts(0, 10_000).await.unwrap();
    let freed = acts.iter().filter(|it| it.act == "entry-assigned");
    let freed: Vec<_> = freed.map(|it| it.actor.as_str()).collect();
    assert_eq!(freed.last(), Some(&"calendar"), "{freed:?}");
    let before = acts.len();
    server.portal().look_after_people().await.unwrap();
    let acts = server.portal().acts(0, 10_000).await.unwrap();
    assert_eq!(acts.len(), before, "once");
}

#[tokio::test]
async fn what_goes_to_a_successor_is_assigned_to_nobody_there() {
    let server = portal().await;
    assigned(&server).await;
    // Đông Sơn was merged into it on 1 July 2025.
    serve_named(&server, ("bo-ha-2025", "bo-ha"), Some("yen-the")).await;
    assert_eq!(server.portal().look_after_organisations().await.unwrap(), 1);
    let (role, at) = ("unit-head", "bo-ha-2025");
    let heir = joined(&server, ("lan", "Phạm Thị Lan"), (role, at)).await;
    assert_eq!(waiting(&heir).await, 1);
}

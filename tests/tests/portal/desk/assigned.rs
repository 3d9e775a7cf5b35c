//! An entry under way is assigned to a colleague who may do its next step.

use dinh::user::UserAct;
use dinh_portal::Room;
use dinh_tests::{Document, TestPortal, step};

use crate::people::person::{Browser, operate, page_of, portal, signed_in};

/// A document that the officer of Đông Sơn has sent: the officer, and it.
async fn sent(server: &TestPortal) -> (Browser<'_>, dinh_portal::Written) {
    let officer = Browser::signed_in(server, "can-bo").await;
    let staff = signed_in(&officer).await.staff;
    let text = Document::new("81/2026/QĐ-UBND").on("dong-son");
    let text = server.write(&staff, text, None).await.unwrap();
    server.take(&staff, &text, "submit").await;
    let text = server.newest(&staff, &text.entry).await;
    (officer, text)
}

#[tokio::test]
async fn it_waits_for_whom_it_is_assigned_to_and_for_nobody_else_until_the_next_step() {
    let server = portal().await;
    let (officer, text) = sent(&server).await;
    let page = format!("/quan-tri/muc/{}/giao", text.entry);
    let (unit, board) = (
        Browser::signed_in(&server, "thu-truong").await,
        Browser::signed_in(&server, "truong-ban").await,
    );
    let head = signed_in(&unit).await.staff;
    let chief = signed_in(&board).await.staff;
    assert_eq!(server.room(&head, Room::Waiting).await.len(), 1);
    assert_eq!(server.room(&chief, Room::Waiting).await.len(), 1);
    // The writer cannot decide on it, the inspector on nothing.
    let shown = unit.get(&page).await.assert_status(200);
    shown
        .assert_contains("Nguyễn Văn Bình</option>")
        .assert_lacks("Lý Thị Mai</option>")
        .assert_lacks("Trần Thị Hạnh</option>");
    let mai = signed_in(&officer).await.staff.account;
    let to = |it: &str| [("nguoi-xu-ly".to_owned(), it.to_owned())];
    let assign = async |browser: &Browser<'_>, it: &str| {
        let fields = to(it);
        let fields = fields.each_ref().map(|(a, b)| (a.as_str(), b.as_str()));
        browser.post(&page, &fields).await
    };
    for nobody in [mai.as_str(), "khong-ai", "%00"] {
        let wrong = assign(&unit, nobody).await.assert_status(422);
        wrong.assert_contains("không làm được bước tiếp theo");
    }
    let inspector = Browser::signed_in(&server, "thanh-tra").await;
    inspector
        .get(&page)
        .await
        .assert_status(200)
        .assert_lacks("<select");
    assign(&inspector, chief.account.as_str())
        .await
        .assert_status(403);
    assign(&unit, chief.account.as_str())
        .await
        .assert_status(303);
    assert!(server.room(&head, Room::Waiting).await.is_empty());
    assert_eq!(server.room(&chief, Room::Waiting).await.len(), 1);
    assert_eq!(server.room(&chief, Room::Mine).await.len(), 1);
    let open = format!("/quan-tri/muc/{}", text.entry);
    unit.get(&open)
        .await
        .assert_contains("Nguyễn Văn Bình</a>")
        .assert_contains("Giao việc");
    // To nobody: it waits for all who may again.
    assign(&unit, "").await.assert_status(303);
    assert_eq!(server.room(&head, Room::Waiting).await.len(), 1);
    assign(&unit, chief.account.as_str())
        .await
        .assert_status(303);
    let done = server
        .take_with(&chief, &text, "return", ("Thiếu trích yếu", None))
        .await;
    assert_eq!(done.unwrap(), "returned");
    assert!(server.room(&chief, Room::Mine).await.is_empty());
    // A text to be written goes to who may write it.
    let shown = officer.get(&page).await.assert_status(200);
    shown.assert_contains("Hoàng Văn Sơn</option>");
}

#[tokio::test]
async fn what_is_assigned_to_a_disabled_account_waits_for_whoever_may_do_it() {
    let server = portal().await;
    let (_, text) = sent(&server).await;
    let unit = Browser::signed_in(&server, "thu-truong").await;
    let head = signed_in(&unit).await.staff;
    let board = Browser::signed_in(&server, "truong-ban").await;
    let chief = signed_in(&board).await.staff;
    let page = format!("/quan-tri/muc/{}/giao", text.entry);
    let fields = [("nguoi-xu-ly", head.account.as_str())];
    board.post(&page, &fields).await.assert_status(303);
    assert!(server.room(&chief, Room::Waiting).await.is_empty());
    let there = page_of(&board, "Hoàng Văn Sơn").await;
    board
        .post(&there, &[("viec", "disable")])
        .await
        .assert_status(303);
    assert_eq!(server.room(&chief, Room::Waiting).await.len(), 1);
    operate(&server, UserAct::Enable("thu-truong".to_owned()))
        .await
        .unwrap();
    let done = server.step(&chief, step(&text, "approve")).await;
    assert_eq!(done.unwrap(), "published");
    let late = board.post(&page, &fields).await.assert_status(409);
    late.assert_contains("không còn dở dang");
}

#[tokio::test]
async fn who_sees_the_entry_not_finds_no_page_to_assign_it_on() {
    let server = portal().await;
    let (_, text) = sent(&server).await;
    let page = format!("/quan-tri/muc/{}/giao", text.entry);
    let stranger = Browser::at(&server, "192.0.2.9");
    stranger.assert_out(stranger.get(&page).await);
    let (role, at) = ("unit-head", "xuan-luong");
    let other = crate::people::person::joined(&server, ("lan", "Phạm Thị Lan"), (role, at)).await;
    other.get(&page).await.assert_status(404);
    let fields = [("nguoi-xu-ly", "")];
    other.post(&page, &fields).await.assert_status(404);
    let none = "/quan-tri/muc/x/giao";
    other.get(none).await.assert_status(404);
}

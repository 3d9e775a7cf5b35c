//! A head who is away lends the role to a colleague, from a day to a day.

use dinh::user::UserAct;
use dinh_domain::people::Staff;
use dinh_domain::workflow::Refusal;
use dinh_portal::{Room, Undone};
use dinh_tests::{Document, TestPortal, step};

use super::person::{Browser, PEOPLE, grant, joined, operate, portal, signed_in};

const DELEGATIONS: &str = "/quan-tri/uy-quyen";

/// What a form sends to lend the role of the head of Đông Sơn.
fn lend<'a>(to: &'a str, first: &'a str, last: &'a str) -> [(&'a str, &'a str); 5] {
    [
        ("viec", "delegate"),
        ("vai-tro-uy-quyen", "unit-head@dong-son"),
        ("nguoi-thay", to),
        ("thay-tu", first),
        ("thay-den", last),
    ]
}

/// Somebody as they are at this moment.
async fn now(server: &TestPortal, name: &str) -> Staff {
    let browser = Browser::signed_in(server, name).await;
    signed_in(&browser).await.staff
}

/// A text of the demo's commune that somebody sends to be approved.
async fn sent(server: &TestPortal, staff: &Staff, number: &str) -> dinh_portal::Written {
    let text = Document::new(number).on("dong-son");
    let text = server.write(staff, text, None).await.unwrap();
    server.take(staff, &text, "submit").await;
    server.newest(staff, &text.entry).await
}

#[tokio::test]
async fn while_it_runs_the_deputy_decides_in_the_heads_place_and_it_ends_by_itself() {
    let server = portal().await;
    let head = Browser::signed_in(&server, "thu-truong").await;
    let lent = head
        .post(DELEGATIONS, &lend("can-bo", "2026-11-25", "2026-11-26"))
        .await;
    let lent = lent.assert_status(303);
    let shown = head.get(lent.header("location")).await.assert_status(200);
    shown
        .assert_contains("Đã ủy quyền.")
        .assert_contains("Lý Thị Mai sẽ thay Hoàng Văn Sơn")
        .assert_contains("Điều 6.5");
    let (role, at) = ("unit-officer", "dong-son");
    let lan = joined(&server, ("lan", "Phạm Thị Lan"), (role, at)).await;
    let lan = signed_in(&lan).await.staff;
    let one = sent(&server, &lan, "71/2026/QĐ-UBND").await;
    let two = sent(&server, &lan, "72/2026/QĐ-UBND").await;
    let refused = |it: Result<String, Undone>| {
        assert!(
            matches!(it, Err(Undone::Refused(Refusal::NotAllowed(_)))),
            "{it:?}"
        );
    };
    // Not yet.
    let mai = now(&server, "can-bo").await;
    refused(server.step(&mai, step(&one, "approve")).await);
    assert!(server.room(&mai, Room::Waiting).await.is_empty());
    // The first day, from its first moment.
    server.clock().set("2026-11-25");
    let mai = now(&server, "can-bo").await;
    assert_eq!(server.room(&mai, Room::Waiting).await.len(), 2);
    assert_eq!(server.take(&mai, &one, "approve").await, "published");
    let open = server.open(&mai, &one.entry).await.unwrap();
    let last = open.history.last().unwrap();
    assert_eq!(last.actor, "Lý Thị Mai, thay Hoàng Văn Sơn");
    let acts = server.portal().acts(0, 10_000).await.unwrap();
    let act = acts.iter().rfind(|it| it.act == "entry-step").unwrap();
    let after = act.after.as_ref().unwrap();
    let head_id = now(&server, "thu-truong").await.account;
    assert_eq!(after["acting_for"], head_id.as_str(), "{after}");
    // The day after the last.
    server.clock().set("2026-11-27");
    let mai = now(&server, "can-bo").await;
    refused(server.step(&mai, step(&two, "approve")).await);
    assert!(server.room(&mai, Room::Waiting).await.is_empty());
    // Their own right is no right in somebody's place.
    let head = now(&server, "thu-truong").await;
    assert_eq!(server.take(&head, &two, "approve").await, "published");
    let open = server.open(&head, &two.entry).await.unwrap();
    assert_eq!(open.history.last().unwrap().actor, "Hoàng Văn Sơn");
}

#[tokio::test]
async fn nobody_approves_their_own_text_or_that_of_whom_they_act_for() {
    let server = portal().await;
    let head = Browser::signed_in(&server, "thu-truong").await;
    let boss = signed_in(&head).await.staff;
    head.post(DELEGATIONS, &lend("can-bo", "2026-11-24", "2026-11-24"))
        .await
        .assert_status(303);
    let mai = now(&server, "can-bo").await;
    let own = sent(&server, &mai, "73/2026/QĐ-UBND").await;
    let of_head = sent(&server, &boss, "74/2026/QĐ-UBND").await;
    for text in [&own, &of_head] {
        let refused = server.step(&mai, step(text, "approve")).await;
        assert!(
            matches!(refused, Err(Undone::Refused(Refusal::OwnWork(_)))),
            "{refused:?}"
        );
    }
    assert_eq!(server.take(&boss, &own, "approve").await, "published");
}

#[tokio::test]
async fn it_ends_with_the_role_the_account_or_a_word() {
    let server = portal().await;
    let head = Browser::signed_in(&server, "thu-truong").await;
    let acting = async || now(&server, "can-bo").await.acting.len();
    head.post(DELEGATIONS, &lend("can-bo", "2026-11-24", "2026-11-30"))
        .await
        .assert_status(303);
    assert_eq!(acting().await, 1);
    let again = head
        .post(DELEGATIONS, &lend("can-bo", "2026-11-30", "2026-12-30"))
        .await;
    again.assert_status(422).assert_contains("đã được ủy quyền");
    let page = head.get(DELEGATIONS).await.text();
    let (_, rest) = page.split_once("name=\"uy-quyen\" value=\"").unwrap();
    let id = rest.split('"').next().unwrap().to_owned();
    let end = [("viec", "end-delegation"), ("uy-quyen", id.as_str())];
    // Who acts for somebody does not end it, and nobody else does.
    let mai = Browser::signed_in(&server, "can-bo").await;
    mai.post(DELEGATIONS, &end).await.assert_status(403);
    head.post(DELEGATIONS, &end).await.assert_status(303);
    assert_eq!(acting().await, 0);
    let again = head.post(DELEGATIONS, &end).await.assert_status(409);
    again.assert_contains("đã kết thúc");
    head.post(DELEGATIONS, &lend("can-bo", "2026-11-24", "2026-11-30"))
        .await
        .assert_status(303);
    let (name, grant) = ("thu-truong".to_owned(), grant("unit-head", "dong-son"));
    let (of, role) = (name.clone(), grant.clone());
    operate(&server, UserAct::Revoke { name, grant })
        .await
        .unwrap();
    assert_eq!(acting().await, 0, "nobody has the role");
    let back = UserAct::Grant {
        name: of.clone(),
        grant: role,
        from: None,
        until: None,
    };
    operate(&server, back).await.unwrap();
    assert_eq!(acting().await, 1);
    operate(&server, UserAct::Disable(of)).await.unwrap();
    assert_eq!(acting().await, 0, "nobody uses the account");
}

#[tokio::test]
async fn only_a_role_that_decides_goes_to_a_colleague_there_and_never_the_accounts() {
    let server = portal().await;
    let head = Browser::signed_in(&server, "thu-truong").await;
    for (to, first, last, told) in [
        ("", "2026-11-24", "2026-11-25", "Tên đăng nhập gồm"),
        ("khong-ai", "2026-11-24", "2026-11-25", "Không có tài khoản"),
        ("truong-ban", "2026-11-24", "2026-11-25", "cùng tổ chức"),
        ("thu-truong", "2026-11-24", "2026-11-25", "cùng tổ chức"),
        ("can-bo", "", "2026-11-25", "ngày đầu và ngày cuối"),
        (
            "can-bo",
            "2026-11-26",
            "2026-11-25",
            "ngày đầu và ngày cuối",
        ),
        (
            "can-bo",
            "2026-11-01",
            "2026-11-23",
            "ngày đầu và ngày cuối",
        ),
        ("can-bo", "2026-11-24", "2027-11-24", "dài nhất 183 ngày"),
    ] {
        let wrong = head.post(DELEGATIONS, &lend(to, first, last)).await;
        wrong.assert_status(422).assert_contains(told);
    }
    let mai = Browser::signed_in(&server, "can-bo").await;
    mai.get(DELEGATIONS)
        .await
        .assert_status(200)
        .assert_contains("không có vai trò nào ủy quyền được");
    let mut own = lend("thu-truong", "2026-11-24", "2026-11-25");
    mai.post(DELEGATIONS, &own).await.assert_status(409);
    own[1].1 = "unit-officer@dong-son";
    let own = mai.post(DELEGATIONS, &own).await.assert_status(422);
    own.assert_contains("không ủy quyền được");
    // The Board's head lends everything but the accounts.
    let (role, at) = ("board-deputy", "yen-the");
    let deputy = joined(&server, ("lan", "Phạm Thị Lan"), (role, at)).await;
    let board = Browser::signed_in(&server, "truong-ban").await;
    let mut fields = lend("lan", "2026-11-24", "2026-11-25");
    fields[1].1 = "board-head@yen-the";
    board.post(DELEGATIONS, &fields).await.assert_status(303);
    deputy.get("/quan-tri/nhat-ky").await.assert_status(200);
    deputy.get(PEOPLE).await.assert_status(404);
    let forged = [("viec", "delegate"), ("vai-tro-uy-quyen", "x")];
    deputy.post(PEOPLE, &forged).await;
}

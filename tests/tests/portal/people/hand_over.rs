//! A colleague leaves; what she has under way goes to another.

use dinh::demo::people::PASSWORD;
use dinh::user::UserAct;
use dinh_portal::Room;
use dinh_tests::{Document, TestPortal, step};

use super::person::{Browser, OWN, joined, operate, page_of, portal, signed_in};

/// The officer of Đông Sơn has a draft, a text that was sent, and one that is public.
async fn work(server: &TestPortal) -> Browser<'_> {
    let officer = Browser::signed_in(server, "can-bo").await;
    let staff = signed_in(&officer).await.staff;
    for (number, steps) in [
        ("61/2026/QĐ-UBND", 0),
        ("62/2026/QĐ-UBND", 1),
        ("63/2026/QĐ-UBND", 2),
    ] {
        let text = Document::new(number).on("dong-son");
        let text = server.write(&staff, text, None).await.unwrap();
        if steps > 0 {
            server.take(&staff, &text, "submit").await;
        }
        if steps > 1 {
            let head = Browser::signed_in(server, "thu-truong").await;
            let head = signed_in(&head).await.staff;
            let sent = server.newest(&head, &text.entry).await;
            server.take(&head, &sent, "approve").await;
        }
    }
    officer
}

fn numbers(titles: &[String]) -> Vec<&str> {
    let mut numbers: Vec<&str> = ["61", "62", "63"]
        .into_iter()
        .filter(|it| {
            titles
                .iter()
                .any(|title| title.contains(&format!("{it}/2026")))
        })
        .collect();
    numbers.sort_unstable();
    numbers
}

#[tokio::test]
async fn what_is_under_way_is_the_successors_and_the_account_is_disabled() {
    let server = portal().await;
    let officer = work(&server).await;
    let staff = signed_in(&officer).await.staff;
    let (role, at) = ("unit-officer", "dong-son");
    let lan = joined(&server, ("lan", "Phạm Thị Lan"), (role, at)).await;
    let board = Browser::signed_in(&server, "truong-ban").await;
    let page = page_of(&board, "Lý Thị Mai").await;
    board
        .get(&page)
        .await
        .assert_contains("Đang có 2 mục dở dang");
    let fields = |to: &'static str| [("viec", "hand-over"), ("nguoi-nhan", to), ("vo-hieu", "1")];
    for nobody in ["", "can-bo", "khong-ai"] {
        let wrong = board.post(&page, &fields(nobody)).await.assert_status(422);
        wrong.assert_contains("loi-nguoi-nhan");
    }
    let done = board.post(&page, &fields("lan")).await.assert_status(200);
    done.assert_contains("Đã bàn giao 2 mục.")
        .assert_contains("Đã vô hiệu hóa");
    officer.assert_out(officer.get(OWN).await);
    let heir = signed_in(&lan).await.staff;
    let mine = server.room(&heir, Room::Mine).await;
    assert_eq!(numbers(&mine), ["61", "62"]);
    assert_eq!(numbers(&server.room(&staff, Room::Mine).await), ["63"]);
    // The history says so, and who wrote it stays who wrote it.
    let portal = server.portal();
    let query = dinh_portal::RoomQuery {
        room: Room::Mine,
        ..Default::default()
    };
    let lines = portal.room(&heir, &query).await.unwrap().lines;
    for line in lines {
        let open = server.open(&heir, &line.id).await.unwrap();
        let last = open.history.last().unwrap();
        assert_eq!(
            (last.action.as_str(), last.reason.as_str()),
            ("Bàn giao", "Phạm Thị Lan")
        );
        assert_eq!(last.actor, "Nguyễn Văn Bình");
        assert_eq!(open.revisions.last().unwrap().by, staff.account.as_str());
    }
    let acts = portal.acts(0, 10_000).await.unwrap();
    let of = |act: &str| acts.iter().filter(|it| it.act == act).count();
    assert_eq!((of("entry-handed-over"), of("work-handed-over")), (2, 1));
}

#[tokio::test]
async fn what_the_successor_may_not_do_stays_and_is_told() {
    let server = portal().await;
    let officer = work(&server).await;
    let staff = signed_in(&officer).await.staff;
    let what = UserAct::HandOver {
        from: "can-bo".to_owned(),
        to: "thanh-tra".to_owned(),
        disables: false,
    };
    let told = operate(&server, what).await.unwrap();
    assert!(
        told.starts_with("0 entries of can-bo are thanh-tra's now"),
        "{told}"
    );
    assert_eq!(told.matches("left, not for thanh-tra").count(), 2, "{told}");
    assert_eq!(numbers(&server.room(&staff, Room::Mine).await).len(), 3);
    let what = UserAct::HandOver {
        from: "can-bo".to_owned(),
        to: "thu-truong".to_owned(),
        disables: true,
    };
    let told = operate(&server, what).await.unwrap();
    assert!(told.starts_with("2 entries"), "{told}");
    let mut gone = Browser::at(&server, "192.0.2.1");
    gone.sign_in("can-bo", PASSWORD).await.assert_status(401);
    // Who took a text over that somebody else wrote may decide on it.
    let head = Browser::signed_in(&server, "thu-truong").await;
    let head = signed_in(&head).await.staff;
    let query = dinh_portal::RoomQuery {
        room: Room::Mine,
        state: Some("submitted".to_owned()),
        ..Default::default()
    };
    let lines = server.portal().room(&head, &query).await.unwrap().lines;
    let sent = server.newest(&head, &lines[0].id).await;
    let done = server.step(&head, step(&sent, "approve")).await;
    assert_eq!(done.unwrap(), "published");
}

#[tokio::test]
async fn nothing_moves_where_the_account_must_not_be_disabled() {
    let server = portal().await;
    let board = Browser::signed_in(&server, "truong-ban").await;
    let staff = signed_in(&board).await.staff;
    let text = Document::new("61/2026/QĐ-UBND");
    server.write(&staff, text, None).await.unwrap();
    let (role, at) = ("board-deputy", "yen-the");
    joined(&server, ("lan", "Phạm Thị Lan"), (role, at)).await;
    let page = page_of(&board, "Nguyễn Văn Bình").await;
    let fields = [
        ("viec", "hand-over"),
        ("nguoi-nhan", "lan"),
        ("vo-hieu", "1"),
    ];
    let told = board.post(&page, &fields).await.assert_status(409);
    told.assert_contains("không còn ai quản lý tài khoản");
    assert_eq!(numbers(&server.room(&staff, Room::Mine).await), ["61"]);
}

//! The audit as the inspector reads it.

use dinh_portal::By;
use dinh_tests::Document;

use crate::organisations::served::serve;
use crate::people::person::{Browser, OTHER_PASSWORD, grant, joined, page_of, portal, signed_in};

const AUDIT: &str = "/quan-tri/nhat-ky";

/// The numbers of all acts, page by page.
async fn numbers(inspector: &Browser<'_>) -> Vec<i64> {
    let mut numbers = Vec::new();
    let mut next = AUDIT.to_owned();
    loop {
        let text = inspector.get(&next).await.assert_status(200).text();
        let heads = text.split("<h2>").skip(1);
        numbers.extend(heads.map(|it| it.split('.').next().unwrap().parse::<i64>().unwrap()));
        let Some((before, _)) = text.split_once("\" rel=\"next\"") else {
            break;
        };
        next = before
            .rsplit_once("href=\"")
            .unwrap()
            .1
            .replace("&amp;", "&");
    }
    numbers
}

#[tokio::test]
async fn the_inspector_reads_who_did_what_narrowed_and_page_by_page() {
    let server = portal().await;
    let board = Browser::signed_in(&server, "truong-ban").await;
    let page = page_of(&board, "Lý Thị Mai").await;
    let give = [
        ("viec", "give-role"),
        ("vai-tro", "desk-editor"),
        ("to-chuc", "yen-the"),
    ];
    board.post(&page, &give).await.assert_status(303);
    let inspector = Browser::signed_in(&server, "thanh-tra").await;
    let shown = inspector.get(AUDIT).await.assert_status(200);
    let shown = shown.assert_header("cache-control", "no-store");
    shown
        .assert_contains("Giao vai trò")
        .assert_contains("vai trò: Biên tập viên")
        .assert_contains("Nguyễn Văn Bình (truong-ban)")
        .assert_contains("Lý Thị Mai (can-bo)")
        .assert_contains("192.0.2.1")
        .assert_lacks(OTHER_PASSWORD);
    let one =
        format!("{AUDIT}?viec=role-given&nguoi=can-bo&tu-ngay=2026-11-24&den-ngay=2026-11-24");
    let one = inspector.get(&one).await.assert_status(200);
    assert_eq!(one.text().matches("<article").count(), 1);
    for none in [
        "?nguoi=khong-ai",
        "?tu-ngay=2026-11-25",
        "?trang=xuan-luong&viec=role-given",
    ] {
        let none = inspector.get(&format!("{AUDIT}{none}")).await;
        none.assert_status(200)
            .assert_contains("Không có việc nào.");
    }
    // Page by page, each act once, the newest first.
    for _ in 0..60 {
        let (by, grant) = (By::Operator("kim"), grant("desk-editor", "yen-the"));
        let given = server
            .portal()
            .give_role(by, "can-bo", &grant, (None, None));
        given.await.unwrap();
    }
    let numbers = numbers(&inspector).await;
    let mut sorted = numbers.clone();
    sorted.sort_unstable_by(|a, b| b.cmp(a));
    sorted.dedup();
    assert_eq!(numbers, sorted);
    assert_eq!(numbers.last(), Some(&1));
    for odd in [
        "?truoc=x",
        "?truoc=-1",
        "?tu-ngay=x",
        "?trang=%2E",
        "?viec=%27%22",
    ] {
        inspector
            .get(&format!("{AUDIT}{odd}"))
            .await
            .assert_status(200);
    }
}

#[tokio::test]
async fn nobody_else_reads_it_and_nobody_edits_it() {
    let server = portal().await;
    for name in ["thu-truong", "can-bo"] {
        let other = Browser::signed_in(&server, name).await;
        other.get(AUDIT).await.assert_status(404);
        other
            .get(&format!("{AUDIT}/xuat.csv"))
            .await
            .assert_status(404);
        other
            .get("/quan-tri")
            .await
            .assert_lacks("href=\"/quan-tri/nhat-ky\"");
    }
    let stranger = Browser::at(&server, "192.0.2.9");
    stranger.assert_out(stranger.get(AUDIT).await);
    let inspector = Browser::signed_in(&server, "thanh-tra").await;
    inspector
        .post(AUDIT, &[("viec", "x")])
        .await
        .assert_status(405);
}

#[tokio::test]
async fn an_inspector_of_a_commune_reads_what_was_done_on_its_sites() {
    let server = portal().await;
    let officer = Browser::signed_in(&server, "can-bo").await;
    let staff = signed_in(&officer).await.staff;
    let text = Document::new("91/2026/QĐ-UBND").on("dong-son");
    server.write(&staff, text, None).await.unwrap();
    let (role, at) = ("inspector", "dong-son");
    let own = joined(&server, ("lan", "Phạm Thị Lan"), (role, at)).await;
    own.get(AUDIT)
        .await
        .assert_status(200)
        .assert_contains("Soạn mục mới</h2>")
        .assert_lacks("Đăng nhập</h2>")
        .assert_lacks("xã Xuân Lương");
    let (role, at) = ("inspector", "xuan-luong");
    let other = joined(&server, ("thao", "Vi Thị Thảo"), (role, at)).await;
    let other = other.get(AUDIT).await.assert_status(200);
    other.assert_lacks("Soạn mục mới</h2>");
}

#[tokio::test]
async fn the_same_as_a_text_file_without_secrets_or_formulas() {
    let server = portal().await;
    joined(&server, ("lan", "=1+1 Lan"), ("unit-officer", "dong-son")).await;
    let inspector = Browser::signed_in(&server, "thanh-tra").await;
    let file = inspector
        .get(&format!("{AUDIT}/xuat.csv"))
        .await
        .assert_status(200);
    assert!(file.header("content-type").starts_with("text/csv"));
    assert!(file.header("content-disposition").contains("nhat-ky.csv"));
    let text = file.text();
    let lines: Vec<&str> = text.trim_end().split("\r\n").collect();
    assert!(lines[0].contains("Số,Lúc,Ai,Từ đâu,Việc,Với,Trang,Trước,Sau"));
    let acts = server.portal().acts(0, 10_000).await.unwrap();
    assert_eq!(lines.len() - 1, acts.len());
    assert!(text.contains("Mời người mới"), "{text}");
    assert!(text.contains("\"'=1+1 Lan (lan)\""), "{text}");
    assert!(!text.contains("lan@example.gov.vn"));
    assert!(!text.contains("$argon2"));
    let some = inspector
        .get(&format!("{AUDIT}/xuat.csv?viec=account-invited&nguoi=lan"))
        .await;
    assert_eq!(some.text().trim_end().split("\r\n").count(), 2);
}

#[tokio::test]
async fn everything_is_read_from_all_tops_and_not_from_one_of_them() {
    let server = portal().await;
    let officer = Browser::signed_in(&server, "can-bo").await;
    let staff = signed_in(&officer).await.staff;
    let text = Document::new("91/2026/QĐ-UBND").on("dong-son");
    server.write(&staff, text, None).await.unwrap();
    let inspector = Browser::signed_in(&server, "thanh-tra").await;
    let shown = inspector.get(AUDIT).await.assert_status(200);
    shown.assert_contains("Đăng nhập</h2>");
    serve(&server, "yen-tinh", None).await;
    let shown = inspector.get(AUDIT).await.assert_status(200);
    shown
        .assert_contains("Soạn mục mới</h2>")
        .assert_lacks("Đăng nhập</h2>")
        .assert_lacks("Ủy ban yen-tinh");
}

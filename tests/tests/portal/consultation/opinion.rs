//! What a sender may say, how they are named, and what readers and machines see of it.

use dinh_tests::staff;

use super::citizen::{DRAFT, FORM, NAME, OPINIONS, WORDS, entries, post, sent, with};
use crate::people::person::{Browser, portal};

#[tokio::test]
async fn an_opinion_names_a_part_that_the_draft_has() {
    let portal = portal().await;
    let citizen = Browser::at(&portal, "192.0.2.7");
    let form = citizen
        .get(&format!("{FORM}?phan=%C4%90i%E1%BB%81u%202"))
        .await;
    form.assert_status(200)
        .assert_contains("<option value=\"Điều 2\" selected>Điều 2. Danh sách tên dự kiến</option>")
        .assert_contains("<option value=\"Câu hỏi 1\">")
        .assert_contains("Toàn bộ dự thảo");
    let made_up = post(&citizen, &with(&[("on", "Điều 99")])).await;
    made_up
        .assert_status(422)
        .assert_contains("Điều 99")
        .assert_contains(WORDS);
    let attack = "<script>alert(1)</script>";
    let attacked = post(&citizen, &with(&[("on", attack), ("words", attack)])).await;
    attacked.assert_status(422).assert_lacks(attack);
    let elsewhere = FORM.replace("dat-ten", "khong-co");
    citizen.get(&elsewhere).await.assert_status(404);
    assert!(entries(&portal).await.is_empty());
}

#[tokio::test]
async fn a_name_is_shown_as_its_bearer_chose_and_nowhere_else() {
    let portal = portal().await;
    let citizen = Browser::at(&portal, "192.0.2.7");
    sent(&citizen, &[]).await;
    sent(
        &citizen,
        &[("named", "office"), ("words", "Ý kiến không tên.")],
    )
    .await;
    sent(
        &citizen,
        &[
            ("named", "public"),
            ("name", "Lê Công Khai"),
            ("words", "Ý kiến có tên."),
        ],
    )
    .await;
    let board = staff("binh", "board-head", "yen-the");
    for entry in entries(&portal).await {
        let of = portal.newest(&board, &entry).await;
        assert_eq!(portal.take(&board, &of, "approve").await, "published");
    }
    let list = citizen.get(OPINIONS).await.assert_status(200);
    list.assert_contains("H.T.K.")
        .assert_contains("Lê Công Khai")
        .assert_contains("Ý kiến không tên.");
    let csv = "/gop-y/y-kien/export.csv?consultation=GY-2026-04";
    let feed = "/gop-y/y-kien/feed.atom?consultation=GY-2026-04";
    let api = "/api/v1/collections/consultations/opinion";
    for way in [
        OPINIONS,
        DRAFT,
        csv,
        feed,
        api,
        "/tim-kiem?q=bien+song+ngu",
        "/so-do-cong",
    ] {
        let shown = citizen.get(way).await.assert_status(200);
        for secret in [NAME, "0987 001 002", "kin.dao"] {
            assert!(!shown.text().contains(secret), "{way} shows {secret}");
        }
    }
    citizen.get(csv).await.assert_contains(WORDS);
    citizen.get(feed).await.assert_contains(WORDS);
    let page = citizen.get(DRAFT).await.assert_status(200);
    page.assert_contains("Ý kiến đã nhận (6)")
        .assert_contains("3 ý kiến về Điều 3")
        .assert_contains(WORDS);
}

#[tokio::test]
async fn the_same_words_from_many_are_all_kept_and_known_as_the_same() {
    let portal = portal().await;
    let citizen = Browser::at(&portal, "192.0.2.7");
    for words in [
        WORDS,
        "ĐỀ NGHỊ đặt biển song ngữ ở ngã tư lớn",
        "Đề nghị khác.",
    ] {
        sent(&citizen, &[("words", words)]).await;
    }
    let board = staff("binh", "board-head", "yen-the");
    let mut alike = Vec::new();
    for entry in entries(&portal).await {
        let open = portal.open(&board, &entry).await.unwrap();
        alike.push(open.sending.unwrap().alike);
    }
    assert_eq!(alike, [1, 1, 0]);
}

//! What a moderator makes of it, and what readers see of it then.

use super::citizen::{
    DEVICE, LIST, MAIL, NAME, PHONE, SUBJECT, WORDS, citizen, on_desk, open, sent, sent_with, step,
};
use crate::people::person::Browser;

/// Everything by which readers and machines come across a public entry.
const WAYS: [&str; 12] = [
    "/",
    LIST,
    "/gop-y-ve-cong/den-o-nha-van-hoa-thon-trung-hong",
    "/gop-y-ve-cong/den-o-nha-van-hoa-thon-trung-hong/ban-in",
    "/gop-y-ve-cong/den-o-nha-van-hoa-thon-trung-hong/ban-luu",
    "/gop-y-ve-cong/feed.atom",
    "/gop-y-ve-cong/export.csv",
    "/tim-kiem?q=nha+van+hoa+thon+trung",
    "/tim-kiem/goi-y?q=den+o+nha",
    "/api/v1/collections/feedback/remark",
    "/api/v1/search?q=nha+van+hoa+thon+trung",
    "/so-do-cong",
];

#[tokio::test]
async fn what_was_approved_is_public_without_what_only_the_office_reads() {
    let portal = open().await;
    let browser = citizen(&portal);
    let link = sent(&browser).await;
    let board = Browser::signed_in(&portal, "truong-ban").await;
    let page = on_desk(&board).await;
    let shown = board.get(&page).await.assert_status(200);
    shown
        .assert_contains("Cho đăng")
        .assert_contains(DEVICE)
        .assert_lacks(NAME)
        .assert_lacks("/sua\"");
    step(&board, &page, &[("viec", "approve")])
        .await
        .assert_status(303);
    browser.get(LIST).await.assert_contains(SUBJECT);
    for way in WAYS {
        let shown = browser.get(way).await.assert_status(200);
        for secret in [NAME, MAIL, PHONE, DEVICE] {
            assert!(!shown.text().contains(secret), "{way} shows {secret}");
        }
    }
    let entry = WAYS[2];
    browser.get(entry).await.assert_contains(WORDS);
    let followed = browser.get(&link).await.assert_status(200);
    followed.assert_contains("Đã đăng").assert_contains(entry);
    for name in ["thanh-tra", "truong-ban"] {
        let reader = Browser::signed_in(&portal, name).await;
        let ban = format!("{page}/ban/1");
        for way in [page.as_str(), ban.as_str(), "/quan-tri/nhat-ky/xuat.csv"] {
            let shown = reader.get(way).await.assert_status(200);
            for secret in [NAME, MAIL, PHONE] {
                assert!(!shown.text().contains(secret), "{name} {way} {secret}");
            }
        }
    }
}

#[tokio::test]
async fn who_is_refused_is_told_which_reason_and_why() {
    let portal = open().await;
    let browser = citizen(&portal);
    let link = sent(&browser).await;
    let board = Browser::signed_in(&portal, "truong-ban").await;
    let page = on_desk(&board).await;
    let refuse = |kind: &'static str, words: &'static str| {
        [("viec", "refuse"), ("loai-ly-do", kind), ("ly-do", words)]
    };
    let bare = step(&board, &page, &refuse("", "")).await;
    bare.assert_status(422);
    let unknown = step(&board, &page, &refuse("bored", "Không thích")).await;
    unknown
        .assert_status(422)
        .assert_contains("hãy chọn một lý do trong danh sách")
        .assert_contains("Không thích</textarea>");
    let done = step(&board, &page, &refuse("off-topic", "Việc của thôn")).await;
    done.assert_status(303);
    let told = browser.get(&link).await.assert_status(200);
    told.assert_contains("Không đăng")
        .assert_contains("Không thuộc nội dung chuyên mục: Việc của thôn");
    let kinds = "select reason_kind from transition where action = 'refuse'";
    assert_eq!(portal.database().lines(kinds).await, ["off-topic"]);
    browser.get(LIST).await.assert_lacks(SUBJECT);
}

#[tokio::test]
async fn staff_neither_write_nor_begin_what_citizens_send() {
    let portal = open().await;
    let browser = citizen(&portal);
    sent(&browser).await;
    let board = Browser::signed_in(&portal, "truong-ban").await;
    let page = on_desk(&board).await;
    board.get(&format!("{page}/sua")).await.assert_status(409);
    let new = "/quan-tri/soan/yen-the/feedback/remark";
    board.get(new).await.assert_status(403);
    board.get("/quan-tri/soan").await.assert_lacks("feedback");
}

#[tokio::test]
async fn a_sender_takes_back_what_is_public_and_it_is_erased_even_after_a_restore() {
    let portal = open().await;
    let browser = citizen(&portal);
    let link = sent(&browser).await;
    let board = Browser::signed_in(&portal, "truong-ban").await;
    let page = on_desk(&board).await;
    step(&board, &page, &[("viec", "approve")])
        .await
        .assert_status(303);
    let copy = "create table copied as select * from entry_private";
    portal.sql(copy).await;
    browser
        .post(&link, &[("viec", "rut")])
        .await
        .assert_status(303);
    let gone = browser.get(WAYS[2]).await.assert_status(410);
    gone.assert_contains("Người gửi đã rút lại");
    browser.get(LIST).await.assert_lacks(SUBJECT);
    let told = browser.get(&link).await.assert_status(200);
    told.assert_contains("Thông tin riêng đã được xóa")
        .assert_contains("Người gửi rút lại")
        .assert_lacks(NAME)
        .assert_lacks("value=\"rut\"");
    browser
        .post(&link, &[("viec", "rut")])
        .await
        .assert_status(303);
    let left = "select entry_id from entry_private";
    assert_eq!(portal.database().lines(left).await, [""; 0]);
    // An older copy of the database comes back.
    portal
        .sql("insert into entry_private select * from copied")
        .await;
    portal.sql("delete from erasure").await;
    assert_eq!(portal.portal().replay_erasures().await.unwrap(), 1);
    assert_eq!(portal.database().lines(left).await, [""; 0]);
    assert_eq!(portal.portal().replay_erasures().await.unwrap(), 0);
}

#[tokio::test]
async fn a_sender_is_not_told_who_of_the_office_works_on_it() {
    let portal = open().await;
    let browser = citizen(&portal);
    let link = sent(&browser).await;
    let board = Browser::signed_in(&portal, "truong-ban").await;
    let page = on_desk(&board).await;
    let assign = format!("{page}/giao");
    let shown = board.get(&assign).await.assert_status(200);
    let text = shown.text();
    let options = text.split("<option value=\"").skip(1);
    let mut ids = options.map(|it| it.split('"').next().unwrap());
    let colleague = ids.find(|it| !it.is_empty()).unwrap().to_owned();
    let chosen = [("nguoi-xu-ly", colleague.as_str())];
    board.post(&assign, &chosen).await.assert_status(303);
    let steps = "select action from transition order by number";
    assert_eq!(portal.database().lines(steps).await, ["send", "assign"]);
    for way in [link.clone(), format!("{link}/du-lieu.json")] {
        let told = browser.get(&way).await.assert_status(200);
        told.assert_lacks("assign").assert_lacks("Giao việc");
    }
}

#[tokio::test]
async fn no_remark_lies_behind_the_form() {
    let portal = open().await;
    let browser = citizen(&portal);
    sent_with(&browser, &[("subject", "Gửi"), ("words", SUBJECT)]).await;
    let board = Browser::signed_in(&portal, "truong-ban").await;
    let room = board.get("/quan-tri").await.text();
    let id = room.rsplit("/quan-tri/muc/").next().unwrap();
    let page = format!("/quan-tri/muc/{}", id.split('"').next().unwrap());
    step(&board, &page, &[("viec", "approve")])
        .await
        .assert_status(303);
    browser
        .get("/gop-y-ve-cong/gui-2")
        .await
        .assert_contains(SUBJECT);
    browser
        .get("/gop-y-ve-cong/gui")
        .await
        .assert_contains("name=\"words\"");
}

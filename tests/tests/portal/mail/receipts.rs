//! What a sender is told by mail.

use dinh::command::Command;
use dinh::keeper::{KeeperAct, KeeperWork};
use dinh_tests::{MailSink, TestPortal};

use crate::people::person::Browser;
use crate::submission::citizen::{
    DEVICE, FORM, MAIL, NAME, PHONE, SUBJECT, WORDS, citizen, code, on_desk, sent, sent_with, step,
};

#[tokio::test]
async fn a_receipt_comes_with_the_private_link_and_each_step_without_it() {
    let sink = MailSink::start().await;
    let portal = TestPortal::demo_with_mail(&sink).await;
    let browser = citizen(&portal);
    browser.get(FORM).await.assert_contains("biên nhận và tin");
    let link = sent(&browser).await;
    let rows = "select kind || sealed || data_key from outbox";
    let rows = portal.database().lines(rows).await.join("");
    let secret = link.strip_prefix("/theo-doi/").unwrap();
    assert!(!rows.contains(MAIL) && !rows.contains(secret), "{rows}");
    portal.send_mail().await;
    let receipt = sink.only();
    assert_eq!(receipt.to, [MAIL]);
    assert_eq!(receipt.header("auto-submitted"), "auto-generated");
    assert_eq!(receipt.header("content-language"), "vi");
    assert_eq!(receipt.header("list-unsubscribe"), "");
    assert!(
        receipt
            .header("message-id")
            .ends_with("@yen-the.example.vn>")
    );
    assert!(!receipt.header("date").is_empty());
    let text = receipt.text();
    let shown = browser
        .get(&receipt.link("/theo-doi/"))
        .await
        .assert_status(200);
    assert!(
        text.contains(&code(&shown)) && text.contains(SUBJECT),
        "{text}"
    );
    for private in [NAME, PHONE, WORDS, DEVICE] {
        assert!(!text.contains(private), "{text}");
    }
    let board = Browser::signed_in(&portal, "truong-ban").await;
    let page = on_desk(&board).await;
    let done = step(&board, &page, &[("viec", "approve")]).await;
    done.assert_status(303);
    portal.send_mail().await;
    let told = sink.only();
    let text = told.text();
    assert!(
        text.contains("Bước: Cho đăng") && !text.contains(secret),
        "{text}"
    );
    browser
        .get(&told.link("/theo-doi?ma="))
        .await
        .assert_contains("Đã đăng");
    assert_eq!(portal.send_mail().await, 0);
}

#[tokio::test]
async fn a_refusal_is_told_with_its_reason() {
    let sink = MailSink::start().await;
    let portal = TestPortal::demo_with_mail(&sink).await;
    sent(&citizen(&portal)).await;
    let board = Browser::signed_in(&portal, "truong-ban").await;
    let page = on_desk(&board).await;
    let refused = [
        ("viec", "refuse"),
        ("loai-ly-do", "off-topic"),
        ("ly-do", "Việc của thôn"),
    ];
    step(&board, &page, &refused).await.assert_status(303);
    portal.send_mail().await;
    let told = sink.taken();
    let reason = "Lý do: Không thuộc nội dung chuyên mục: Việc của thôn";
    assert!(told.iter().any(|it| it.text().contains(reason)), "{told:?}");
}

#[tokio::test]
async fn who_erased_or_gave_no_address_is_not_written_to() {
    let sink = MailSink::start().await;
    let portal = TestPortal::demo_with_mail(&sink).await;
    let browser = citizen(&portal);
    sent_with(&browser, &[("email", "")]).await;
    let rows = "select kind from outbox";
    assert_eq!(portal.database().lines(rows).await, [""; 0]);
    let link = sent(&browser).await;
    assert_eq!(portal.database().lines(rows).await, ["receipt"]);
    let back = browser.post(&link, &[("viec", "rut")]).await;
    back.assert_status(303);
    assert_eq!(portal.database().lines(rows).await, [""; 0]);
    assert_eq!(portal.send_mail().await, 0);
    // What was erased by a way that knows of no messages is not found when it is sent.
    sent(&browser).await;
    portal.sql("delete from entry_private").await;
    assert_eq!(portal.send_mail().await, 1);
    assert_eq!(sink.taken(), []);
    assert_eq!(portal.database().lines(rows).await, [""; 0]);
}

#[tokio::test]
async fn a_title_that_leads_somewhere_is_not_repeated_to_whoever_has_the_address() {
    let sink = MailSink::start().await;
    let portal = TestPortal::demo_with_mail(&sink).await;
    let bait = "Nhận quà tại https://xau.example/qua {link}";
    sent_with(&citizen(&portal), &[("subject", bait)]).await;
    portal.send_mail().await;
    let text = sink.only().text();
    assert!(!text.contains("xau.example"), "{text}");
    assert!(text.contains("nội dung ông/bà vừa gửi"), "{text}");
}

#[tokio::test]
async fn what_waits_is_sent_after_its_key_was_renewed() {
    let sink = MailSink::start().await;
    let portal = TestPortal::demo_with_mail(&sink).await;
    sent(&citizen(&portal)).await;
    for what in [
        KeeperAct::AddSeal,
        KeeperAct::RenewSeals,
        KeeperAct::ForgetSeals,
    ] {
        let by = "operator:kim".to_owned();
        let work = Command::Keeper(KeeperWork { by, what });
        portal.command(work).await.unwrap();
    }
    portal.send_mail().await;
    assert_eq!(sink.only().to, [MAIL]);
}

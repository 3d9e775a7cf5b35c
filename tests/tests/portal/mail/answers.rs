//! What is answered to a sender alone, by mail.

use dinh_tests::{MailSink, TestPortal, staff, step};
use serde_json::json;

use crate::consultation::citizen::{WORDS, entries, sent, write};
use crate::people::person::Browser;

const ADDRESS: &str = "kin.dao@example.vn";
const REASON: &str = "Việc này thuộc thẩm quyền của huyện khác.";

/// An opinion that the office keeps to itself and answers.
async fn answered(portal: &TestPortal) {
    let (clerk, board) = (
        staff("lan", "unit-officer", "yen-the"),
        staff("binh", "board-head", "yen-the"),
    );
    let entry = entries(portal).await.remove(0);
    let of = portal.newest(&board, &entry).await;
    let mut kept = step(&of, "keep");
    kept.reason = Some("Không thuộc dự thảo.".to_owned());
    assert_eq!(portal.step(&board, kept).await.unwrap(), "kept");
    let of = portal.newest(&board, &entry).await;
    let answer = json!({"disposition": "declined", "reason": REASON});
    write(portal, (&clerk, &of), "opinion", answer)
        .await
        .unwrap();
}

#[tokio::test]
async fn an_answer_is_mailed_to_who_confirmed_the_address_and_to_nobody_else() {
    let sink = MailSink::start().await;
    let portal = TestPortal::demo_with_mail(&sink).await;
    let browser = Browser::at(&portal, "192.0.2.7");
    let link = sent(&browser, &[]).await;
    // The link that the sender was shown says nothing of the address.
    browser.get(&link).await.assert_lacks("là của tôi");
    portal.send_mail().await;
    let mailed = sink.only().link("/theo-doi/");
    let shown = browser.get(&mailed).await.assert_status(200);
    let seal = crate::desk::form::hidden(&shown.assert_contains("là của tôi"), "thu");
    let by = "select mail_confirmed_at is not null as is_it from submission where mail_confirmed_at is not null";
    assert!(
        portal.database().lines(by).await.is_empty(),
        "a look confirms nothing"
    );
    let forged = [("viec", "xac-nhan"), ("thu", "00")];
    browser.post(&link, &forged).await.assert_status(404);
    let confirms = [("viec", "xac-nhan"), ("thu", seal.as_str())];
    browser.post(&link, &confirms).await.assert_status(303);
    browser.post(&link, &confirms).await.assert_status(303);
    browser
        .get(&mailed)
        .await
        .assert_lacks("là của tôi")
        .assert_contains("đã được xác nhận");
    let acts = "select act from audit where act = 'mail-confirmed'";
    assert_eq!(portal.database().lines(acts).await.len(), 1);
    answered(&portal).await;
    portal.send_mail().await;
    let told = sink.taken();
    let told = told.iter().find(|it| it.text().contains(REASON));
    let told = told.expect("the answer is mailed");
    assert_eq!(told.to, [ADDRESS]);
    let secret = link.strip_prefix("/theo-doi/").unwrap();
    assert!(!told.text().contains(secret), "{}", told.text());
    let rows = "select kind from outbox";
    assert!(portal.database().lines(rows).await.is_empty());
}

#[tokio::test]
async fn an_address_that_nobody_confirmed_is_told_that_there_is_an_answer_and_not_which() {
    let sink = MailSink::start().await;
    let portal = TestPortal::demo_with_mail(&sink).await;
    let browser = Browser::at(&portal, "192.0.2.7");
    let link = sent(&browser, &[]).await;
    portal.send_mail().await;
    sink.taken();
    answered(&portal).await;
    portal.send_mail().await;
    let told = sink.taken();
    let texts: Vec<String> = told.iter().map(|it| it.text()).collect();
    assert!(
        texts.iter().any(|it| it.contains("chưa được xác nhận")),
        "{texts:?}"
    );
    assert!(texts.iter().all(|it| !it.contains(REASON)), "{texts:?}");
    browser.get(&link).await.assert_contains(REASON);
}

#[tokio::test]
async fn nothing_is_mailed_to_who_took_back_meanwhile_and_nothing_of_what_readers_see() {
    let sink = MailSink::start().await;
    let portal = TestPortal::demo_with_mail(&sink).await;
    let browser = Browser::at(&portal, "192.0.2.7");
    let link = sent(&browser, &[]).await;
    portal.send_mail().await;
    let mailed = sink.only().link("/theo-doi/");
    let seal = crate::desk::form::hidden(&browser.get(&mailed).await, "thu");
    let confirms = [("viec", "xac-nhan"), ("thu", seal.as_str())];
    browser.post(&link, &confirms).await.assert_status(303);
    answered(&portal).await;
    browser
        .post(&link, &[("viec", "rut")])
        .await
        .assert_status(303);
    portal.send_mail().await;
    assert_eq!(sink.taken(), []);
    sent(&browser, &[("words", "Ý kiến thứ hai.")]).await;
    let (clerk, board) = (
        staff("lan", "unit-officer", "yen-the"),
        staff("binh", "board-head", "yen-the"),
    );
    let entry = entries(&portal).await.remove(1);
    let of = portal.newest(&board, &entry).await;
    assert_eq!(portal.take(&board, &of, "approve").await, "published");
    let of = portal.newest(&board, &entry).await;
    let answer = json!({"disposition": "declined", "reason": REASON});
    write(&portal, (&clerk, &of), "opinion", answer)
        .await
        .unwrap();
    portal.send_mail().await;
    let texts: Vec<String> = sink.taken().iter().map(|it| it.text()).collect();
    assert!(texts.iter().all(|it| !it.contains(REASON)), "{texts:?}");
    assert!(texts.iter().all(|it| !it.contains(WORDS)), "{texts:?}");
}

//! What waits, is tried again, is given up, and is never sent twice by two nodes.

use dinh::command::Command;
use dinh::mail::MailWork;
use dinh_tests::{MailSink, TestPortal};

use crate::people::person::{MINUTE, portal as without_mail};
use crate::submission::citizen::{FORM, MAIL, citizen, sent};

async fn mail(portal: &TestPortal, work: MailWork) -> Result<String, String> {
    portal.command(Command::Mail(work)).await
}

async fn list(portal: &TestPortal) -> Vec<serde_json::Value> {
    let told = mail(portal, MailWork::List { json: true }).await.unwrap();
    assert!(!told.contains(MAIL), "{told}");
    serde_json::from_str(&told).unwrap()
}

#[tokio::test]
async fn without_a_server_nothing_is_offered_nothing_written_and_nothing_promised() {
    let portal = without_mail().await;
    let browser = citizen(&portal);
    browser.get(FORM).await.assert_lacks("biên nhận và tin");
    sent(&browser).await;
    let written = "select kind from outbox";
    assert_eq!(portal.database().lines(written).await, [""; 0]);
    browser.get("/van-ban").await.assert_lacks("/nhan-tin");
    let form = browser.get("/nhan-tin?muc=van-ban").await;
    form.assert_status(404);
    let posted = browser.post("/nhan-tin", &[("muc", "van-ban")]).await;
    posted.assert_status(404);
    assert_eq!(portal.portal().work_off_news().await.unwrap(), 0);
}

#[tokio::test]
async fn what_is_refused_for_now_is_tried_again_and_what_is_refused_for_ever_waits_for_an_operator()
{
    let sink = MailSink::start().await;
    let portal = TestPortal::demo_with_mail(&sink).await;
    sent(&citizen(&portal)).await;
    sink.refuse(Some("451 4.3.0 <{to}> not now"));
    assert_eq!(portal.send_mail().await, 1);
    let waiting = &list(&portal).await[0];
    assert_eq!(waiting["state"], "waiting");
    assert_eq!(waiting["last_error"], "the server answered 451");
    // Not before its pause is over, and that grows.
    assert_eq!(portal.send_mail().await, 0);
    portal.clock().advance(MINUTE);
    assert_eq!(portal.send_mail().await, 1);
    portal.clock().advance(MINUTE);
    assert_eq!(portal.send_mail().await, 0);
    portal.clock().advance(MINUTE);
    sink.refuse(Some("550 5.1.1 <{to}> is nobody here"));
    assert_eq!(portal.send_mail().await, 1);
    let given_up = &list(&portal).await[0];
    assert_eq!(given_up["state"], "given-up");
    assert_eq!(given_up["attempt"], 3);
    assert_eq!(given_up["last_error"], "the server answered 550");
    let kept = "select kind || data_key || sealed || last_error from outbox";
    let kept = portal.database().lines(kept).await.join("");
    assert!(!kept.contains(MAIL), "{kept}");
    assert_eq!(sink.taken(), []);
    sink.refuse(None);
    assert_eq!(portal.send_mail().await, 0);
    let (ids, by) = (
        vec![given_up["id"].as_str().unwrap().to_owned()],
        "operator:kim".to_owned(),
    );
    let retry = MailWork::Retry {
        ids: ids.clone(),
        by: by.clone(),
    };
    mail(&portal, retry).await.unwrap();
    assert_eq!(portal.send_mail().await, 1);
    assert_eq!(sink.only().to, [MAIL]);
    assert_eq!(list(&portal).await, [serde_json::Value::Null; 0]);
    let gone = mail(&portal, MailWork::Forget { ids, by })
        .await
        .unwrap_err();
    assert!(gone.contains("there is no message"), "{gone}");
}

#[tokio::test]
async fn what_an_operator_forgets_is_not_sent_and_that_is_recorded() {
    let sink = MailSink::start().await;
    let portal = TestPortal::demo_with_mail(&sink).await;
    sent(&citizen(&portal)).await;
    let id = list(&portal).await[0]["id"].as_str().unwrap().to_owned();
    let forget = MailWork::Forget {
        ids: vec![id],
        by: "operator:kim".to_owned(),
    };
    mail(&portal, forget).await.unwrap();
    assert_eq!(portal.send_mail().await, 0);
    let acts = "select act from audit where subject_kind = 'mail'";
    assert_eq!(portal.database().lines(acts).await, ["mail-forgotten"]);
}

#[tokio::test]
async fn an_unreachable_server_loses_nothing_and_a_lease_that_nobody_ends_ends_by_itself() {
    let sink = MailSink::start().await;
    let portal = TestPortal::demo_with_mail(&sink).await;
    sent(&citizen(&portal)).await;
    let until = portal.portal().now().0 + MINUTE;
    let lease = format!("update outbox set leased_by = 'another', lease_until = {until}");
    portal.sql(&lease).await;
    assert_eq!(portal.send_mail().await, 0);
    portal.clock().advance(MINUTE);
    assert_eq!(portal.send_mail().await, 1);
    assert_eq!(sink.taken().len(), 1);
    sent(&citizen(&portal)).await;
    drop(sink);
    assert_eq!(portal.send_mail().await, 1);
    let waiting = &list(&portal).await[0];
    assert_eq!(waiting["state"], "waiting");
    assert_eq!(waiting["last_error"], "no connection to the server");
}

#[tokio::test]
async fn two_nodes_send_each_message_once() {
    let sink = MailSink::start().await;
    let portal = TestPortal::demo_with_mail(&sink).await;
    if !portal.database().is_shared_by_nodes() {
        return;
    }
    let browser = citizen(&portal);
    for _ in 0..8 {
        sent(&browser).await;
    }
    let other = portal.second_node_with_mail(&sink).await;
    let (one, two) = tokio::join!(portal.send_mail(), TestPortal::send_mail_of(&other));
    // Whoever waited for the other's message may have found nothing, and looks again.
    let rest = portal.send_mail().await;
    assert_eq!(one + two + rest, 8);
    let mut ids: Vec<String> = sink
        .taken()
        .iter()
        .map(|it| it.header("message-id"))
        .collect();
    ids.sort();
    ids.dedup();
    assert_eq!(ids.len(), 8);
}

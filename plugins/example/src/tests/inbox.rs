//! From a question to its answer, with an inbox that is played.

use dinh_sdk::testing::{FakeHost, hmac_sha256};
use dinh_sdk::{Delivery, Fetched, Outcome, Pages, Reply, Request, Submission};

use super::model;
use crate::Plugin;
use crate::meeting::COLLECTION;

const SECRET: &str = "shared with the inbox";

fn portal() -> FakeHost {
    FakeHost::new()
        .with_setting("answer-days", Some("15"))
        .with_setting("inbox-key", Some(SECRET))
        .with_jobs(["hand-on"])
}

fn inbox(status: u16) -> Fetched {
    Fetched {
        status,
        ..Fetched::default()
    }
}

fn asked(words: &str) -> Submission {
    let form = Submission::of("questions").with("about", "Đường liên thôn");
    form.with("words", words)
}

fn answered(body: &str) -> Delivery {
    let signature = hmac_sha256(SECRET, body.as_bytes());
    Delivery::of("answered", body).with("x-signature", &signature)
}

#[test]
fn a_question_is_kept_handed_on_and_answered_once() {
    let host = portal().with_answer("https://inbox.example/questions", inbox(201));
    let page = host.submit::<Plugin>(&asked("Bao giờ làm đường?")).unwrap();
    assert_eq!(model(page)["asked"], 1);
    host.work::<Plugin>().unwrap();
    for _ in 0..2 {
        let told = answered("{\"id\": \"question/1\"}");
        assert_eq!(host.deliver::<Plugin>(&told), Ok(Reply::taken()));
    }
    let page = Plugin::page(&Request::to("questions"), &host).unwrap();
    assert_eq!(model(page)["answered"], 1);
    assert!(!host.values().contains_key("question/1"));
}

#[test]
fn a_meeting_that_answers_a_question_waits_at_the_desk_once() {
    let host = portal();
    let meeting = "{\"number\": \"12/GM-UBND\", \"subject\": \"Đường liên thôn\"}";
    let told = format!("{{\"id\": \"question/1\", \"meeting\": {meeting}}}");
    for _ in 0..2 {
        assert_eq!(host.deliver::<Plugin>(&answered(&told)), Ok(Reply::taken()));
    }
    let drafts = host.drafts(COLLECTION);
    assert_eq!(drafts.len(), 1);
    assert_eq!(drafts["question/1"]["number"], "12/GM-UBND");
    let busy = portal().with_under_way(COLLECTION, "question/1");
    assert_eq!(busy.deliver::<Plugin>(&answered(&told)), Ok(Reply::taken()));
    assert!(busy.drafts(COLLECTION).is_empty());
    let wrong = answered("{\"id\": \"question/1\", \"meeting\": 12}");
    assert_eq!(host.deliver::<Plugin>(&wrong).unwrap().status, 422);
}

#[test]
fn an_inbox_that_fails_is_asked_again_and_a_short_question_is_a_fault() {
    let host = portal().with_answer("https://inbox.example/questions", inbox(500));
    assert!(matches!(
        host.submit::<Plugin>(&asked("Bao giờ làm đường?")),
        Ok(Outcome::View(_))
    ));
    assert_eq!(
        host.work::<Plugin>(),
        Err("the inbox answers 500".to_owned())
    );
    let faults = host.submit::<Plugin>(&asked("Sao?")).unwrap_err();
    assert_eq!(faults[0].message_key, "questions.short");
    assert_eq!(host.values()["count/asked"], "1");
}

#[test]
fn what_the_inbox_did_not_sign_or_never_had_is_refused() {
    let host = portal();
    let mut forged = answered("{\"id\": \"question/1\"}");
    forged.body.push(b' ');
    let no_question = answered("{\"id\": \"count/asked\"}");
    let unset = FakeHost::new().with_setting("inbox-key", None);
    for (host, told, status) in [
        (&host, &forged, 401),
        (&host, &no_question, 422),
        (&unset, &no_question, 401),
    ] {
        assert_eq!(host.deliver::<Plugin>(told).unwrap().status, status);
    }
}

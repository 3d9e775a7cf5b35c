use dinh_sdk::serde_json::json;
use dinh_sdk::testing::FakeHost;
use dinh_sdk::{Job, JobError, Step, Submission};

use crate::Worker;

fn sent(what: &str, words: &str) -> Submission {
    let sent = Submission::of("ask").with("what", what);
    sent.with("words", words)
}

#[test]
fn what_a_form_enqueued_is_done_step_by_step() {
    let host = FakeHost::new().with_jobs(["work", "tick"]);
    let form = sent("work", r#"{"do": "count", "to": 3, "as": "n"}"#);
    host.submit::<Worker>(&form).unwrap();
    assert_eq!(host.enqueued().len(), 1);
    host.work::<Worker>().unwrap();
    assert!(host.enqueued().is_empty());
    assert_eq!(host.values()["steps"], "3");
    assert!(host.values().contains_key("n/3"));
}

#[test]
fn a_step_that_fails_leaves_nothing_and_one_key_is_one_job() {
    let host = FakeHost::new();
    let failing = Job::of("work").with(json!({"do": "fail"}));
    assert_eq!(
        host.step::<Worker>(&failing),
        Err("not on attempt 1".to_owned())
    );
    assert!(host.values().is_empty());
    let from = Job::of("work")
        .with(json!({"do": "count", "to": 9}))
        .from("4");
    assert_eq!(host.step::<Worker>(&from), Ok(Step::More("5".into())));
    for words in ["1", "2"] {
        let form = sent("work", words).with("key", "k");
        host.submit::<Worker>(&form).unwrap();
    }
    let [only] = host.enqueued().try_into().unwrap();
    assert_eq!(only.payload, 2);
}

#[test]
fn what_is_not_declared_and_a_page_that_enqueues_are_refused() {
    let host = FakeHost::new().with_jobs(["tick"]);
    let faults = host.submit::<Worker>(&sent("work", "1")).unwrap_err();
    assert_eq!(faults[0].message_key, "worker.failed");
    let alone = dinh_sdk::Host::enqueue(&host, &dinh_sdk::Enqueue::new("tick"));
    assert_eq!(alone, Err(JobError::ReadOnly));
}

use dinh_sdk::serde_json::json;
use dinh_sdk::testing::FakeHost;
use dinh_sdk::{Entry, Job, Submission};

use crate::Scribe;

const NOTE: &str = "scribe/note";

fn told(fields: &dinh_sdk::serde_json::Value, then: &str) -> Job {
    let save = json!([{ "in": NOTE, "key": "17", "fields": fields }]);
    Job::of("work").with(json!({ "save": save, "then": then }))
}

#[test]
fn a_step_that_runs_again_makes_no_second_draft() {
    let host = FakeHost::new();
    let said = |host: &FakeHost| host.values()["said"].clone();
    let first = told(&json!({"code": "1", "subject": "Họp"}), "");
    host.step::<Scribe>(&first).unwrap();
    assert_eq!(said(&host), "created");
    host.step::<Scribe>(&first).unwrap();
    assert_eq!(said(&host), "unchanged");
    let second = told(&json!({"subject": null}), "");
    host.step::<Scribe>(&second).unwrap();
    assert_eq!(said(&host), "revised");
    assert_eq!(
        host.drafts(NOTE)["17"],
        *json!({"code": "1"}).as_object().unwrap()
    );
}

#[test]
fn what_a_step_drafted_is_dropped_with_it_and_a_page_drafts_nothing() {
    let host = FakeHost::new();
    let failed = told(&json!({"code": "1"}), "fail");
    assert!(host.step::<Scribe>(&failed).is_err());
    assert!(host.drafts(NOTE).is_empty());
    let alone = dinh_sdk::Host::save_draft(&host, &dinh_sdk::NewDraft::keyed(NOTE, "1"));
    assert_eq!(alone, Err(dinh_sdk::DraftError::ReadOnly));
}

#[test]
fn other_collections_what_people_have_under_way_and_too_many_are_refused() {
    let host = FakeHost::new()
        .with_writes([NOTE])
        .with_entry(Entry::default())
        .with_under_way(NOTE, "a")
        .with_closed(NOTE, "b");
    let save = json!([
        { "in": "other/note", "key": "1" },
        { "in": NOTE, "key": "a", "fields": { "code": "1" } },
        { "in": NOTE, "key": "b", "fields": { "code": "1" } },
        { "in": NOTE, "id": "no-such-entry", "fields": { "code": "1" } },
        { "in": NOTE, "key": "k{}", "fields": { "code": "1" }, "times": 51 },
    ]);
    let words = json!({ "save": save }).to_string();
    let sent = Submission::of("ask").with("words", words.as_str());
    host.submit::<Scribe>(&sent).unwrap();
    let said = host.values()["said"].clone();
    let said: Vec<&str> = said.lines().collect();
    assert!(said[0].starts_with("denied"), "{said:?}");
    assert!(said[1].starts_with("under way"), "{said:?}");
    assert!(said[2].starts_with("closed"), "{said:?}");
    assert_eq!(said[3], "no such entry");
    assert!(said[54].contains("at most 50 drafts a call"), "{said:?}");
    assert_eq!(host.drafts(NOTE).len(), 50);
}

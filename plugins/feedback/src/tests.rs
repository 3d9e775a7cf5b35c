use dinh_sdk::serde_json::{Value, json};
use dinh_sdk::testing::FakeHost;
use dinh_sdk::{Draft, Hooks, Object};

use crate::Plugin;

fn draft(value: Value) -> Draft {
    let Value::Object(body) = value else {
        panic!("no object: {value}")
    };
    Draft {
        body,
        ..Draft::default()
    }
}

fn faults(topic: &str, clause: &str) -> Vec<String> {
    let draft = draft(json!({"topic": topic, "clause": clause}));
    let told = Plugin::validate(&draft, &FakeHost::new());
    let faults = told.err().unwrap_or_default();
    faults.into_iter().map(|it| it.path).collect()
}

fn completed(value: Value) -> Option<Object> {
    Plugin::validate(&draft(value), &FakeHost::new().at("2026-06-01")).unwrap()
}

#[test]
fn a_proposal_about_the_regulation_names_its_clause() {
    assert_eq!(faults("regulation", ""), ["/clause"]);
    assert_eq!(faults("regulation", "khoản nào đó"), ["/clause"]);
    assert_eq!(faults("regulation", "Điều 7 khoản 2"), [""; 0]);
    assert_eq!(faults("wrong", ""), [""; 0]);
}

#[test]
fn a_remark_carries_the_day_on_which_it_came() {
    let body = completed(json!({"topic": "wrong"})).unwrap();
    assert_eq!(body["received_on"], "2026-06-01");
    assert_eq!(completed(json!({"received_on": "2026-05-01"})), None);
}

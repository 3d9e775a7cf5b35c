use dinh_sdk::{Draft, Object};
use serde_json::{Value, json};

use super::faults;

fn told(changes: &[(&str, Value)]) -> Vec<String> {
    let mut body: Object = json!({
        "kind": "community", "version": 1,
        "opens": "2026-11-01T08:00", "closes": "2026-12-01T17:00",
    })
    .as_object()
    .unwrap()
    .clone();
    for (name, value) in changes {
        body.insert((*name).to_owned(), value.clone());
    }
    let draft = Draft::new("consultation", body);
    let shortest = |kind: &str| (kind == "community").then_some(20);
    let faults = faults(&draft, shortest);
    faults.into_iter().map(|it| it.message_key).collect()
}

#[test]
fn a_period_ends_after_it_begins_and_is_as_long_as_its_kind_asks() {
    assert!(told(&[]).is_empty());
    let closes = |at: &str| told(&[("closes", json!(at))]);
    assert_eq!(closes("2026-11-01T08:00"), ["fault.closes_first"]);
    assert_eq!(closes("2026-11-21T07:59"), ["fault.too_short"]);
    assert!(closes("2026-11-21T08:00").is_empty());
}

#[test]
fn an_extension_is_whole_and_one_after_the_closing_needs_a_new_version() {
    let extended = |on: &str, version: i64| {
        told(&[
            ("extended_to", json!("2026-12-20T17:00")),
            ("extended_on", json!(on)),
            ("extended_because", json!("Nhiều ý kiến")),
            ("version", json!(version)),
        ])
    };
    assert!(extended("2026-12-01", 1).is_empty());
    assert_eq!(extended("2026-12-02", 1), ["fault.reopened"]);
    assert!(extended("2026-12-02", 2).is_empty());
    assert_eq!(
        told(&[("extended_to", json!("2026-12-20T17:00"))]),
        ["fault.extended_bare"]
    );
}

#[test]
fn a_result_has_its_day_and_comes_after_the_closing() {
    let result = |on: &str| told(&[("result", json!("x")), ("result_on", json!(on))]);
    assert!(result("2026-12-01").is_empty());
    assert_eq!(result("2026-11-30"), ["fault.result_early"]);
    assert_eq!(told(&[("result", json!("x"))]), ["fault.result_bare"]);
    assert_eq!(told(&[("version", json!(0))]), ["fault.version"]);
    assert_eq!(told(&[("status", json!("open"))]), ["fault.status"]);
}

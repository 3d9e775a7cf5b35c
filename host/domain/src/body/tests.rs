use serde_json::{Value, json};

use super::{Unknown, check, unmet_gates};
use crate::declaration::tests::sample;
use crate::entry::Body;

fn checked(body: Value, unknown: Unknown) -> Result<Body, Vec<String>> {
    let sample = sample();
    let Value::Object(body) = body else {
        panic!("a body is an object")
    };
    let result = check(&sample, &sample.collections["note"], body, unknown);
    result.map_err(|faults| {
        faults
            .iter()
            .map(|fault| format!("{} {}", fault.path, fault.message_key))
            .collect()
    })
}

#[test]
fn text_is_stored_in_one_normal_form_and_defaults_are_filled() {
    let nfd = "Quye\u{302}\u{301}t  đi\u{323}nh ";
    let body = checked(json!({"code": "1/QĐ", "subject": nfd}), Unknown::Refuse).unwrap();
    assert_eq!(body["subject"], "Quyết định");
    assert_eq!(body["state"], "open");
}

#[test]
fn every_fault_is_named_at_once_with_its_place() {
    let given = json!({
        "subject": "x".repeat(51),
        "tags": ["a", 2, "c"],
        "written_on": "31/02/2014",
        "state": "shut",
        "size": "many",
        "relations": [{"kind": "eats", "target": "1"}],
        "files": [{"file": "../../x"}],
        "colour": "red",
    });
    let faults = checked(given, Unknown::Refuse).unwrap_err();
    assert_eq!(
        faults,
        [
            "code fault.required",
            "subject fault.too-long",
            "tags[1] fault.text",
            "written_on fault.date",
            "state fault.choice",
            "size fault.integer",
            "relations[0].kind fault.choice",
            "files[0].file fault.file",
            "colour fault.unknown-field",
        ]
    );
}

#[test]
fn unknown_fields_are_kept_when_they_come_from_the_store() {
    let body = checked(json!({"code": "1", "colour": "red"}), Unknown::Keep).unwrap();
    assert_eq!(body["colour"], "red");
}

#[test]
fn too_many_items_are_refused_as_a_whole() {
    let faults = checked(
        json!({"code": "1", "tags": ["a", "b", "c", "d"]}),
        Unknown::Refuse,
    );
    assert_eq!(faults.unwrap_err(), ["tags fault.too-many"]);
}

#[test]
fn plain_text_becomes_blocks_and_blocks_are_checked() {
    let body = checked(
        json!({"code": "1", "text": "Điều 1. Một\nchữ"}),
        Unknown::Refuse,
    )
    .unwrap();
    assert_eq!(body["text"][0]["heading"], "Một");
    let wrong = json!({"code": "1", "text": [{"level": "verse"}]});
    assert_eq!(
        checked(wrong, Unknown::Refuse).unwrap_err(),
        ["text[0].level fault.level"]
    );
}

#[test]
fn a_gate_holds_unless_it_was_lifted_by_name() {
    let sample = sample();
    let collection = &sample.collections["note"];
    let body = checked(json!({"code": "1"}), Unknown::Refuse).unwrap();
    assert_eq!(unmet_gates(collection, &body, &[])[0].path, "subject");
    assert!(unmet_gates(collection, &body, &["subject".to_owned()]).is_empty());
    assert_eq!(
        unmet_gates(collection, &body, &["tags".to_owned()]).len(),
        1
    );
}

#[test]
fn a_body_over_the_limit_is_refused_as_a_whole() {
    let huge = json!({"code": "1", "subject": "x".repeat(super::MAX_BODY_BYTES)});
    assert_eq!(
        checked(huge, Unknown::Refuse).unwrap_err(),
        [" fault.too-large"]
    );
}

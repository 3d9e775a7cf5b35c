use serde_json::{Value, json};

use crate::body::{Unknown, check, fill_dates};
use crate::dates::LocalDate;
use crate::declaration::Declaration;
use crate::declaration::tests::files;
use crate::entry::Body;

/// The sample with a table, a day that is filled, a text that is needed beside a choice, and listed texts.
fn declared() -> Declaration {
    let mut files = files();
    let note = String::from_utf8(files["collections/note.toml"].clone()).unwrap();
    let more = r#"
[schema.fees]
kind = "rows"
label = "note.fees"
max_items = 2
[schema.fees.columns.fee]
label = "fee.fee"
required = true
[schema.fees.columns.amount]
label = "fee.amount"
kind = "integer"
[schema.came_on]
kind = "date"
label = "note.came_on"
default = "today"
[schema.why]
kind = "text"
label = "note.why"
needed_when = { state = "over" }
[schema.marks]
kind = "texts"
label = "note.marks"
list = "states"
[index.code]"#;
    let note = note.replacen("[index.code]", more, 1);
    files.insert("collections/note.toml".into(), note.into_bytes());
    Declaration::parse(&files).unwrap()
}

fn checked(more: Value) -> Result<Body, Vec<String>> {
    let declared = declared();
    let mut body = json!({"code": "1", "subject": "x"})
        .as_object()
        .unwrap()
        .clone();
    body.extend(more.as_object().unwrap().clone());
    let collection = declared.collection("note").unwrap();
    let checked = check(&declared, collection, body, Unknown::Refuse);
    checked.map_err(|faults| {
        let told = faults
            .into_iter()
            .map(|it| format!("{} {}", it.path, it.message_key));
        told.collect()
    })
}

#[test]
fn rows_are_kept_in_the_order_of_their_columns() {
    let body = checked(json!({"fees": [{"amount": 8000, "fee": " Lệ  phí "}]})).unwrap();
    assert_eq!(body["fees"], json!([{"fee": "Lệ phí", "amount": 8000}]));
    assert_eq!(
        serde_json::to_string(&body["fees"]).unwrap(),
        r#"[{"fee":"Lệ phí","amount":8000}]"#
    );
}

#[test]
fn what_is_no_row_is_told_by_its_cell() {
    for (rows, wanted) in [
        (json!("x"), "fees fault.list"),
        (json!(["x"]), "fees[0] fault.no-row"),
        (json!([{"amount": 1}]), "fees[0].fee fault.required"),
        (
            json!([{"fee": "x", "amount": "1"}]),
            "fees[0].amount fault.integer",
        ),
        (
            json!([{"fee": "x", "other": 1}]),
            "fees[0].other fault.unknown-field",
        ),
        (
            json!([{"fee": "a"}, {"fee": "b"}, {"fee": "c"}]),
            "fees fault.too-many",
        ),
    ] {
        assert_eq!(checked(json!({"fees": rows})), Err(vec![wanted.to_owned()]));
    }
}

#[test]
fn a_field_is_needed_beside_the_values_that_its_declaration_names() {
    assert!(checked(json!({"state": "open"})).is_ok());
    assert_eq!(
        checked(json!({"state": "over"})),
        Err(vec!["why fault.required".to_owned()])
    );
    assert!(checked(json!({"state": "over", "why": "x"})).is_ok());
}

#[test]
fn texts_of_a_list_are_stored_by_its_names() {
    let body = checked(json!({"marks": ["open", "đã xong"]})).unwrap();
    assert_eq!(body["marks"], json!(["Đang mở", "Đã xong"]));
    let told = checked(json!({"marks": ["nào đó"]}));
    assert_eq!(told, Err(vec!["marks[0] fault.choice".to_owned()]));
}

#[test]
fn a_day_that_nobody_gave_is_filled() {
    let declared = declared();
    let collection = declared.collection("note").unwrap();
    let mut body = Body::new();
    fill_dates(
        collection,
        &mut body,
        LocalDate::parse("2026-11-27").unwrap(),
    );
    assert_eq!(body["came_on"], "2026-11-27");
    fill_dates(
        collection,
        &mut body,
        LocalDate::parse("2026-11-28").unwrap(),
    );
    assert_eq!(body["came_on"], "2026-11-27");
}

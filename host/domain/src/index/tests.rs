use serde_json::{Value, json};

use super::{IndexValue, key, row};
use crate::dates::{LocalDate, LocalTime};
use crate::declaration::IndexType;
use crate::declaration::tests::sample;
use crate::entry::Body;

fn day(text: &str) -> LocalDate {
    LocalDate::parse(text).unwrap()
}

fn body(value: Value) -> Body {
    value.as_object().unwrap().clone()
}

fn state_on(today: &str) -> (String, Option<LocalTime>) {
    let sample = sample();
    let body = body(json!({"state": "open", "written_on": "2020-01-10", "ends_on": "2021-05-01"}));
    let row = row(&sample.collections["note"], &body, day(today).into());
    let [IndexValue::Text { key, .. }] = row.get("state") else {
        panic!("one value")
    };
    (key.clone(), row.stale_on)
}

#[test]
fn a_state_that_the_calendar_decides_is_right_on_every_day_and_says_when_it_changes() {
    assert_eq!(
        state_on("2020-01-09"),
        ("planned".to_owned(), Some(day("2020-01-10").into()))
    );
    assert_eq!(
        state_on("2020-01-10"),
        ("open".to_owned(), Some(day("2021-05-01").into()))
    );
    assert_eq!(
        state_on("2021-04-30"),
        ("open".to_owned(), Some(day("2021-05-01").into()))
    );
    assert_eq!(state_on("2021-05-01"), ("over".to_owned(), None));
}

#[test]
fn codes_and_texts_are_equal_in_every_spelling() {
    let text = |value: Option<IndexValue>| match value {
        Some(IndexValue::Text { key, .. }) => key,
        other => panic!("no text: {other:?}"),
    };
    let code = |given| text(key(IndexType::Code, given));
    assert_eq!(code("06/2014/QĐ-UBND"), code("6/2014/qd-ubnd"));
    let tag = |given| text(key(IndexType::Texts, given));
    assert_eq!(tag("Đất đai"), tag("dat dai"));
}

#[test]
fn a_value_that_cannot_be_one_has_no_key() {
    assert_eq!(key(IndexType::Date, "yesterday"), None);
    assert_eq!(key(IndexType::Year, "20"), None);
    assert_eq!(key(IndexType::Year, "2014x"), None);
    assert_eq!(key(IndexType::Integer, "many"), None);
    assert_eq!(
        key(IndexType::Year, "2014"),
        Some(IndexValue::Integer(2014))
    );
}

#[test]
fn a_list_holds_each_value_once() {
    let sample = sample();
    let body = body(json!({"tags": ["Đất đai", "dat dai", "Y tế"]}));
    let row = row(&sample.collections["note"], &body, day("2020-01-01").into());
    assert_eq!(row.get("tags").len(), 2);
    assert!(row.get("subject").is_empty());
}

#[test]
fn a_state_lasts_until_it_is_another_one_also_over_an_extension() {
    let mut sample = sample();
    let note = sample.collections.get_mut("note").unwrap();
    let state = &mut note.schema.get_mut("state").unwrap().kind;
    let crate::declaration::FieldKind::Choice { by_date, .. } = state else {
        panic!("a choice");
    };
    by_date.push(crate::declaration::ByDate {
        when: vec!["over".to_owned()],
        before: Some("extended_to".to_owned()),
        from: None,
        then: "open".to_owned(),
    });
    let body = body(json!({
        "state": "open", "written_on": "2020-01-10", "ends_on": "2021-05-01", "extended_to": "2021-06-01",
    }));
    for (today, expected) in [
        ("2021-04-01", ("open", Some("2021-06-01"))),
        ("2021-05-15", ("open", Some("2021-06-01"))),
        ("2021-06-01", ("over", None)),
    ] {
        let found = super::effective_choice(note, &body, "state", day(today).into());
        let until = expected.1.map(|it| day(it).into());
        assert_eq!(found, (Some(expected.0.to_owned()), until), "{today}");
    }
}

use serde_json::{Value, json};

use super::Said;
use crate::entry::Body;

fn body(value: Value) -> Body {
    match value {
        Value::Object(fields) => fields.into_iter().collect(),
        _ => Body::new(),
    }
}

/// What is said, laid over the newest revision.
fn laid_over(revisions: &[Said], says: &Body) -> Body {
    let newest = revisions.last().map(|it| it.body.clone());
    super::laid_over(newest.unwrap_or_default(), revisions, says)
}

fn by_source(value: Value) -> Said {
    Said {
        is_own: true,
        body: body(value),
    }
}

fn by_people(value: Value) -> Said {
    Said {
        is_own: false,
        body: body(value),
    }
}

#[test]
fn what_it_says_for_the_first_time_is_the_text_and_what_it_does_not_name_stays() {
    assert_eq!(
        laid_over(&[], &body(json!({"a": 1, "b": null}))),
        body(json!({"a": 1}))
    );
    let known = [by_people(json!({"a": 1, "note": "of the office"}))];
    assert_eq!(
        laid_over(&known, &body(json!({"a": 2}))),
        body(json!({"a": 2, "note": "of the office"}))
    );
}

#[test]
fn what_people_corrected_is_theirs_until_the_source_says_something_else() {
    let known = [
        by_source(json!({"title": "Teh road", "day": "1"})),
        by_people(json!({"title": "The road", "day": "1"})),
    ];
    let says = body(json!({"title": "Teh road", "day": "2"}));
    let next = laid_over(&known, &says);
    assert_eq!(next, body(json!({"title": "The road", "day": "2"})));
    // Its own revision holds the office's title, which does not become its own by that.
    let mut known = known.to_vec();
    known.push(Said {
        is_own: true,
        body: next,
    });
    let says = body(json!({"title": "Teh road", "day": "3"}));
    assert_eq!(
        laid_over(&known, &says),
        body(json!({"title": "The road", "day": "3"}))
    );
    let says = body(json!({"title": "The bridge"}));
    assert_eq!(
        laid_over(&known, &says),
        body(json!({"title": "The bridge", "day": "2"}))
    );
}

#[test]
fn what_it_emptied_and_people_filled_stays_filled() {
    let known = [
        by_source(json!({"place": "hall"})),
        by_source(json!({})),
        by_people(json!({"place": "school"})),
    ];
    let says = |value| body(json!({"place": value}));
    assert_eq!(laid_over(&known, &says(Value::Null)), says(json!("school")));
    assert_eq!(laid_over(&known[..1], &says(Value::Null)), Body::new());
}

#[test]
fn what_the_office_abandoned_is_not_said_again_by_saying_the_same() {
    let public = body(json!({"day": "1"}));
    let known = [
        by_people(json!({"day": "1"})),
        by_source(json!({"day": "2"})),
    ];
    let says = |day: &str| body(json!({"day": day}));
    let over = |says: &Body| super::laid_over(public.clone(), &known, says);
    assert_eq!(over(&says("2")), public);
    assert_eq!(over(&says("3")), says("3"));
}

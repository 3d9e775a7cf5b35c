use serde_json::json;

use super::{Among, BadQuery, Filter, Query, Sort, answer};
use crate::dates::LocalDate;
use crate::declaration::Collection;
use crate::declaration::tests::sample;
use crate::ids::EntryId;
use crate::index::{self, IndexRow};

fn note() -> Collection {
    sample().collections["note"].clone()
}

fn rows(collection: &Collection) -> Vec<(EntryId, IndexRow)> {
    let bodies = [
        json!({"code": "10/QĐ", "written_on": "2020-01-01", "tags": ["Y tế"]}),
        json!({"code": "9/QĐ", "written_on": "2021-01-01", "tags": ["Đất đai", "Y tế"]}),
        json!({"code": "2/QĐ", "tags": ["Giáo dục"]}),
    ];
    let today = LocalDate::parse("2022-01-01").unwrap();
    let rows = bodies.iter().enumerate().map(|(at, body)| {
        let row = index::row(collection, body.as_object().unwrap(), today.into());
        (EntryId::new(&format!("e{at}")).unwrap(), row)
    });
    rows.collect()
}

fn ask(filters: Vec<Filter>, sort: &str) -> (Vec<String>, u64) {
    let note = note();
    let sort = Sort::parse(&note, sort).unwrap();
    let query = Query {
        filters,
        among: None,
        sort,
        page: 1,
        per_page: 10,
    };
    let (ids, total) = answer(&query, &rows(&note));
    (ids.iter().map(ToString::to_string).collect(), total)
}

#[test]
fn missing_values_come_last_in_both_directions_and_codes_sort_by_number() {
    assert_eq!(ask(vec![], "written_on").0, ["e0", "e1", "e2"]);
    assert_eq!(ask(vec![], "-written_on").0, ["e1", "e0", "e2"]);
    assert_eq!(ask(vec![], "code").0, ["e2", "e1", "e0"]);
}

#[test]
fn filters_compare_in_every_spelling_and_all_must_hold() {
    let note = note();
    let health = Filter::any_of(&note, "tags", &["y te"]).unwrap();
    let from = Filter::from(&note, "written_on", "2020-06-01").unwrap();
    assert_eq!(
        ask(vec![health.clone()], "code"),
        (vec!["e1".to_owned(), "e0".to_owned()], 2)
    );
    assert_eq!(ask(vec![health, from], "code").0, ["e1"]);
    let year = Filter::any_of(&note, "year", &["2020"]).unwrap();
    assert_eq!(ask(vec![year], "code").0, ["e0"]);
}

#[test]
fn what_is_not_declared_or_does_not_fit_is_refused_by_name() {
    let note = note();
    let unknown = Filter::any_of(&note, "colour", &["red"]).unwrap_err();
    assert_eq!(unknown, BadQuery::Unknown("colour".to_owned()));
    assert!(matches!(
        Filter::from(&note, "tags", "x"),
        Err(BadQuery::Unfit(_))
    ));
    assert!(matches!(
        Filter::from(&note, "written_on", "x"),
        Err(BadQuery::Value { .. })
    ));
    assert!(matches!(
        Sort::parse(&note, "tags"),
        Err(BadQuery::Unfit(_))
    ));
    assert!(matches!(
        Filter::any_of(&note, "year", &["1"; 51]),
        Err(BadQuery::TooMany(_))
    ));
}

#[test]
fn a_search_narrows_a_list_to_what_it_found() {
    let note = note();
    let among = ["e2", "e0", "no-such"]
        .map(|id| EntryId::new(id).unwrap())
        .to_vec();
    let query = Query {
        filters: Vec::new(),
        among: Some(Among::Sorted(among.clone())),
        sort: Sort::parse(&note, "code").unwrap(),
        page: 1,
        per_page: 10,
    };
    let (ids, total) = answer(&query, &rows(&note));
    assert_eq!(
        ids.iter().map(EntryId::as_str).collect::<Vec<_>>(),
        ["e2", "e0"]
    );
    assert_eq!(total, 2);
    let ranked = ["e1", "e2", "e0"].map(|id| EntryId::new(id).unwrap());
    let query = Query {
        among: Some(Among::Ranked(ranked.to_vec())),
        per_page: 2,
        ..query
    };
    assert_eq!(answer(&query, &rows(&note)), (ranked[..2].to_vec(), 3));
    let nothing = Query {
        among: Some(Among::Sorted(Vec::new())),
        ..query
    };
    assert_eq!(answer(&nothing, &rows(&note)).1, 0);
}

#[test]
fn a_code_is_found_with_the_words_that_people_paste_before_it() {
    let note = note();
    for asked in ["9/QĐ", "Số 9/QĐ", "số: 09/qd"] {
        let filter = Filter::any_of(&note, "code", &[asked]).unwrap();
        assert_eq!(ask(vec![filter], "code").0, ["e1"], "{asked}");
    }
}

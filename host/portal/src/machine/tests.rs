use dinh_domain::ids::EntryId;
use dinh_domain::query::{Place, SortKey};

use super::cursor::{read, write};
use super::exact::{self, BadParameter};
use crate::ask::tests::{Plain, collection, pairs};

fn place(key: Option<SortKey>) -> Place {
    Place {
        key,
        id: EntryId::new("0190-ab").unwrap(),
    }
}

#[test]
fn a_cursor_leads_back_to_its_place_for_the_very_same_question() {
    for key in [
        None,
        Some(SortKey::Integer(-7)),
        Some(SortKey::Text("đất\u{1}x".to_owned())),
        Some(SortKey::Text(String::new())),
    ] {
        let place = place(key);
        let text = write("one", "documents of a site", &place);
        assert_eq!(read("one", "documents of a site", &text), Some(place));
        assert_eq!(read("one", "documents of another site", &text), None);
        assert_eq!(read("two", "documents of a site", &text), None);
    }
}

#[test]
fn a_cursor_that_was_cut_or_changed_or_made_up_leads_nowhere() {
    let text = write("one", "question", &place(Some(SortKey::Integer(5))));
    for length in 0..text.len() {
        assert_eq!(read("one", "question", &text[..length]), None, "{length}");
    }
    for at in 0..text.len() {
        let mut changed = text.clone().into_bytes();
        changed[at] = if changed[at] == b'0' { b'1' } else { b'0' };
        let changed = String::from_utf8(changed).unwrap();
        assert_eq!(read("one", "question", &changed), None, "{at}");
    }
    assert_eq!(read("one", "question", &format!("{text}00")), None);
    assert_eq!(read("one", "question", &text.to_uppercase()), None);
    for made_up in ["", "0", "zz", "đ", "00", &"0".repeat(10_000)] {
        assert_eq!(read("one", "question", made_up), None);
    }
}

fn refused(given: &[(&str, &str)]) -> String {
    let read = exact::list(&collection(), &pairs(given), &Plain);
    match read {
        Ok(exact) => panic!("{given:?} is read as {exact:?}"),
        Err(bad) => bad.to_string(),
    }
}

#[test]
fn what_is_not_known_is_refused_by_name_with_what_is() {
    let known = "known: name, state, year, on_from, on_to, q, sort, limit, cursor";
    for name in ["page", "per_page", "fbclid", "on", "STATE", ""] {
        let told = format!("there is no parameter `{name}`; {known}");
        assert_eq!(refused(&[(name, "1")]), told);
    }
    assert_eq!(
        refused(&[("sort", "name")]),
        "`sort` cannot be `name`; known: -on, on"
    );
    assert_eq!(
        refused(&[("state", "shut")]),
        "`state` cannot be `shut`; known: open"
    );
}

#[test]
fn what_cannot_be_is_refused_by_name_with_what_could() {
    for (name, value) in [
        ("year", "14"),
        ("year", "2014-01-01"),
        ("on_from", "03/10/2014"),
        ("on_to", "2014-02-30"),
        ("name", " "),
        ("name", ""),
        ("q", "  "),
        ("limit", "0"),
        ("limit", "101"),
        ("limit", "+5"),
        ("limit", "5.0"),
    ] {
        let told = refused(&[(name, value)]);
        assert!(
            told.starts_with(&format!("`{name}` cannot be `{value}`: ")),
            "{told}"
        );
    }
    assert!(refused(&[("q", &"a".repeat(501))]).contains("1 to 500 characters"));
    assert_eq!(
        refused(&[("limit", "1"), ("limit", "1")]),
        "`limit` is given more than once"
    );
    assert_eq!(
        refused(&[("on_to", "2014-01-01"), ("on_to", "2015-01-01")]),
        "`on_to` is given more than once"
    );
    let many: Vec<String> = (0..51).map(|it| it.to_string()).collect();
    let many: Vec<(&str, &str)> = many.iter().map(|it| ("name", it.as_str())).collect();
    assert_eq!(refused(&many), "`name` is given more than 50 times");
}

#[test]
fn one_question_is_told_in_one_way_whatever_the_order_of_its_parameters() {
    let read = |given: &[(&str, &str)]| {
        let read = exact::list(&collection(), &pairs(given), &Plain);
        read.unwrap().params
    };
    let one = read(&[
        ("name", "b"),
        ("q", "x  y"),
        ("year", "2014"),
        ("name", "a"),
    ]);
    let other = read(&[
        ("limit", "3"),
        ("year", "2014"),
        ("name", "a"),
        ("name", "b"),
        ("q", "x y"),
        ("sort", "-on"),
    ]);
    assert_eq!(one, other);
    assert_ne!(one, read(&[("name", "a"), ("year", "2014"), ("q", "x y")]));
}

#[test]
fn a_problem_names_its_parameter() {
    let read = exact::list(&collection(), &pairs(&[("colour", "red")]), &Plain);
    assert_eq!(read.unwrap_err().name(), "colour");
    assert_eq!(BadParameter::Cursor.name(), "cursor");
}

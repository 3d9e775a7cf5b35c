use std::sync::LazyLock;

use dinh_domain::declaration::{CodeList, Collection};
use dinh_domain::query::{MAX_PER_PAGE, Test};

use super::{Asked, many, words};

pub(crate) fn collection() -> Collection {
    let text = r#"
label = "l"
plural = "p"
[schema.name]
kind = "text"
label = "n"
[schema.state]
kind = "choice"
list = "states"
label = "s"
[schema.on]
kind = "date"
label = "o"
[index.name]
type = "text"
[index.state]
type = "choice"
[index.on]
type = "date"
[index.year]
type = "year"
from = "on"
[workflow]
id = "register"
[view]
title = "{name}"
slug = "{name}"
[view.list]
columns = []
filters = ["name", "state", "year", "on"]
sorts = ["on"]
default_sort = "-on"
[view.detail]
facts = []
[search]
title = ["@title"]
"#;
    toml::from_str(text).unwrap()
}

fn list(collection: &Collection, given: &[(String, String)]) -> Asked {
    super::list(collection, given, &Plain)
}

pub(crate) struct Plain;

static STATES: LazyLock<CodeList> = LazyLock::new(|| {
    let states = "[[value]]\nid = \"open\"\nvi = \"Mở\"\nen = \"Open\"";
    toml::from_str(states).unwrap()
});

impl super::Names for Plain {
    fn label(&self, index: &str) -> String {
        index.to_owned()
    }

    fn list(&self, index: &str) -> Option<&CodeList> {
        (index == "state").then_some(&*STATES)
    }
}

pub(crate) fn pairs(given: &[(&str, &str)]) -> Vec<(String, String)> {
    given
        .iter()
        .map(|(key, value)| ((*key).to_owned(), (*value).to_owned()))
        .collect()
}

#[test]
fn parameters_come_out_in_declared_order_and_unknown_ones_cost_nothing() {
    let given = pairs(&[
        ("fbclid", "x"),
        ("year", "2014"),
        ("name", "Một"),
        ("q", " hai  ba "),
    ]);
    let asked = list(&collection(), &given);
    let expected = pairs(&[("q", "hai ba"), ("name", "Một"), ("year", "2014")]);
    assert_eq!((asked.params, asked.complaints), (expected, Vec::new()));
    assert_eq!(asked.query.filters.len(), 2);
}

#[test]
fn dates_are_read_as_people_write_them() {
    let asked = list(
        &collection(),
        &pairs(&[("on_from", "03/10/2014"), ("on_to", "2014-12-31")]),
    );
    assert_eq!(
        asked.params,
        pairs(&[("on_from", "2014-10-03"), ("on_to", "2014-12-31")])
    );
    assert!(matches!(asked.query.filters[0].test, Test::From(_)));
}

#[test]
fn what_cannot_be_used_is_left_out_with_a_complaint() {
    let given = pairs(&[
        ("state", "shut"),
        ("year", "abc"),
        ("on_from", "x"),
        ("page", "0"),
        ("per_page", "9999"),
        ("sort", "-name"),
    ]);
    let asked = list(&collection(), &given);
    assert_eq!(asked.complaints.len(), 6);
    assert!(asked.params.is_empty() && asked.query.filters.is_empty());
    assert_eq!(asked.query.page, 1);
    assert!(asked.query.per_page <= MAX_PER_PAGE);
}

#[test]
fn repeated_and_empty_values_are_dropped_and_words_are_bounded() {
    let given = pairs(&[("a", "1"), ("a", ""), ("a", "1"), ("a", "2")]);
    assert_eq!(many(&given, "a"), ["1", "2"]);
    let mut complaints = Vec::new();
    let long = words(&pairs(&[("q", &"ạ".repeat(9_000))]), &mut complaints);
    assert!(complaints[0].contains("quá dài"), "{complaints:?}");
    assert_eq!(long.chars().count(), super::MAX_WORDS_CHARS);
}

#[test]
fn a_value_of_a_code_list_is_used() {
    let asked = list(&collection(), &pairs(&[("state", "open")]));
    assert_eq!((asked.complaints.len(), asked.query.filters.len()), (0, 1));
}

#[test]
fn signs_alone_and_control_characters_are_told_or_taken_out() {
    let read = |text: &str| {
        let mut complaints = Vec::new();
        (words(&pairs(&[("q", text)]), &mut complaints), complaints)
    };
    let (kept, complaints) = read("((( *?~^ \"");
    assert_eq!(kept, "((( *?~^ \"");
    assert!(
        complaints[0].contains("không có chữ hay số"),
        "{complaints:?}"
    );
    assert_eq!(read("đất\u{0}\u{7}đai"), ("đất đai".to_owned(), Vec::new()));
    assert_eq!(read(" \u{1} "), (String::new(), Vec::new()));
    let table = "a ".repeat(5_000);
    assert!(read(&table).0.len() <= super::MAX_WORDS_CHARS);
    assert_eq!(read(&table).1.len(), 1);
}

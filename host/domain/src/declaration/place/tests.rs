use super::{line, unknown};

const SOURCE: &str = r#"# title is above
label = "a"
[schema.year]
kind = "choice"
list = "sorts"
[[schema.year.by_date]]
from = "place"
[schema.place]
kind = "nothing"
[index.year]
type = "date"
[view]
title = "{other}"
slug = "{other}"
[view.list]
filters = ["place", "year"]
default_sort = "-other"
[[blocks]]
name = "one"
filter = { year = "2020" }
[[blocks]]
name = "two"
filter = { place = "here" }
sort = "popular"
"#;

#[test]
fn the_line_that_names_most_of_a_fault_is_its_line() {
    for (message, found) in [
        ("index `year`: there is no field `day`", Some(10)),
        (
            "index `year`: type Date cannot be made from field `year`",
            Some(10),
        ),
        ("field `year`: there is no list lists/sorts.toml", Some(5)),
        (
            "field `year`: by_date names `place`, which is no date field",
            Some(7),
        ),
        ("view.title: there is no field `other`", Some(13)),
        ("view.slug: there is no field `other`", Some(14)),
        (
            "`place` is filtered, sorted, counted or unique, but there is no [index.place]",
            Some(16),
        ),
        (
            "`other` is filtered, sorted, counted or unique, but there is no [index.other]",
            Some(17),
        ),
        (
            "block `one`: filter `place` is none of the list's",
            Some(19),
        ),
        (
            "block `two`: filter `place` is none of the list's",
            Some(23),
        ),
        ("block `two`: sort `popular` needs `usage = true`", Some(24)),
        ("there is no field `else`", None),
        ("no collection is declared", None),
    ] {
        assert_eq!(line(SOURCE, message), found, "{message}");
    }
}

#[test]
fn what_is_not_known_is_found_below_the_line_of_its_table() {
    let told = "unknown variant `nothing`, expected `text`";
    assert_eq!(unknown(SOURCE, 8, told), Some(9));
    assert_eq!(unknown(SOURCE, 3, told), None);
    assert_eq!(unknown(SOURCE, 8, "invalid type"), None);
}

use dinh_portal::shown::{FilterKind, FilterShown, OptionShown};
use dinh_render::view::Filter;

use super::{MAX_BOXES, filter, hidden, in_order};

fn options(count: usize, selected: usize) -> FilterShown {
    let options = (0..count).map(|at| OptionShown {
        value: at.to_string(),
        label: at.to_string(),
        count: 1,
        selected: at < selected,
    });
    FilterShown {
        name: "kind".into(),
        label: "Loại".into(),
        kind: FilterKind::Options(options.collect()),
    }
}

#[test]
fn few_values_are_boxes_and_many_a_choice_of_one() {
    assert!(matches!(
        filter(&options(MAX_BOXES, 0)),
        Some(Filter::Checkboxes { .. })
    ));
    assert!(matches!(
        filter(&options(MAX_BOXES + 1, 1)),
        Some(Filter::Select { .. })
    ));
    // Two ticked values cannot be shown by a choice of one.
    assert!(matches!(
        filter(&options(MAX_BOXES + 1, 2)),
        Some(Filter::Checkboxes { .. })
    ));
    assert!(filter(&options(0, 0)).is_none());
}

#[test]
fn the_form_carries_along_what_it_has_no_field_for() {
    let range = FilterKind::DateRange {
        from: String::new(),
        to: String::new(),
    };
    let range = FilterShown {
        name: "issued".into(),
        label: "Ngày".into(),
        kind: range,
    };
    let filters: Vec<Filter> = [options(2, 1), range].iter().filter_map(filter).collect();
    let asked = [
        ("kind", "0"),
        ("issued_from", "2014-01-01"),
        ("sort", "old"),
        ("per_page", "50"),
    ];
    let asked = asked.map(|(name, value)| (name.to_owned(), value.to_owned()));
    let names: Vec<String> = hidden(&asked, &filters)
        .into_iter()
        .map(|field| field.name)
        .collect();
    assert_eq!(names, ["sort", "per_page"]);
}

#[test]
fn another_order_keeps_the_place_of_its_parameter() {
    let pair = |name: &str, value: &str| (name.to_owned(), value.to_owned());
    let asked = [pair("q", "a"), pair("per_page", "50")];
    let ordered = [pair("q", "a"), pair("sort", "old"), pair("per_page", "50")];
    assert_eq!(in_order(&asked, "old"), ordered);
    let again = [pair("q", "a"), pair("sort", "new"), pair("per_page", "50")];
    assert_eq!(in_order(&ordered, "new"), again);
}

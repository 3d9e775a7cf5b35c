use dinh_portal::shown::{FacetGroup, FacetValue};

use super::facets;

fn group(name: &str, values: &[(&str, bool)]) -> FacetGroup {
    let values = values.iter().map(|(value, selected)| FacetValue {
        value: (*value).into(),
        label: (*value).into(),
        count: 1,
        selected: *selected,
    });
    FacetGroup {
        name: name.into(),
        label: name.into(),
        values: values.collect(),
    }
}

#[test]
fn facets_narrow_replace_and_release_in_one_order_of_parameters() {
    let groups = [
        group("site", &[("dong-son", false)]),
        group("year", &[("2014", true), ("2015", false)]),
    ];
    let asked = [
        ("q".to_owned(), "đất".to_owned()),
        ("year".to_owned(), "2014".to_owned()),
    ];
    let facets = facets(&groups, &asked);
    let hrefs: Vec<&str> = facets
        .iter()
        .flat_map(|facet| &facet.items)
        .map(|item| item.href.as_str())
        .collect();
    assert_eq!(
        hrefs,
        [
            "/tim-kiem?q=%C4%91%E1%BA%A5t&site=dong-son&year=2014",
            "/tim-kiem?q=%C4%91%E1%BA%A5t",
            "/tim-kiem?q=%C4%91%E1%BA%A5t&year=2015",
        ]
    );
    assert!(facets[1].items[0].selected);
}

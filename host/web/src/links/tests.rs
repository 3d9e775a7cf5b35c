use dinh_portal::shown::Way;

use super::{Param, href, local, page, set, with_params, without};
use crate::options::HttpOptions;

fn params(pairs: &[(&str, &str)]) -> Vec<Param> {
    pairs
        .iter()
        .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()))
        .collect()
}

#[test]
fn parameters_keep_their_order_and_empty_ones_are_left_out() {
    let asked = params(&[
        ("q", "đất đai & nhà"),
        ("kind", ""),
        ("year", "2014"),
        ("year", "2015"),
    ]);
    assert_eq!(
        with_params("/van-ban", &asked),
        "/van-ban?q=%C4%91%E1%BA%A5t%20%C4%91ai%20%26%20nh%C3%A0&year=2014&year=2015"
    );
    assert_eq!(with_params("/van-ban", &[]), "/van-ban");
    assert_eq!(
        with_params("/van-ban?a=1", &params(&[("b", "2")])),
        "/van-ban?a=1&b=2"
    );
}

#[test]
fn the_first_page_has_no_number() {
    let asked = params(&[("year", "2014"), ("page", "7")]);
    assert_eq!(page("/van-ban", &asked, 1), "/van-ban?year=2014");
    assert_eq!(page("/van-ban", &asked, 3), "/van-ban?year=2014&page=3");
    assert_eq!(page("/van-ban", &[], 2), "/van-ban?page=2");
}

#[test]
fn a_parameter_is_set_in_its_old_place_or_at_the_end() {
    let asked = params(&[("q", "a"), ("sort", "old"), ("year", "2014")]);
    assert_eq!(
        set(&asked, "sort", "new"),
        params(&[("q", "a"), ("sort", "new"), ("year", "2014")])
    );
    assert_eq!(
        set(&params(&[("q", "a")]), "sort", "x"),
        params(&[("q", "a"), ("sort", "x")])
    );
    let several = params(&[("year", "1"), ("q", "a"), ("year", "2")]);
    assert_eq!(
        set(&several, "year", "3"),
        params(&[("year", "3"), ("q", "a")])
    );
    assert_eq!(without(&several, "year"), params(&[("q", "a")]));
}

#[test]
fn a_way_to_another_site_is_absolute() {
    let options = HttpOptions {
        public_port: Some(8080),
        ..HttpOptions::default()
    };
    let mut way = Way {
        label: "x".into(),
        path: "/van-ban/x y".into(),
        host: None,
    };
    assert_eq!(href(&options, &way), "/van-ban/x%20y");
    way.host = Some("dong-son.localhost".into());
    assert_eq!(
        href(&options, &way),
        "http://dong-son.localhost:8080/van-ban/x%20y"
    );
}

#[test]
fn a_computed_path_never_leads_off_the_site() {
    assert_eq!(
        local("/van-ban?nam=2014").as_deref(),
        Some("/van-ban?nam=2014")
    );
    assert_eq!(local("/").as_deref(), Some("/"));
    for path in [
        "//evil.example/",
        "/\\evil.example",
        "https://evil.example/",
        "van-ban",
        "",
    ] {
        assert_eq!(local(path), None, "{path}");
    }
    assert_eq!(
        local("/a\r\nSet-Cookie: b").as_deref(),
        Some("/a%0D%0ASet-Cookie:%20b")
    );
}

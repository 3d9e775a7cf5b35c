use super::{PAIRS_PER_PAGE, page};
use crate::document::COLLECTION;
use dinh_sdk::serde_json::{Value, json};
use dinh_sdk::testing::FakeHost;
use dinh_sdk::{Entry, Link, Outcome, Request, View};

fn with_document(host: FakeHost, id: &str, issued_on: &str, replaced: &[(&str, &str)]) -> FakeHost {
    let body = json!({"abstract": format!("Về {id}"), "issued_on": issued_on, "effective_on": issued_on, "year": issued_on[..4].parse::<i32>().unwrap()});
    let host = host.with_entry(Entry {
        id: id.into(),
        collection: COLLECTION.into(),
        url: format!("/van-ban/{id}"),
        title: format!("Quyết định {id}"),
        body: body.as_object().unwrap().clone(),
        ..Entry::default()
    });
    replaced.iter().fold(host, |host, (kind, old)| {
        host.with_link(
            COLLECTION,
            Link {
                of: id.into(),
                field: "relations".into(),
                kind: (*kind).into(),
                outgoing: true,
                key: Some((*old).into()),
                label: (*old).into(),
                ..Link::default()
            },
        )
    })
}

fn register() -> FakeHost {
    let host = with_document(
        FakeHost::new(),
        "a",
        "2014-03-01",
        &[
            ("replaces", "1/2010"),
            ("repeals", "2/2010"),
            ("amends", "3/2010"),
        ],
    );
    let host = with_document(host, "b", "2020-05-20", &[("replaces", "a")]);
    let host = with_document(host, "c", "2020-09-01", &[("repeals", "9/2011")]);
    with_document(host, "d", "2021-01-01", &[("based-on", "8/2011")])
}

fn ask(query: &[(&str, &str)], host: &FakeHost) -> Outcome {
    let request = Request::to("replacements");
    let request = query.iter().fold(request, |request, (name, value)| {
        request.with_query(name, value)
    });
    page(&request, host).unwrap()
}

fn visit(query: &[(&str, &str)], host: &FakeHost) -> View {
    match ask(query, host) {
        Outcome::View(view) => view,
        other => panic!("{other:?}"),
    }
}

fn pairs(view: &View) -> Vec<String> {
    let pairs = view.model["pairs"].as_array().unwrap().iter();
    let text = |value: &Value| value.as_str().unwrap().to_owned();
    pairs
        .map(|pair| {
            format!(
                "{} {} {} {}",
                text(&pair["new"]),
                text(&pair["kind"]),
                text(&pair["old"]),
                text(&pair["on"])
            )
        })
        .collect()
}

#[test]
fn the_newest_year_with_pairs_is_shown_first() {
    let view = visit(&[], &register());
    assert_eq!(view.model["year"], 2020);
    assert_eq!(
        pairs(&view),
        [
            "Quyết định c repeals 9/2011 2020-09-01",
            "Quyết định b replaces a 2020-05-20"
        ]
    );
    let years: Vec<String> = view.model["years"]
        .as_array()
        .unwrap()
        .iter()
        .map(Value::to_string)
        .collect();
    assert_eq!(
        years,
        [
            r#"{"year":2020,"count":2,"current":true}"#,
            r#"{"year":2014,"count":2,"current":false}"#
        ]
    );
}

#[test]
fn a_year_can_be_chosen_and_may_hold_nothing() {
    let view = visit(&[("nam", "2014")], &register());
    assert_eq!(
        pairs(&view),
        [
            "Quyết định a replaces 1/2010 2014-03-01",
            "Quyết định a repeals 2/2010 2014-03-01"
        ]
    );
    let empty = visit(&[("nam", "1999")], &register());
    assert_eq!((empty.status, &empty.model["year"]), (200, &json!(1999)));
    assert!(pairs(&empty).is_empty());
}

#[test]
fn what_is_no_year_is_said_with_status_400_and_years_to_choose_from() {
    for bad in ["abc", "20202", "-1", "2020-05"] {
        let view = visit(&[("nam", bad)], &register());
        assert_eq!((view.status, &view.model["bad_year"]), (400, &json!(bad)));
        assert!(pairs(&view).is_empty());
        assert_eq!(view.model["years"][0]["current"], false);
        assert_eq!(view.model["years"].as_array().unwrap().len(), 2);
    }
}

#[test]
fn an_empty_register_shows_an_empty_page() {
    let view = visit(&[], &FakeHost::new());
    assert_eq!(
        (view.status, &view.model["year"], &view.model["total"]),
        (200, &Value::Null, &json!(0))
    );
}

#[test]
fn many_pairs_are_paged_within_the_model_limit() {
    let long = "Quyết định dài ".repeat(40);
    let old: Vec<(&str, &str)> = (0..250).map(|_| ("repeals", long.as_str())).collect();
    let host = with_document(FakeHost::new(), "a", "2014-03-01", &old);
    let first = visit(&[], &host);
    assert_eq!(
        (
            pairs(&first).len(),
            &first.model["pages"],
            &first.model["next"]
        ),
        (PAIRS_PER_PAGE, &json!(3), &json!(2))
    );
    assert!(
        first.model.to_string().len() < 256 * 1024,
        "{}",
        first.model.to_string().len()
    );
    let last = visit(&[("trang", "3")], &host);
    assert_eq!(
        (
            pairs(&last).len(),
            &last.model["next"],
            &last.model["previous"]
        ),
        (50, &Value::Null, &json!(2))
    );
    for beyond in ["4", "0"] {
        assert_eq!(
            ask(&[("trang", beyond)], &host),
            Outcome::NotFound,
            "{beyond}"
        );
    }
}

#[test]
fn a_register_too_large_to_look_through_answers_for_one_year() {
    let days = (0..1500).map(|n| {
        (
            format!("n{n:04}"),
            if n % 2 == 0 {
                "2013-01-01"
            } else {
                "2019-01-01"
            },
        )
    });
    let host = days.fold(register(), |host, (id, day)| {
        with_document(host, &id, day, &[])
    });
    let view = visit(&[("nam", "2020")], &host);
    assert_eq!(pairs(&view).len(), 2);
    assert_eq!(view.model["cut"], false);
    let years = view.model["years"].as_array().unwrap();
    assert_eq!(
        (&years[0], &years[1]["count"]),
        (
            &json!({"year": 2021, "count": null, "current": false}),
            &json!(2)
        )
    );
}

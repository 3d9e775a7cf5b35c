use super::page;
use crate::document::COLLECTION;
use crate::graph::tests::acted_on_by;
use dinh_sdk::serde_json::{Value, json};
use dinh_sdk::testing::FakeHost;
use dinh_sdk::{Entry, Host, Outcome, Request, View};

fn entry() -> Entry {
    let body = json!({"number": "06/2014/QĐ-UBND", "abstract": "Quy định về cổng thông tin", "issued_on": "2014-10-03", "effective_on": "2014-10-10", "validity": "lapsed"});
    Entry {
        id: "a".into(),
        collection: COLLECTION.into(),
        slug: "06-2014-qd-ubnd".into(),
        url: "/van-ban/06-2014-qd-ubnd".into(),
        title: "Quyết định 06/2014/QĐ-UBND".into(),
        body: body.as_object().unwrap().clone(),
        ..Entry::default()
    }
}

fn host() -> FakeHost {
    FakeHost::new()
        .at("2025-06-01")
        .with_entry(entry())
        .with_link(COLLECTION, acted_on_by("a", "amends", "b", "2016-01-01"))
        .with_link(COLLECTION, acted_on_by("a", "replaces", "c", "2020-05-20"))
        .with_link(COLLECTION, acted_on_by("c", "replaces", "d", "2022-01-01"))
}

fn visit(day: Option<&str>, host: &impl Host) -> View {
    let request = Request::to("standing")
        .with_param("slug", "06-2014-qd-ubnd")
        .with_param("id", "a");
    let request = day
        .into_iter()
        .fold(request, |request, day| request.with_query("ngay", day));
    match page(&request, host).unwrap() {
        Outcome::View(view) => view,
        other => panic!("{other:?}"),
    }
}

fn standing(day: Option<&str>) -> Value {
    visit(day, &host()).model["standing"].clone()
}

#[test]
fn today_is_shown_when_no_day_is_asked_for() {
    let today = standing(None);
    assert_eq!(
        (&today["on"], &today["is_today"]),
        (&json!("2025-06-01"), &json!(true))
    );
    assert_eq!(
        (&today["state"], &today["reason"]),
        (&json!("lapsed"), &json!("act"))
    );
    assert_eq!(today["act"]["label"], "Quyết định c");
    assert_eq!(today["instead"]["label"], "Quyết định d");
    assert_eq!(standing(Some("")), today);
}

#[test]
fn a_day_before_the_replacement_finds_the_document_in_force_as_amended() {
    let then = standing(Some("2018-01-01"));
    assert_eq!(
        (&then["state"], &then["reason_on"]),
        (&json!("in-force"), &json!("2014-10-10"))
    );
    assert_eq!(
        (&then["changed"], &then["instead"]),
        (&json!(true), &Value::Null)
    );
    assert_eq!(standing(Some("2015-01-01"))["changed"], false);
}

#[test]
fn a_day_may_be_asked_for_in_the_vietnamese_order() {
    let then = standing(Some("2018-01-09"));
    assert_eq!(then["on"], "2018-01-09");
    for typed in ["09/01/2018", "9/1/2018"] {
        assert_eq!(standing(Some(typed)), then, "{typed}");
    }
}

#[test]
fn a_document_whose_validity_the_register_leaves_open_is_not_said_to_be_in_force() {
    let mut open = entry();
    open.body.insert("validity".into(), json!("unknown"));
    let host = FakeHost::new().at("2025-06-01").with_entry(open);
    let today = visit(None, &host).model["standing"].clone();
    assert_eq!(
        (&today["state"], &today["reason"], &today["reason_on"]),
        (
            &json!("unknown"),
            &json!("undetermined"),
            &json!("2014-10-10")
        )
    );
}

#[test]
fn between_two_successors_the_first_applies_instead() {
    assert_eq!(
        standing(Some("2021-01-01"))["instead"]["label"],
        "Quyết định c"
    );
}

#[test]
fn edges_say_whether_they_act_on_the_day() {
    let model = visit(Some("2018-01-01"), &host()).model;
    let acts: Vec<&Value> = model["incoming"]
        .as_array()
        .unwrap()
        .iter()
        .map(|row| &row["acts"])
        .collect();
    assert_eq!(acts, [true, false]);
    assert_eq!(model["incoming"][0]["href"], "/van-ban/b");
}

#[test]
fn the_timeline_holds_each_change_today_and_the_day_shown() {
    let model = visit(Some("2018-01-01"), &host()).model;
    let events = model["timeline"].as_array().unwrap().iter();
    let events: Vec<String> = events
        .map(|event| {
            let mark = if event["current"] == true {
                "*"
            } else if event["past"] == true {
                "-"
            } else {
                "+"
            };
            format!(
                "{mark} {} {}",
                event["on"].as_str().unwrap(),
                event["what"].as_str().unwrap()
            )
        })
        .collect();
    assert_eq!(
        events,
        [
            "- 2014-10-03 issued",
            "- 2014-10-10 effective",
            "- 2016-01-01 amends",
            "* 2018-01-01 shown",
            "+ 2020-05-20 replaces",
            "+ 2025-06-01 today",
        ]
    );
}

#[test]
fn a_day_that_does_not_exist_is_said_with_status_400_and_days_to_choose_from() {
    for (bad, fault) in [
        ("2018-02-30", "unreal"),
        ("30/02/2018", "unreal"),
        ("9999-12-31", "out-of-range"),
        ("hôm nay", "unreadable"),
        ("2014", "unreadable"),
    ] {
        let view = visit(Some(bad), &host());
        assert_eq!(view.status, 400, "{bad}");
        let expected = json!({"asked": bad, "fault": fault, "first": 1900, "last": 2200});
        assert_eq!(view.model["bad_date"], expected);
        assert_eq!(view.model["standing"], Value::Null);
        assert!(view.model["timeline"].as_array().unwrap().len() >= 4);
    }
    let long = visit(Some(&"9".repeat(5000)), &host());
    assert_eq!(long.model["bad_date"]["asked"].as_str().unwrap().len(), 40);
}

#[test]
fn what_the_reader_may_not_see_is_not_found() {
    let gone = Request::to("standing").with_param("id", "elsewhere");
    assert_eq!(page(&gone, &host()), Ok(Outcome::NotFound));
    assert_eq!(
        page(&Request::to("standing"), &host()),
        Ok(Outcome::NotFound)
    );
}

#[test]
fn a_document_with_a_thousand_edges_fits_the_model() {
    let many = (0..1000).map(|n| {
        acted_on_by(
            "a",
            "amends",
            &format!("{n:04}-{}", "x".repeat(200)),
            "2016-01-01",
        )
    });
    let host = many.fold(host(), |host, link| host.with_link(COLLECTION, link));
    let model = visit(None, &host).model;
    assert_eq!(model["incoming"].as_array().unwrap().len(), super::MAX_ACTS);
    assert_eq!(model["left_out"], 1002 - super::MAX_ACTS);
    assert!(
        model.to_string().len() < 256 * 1024,
        "{}",
        model.to_string().len()
    );
}

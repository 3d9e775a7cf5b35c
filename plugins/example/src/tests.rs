mod inbox; // of the sample alone
mod turnout; // of the sample alone

use dinh_sdk::serde_json::{Value, json};
use dinh_sdk::testing::FakeHost;
use dinh_sdk::{Draft, Entry, Hooks, Link, Object, Outcome, Pages, Request};

use crate::Plugin;
use crate::meeting::COLLECTION;

fn body(value: Value) -> Object {
    let Value::Object(body) = value else {
        panic!("no object: {value}")
    };
    body
}

fn meeting(id: &str, day: &str, standing: &str) -> Entry {
    Entry {
        id: id.to_owned(),
        collection: COLLECTION.to_owned(),
        url: format!("http://localhost:8080/x/{id}"),
        body: body(json!({
            "subject": format!("Họp {id}"), "held_on": day, "place": "Nhà văn hóa, thôn Trung",
            "year": &day[..4], "standing": standing,
        })),
        ..Entry::default()
    }
}

fn host() -> FakeHost {
    FakeHost::new()
        .at("2026-06-01")
        .indexed(["year", "held_on", "standing"])
        .with_entry(meeting("a", "2026-03-12", "held"))
        .with_entry(meeting("b", "2026-06-18", "planned"))
        .with_entry(meeting("c", "2025-12-05", "cancelled"))
}

fn model(outcome: Outcome) -> Value {
    match outcome {
        Outcome::View(view) => view.model,
        other => panic!("no view: {other:?}"),
    }
}

#[test]
fn the_page_of_a_year_shows_that_year_and_links_the_others() {
    let request = Request::to("year").with_query("nam", "2025");
    let model = model(Plugin::page(&request, &host()).unwrap());
    assert_eq!(model["meetings"].as_array().unwrap().len(), 1);
    assert_eq!(model["years"][0]["year"], "2026");
    assert_eq!(model["years"][1]["current"], true);
}

#[test]
fn what_is_no_year_is_told_and_this_year_shown() {
    let request = Request::to("year").with_query("nam", "mười");
    let model = model(Plugin::page(&request, &host()).unwrap());
    assert_eq!(model["bad_year"], "mười");
    assert_eq!(model["year"], "2026");
}

#[test]
fn a_meeting_is_shown_with_those_it_continues() {
    let link = Link {
        of: "b".to_owned(),
        field: "relations".to_owned(),
        kind: "continues".to_owned(),
        outgoing: true,
        entry: Some("a".to_owned()),
        ..Link::default()
    };
    let host = host().with_link(COLLECTION, link);
    let series = |id: &str| {
        let request = Request::to("series").with_param("id", id);
        model(Plugin::page(&request, &host).unwrap())["meetings"].clone()
    };
    let both = series("b");
    assert_eq!(both[0]["subject"], "Họp a");
    assert_eq!(both[1]["current"], true);
    assert_eq!(series("c"), json!([]));
    let gone = Request::to("series").with_param("id", "z");
    assert_eq!(Plugin::page(&gone, &host), Ok(Outcome::NotFound));
}

#[test]
fn the_next_meeting_is_the_first_that_is_planned_from_today() {
    let next = Plugin::page(&Request::to("next"), &host());
    assert_eq!(next, Ok(Outcome::Redirect("/x/b".to_owned())));
    let later = host().at("2026-07-01");
    let none = Plugin::page(&Request::to("next"), &later);
    assert_eq!(none, Ok(Outcome::NotFound));
}

#[test]
fn the_calendar_is_made_of_short_lines_with_commas_escaped() {
    let Ok(Outcome::Data { media_type, bytes }) = Plugin::page(&Request::to("calendar"), &host())
    else {
        panic!("no data")
    };
    let text = String::from_utf8(bytes).unwrap();
    assert_eq!(media_type, "text/calendar");
    assert!(text.contains("DTSTART;VALUE=DATE:20260618\r\n"), "{text}");
    assert!(text.contains("Nhà văn hóa\\, thôn Trung"), "{text}");
    assert!(text.split("\r\n").all(|line| line.len() <= 75), "{text}");
    assert_eq!(text.matches("BEGIN:VEVENT").count(), 1, "{text}");
}

#[test]
fn all_faults_of_a_meeting_are_told_at_once() {
    let draft = Draft::new(
        COLLECTION,
        body(json!({
            "number": "TB", "seats": 0, "relations": [{ "kind": "continues", "target": "TB" }],
        })),
    );
    let faults = Plugin::validate(&draft, &host()).unwrap_err();
    let told: Vec<(&str, &str)> = faults
        .iter()
        .map(|it| (it.path.as_str(), it.message_key.as_str()))
        .collect();
    assert_eq!(
        told,
        [
            ("/number", "fault.number"),
            ("/seats", "fault.seats"),
            ("/relations/0/target", "fault.itself"),
        ]
    );
}

#[test]
fn a_meeting_without_topics_is_given_one_and_others_stay_as_they_are() {
    let draft = Draft::new(COLLECTION, body(json!({ "number": "05/TB-HOP" })));
    let host = host();
    let completed = Plugin::validate(&draft, &host).unwrap().unwrap();
    assert_eq!(completed["topics"], json!(["Việc chung"]));
    assert_eq!(host.logged().len(), 1);
    let draft = Draft::new(
        COLLECTION,
        body(json!({ "number": "05/TB-HOP", "topics": ["Đất đai"] })),
    );
    assert_eq!(Plugin::validate(&draft, &host), Ok(None));
}

#[test]
fn a_route_of_nobody_is_the_operators_to_know() {
    assert!(Plugin::page(&Request::to("x"), &host()).is_err());
}

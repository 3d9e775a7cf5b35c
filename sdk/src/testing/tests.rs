use serde_json::json;

use super::FakeHost;
use crate::{ContentError, CountQuery, Entry, Host, Level, Link, Query};

const DOCS: &str = "docs/doc";

fn entry(id: &str, body: serde_json::Value) -> Entry {
    Entry {
        id: id.into(),
        collection: DOCS.into(),
        body: body.as_object().unwrap().clone(),
        ..Entry::default()
    }
}

fn portal() -> FakeHost {
    FakeHost::new()
        .with_entry(entry(
            "a",
            json!({"kind": "decision", "issued": "2024-03-01", "fields": ["land", "tax"]}),
        ))
        .with_entry(entry(
            "b",
            json!({"kind": "plan", "issued": "2025-01-02", "fields": ["land"]}),
        ))
        .with_entry(entry("c", json!({"kind": "decision", "issued": null})))
}

fn ids(host: &FakeHost, query: &Query) -> Vec<String> {
    let page = host.query(DOCS, query).unwrap();
    page.entries.into_iter().map(|entry| entry.id).collect()
}

#[test]
fn conditions_join_by_and_and_look_into_lists() {
    let host = portal();
    assert_eq!(ids(&host, &Query::new().eq("fields", "land")), ["a", "b"]);
    assert_eq!(
        ids(&host, &Query::new().eq("fields", "land").eq("kind", "plan")),
        ["b"]
    );
    assert_eq!(
        ids(&host, &Query::new().any_of("kind", ["plan", "decision"])),
        ["a", "b", "c"]
    );
}

#[test]
fn from_and_to_include_their_value_and_leave_out_what_is_absent() {
    let host = portal();
    let year = Query::new()
        .from("issued", "2024-03-01")
        .to("issued", "2025-01-01");
    assert_eq!(ids(&host, &year), ["a"]);
}

#[test]
fn what_has_no_value_is_last_in_both_orders() {
    let host = portal();
    assert_eq!(ids(&host, &Query::new().sort("issued")), ["a", "b", "c"]);
    assert_eq!(
        ids(&host, &Query::new().sort_descending("issued")),
        ["b", "a", "c"]
    );
}

#[test]
fn bodies_hold_only_the_wanted_fields() {
    let host = portal();
    let bare = host.query(DOCS, &Query::new()).unwrap();
    assert!(bare.entries[0].body.is_empty());

    let some = host.query(DOCS, &Query::new().fields(["kind"])).unwrap();
    assert_eq!(some.entries[0].text("kind"), Some("decision"));
    assert_eq!(some.entries[0].text("issued"), None);
}

#[test]
fn pages_follow_each_other_by_cursor() {
    let host = portal();
    let first = host.query(DOCS, &Query::new().limit(2)).unwrap();
    assert_eq!((first.entries.len(), first.total), (2, Some(3)));

    let last = host
        .query(DOCS, &Query::new().limit(2).after(first.next))
        .unwrap();
    assert_eq!(last.entries[0].id, "c");
    assert_eq!(last.next, None);
}

#[test]
fn an_undeclared_index_is_refused_by_name() {
    let host = portal().indexed(["kind"]);
    let refused = host.query(DOCS, &Query::new().sort("issued")).unwrap_err();
    assert_eq!(
        refused,
        ContentError::Invalid("`issued` is no declared index".into())
    );
}

#[test]
fn a_limit_out_of_range_is_refused() {
    let host = portal();
    assert!(matches!(
        host.query(DOCS, &Query::new().limit(0)),
        Err(ContentError::Invalid(_))
    ));
    assert!(matches!(
        host.query(DOCS, &Query::new().limit(201)),
        Err(ContentError::Invalid(_))
    ));
}

#[test]
fn counts_fall_by_facet() {
    let counts = portal().count(DOCS, &CountQuery::new().by("kind")).unwrap();
    assert_eq!(counts.total, 3);
    let kinds: Vec<_> = counts.by["kind"]
        .iter()
        .map(|one| (one.value.as_str(), one.count))
        .collect();
    assert_eq!(kinds, [("decision", 2), ("plan", 1)]);
}

#[test]
fn links_are_those_of_the_entries_asked_about() {
    let edge = Link {
        of: "a".into(),
        field: "relations".into(),
        kind: "replaces".into(),
        outgoing: true,
        ..Link::default()
    };
    let host = portal().with_link(DOCS, edge.clone());
    assert_eq!(
        host.links(DOCS, &["a", "b"], Some("relations")).unwrap(),
        [edge]
    );
    assert!(host.links(DOCS, &["b"], None).unwrap().is_empty());
    assert!(host.links(DOCS, &["a"], Some("other")).unwrap().is_empty());
}

#[test]
fn what_is_missing_is_not_found_or_left_out() {
    let host = portal();
    assert_eq!(host.get(DOCS, "z"), Err(ContentError::NotFound));
    let found = host.get_many(DOCS, &["c", "z", "a"]).unwrap();
    assert_eq!(
        found
            .iter()
            .map(|entry| entry.id.as_str())
            .collect::<Vec<_>>(),
        ["c", "a"]
    );
}

#[test]
fn the_log_and_the_clock_are_given_in() {
    let host = FakeHost::new().at("2025-03-01").with_now_ms(7);
    host.log(Level::Warn, "late");
    assert_eq!(host.logged(), ["late"]);
    assert_eq!((host.today().as_str(), host.now_ms()), ("2025-03-01", 7));
}

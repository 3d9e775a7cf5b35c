//! What a guest reads, and how its questions reach the portal.

use std::sync::Arc;

use dinh_runtime::{CallError, Level, Scalar, Test};
use serde_json::json;

use crate::host::{Host, validate, visit};

#[tokio::test]
async fn an_entry_comes_with_its_body() {
    let model = visit("get").with("id", "7").model().await;
    let expected = json!({ "title": "Note 7", "body": { "kind": "notice" }, "revision": 3 });
    assert_eq!(json!(model), expected);
}

#[tokio::test]
async fn the_portals_refusals_reach_the_guest() {
    for (id, says) in [
        ("missing", "no such entry for this caller"),
        ("denied", "denied: not yours"),
        ("away", "not available now: try later"),
    ] {
        let error = visit("get").on(id).with("id", id).error().await;
        assert_eq!(error, CallError::Fault(says.into()));
    }
}

#[tokio::test]
async fn many_entries_are_one_call() {
    let host = Arc::new(Host::default());
    let model = visit("many").host(&host).model().await;
    assert_eq!(model["titles"], json!(["Note 1", "Note 2"]));
    assert_eq!(host.asked(), ["get-many probe/note 2"]);
}

#[tokio::test]
async fn a_query_arrives_parsed() {
    let host = Arc::new(Host::default());
    let model = visit("query").host(&host).model().await;
    let expected = json!({ "kinds": ["notice", "notice"], "next": "more", "total": 9 });
    assert_eq!(json!(model), expected);

    let query = host.queries.lock().unwrap().remove(0);
    assert_eq!(query.limit, 2);
    assert_eq!(query.fields, ["kind"]);
    assert!(query.sort[0].descending);
    let tests: Vec<_> = query.conditions.iter().map(|one| &one.test).collect();
    assert_eq!(*tests[0], Test::Eq(Scalar::Text("notice".into())));
    assert_eq!(*tests[3], Test::To(Scalar::Text("2025-12-31".into())));
}

#[tokio::test]
async fn a_question_that_breaks_a_rule_does_not_reach_the_portal() {
    let host = Arc::new(Host::default());
    let error = visit("limit").host(&host).with("size", 201).error().await;
    let says = "invalid question: `limit` is 1 to 200, not 201";
    assert_eq!(error, CallError::Fault(says.into()));

    let error = visit("ids").host(&host).with("size", 201).error().await;
    let says = "invalid question: at most 200 ids at once, not 201";
    assert_eq!(error, CallError::Fault(says.into()));
    assert!(host.asked().is_empty());
}

#[tokio::test]
async fn counts_and_links_cross_the_border() {
    let model = visit("count").model().await;
    assert_eq!(
        json!(model),
        json!({ "total": 9, "kinds": [["notice", 9]] })
    );

    let host = Arc::new(Host::default());
    let model = visit("links").host(&host).model().await;
    assert_eq!(
        json!(model),
        json!({ "links": [["1", "replaces", true, "2024-05-01"]] })
    );
    assert_eq!(host.asked(), [r#"links probe/note 1,2 Some("relations")"#]);
}

#[tokio::test]
async fn an_answer_that_is_too_large_is_refused_with_the_way_out() {
    let host = Arc::new(Host {
        body: Some(format!(r#"{{"kind":"{}"}}"#, "x".repeat(20_000))),
        ..Host::default()
    });
    assert!(
        visit("limit")
            .host(&host)
            .with("size", 100)
            .get()
            .await
            .is_ok()
    );
    let error = visit("limit").host(&host).with("size", 200).error().await;
    assert!(
        error
            .to_string()
            .contains("ask for fewer entries or fields"),
        "{error}"
    );
}

#[tokio::test]
async fn tables_cross_the_border_in_slices() {
    let host = Arc::new(Host::default());
    let model = visit("table").host(&host).model().await;
    assert_eq!(
        json!(model),
        json!({ "unit": "ha", "communes": 2, "cells": [["-12.5", "p"], [null, ".."]] })
    );
    let asked = r#"slice 1/figures [("commune", ["b", "a"])]"#;
    assert_eq!(host.asked(), ["describe 1/figures", asked]);
}

#[tokio::test]
async fn a_description_that_is_too_large_is_refused() {
    let host = Arc::new(Host {
        note_bytes: 3 << 20,
        ..Host::default()
    });
    let error = visit("table").host(&host).error().await;
    assert!(error.to_string().contains("at most 2097152"), "{error}");
}

#[tokio::test]
async fn a_log_line_reaches_the_operator() {
    let host = Arc::new(Host::default());
    visit("log").host(&host).model().await;
    let logged = host.logged.lock().unwrap().clone();
    assert_eq!(
        logged,
        [(Level::Warn, "a line for the operator".to_owned())]
    );
}

#[tokio::test]
async fn a_hook_reads_too() {
    let host = Arc::new(Host::default());
    assert!(validate("read", &host).await.is_ok());
    assert_eq!(host.asked(), ["get probe/note 1"]);
}

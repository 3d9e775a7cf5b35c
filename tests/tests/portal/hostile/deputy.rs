//! Kind 12: a plugin that asks for what is not its own.

use std::time::Instant;

use dinh_tests::encoded;

use crate::hostile::report::{self, Row};
use crate::hostile::stage::{Stage, id};

const GUEST: &str = "12-deputy";

#[tokio::test]
async fn a_plugin_reads_its_own_collections_on_its_own_site_and_nothing_else() {
    let stage = Stage::with([GUEST]).await;
    stage.import(GUEST, "calm", "1").unwrap();
    let own = format!("{}/calm", id(GUEST));
    let deep = format!(
        r#"{{"where":[{{"field":"code","op":"eq","value":{}"#,
        "[".repeat(600)
    );
    let began = Instant::now();
    let asked = [
        (own.as_str(), "{}", "1"),
        // A wildcard is a letter like others.
        (
            &own,
            r#"{"where":[{"field":"code","op":"eq","value":"%"}]}"#,
            "0",
        ),
        (
            &own,
            r#"{"where":[{"field":"code","op":"eq","value":"_"}]}"#,
            "0",
        ),
        ("legal-documents/document", "{}", "no collection of"),
        ("../calm", "{}", "no collection of"),
        // States, sites and bodies are no indexes: nothing can be guessed by filter, sort or count.
        (
            &own,
            r#"{"where":[{"field":"state","op":"eq","value":"draft"}]}"#,
            "state",
        ),
        (
            &own,
            r#"{"where":[{"field":"site","op":"eq","value":"yen-the"}]}"#,
            "site",
        ),
        (&own, r#"{"sort":[{"field":"subject"}]}"#, "subject"),
        (
            &own,
            r#"{"where":[{"field":"code\" or 1=1 --","op":"eq","value":"1"}]}"#,
            "or 1=1",
        ),
        (&own, r#"{"limit":100000}"#, "1 to 200"),
        (&own, r#"{"drop":"table"}"#, "unknown field"),
        (&own, &deep, "recursion"),
    ];
    for (collection, question, says) in asked {
        let path = format!("evil?a={}&b={}", encoded(collection), encoded(question));
        let told = stage.page(GUEST, &path).await.assert_status(200).text();
        let is_count = says.len() == 1;
        let fits = if is_count {
            told == says
        } else {
            told.contains(says)
        };
        assert!(fits, "{collection} {question}: {told}");
    }
    let row = Row {
        did: "asks for others' collections, drafts, sites; SQL, wildcards, deep JSON".to_owned(),
        ended: "denied or invalid, by name".to_owned(),
        took: began.elapsed() / asked.len() as u32,
        felt: None,
    };
    report::add(GUEST, "page", row);
}

#[tokio::test]
async fn a_line_of_the_log_is_one_line_whatever_a_plugin_writes() {
    let stage = Stage::with(["12-forged-line"]).await;
    stage
        .page("12-forged-line", "evil")
        .await
        .assert_status(200);
    stage.logged("12-forged-line", "forged").await;
    let log = stage.server.log();
    let forged = log.lines().find(|line| line.starts_with("2026-01-01"));
    assert_eq!(forged, None, "a plugin has forged a line");
    assert!(
        !log.contains('\u{1b}'),
        "a plugin has written to the terminal"
    );
    let told = stage.command(&serde_json::json!({ "plugin-list": { "json": false } }));
    assert!(!told.unwrap().contains('\u{1b}'), "nor in the list");
}

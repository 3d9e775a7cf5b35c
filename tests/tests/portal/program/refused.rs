//! A plugin that comes with the host and is refused: the others serve, and it is named everywhere.

use std::fs;

use dinh_tests::{Guest, Program, Visitor, copied_bundle, install};
use serde_json::Value;

use crate::program::running::{Server, free_address};

const LEGAL: &str = "plugins/legal-documents";

/// Serves the demo with a bundle in which something is broken.
async fn serving(file: &str, content: &str) -> (Program, Server, Visitor, tempfile::TempDir) {
    let bundle = copied_bundle();
    install(bundle.path(), "calm-one", &Guest::named("00-crash"), &[]);
    fs::write(bundle.path().join(LEGAL).join(file), content).unwrap();
    let operator = free_address();
    let program = Program::with_demo().await.with(vec![
        ("DINH_OPERATOR_LISTEN", operator.to_string()),
        ("DINH_BUNDLE_FOLDER", bundle.path().display().to_string()),
    ]);
    let server = Server::start(&program, "serve");
    program
        .run(&["module", "enable", "calm-one", "--site", "dong-son"])
        .assert_code(0);
    (program, server, Visitor::new(operator), bundle)
}

fn line(program: &Program) -> Value {
    let list = program.run(&["plugin", "list", "--json"]).assert_code(0);
    let lines: Vec<Value> = serde_json::from_str(&list.out).unwrap();
    let line = lines.iter().find(|it| it["plugin"] == "legal-documents");
    line.unwrap().clone()
}

#[tokio::test]
async fn a_refused_component_is_parked_and_its_section_is_the_hosts() {
    let (program, server, operator, _bundle) = serving("plugin.wasm", "no component").await;
    let visitor = server.visitor();
    visitor
        .get("localhost", "/van-ban")
        .await
        .assert_status(200);
    let other = visitor.get("dong-son.localhost", "/calm-one/calm").await;
    assert_eq!(other.assert_status(200).text(), "calm");
    let log = server.log();
    assert!(log.contains("a plugin is parked"), "{log}");
    assert!(log.contains("legal-documents"), "{log}");
    let line = line(&program);
    assert_eq!(line["state"], "parked");
    let reason = line["reason"].as_str().unwrap();
    assert!(reason.contains("plugin.wasm: "), "{reason}");
    let figures = operator.get("localhost", "/metrics").await.text();
    let told = figures
        .lines()
        .find(|it| it.starts_with("dinh_plugin_out_of_service{plugin=\"legal-documents\""));
    assert!(told.unwrap().contains("plugin.wasm"), "{figures}");
    program
        .run(&["plugin", "unpark", "legal-documents"])
        .assert_code(1)
        .assert_told("stays parked");
}

#[tokio::test]
async fn declarations_that_cannot_be_read_cost_their_section_and_no_other() {
    let (program, server, _operator, _bundle) = serving("plugin.toml", "id = 7").await;
    let visitor = server.visitor();
    visitor
        .get("localhost", "/van-ban")
        .await
        .assert_status(404);
    visitor.get("localhost", "/").await.assert_status(200);
    let other = visitor.get("dong-son.localhost", "/calm-one/calm").await;
    assert_eq!(other.assert_status(200).text(), "calm");
    let line = line(&program);
    assert_eq!(line["state"], "missing");
    assert!(line["reason"].as_str().unwrap().contains("plugin.toml"));
    assert!(server.log().contains("legal-documents is refused"));
}

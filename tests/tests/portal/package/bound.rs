//! Packages that are bound to host names, when a site's hosts change after they were installed.

use dinh_tests::{Code, NOTICES, Program, Vendor};
use serde_json::Value;

use crate::package::install::{page, ready};
use crate::program::running::Server;

const SITE: &str = "dong-son";
const HOST: &str = "dong-son.localhost";
const OTHER: &str = "xa-dong-son.localhost";

async fn bound() -> (Program, Vendor) {
    let (program, vendor, _package) = ready(Code::Quiet).await;
    let package = vendor.pack_with(&program, "vendor.key", &["--host", HOST]);
    program
        .run(&["plugin", "install", &package, "--grant-all"])
        .assert_code(0);
    program
        .run(&["module", "enable", NOTICES, "--site", SITE])
        .assert_code(0);
    (program, vendor)
}

/// Renames the site, and lets the portal know that something about sites has changed.
async fn rename(program: &Program, from: &str, to: &str) {
    let statement = format!("update site_host set host = '{to}' where host = '{from}'");
    program.database().run(&statement).await;
    for word in ["disable", "enable"] {
        program
            .run(&["module", word, "legal-documents", "--site", SITE])
            .assert_code(0);
    }
}

fn held_on(program: &Program) -> Vec<String> {
    let list = program.run(&["plugin", "list", "--json"]).assert_code(0);
    let lines: Vec<Value> = serde_json::from_str(&list.out).unwrap();
    let line = lines.iter().find(|line| line["plugin"] == NOTICES).unwrap();
    let held = line["held_on"].as_array().unwrap().iter();
    held.map(|it| {
        let (site, reason) = (it["site"].as_str(), it["reason"].as_str());
        format!("{}: {}", site.unwrap(), reason.unwrap())
    })
    .collect()
}

#[tokio::test]
async fn a_bound_plugin_is_parked_where_the_hosts_have_changed_and_runs_again_when_they_are_back() {
    let (program, _vendor) = bound().await;
    let server = Server::start(&program, "serve");
    let visitor = server.visitor();
    let one = visitor.get(HOST, &page("one")).await;
    assert_eq!(one.assert_status(200).text(), "one");
    assert!(held_on(&program).is_empty());

    rename(&program, HOST, OTHER).await;
    let list = visitor.get(OTHER, &page("one")).await.assert_status(200);
    assert_ne!(list.text(), "one", "the host's own view");
    let why = format!("{SITE}: bound to {HOST}, which is not {SITE}");
    assert_eq!(held_on(&program), [why]);
    let log = server.log();
    assert!(log.contains("a plugin is parked on a site"), "{log}");

    rename(&program, OTHER, HOST).await;
    let one = visitor.get(HOST, &page("one")).await;
    assert_eq!(one.assert_status(200).text(), "one");
    assert!(held_on(&program).is_empty());
}

#[tokio::test]
async fn the_hosts_are_looked_at_again_at_every_start() {
    let (program, _vendor) = bound().await;
    let statement = format!("update site_host set host = '{OTHER}' where host = '{HOST}'");
    program.database().run(&statement).await;
    let server = Server::start(&program, "serve");
    let list = server.visitor().get(OTHER, &page("one")).await;
    assert_ne!(list.assert_status(200).text(), "one");
    let log = server.log();
    assert!(log.contains("a plugin is parked on a site"), "{log}");
    let list = program.run(&["plugin", "list"]).assert_code(0);
    assert!(list.out.contains("parked   on dong-son"), "{}", list.out);
}

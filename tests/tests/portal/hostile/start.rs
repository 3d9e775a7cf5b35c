//! The way in: what would harm is refused by name before it is asked anything.

use std::path::Path;
use std::time::{Duration, Instant};

use dinh_tests::{Ended, Guest, Program, copied_bundle, install};

use crate::hostile::report::{self, Row};

/// Longest check of a bundle, in a debug build on a machine that runs other tests beside.
const PATIENCE: Duration = Duration::from_secs(20);

fn check(program: &Program, bundle: &Path) -> (Ended, Duration) {
    let began = Instant::now();
    let mut check = program.command(&["check"]);
    let output = check.env("DINH_BUNDLE_FOLDER", bundle).output().unwrap();
    (Ended::from(output), began.elapsed())
}

#[track_caller]
fn refused(kind: &str, did: &str, ended: Ended, took: Duration, told: &str) {
    ended
        .assert_code(1)
        .assert_told("hostile")
        .assert_told(told);
    assert!(took < PATIENCE, "{kind}: {took:?}");
    let row = Row {
        did: did.to_owned(),
        ended: format!("refused: {told}"),
        took,
        felt: None,
    };
    report::add(kind, "start", row);
}

#[tokio::test]
async fn a_component_that_needs_more_than_there_is_is_refused_at_the_start() {
    let program = Program::new().await;
    for (guest, did, told) in [
        ("03-declared-memory", "declares 128 MiB", "memory"),
        (
            "03-declared-table",
            "declares a million table elements",
            "table",
        ),
        ("03-instances", "brings a dozen modules", "instances"),
    ] {
        let bundle = copied_bundle();
        install(bundle.path(), "hostile", &Guest::named(guest), &[]);
        let (ended, took) = check(&program, bundle.path());
        refused(guest, did, ended, took, told);
    }
}

#[tokio::test]
async fn a_template_that_could_harm_is_refused_at_the_start() {
    let program = Program::new().await;
    let large = "<p>x</p>".repeat(10 << 17);
    for (did, template, told) in [
        ("partials in a circle", "{{> page}}", "circle"),
        (
            "a javascript: address",
            "<a href=\"javascript:alert(1)\">a</a>",
            "href",
        ),
        (
            "a data: address",
            "<img src=\"data:text/html,x\" alt=\"\">",
            "src",
        ),
        ("a base", "<base href=\"https://evil.example/\">", "base"),
        (
            "a refresh",
            "<meta http-equiv=\"refresh\" content=\"0;url=https://evil.example\">",
            "meta",
        ),
        (
            "a form to elsewhere",
            "<form action=\"https://evil.example\"><p>a</p></form>",
            "form",
        ),
        ("a triple stash", "<p>{{{a}}}</p>", "three or more braces"),
        (
            "an inline style",
            "<p style=\"position:fixed\">a</p>",
            "style",
        ),
        ("10 MiB", &large, "bytes"),
    ] {
        let bundle = copied_bundle();
        let guest = Guest::named("00-crash");
        install(bundle.path(), "hostile", &guest, &[("page", template)]);
        let (ended, took) = check(&program, bundle.path());
        refused(&format!("13 {did}"), did, ended, took, told);
    }
}

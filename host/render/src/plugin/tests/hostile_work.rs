//! Templates and models that try to take time, memory or the stack.

use std::collections::BTreeMap;
use std::fmt::Write;
use std::time::{Duration, Instant};

use serde_json::{Value, json};

use super::{error, faults, load, locales, refused};
use crate::{Locales, PluginTemplates, RenderError};

/// What the sandbox may take at most, with room for a debug build on a loaded machine.
const PATIENCE: Duration = Duration::from_secs(5);

fn numbers(count: usize) -> Value {
    json!({ "rows": (0..count).collect::<Vec<_>>() })
}

#[test]
fn templates_that_include_each_other_are_refused() {
    let faults = load(&[
        ("a", "{{> b}}"),
        ("b", "<p></p>\n{{> c}}"),
        ("c", "{{> a}}"),
        ("d", "{{> a}}"),
    ])
    .unwrap_err();
    let faults: Vec<String> = faults.iter().map(ToString::to_string).collect();
    assert_eq!(
        faults,
        [
            "a.hbs:1: {{> b}} includes this template again; includes must not form a circle",
            "b.hbs:2: {{> c}} includes this template again; includes must not form a circle",
            "c.hbs:1: {{> a}} includes this template again; includes must not form a circle",
        ]
    );
    refused("{{> page}}", "includes this template again");
}

#[test]
fn nested_loops_without_output_stop_at_the_step_limit() {
    let started = Instant::now();
    let error = error(
        &[(
            "page",
            "{{#each rows}}{{#each @root.rows}}{{#each @root.rows}}{{/each}}{{/each}}{{/each}}",
        )],
        &numbers(300),
    );
    assert!(
        matches!(error, RenderError::TooManySteps { limit: 100_000 }),
        "{error}"
    );
    assert!(started.elapsed() < PATIENCE);
}

#[test]
fn nested_loops_with_output_stop_at_a_limit() {
    let line = "x".repeat(1000);
    let source =
        format!("{{{{#each rows}}}}{{{{#each @root.rows}}}}{line}{{{{/each}}}}{{{{/each}}}}");
    let error = error(&[("page", &source)], &numbers(300));
    assert!(
        matches!(error, RenderError::TooLong { limit: 1_048_576 }),
        "{error}"
    );
}

#[test]
fn partials_that_double_at_every_level_stop_at_the_step_limit() {
    let mut files = vec![("page".to_owned(), "{{> p0}}".to_owned())];
    for level in 0..40 {
        files.push((
            format!("p{level}"),
            format!("{{{{> p{0}}}}}{{{{> p{0}}}}}", level + 1),
        ));
    }
    files.push(("p40".into(), String::new()));
    let files: Vec<(&str, &str)> = files
        .iter()
        .map(|(name, text)| (name.as_str(), text.as_str()))
        .collect();
    assert!(matches!(
        error(&files, &json!({})),
        RenderError::TooManySteps { .. }
    ));
}

#[test]
fn thousands_of_includes_are_checked_in_no_time() {
    let started = Instant::now();
    let all: String = (0..60).map(|n| format!("{{{{> p{n}}}}}")).collect();
    let source = all.repeat(14);
    let mut files: Vec<(String, &str)> = (0..60)
        .map(|n| (format!("p{n}"), source.as_str()))
        .collect();
    files.push(("page".into(), "{{> p0}}"));
    let files: Vec<(&str, &str)> = files
        .iter()
        .map(|(name, text)| (name.as_str(), *text))
        .collect();
    assert_eq!(load(&files).unwrap_err().len(), 200);
    assert!(started.elapsed() < PATIENCE);
}

#[test]
fn a_long_chain_of_partials_stops_at_the_depth_limit() {
    let mut files = vec![("page".to_owned(), "{{> p0}}".to_owned())];
    for level in 0..62 {
        let open = "{{#if @root}}".repeat(16);
        let close = "{{/if}}".repeat(16);
        files.push((
            format!("p{level}"),
            format!("{open}{{{{> p{}}}}}{close}", level + 1),
        ));
    }
    files.push(("p62".into(), String::new()));
    let files: Vec<(&str, &str)> = files
        .iter()
        .map(|(name, text)| (name.as_str(), text.as_str()))
        .collect();
    assert!(matches!(
        error(&files, &json!({"a": 1})),
        RenderError::TooDeep { limit: 64, .. }
    ));
}

#[test]
fn deep_nesting_is_refused_at_load_without_touching_the_stack() {
    refused(&"{{#if a}}".repeat(7000), "nested more than 16 deep");
    refused(&format!("{{{{eq {}", "(eq ".repeat(10_000)), "never closed");
    refused(
        &format!(
            "{{{{eq 1 {}1{}}}}}",
            "(eq 1 ".repeat(5000),
            ")".repeat(5000)
        ),
        "nested more than 4 deep",
    );
    refused(&"<div>".repeat(13_000), "not closed");
    let chain = format!("{{{{#if a}}}}{}{{{{/if}}}}", "{{else if a}}".repeat(5000));
    refused(&chain, "nested more than 16 deep");
}

#[test]
fn a_ten_megabyte_template_is_refused_by_its_size() {
    let files = BTreeMap::from([("templates/page.hbs".to_owned(), vec![b'x'; 10_000_000])]);
    let faults = PluginTemplates::load("sample", &files, locales()).unwrap_err();
    assert!(
        faults[0]
            .message
            .contains("10000000 bytes in all; at most 64 with 524288 bytes"),
        "{}",
        faults[0]
    );
    let files = BTreeMap::from([("templates/page.hbs".to_owned(), vec![b'x'; 65_537])]);
    let faults = PluginTemplates::load("sample", &files, locales()).unwrap_err();
    assert_eq!(
        faults[0].to_string(),
        "templates/page.hbs:0: the file has 65537 bytes; at most 65536 are allowed"
    );
}

#[test]
fn file_names_that_leave_the_folder_are_refused() {
    for path in [
        "templates/../x.hbs",
        "templates//x.hbs",
        "templates/X.hbs",
        "templates/x.html",
        "/x.hbs",
    ] {
        let files = BTreeMap::from([(path.to_owned(), Vec::new())]);
        assert!(
            PluginTemplates::load("sample", &files, locales()).is_err(),
            "{path}"
        );
    }
    let files = BTreeMap::from([("templates/x.hbs".to_owned(), vec![0xff])]);
    let faults = PluginTemplates::load("sample", &files, locales()).unwrap_err();
    assert_eq!(faults[0].message, "not UTF-8 at byte 0");
}

#[test]
fn long_texts_cannot_hide_work_from_the_step_count() {
    let model = json!({"big": "đ".repeat(100_000), "rows": (0..50_000).collect::<Vec<_>>()});
    for work in [
        "{{#each rows}}{{#if (eq @root.big @root.big)}}{{/if}}{{/each}}",
        "{{#each rows}}{{#if (url @root.big)}}{{/if}}{{/each}}",
        "{{#with (date big)}}{{#each @root.rows}}{{#if ..}}{{/if}}{{/each}}{{/with}}",
        "{{#each rows}}{{#if (t \"title\" year=@root.big)}}{{/if}}{{/each}}",
    ] {
        let started = Instant::now();
        let error = error(&[("page", work)], &model);
        assert!(
            matches!(error, RenderError::TooManySteps { .. }),
            "{work}: {error}"
        );
        assert!(
            started.elapsed() < PATIENCE,
            "{work}: {:?}",
            started.elapsed()
        );
    }
}

#[test]
fn a_text_that_repeats_its_place_cannot_outgrow_the_page() {
    let vi = format!("bomb = \"{}\"", "{x}".repeat(50_000));
    let locales = Locales::load(&BTreeMap::from([("vi".to_owned(), vi)])).unwrap();
    let files = BTreeMap::from([("page.hbs".to_owned(), b"{{t \"bomb\" x=big}}".to_vec())]);
    let templates = PluginTemplates::load("sample", &files, locales).unwrap();
    let error = templates
        .render("page", &json!({"big": "x".repeat(200_000)}), "vi")
        .unwrap_err();
    assert!(matches!(error, RenderError::TooLong { .. }), "{error}");
}

#[test]
fn locales_full_of_braces_are_read_in_linear_time() {
    let started = Instant::now();
    let vi = format!("a = \"{}}}\"", "{".repeat(250_000));
    let locales = Locales::load(&BTreeMap::from([("vi".to_owned(), vi)])).unwrap();
    assert_eq!(
        locales.format("vi", "a", &[("x", "y")]).unwrap().len(),
        250_001
    );
    assert!(started.elapsed() < PATIENCE);
}

#[test]
fn a_model_as_deep_as_the_parser_allows_is_walked_without_trouble() {
    let deep = format!("{}1{}", "[".repeat(127), "]".repeat(127));
    let model: Value =
        serde_json::from_str(&format!("{{\"a\":{deep}}}")).unwrap_or_else(|_| json!({"a": [[1]]}));
    let templates = load(&[(
        "page",
        "{{#each a}}{{#each this}}{{#if this}}x{{/if}}{{/each}}{{/each}}",
    )])
    .unwrap();
    assert_eq!(
        templates.render("page", &model, "vi").unwrap().as_str(),
        "x"
    );
    assert!(
        serde_json::from_str::<Value>(&"[".repeat(10_000)).is_err(),
        "the parser itself bounds the depth"
    );
}

#[test]
fn no_template_made_of_scraps_makes_the_checks_panic() {
    const SCRAPS: [&str; 24] = [
        "{{", "}}", "{", "}", "#if a", "/if", "else", "!", "--", "~", "<", ">", "</", "\"", "'",
        "=", "a", " ", "đ", "(", ")", "|", "&", "\\",
    ];
    let mut state: u64 = 42;
    let mut refused = 0;
    for _ in 0..20_000 {
        let mut source = String::new();
        for _ in 0..12 {
            state = state
                .wrapping_mul(6_364_136_223_846_793_005)
                .wrapping_add(1_442_695_040_888_963_407);
            let scrap = SCRAPS[(state >> 33) as usize % SCRAPS.len()];
            write!(source, "{scrap}").unwrap();
        }
        refused += usize::from(!faults(&source).is_empty());
    }
    assert!(refused > 10_000, "{refused} of 20000 were refused");
}

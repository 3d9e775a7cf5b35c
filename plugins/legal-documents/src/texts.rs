//! Holds texts, templates, cases and code together: every key and case that is named exists.

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;

/// The plugin's folder, where it is now and not where this was compiled.
fn folder() -> PathBuf {
    PathBuf::from(std::env::var("CARGO_MANIFEST_DIR").unwrap())
}

fn read(path: &str) -> String {
    std::fs::read_to_string(folder().join(path)).unwrap()
}

/// The texts of a locale file by key; the files hold nothing but tables and one-line texts.
fn texts(language: &str) -> BTreeMap<String, String> {
    let mut table = String::new();
    let mut texts = BTreeMap::new();
    for line in read(&format!("locales/{language}.toml")).lines() {
        if let Some(name) = line.strip_prefix('[') {
            table = name.trim_end_matches(']').to_owned();
        } else if let Some((key, text)) = line.split_once(" = ") {
            texts.insert(format!("{table}.{key}"), text.trim_matches('"').to_owned());
        }
    }
    texts
}

fn quoted_after<'a>(source: &'a str, opening: &'a str) -> impl Iterator<Item = &'a str> {
    source
        .split(opening)
        .skip(1)
        .filter_map(|rest| rest.split('"').next())
}

fn places(text: &str) -> BTreeSet<&str> {
    text.split('{')
        .skip(1)
        .filter_map(|rest| rest.split('}').next())
        .collect()
}

fn files(folder: &str, ending: &str) -> Vec<(String, String)> {
    let folder = self::folder().join(folder);
    let entries = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path());
    let chosen = entries.filter(|path| path.extension().is_some_and(|found| found == ending));
    chosen
        .map(|path| {
            (
                path.display().to_string(),
                std::fs::read_to_string(&path).unwrap(),
            )
        })
        .collect()
}

#[test]
fn both_languages_have_the_same_keys_and_places() {
    let (vi, en) = (texts("vi"), texts("en"));
    assert!(vi.len() > 100);
    assert_eq!(vi.keys().collect::<Vec<_>>(), en.keys().collect::<Vec<_>>());
    for (key, text) in &vi {
        assert_eq!(places(text), places(&en[key]), "{key}");
    }
}

#[test]
fn every_key_of_the_templates_and_of_the_code_has_a_text_and_every_text_is_used() {
    let vi = texts("vi");
    let mut named: BTreeSet<String> = BTreeSet::new();
    for (file, source) in files("templates", "hbs") {
        let keys = quoted_after(&source, "{{t \"").chain(quoted_after(&source, "(t \""));
        for key in keys {
            assert!(vi.contains_key(key), "{file} names {key}");
            named.insert(key.to_owned());
        }
    }
    for (file, source) in files("src", "rs") {
        for key in quoted_after(&source, "\"fault.")
            .filter(|key| !key.is_empty() && !file.ends_with("texts.rs"))
        {
            assert!(
                vi.contains_key(&format!("fault.{key}")),
                "{file} names fault.{key}"
            );
            named.insert(format!("fault.{key}"));
        }
    }
    let declared = ["plugin.toml", "collections/document.toml"]
        .map(read)
        .concat();
    for key in declared.split('"').filter(|word| {
        ["plugin.", "route.", "document.", "level.", "block."]
            .iter()
            .any(|start| word.starts_with(start))
    }) {
        let is_file = key.ends_with(".toml");
        assert!(
            is_file || vi.contains_key(key),
            "the declarations name {key}"
        );
        named.insert(key.to_owned());
    }
    // The host names an index by its own text, else by the label of its field.
    let declaration = read("collections/document.toml");
    for line in declaration.lines() {
        if let Some(index) = line.strip_prefix("[index.") {
            named.insert(format!("index.{}", index.trim_end_matches(']')));
        }
    }
    let unused: Vec<&String> = vi.keys().filter(|key| !named.contains(*key)).collect();
    assert!(unused.is_empty(), "{unused:?}");
}

#[test]
fn every_case_has_its_form_and_every_duty_names_a_case_that_exists() {
    let cases = files("cases", "case");
    assert!(cases.len() >= 12);
    for (file, source) in &cases {
        for visit in source.split("\n====\n") {
            let (request, expected) = visit.split_once("\n----\n").unwrap();
            let request = request.lines().find(|line| !line.starts_with('#')).unwrap();
            let known = request.starts_with("GET /") || request.starts_with("FOLLOW ");
            let status: u16 = expected.lines().next().unwrap().parse().unwrap();
            assert!(known && (200..600).contains(&status), "{file}");
            assert!(
                expected.lines().skip(1).all(|line| line.contains(": ")),
                "{file}"
            );
        }
    }
    let compliance = read("compliance.toml");
    for name in quoted_after(&compliance, "\ncase = \"") {
        assert!(
            cases
                .iter()
                .any(|(file, _)| file.ends_with(&format!("/{name}.case"))),
            "{name}"
        );
    }
}

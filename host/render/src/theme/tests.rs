mod entry_form;
mod forms;
mod outline;
mod pages;
mod samples;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use super::{Theme, ThemeError};

/// The theme that ships with the portal, read from its folder.
pub(super) fn theme_files() -> BTreeMap<String, Vec<u8>> {
    let root = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../themes/dinh");
    let mut files = BTreeMap::new();
    collect(&root, &root, &mut files);
    files
}

fn collect(root: &Path, folder: &Path, files: &mut BTreeMap<String, Vec<u8>>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            collect(root, &path, files);
        } else {
            let name = path
                .strip_prefix(root)
                .unwrap()
                .to_str()
                .unwrap()
                .replace('\\', "/");
            files.insert(name, std::fs::read(&path).unwrap());
        }
    }
}

pub(super) fn theme() -> Theme {
    Theme::load("dinh", theme_files()).unwrap()
}

fn load_error(change: impl FnOnce(&mut BTreeMap<String, Vec<u8>>)) -> String {
    let mut files = theme_files();
    change(&mut files);
    Theme::load("dinh", files).unwrap_err().to_string()
}

#[test]
fn a_theme_without_a_page_template_says_which_file_is_missing() {
    let error = load_error(|files| {
        files.remove("templates/search.hbs");
    });
    assert_eq!(
        error,
        "theme \"dinh\": templates/search.hbs: every theme needs this file, but it is missing"
    );
    let error = load_error(|files| {
        files.remove("assets/dinh.css");
    });
    assert!(
        error.contains("assets/dinh.css: every theme needs"),
        "{error}"
    );
}

#[test]
fn a_broken_template_is_named_with_its_line() {
    let error = load_error(|files| {
        files.insert("templates/home.hbs".into(), b"<p>\n{{#if a}}\n".to_vec());
    });
    assert!(
        error.contains("home.hbs:2: {{#if}} is never closed"),
        "{error}"
    );
}

#[test]
fn a_text_that_no_locale_has_stops_the_load() {
    let error = load_error(|files| {
        files.insert("templates/home.hbs".into(), b"{{t \"no.such\"}}".to_vec());
    });
    assert!(
        error.contains("home.hbs:1: there is no text \"no.such\""),
        "{error}"
    );
}

#[test]
fn a_language_that_lacks_a_text_stops_the_load() {
    let error = load_error(|files| {
        files.insert("locales/en.toml".into(), b"home = \"Home\"".to_vec());
    });
    for part in [
        "locales/en.toml lacks batch.",
        "beyond_last_page.link, beyond_last_page.text, breadcrumb",
    ] {
        assert!(error.contains(part), "{error}");
    }
}

#[test]
fn a_template_that_is_not_utf8_is_refused() {
    let mut files = theme_files();
    files.insert("templates/home.hbs".into(), b"ok\xff".to_vec());
    assert!(
        matches!(Theme::load("dinh", files), Err(ThemeError::File { file, .. }) if file == "templates/home.hbs")
    );
}

#[test]
fn the_asset_base_changes_with_the_files() {
    let theme = theme();
    let mut files = theme_files();
    files.insert("assets/dinh.css".into(), b"body{}".to_vec());
    let changed = Theme::load("dinh", files).unwrap();
    assert_ne!(theme.asset_base(), changed.asset_base());
    assert_eq!(changed.asset("dinh.css").unwrap().bytes, b"body{}");
    assert_eq!(
        changed.asset("emblem.svg").unwrap().media_type,
        "image/svg+xml"
    );
    assert!(theme.asset("../templates/home.hbs").is_none());
}

#[test]
fn the_style_sheet_stays_small_and_asks_no_other_host() {
    let css = String::from_utf8(theme_files()["assets/dinh.css"].clone()).unwrap();
    assert!(css.len() <= 28_000, "{} bytes", css.len());
    assert!(!css.contains("http") && !css.contains("@import"));
}

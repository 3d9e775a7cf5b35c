use std::collections::BTreeMap;

use super::Locales;

fn load(vi: &str, en: &str) -> Result<Locales, String> {
    let files = BTreeMap::from([
        ("vi".to_owned(), vi.to_owned()),
        ("en".to_owned(), en.to_owned()),
    ]);
    Locales::load(&files).map_err(|error| error.to_string())
}

#[test]
fn texts_are_found_by_dotted_key_and_fall_back_to_vietnamese() {
    let locales = load(
        "[list]\ntotal = \"Có {n} mục {x}\"\nnone = \"Không\"",
        "list.total = \"{n} entries\"",
    )
    .unwrap();
    assert_eq!(
        locales.format("en", "list.total", &[("n", "3")]).as_deref(),
        Some("3 entries")
    );
    assert_eq!(
        locales
            .format("vi", "list.total", &[("n", "{x}")])
            .as_deref(),
        Some("Có {x} mục {x}")
    );
    assert_eq!(locales.text("en", "list.none"), Some("Không"));
    assert_eq!(locales.text("fr", "list.none"), Some("Không"));
    assert_eq!(locales.text("vi", "nope"), None);
    assert_eq!(locales.missing("en"), ["list.none"]);
}

#[test]
fn a_key_or_place_that_vietnamese_lacks_is_refused() {
    assert_eq!(
        load("a = \"x\"", "b = \"y\"").unwrap_err(),
        "locales/en.toml: the key \"b\" is not in locales/vi.toml; add it there or remove it here"
    );
    assert_eq!(
        load("a = \"{n}\"", "a = \"{m}\"").unwrap_err(),
        "locales/en.toml: \"a\" uses the place {m}, which locales/vi.toml does not have"
    );
}

#[test]
fn a_malformed_file_is_refused() {
    assert!(
        load("a = 1", "")
            .unwrap_err()
            .contains("\"a\" is not a text")
    );
    assert!(
        load("a = ", "")
            .unwrap_err()
            .starts_with("locales/vi.toml:")
    );
    assert!(
        load(&format!("a = \"{}\"", "x".repeat(300_000)), "")
            .unwrap_err()
            .contains("at most 262144 are allowed")
    );
}

use super::{is_plain_name, is_site_path};

#[test]
fn a_redirect_stays_on_the_site() {
    for path in ["/", "/a/b?c=d#e", "/văn-bản"] {
        assert!(is_site_path(path), "{path}");
    }
    for path in [
        "",
        "a",
        "//evil",
        "/\\evil",
        "https://evil",
        "/a\r\nb",
        "/a b",
        "/\t/evil",
    ] {
        assert!(!is_site_path(path), "{path:?}");
    }
    assert!(!is_site_path(&format!("/{}", "a".repeat(2_048))));
}

#[test]
fn a_template_is_named_without_folder_and_ending() {
    assert!(is_plain_name("as-of_2"));
    for name in ["", "../a", "a/b", "a.hbs", "ă"] {
        assert!(!is_plain_name(name), "{name:?}");
    }
}

use super::{is_for, is_key};

#[test]
fn a_row_is_for_whoever_gave_what_it_names() {
    for (when, given, wanted) in [
        ("", &[][..], true),
        ("cha-me", &["cha-me"], true),
        ("cha-me", &["khac"], false),
        ("cha-me tre", &["cha-me"], false),
        ("cha-me tre", &["cha-me", "tre"], true),
        ("cha-me/ong-ba tre", &["ong-ba", "tre"], true),
        ("cha-me/ong-ba tre", &["khac", "tre"], false),
    ] {
        assert_eq!(is_for(when, given), wanted, "{when} {given:?}");
    }
}

#[test]
fn keys_are_short_and_plain() {
    assert!(is_key("qua-60-ngay"));
    for bad in ["", "Cha", "cha mẹ", "a/b", "x?", &"a".repeat(31)] {
        assert!(!is_key(bad), "{bad}");
    }
}

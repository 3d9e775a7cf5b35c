use super::{failure, hooks_wit, is_plain_name, is_site_path, validated};
use crate::{CallError, Validated};

#[test]
fn a_plugins_own_words_are_cut_between_letters() {
    let CallError::Fault(words) = failure("ă".repeat(1_000)) else {
        unreachable!("a failure is a fault");
    };
    assert_eq!(words, "ă".repeat(512));
    assert_eq!(failure("short".into()), CallError::Fault("short".into()));
}

#[test]
fn a_fault_that_nobody_could_read_breaks_the_contract() {
    let refused = |path: usize, message_key: usize, args: usize| {
        let fault = hooks_wit::Fault {
            path: "p".repeat(path),
            message_key: "k".repeat(message_key),
            args: format!("{{\"a\":\"{}\"}}", "x".repeat(args)),
        };
        validated(Err(vec![fault]))
    };
    assert!(matches!(
        refused(512, 512, 4_000),
        Ok(Validated::Refused(faults)) if faults.len() == 1
    ));
    for (path, key, args) in [(513, 1, 1), (1, 513, 1), (1, 1, 5_000)] {
        let broken = refused(path, key, args);
        assert!(matches!(broken, Err(CallError::Broken(_))), "{broken:?}");
    }
}

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

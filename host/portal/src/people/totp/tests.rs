use dinh_domain::dates::Instant;

use super::{base32, step_of, unbase32};

/// RFC 6238, appendix B: the last six of eight digits, SHA-1.
const KNOWN: [(i64, &str); 5] = [
    (59, "287082"),
    (1_111_111_109, "081804"),
    (1_111_111_111, "050471"),
    (1_234_567_890, "005924"),
    (2_000_000_000, "279037"),
];
const SECRET: &[u8] = b"12345678901234567890";

fn at(seconds: i64) -> Instant {
    Instant(seconds * 1_000)
}

#[test]
fn the_codes_are_those_of_the_standard() {
    for (seconds, code) in KNOWN {
        assert_eq!(
            step_of(SECRET, code, at(seconds)),
            Some(seconds / 30),
            "{code}"
        );
    }
}

#[test]
fn a_code_holds_one_step_before_and_after_and_no_longer() {
    let (seconds, code) = (1_111_111_110, "050471");
    for (shift, holds) in [
        (-31, false),
        (-30, true),
        (0, true),
        (59, true),
        (60, false),
    ] {
        let found = step_of(SECRET, code, at(seconds + shift));
        assert_eq!(found.is_some(), holds, "{shift}");
    }
    assert!(step_of(SECRET, "050 471", at(seconds)).is_some());
    for bad in ["", "50471", "0050471", "+50471", "05047１", "abcdef"] {
        assert_eq!(step_of(SECRET, bad, at(seconds)), None, "{bad}");
    }
}

#[test]
fn a_secret_survives_its_writing() {
    assert_eq!(base32(SECRET), "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ");
    assert_eq!(unbase32(&base32(SECRET)).unwrap(), SECRET);
    assert_eq!(unbase32("abc"), None);
}

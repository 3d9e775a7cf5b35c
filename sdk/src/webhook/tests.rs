use super::{Delivery, is_hmac_sha256, signature};

/// RFC 4231, test case 2.
const KEY: &str = "Jefe";
const DATA: &[u8] = b"what do ya want for nothing?";
const DIGEST: &str = "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843";

#[test]
fn a_known_signature_is_told_from_others_however_it_is_written() {
    assert_eq!(signature(KEY, &[DATA]), DIGEST);
    for written in [
        DIGEST.to_owned(),
        format!("sha256={DIGEST}"),
        DIGEST.to_uppercase(),
    ] {
        assert!(is_hmac_sha256(KEY, &[DATA], &written), "{written}");
    }
    // Parts stand one behind the other.
    assert!(is_hmac_sha256(KEY, &[&DATA[..5], &DATA[5..]], DIGEST));
    let mut other = DIGEST.to_owned();
    other.replace_range(0..1, "4");
    let short = &DIGEST[..62];
    for wrong in [other.as_str(), short, "", "sha256=", "sha1=00", "zz", "+5"] {
        assert!(!is_hmac_sha256(KEY, &[DATA], wrong), "{wrong}");
    }
    assert!(!is_hmac_sha256("jefe", &[DATA], DIGEST));
}

#[test]
fn without_a_secret_nothing_is_signed() {
    let by_nobody = "b613679a0814d9ec772f95d778c35fc5ff1697c493715653c6c712144292c5ad";
    assert!(!is_hmac_sha256("", &[b""], by_nobody));
    assert_eq!(signature("", &[b""]), "");
}

#[test]
fn a_header_that_came_twice_is_none() {
    let sent = Delivery::of("paid", DATA).with("x-signature", DIGEST);
    assert!(sent.is_signed("x-signature", KEY));
    assert!(!sent.is_signed("x-other", KEY));
    let twice = sent.with("x-signature", "00");
    assert_eq!(twice.header("x-signature"), None);
    assert!(!twice.is_signed("x-signature", KEY));
}

use super::{decode, encode, tidy};
use crate::asked::Refused;

#[test]
fn escapes_are_read_as_utf8() {
    assert_eq!(
        decode("quy%E1%BA%BFt-%C4%91%E1%BB%8Bnh").unwrap(),
        "quyết-định"
    );
    assert_eq!(decode("%2f%2F").unwrap(), "//");
    assert_eq!(decode("quyết").unwrap(), "quyết");
    assert_eq!(decode("a+b").unwrap(), "a+b");
    assert_eq!(decode("").unwrap(), "");
}

#[test]
fn malformed_escapes_are_refused() {
    for raw in ["%", "a%4", "%zz", "%4g", "100%", "%%41", "%+1"] {
        assert_eq!(decode(raw), Err(Refused::Percent), "{raw}");
    }
}

#[test]
fn bytes_that_are_not_utf8_are_refused() {
    // Latin-1, a lone continuation byte, an overlong NUL, a surrogate, a cut sequence.
    for raw in ["%E9", "%80", "%C0%80", "%ED%A0%80", "a%E1%BA"] {
        assert_eq!(decode(raw), Err(Refused::NotUtf8), "{raw}");
    }
}

#[test]
fn nul_and_control_characters_are_refused() {
    for raw in ["a%00b", "%0D%0ASet-Cookie:x", "%7F", "%C2%85", "%1b"] {
        assert_eq!(decode(raw), Err(Refused::Control), "{raw}");
    }
}

#[test]
fn what_is_encoded_decodes_to_itself() {
    let text = "Kế hoạch 100% / “mới”?#&=+.pdf";
    let encoded = encode(text);
    assert!(encoded.is_ascii());
    assert!(!encoded.contains(['/', '?', '#', '&', '=', '+', ' ', '"']));
    assert_eq!(decode(&encoded).unwrap(), text);
}

#[test]
fn a_written_address_keeps_its_parts_and_its_escapes() {
    assert_eq!(
        tidy("/van-ban/x?nam=2014&q=%C4%91"),
        "/van-ban/x?nam=2014&q=%C4%91"
    );
    assert_eq!(
        tidy("/tep/1/Quyết định.pdf"),
        "/tep/1/Quy%E1%BA%BFt%20%C4%91%E1%BB%8Bnh.pdf"
    );
    assert_eq!(tidy("/a\\b\r\nX: y"), "/a%5Cb%0D%0AX:%20y");
}

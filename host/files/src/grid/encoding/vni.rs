//! VNI for Windows.

use super::western_letter;

/// VNI writes the letter, and behind it a second byte for its marks.
pub(super) fn vni(bytes: &[u8]) -> String {
    let mut text = String::with_capacity(bytes.len());
    let mut is_vowel = false;
    for byte in bytes {
        let own = match byte {
            0..=0x7f => Some(char::from(*byte).to_string()),
            0xf1 => Some("đ".to_owned()),
            0xd1 => Some("Đ".to_owned()),
            0xf4 => Some("ơ".to_owned()),
            0xd4 => Some("Ơ".to_owned()),
            0xf6 => Some("ư".to_owned()),
            0xd6 => Some("Ư".to_owned()),
            0xec => Some("ì".to_owned()),
            0xcc => Some("Ì".to_owned()),
            0xed => Some("í".to_owned()),
            0xcd => Some("Í".to_owned()),
            0xe6 => Some("ỉ".to_owned()),
            0xc6 => Some("Ỉ".to_owned()),
            0xf3 => Some("ĩ".to_owned()),
            0xd3 => Some("Ĩ".to_owned()),
            0xf2 => Some("ị".to_owned()),
            0xd2 => Some("Ị".to_owned()),
            0xee => Some("ỵ".to_owned()),
            0xce => Some("Ỵ".to_owned()),
            _ => None,
        };
        match (own, vni_marks(*byte)) {
            (Some(own), _) => text.push_str(&own),
            (None, Some(marks)) if is_vowel => text.push_str(marks),
            (None, _) => text.push(western_letter(*byte)),
        }
        is_vowel = matches!(
            byte,
            b'a' | b'e'
                | b'o'
                | b'u'
                | b'y'
                | b'A'
                | b'E'
                | b'O'
                | b'U'
                | b'Y'
                | 0xf4
                | 0xd4
                | 0xf6
                | 0xd6
        );
    }
    text
}

/// Marks to combine, by their byte in lower case; the upper case lies 0x20 below.
fn vni_marks(byte: u8) -> Option<&'static str> {
    Some(match byte | 0x20 {
        0xf8 => "\u{300}",
        0xf9 => "\u{301}",
        0xfb => "\u{309}",
        0xf5 => "\u{303}",
        0xef => "\u{323}",
        0xe2 => "\u{302}",
        0xe0 => "\u{302}\u{300}",
        0xe1 => "\u{302}\u{301}",
        0xe5 => "\u{302}\u{309}",
        0xe3 => "\u{302}\u{303}",
        0xe4 => "\u{323}\u{302}",
        0xea => "\u{306}",
        0xe8 => "\u{306}\u{300}",
        0xe9 => "\u{306}\u{301}",
        0xfa => "\u{306}\u{309}",
        0xfc => "\u{306}\u{303}",
        0xeb => "\u{323}\u{306}",
        _ => return None,
    })
}

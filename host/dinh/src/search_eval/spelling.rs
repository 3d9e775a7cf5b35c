//! The ways in which people type a number of a document.

use dinh_domain::vietnamese::fold;

/// Name of the way and the number so typed.
pub(super) fn spellings(number: &str) -> Vec<(&'static str, String)> {
    let replaced = |from: &[(char, &str)]| {
        let letters = number.chars().map(|letter| {
            let other = from.iter().find(|(known, _)| *known == letter);
            other.map_or_else(|| letter.to_string(), |(_, other)| (*other).to_owned())
        });
        letters.collect::<String>()
    };
    let plain = fold(number);
    vec![
        (
            "no zero, no marks",
            plain.trim_start_matches('0').to_owned(),
        ),
        ("spaces", plain.replace(['/', '-'], " ")),
        (
            "Cyrillic",
            replaced(&[
                ('C', "\u{421}"),
                ('P', "\u{420}"),
                ('T', "\u{422}"),
                ('B', "\u{412}"),
            ]),
        ),
        ("minus U+2212", replaced(&[('-', "\u{2212}")])),
        ("eth U+00D0", replaced(&[('Đ', "\u{D0}")])),
        ("full width", number.chars().map(full_width).collect()),
        (
            "decomposed",
            replaced(&[('Ô', "O\u{302}"), ('Ư', "U\u{31b}"), ('Ă', "A\u{306}")]),
        ),
    ]
}

/// The full-width form of an ASCII character.
fn full_width(letter: char) -> char {
    match letter {
        '!'..='~' => char::from_u32(u32::from(letter) + 0xFEE0).unwrap_or(letter),
        _ => letter,
    }
}

use unicode_normalization::UnicodeNormalization;

use super::{TONES, bare, latin_look, lower, plain_sign};

#[test]
fn the_table_of_bare_letters_is_what_unicode_decomposes_and_complete() {
    let mut letters = vec!['đ'];
    for vowel in "aăâeêioôơuưy".chars() {
        letters.extend(std::iter::once(vowel).filter(|v| !v.is_ascii()));
        for tone in TONES {
            let toned: Vec<char> = [vowel, tone].into_iter().nfc().collect();
            assert_eq!(toned.len(), 1, "{vowel} with a tone is one letter");
            letters.extend(toned);
        }
    }
    assert_eq!(letters.len(), 67);
    for letter in &letters {
        let base = std::iter::once(*letter).nfd().next();
        let base = if *letter == 'đ' { Some('d') } else { base };
        assert_eq!(bare(*letter), base, "{letter}");
        let capital = letter.to_uppercase().next().unwrap();
        assert_eq!(lower(capital), *letter);
    }
    let known = ('\0'..=char::MAX).filter(|c| bare(*c).is_some()).count();
    assert_eq!(known, letters.len(), "no other letter is in the table");
}

#[test]
fn letters_that_look_latin_become_latin_in_either_case() {
    let cyrillic: String = "АВСЕНІКМОРТХУЅЈ"
        .chars()
        .map(lower)
        .map(latin_look)
        .collect();
    assert_eq!(cyrillic, "abcehikmoptxysj");
    let greek: String = "ΑΒΕΖΗΙΚΜΝΟΡΤΥΧ"
        .chars()
        .map(lower)
        .map(latin_look)
        .collect();
    assert_eq!(greek, "abezhikmnoptyx");
    assert_eq!(latin_look('đ'), 'đ');
    assert_eq!(latin_look('ж'), 'ж');
}

#[test]
fn each_kind_of_sign_has_one_form() {
    assert!("‐‑‒–—―−".chars().map(plain_sign).all(|c| c == '-'));
    assert!("‘’‚`´′".chars().map(plain_sign).all(|c| c == '\''));
    assert!("“”„«»″".chars().map(plain_sign).all(|c| c == '"'));
    assert!(
        "\t\n\u{A0}\u{3000}\0"
            .chars()
            .map(plain_sign)
            .all(|c| c == ' ')
    );
    assert_eq!(plain_sign('∕'), '/');
    assert_eq!(plain_sign('ă'), 'ă');
}

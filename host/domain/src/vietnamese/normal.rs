//! The normal forms: as shown, with marks, without marks.

use unicode_normalization::{IsNormalized, UnicodeNormalization, char::is_combining_mark};

use super::letters::{TONES, bare, is_invisible, lower, plain_sign, stroke_d};
use super::tone::place_tones;

/// Text as it is stored and shown: composed (NFC), Đ for the letters that pass for it, without
/// characters of no width. Nothing else changes.
///
/// A tone mark that was typed before the circumflex or breve of its vowel goes behind it: Unicode
/// holds the two orders for different, a reader does not.
pub fn nfc(text: &str) -> String {
    let untouched = |c: char| !is_invisible(c) && stroke_d(c) == c;
    if text.chars().all(stands_alone)
        || (text.chars().all(untouched)
            && unicode_normalization::is_nfc_quick(text.chars()) == IsNormalized::Yes)
    {
        return text.to_owned();
    }
    let mut marks_apart: Vec<char> = Vec::with_capacity(text.len());
    for c in text
        .chars()
        .filter(|c| !is_invisible(*c))
        .map(stroke_d)
        .nfd()
    {
        let at = marks_apart.len() - usize::from(stands_before_its_quality(&marks_apart, c));
        marks_apart.insert(at, c);
    }
    marks_apart.into_iter().nfc().collect()
}

/// Whether a character stays as it is whatever is beside it: the letters and signs of nearly every
/// text that is kept. Others may do so too.
fn stands_alone(c: char) -> bool {
    match c {
        '\u{AD}' | '\u{D0}' | '\u{F0}' => false,
        '\0'..='\u{17F}' | 'Ơ' | 'ơ' | 'Ư' | 'ư' => true,
        '\u{1EA0}'..='\u{1EF9}' | '\u{2010}'..='\u{2027}' => true,
        _ => false,
    }
}

/// Whether the last mark written is the tone of a vowel whose circumflex or breve comes only now.
fn stands_before_its_quality(written: &[char], mark: char) -> bool {
    let (below, rest) = match written {
        [rest @ .., tone] if TONES.contains(tone) && *tone != '\u{323}' => (true, rest),
        _ => (false, written),
    };
    let vowel = match rest {
        [.., vowel, '\u{323}'] | [.., vowel] => vowel.to_ascii_lowercase(),
        [] => return false,
    };
    below
        && match mark {
            '\u{302}' => matches!(vowel, 'a' | 'e' | 'o'),
            '\u{306}' => vowel == 'a',
            _ => false,
        }
}

/// Text for comparison with its marks: compatibility forms resolved (full width, ligatures),
/// lower case, one placement of tones, one kind of dash, slash and quotes, single spaces.
pub fn exact(text: &str) -> String {
    match plain_lower(text) {
        Some(lowered) if lowered.is_ascii() => single_spaces(&lowered),
        Some(lowered) => place_tones(&single_spaces(&lowered)),
        None => {
            let lowered: String = compatible(text)
                .chars()
                .flat_map(char::to_lowercase)
                .collect();
            place_tones(&single_spaces(&compatible(&lowered)))
        }
    }
}

/// Text for comparison without marks: [`exact`], then every mark dropped and đ made d.
pub fn fold(text: &str) -> String {
    let exact = exact(text);
    if exact.is_ascii() {
        return exact;
    }
    let mut folded = String::with_capacity(exact.len());
    for c in exact.chars() {
        match bare(c) {
            Some(letter) => folded.push(letter),
            None if c.is_ascii() => folded.push(c),
            None => return fold_any(&exact),
        }
    }
    folded
}

/// Case kept, compatibility forms resolved, one kind of dash, slash, quote and space.
pub(super) fn compatible(text: &str) -> String {
    let resolved: String = nfc(text).chars().map(plain_sign).nfkc().collect();
    nfc(&resolved).chars().map(plain_sign).collect()
}

/// The quick way for text of ASCII and composed Vietnamese letters, which is nearly all of it;
/// none if there is anything else.
fn plain_lower(text: &str) -> Option<String> {
    let mut lowered = String::with_capacity(text.len());
    for c in text.chars() {
        let plain = plain_sign(stroke_d(c));
        let letter = lower(plain);
        if !letter.is_ascii() && bare(letter).is_none() {
            return None;
        }
        lowered.push(letter);
    }
    Some(lowered)
}

/// [`fold`] for text with letters or marks that are not Vietnamese.
fn fold_any(exact: &str) -> String {
    let letters = exact.nfd().filter(|c| !is_combining_mark(*c));
    let composed: String = letters.map(|c| bare(c).unwrap_or(c)).nfc().collect();
    single_spaces(&composed)
}

fn single_spaces(text: &str) -> String {
    let mut spaced = String::with_capacity(text.len());
    for word in text.split(' ').filter(|word| !word.is_empty()) {
        if !spaced.is_empty() {
            spaced.push(' ');
        }
        spaced.push_str(word);
    }
    spaced
}

#[cfg(test)]
mod tests;

//! A key that sorts bytewise as a Vietnamese reader expects.

use unicode_normalization::{
    UnicodeNormalization,
    char::{compose, is_combining_mark},
};

use super::letters::{QUALITIES, TONES, lower};
use super::normal::compatible;
use super::tone::place_tones;

/// Bytes of the key's first level. Database indexes keep keys of a few hundred bytes whole, and
/// nobody reads on to see why two titles that share this much stand in this order.
pub const COLLATION_PRIMARY_BYTES_MAX: usize = 256;

/// The alphabet, with the letters of foreign words in their Latin places.
const ALPHABET: &str = "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz";

/// Between the levels: below everything a level holds, so that a beginning sorts before the whole.
const LEVEL_END: char = '\u{1}';

/// Digits of a number that are counted; longer numbers sort behind these, as text.
const NUMBER_DIGITS_MAX: usize = 99;

/// A key whose byte order is the order of the alphabet (a ă â b c d đ e ê …), numbers before
/// letters and by value; then of tones (none, huyền, hỏi, ngã, sắc, nặng); then small letters
/// before capitals. Signs count as a space; both placements of a tone count as one.
///
/// The key is UTF-8 without NUL. What lies beyond [`COLLATION_PRIMARY_BYTES_MAX`] does not count.
pub fn collation_key(text: &str) -> String {
    let mut levels = Levels::default();
    let composed = place_tones(&compatible(text));
    let mut rest = composed.as_str();
    while let Some(c) = rest.chars().next() {
        let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
        let (unit, after) = rest.split_at(if digits > 0 { digits } else { c.len_utf8() });
        rest = after;
        let taken = if digits > 0 {
            levels.number(unit)
        } else if is_combining_mark(c) {
            true
        } else if c.is_alphanumeric() {
            levels.letter(c)
        } else {
            levels.space()
        };
        if !taken {
            break;
        }
    }
    levels.into_key()
}

/// The three levels under way. Each method says whether there was room.
#[derive(Default)]
struct Levels {
    primary: String,
    tones: String,
    cases: String,
    pending_space: bool,
}

impl Levels {
    fn space(&mut self) -> bool {
        self.pending_space = !self.primary.is_empty();
        true
    }

    /// Two digits of length, then the digits: shorter numbers are smaller ones.
    fn number(&mut self, digits: &str) -> bool {
        let digits = digits.trim_start_matches('0');
        let length = digits.len().min(NUMBER_DIGITS_MAX);
        self.push(&format!("{length:02}{digits}"), '0', '0')
    }

    fn letter(&mut self, letter: char) -> bool {
        let small = lower(letter);
        let (alphabetic, tone) = without_tone(small);
        let case = if small == letter { '0' } else { '1' };
        let mut buffer = [0; 4];
        match ALPHABET
            .chars()
            .zip('A'..)
            .find(|(known, _)| *known == alphabetic)
        {
            Some((_, weight)) => self.push(weight.encode_utf8(&mut buffer), tone, case),
            // Letters of other scripts, by code point: behind z.
            None => self.push(alphabetic.encode_utf8(&mut buffer), tone, case),
        }
    }

    fn push(&mut self, primary: &str, tone: char, case: char) -> bool {
        let space = usize::from(self.pending_space);
        if self.primary.len() + space + primary.len() > COLLATION_PRIMARY_BYTES_MAX {
            return false;
        }
        if std::mem::take(&mut self.pending_space) {
            self.primary.push(' ');
        }
        self.primary.push_str(primary);
        self.tones.push(tone);
        self.cases.push(case);
        true
    }

    fn into_key(self) -> String {
        let tones = self.tones.trim_end_matches('0');
        let cases = self.cases.trim_end_matches('0');
        format!("{}{LEVEL_END}{tones}{LEVEL_END}{cases}", self.primary)
    }
}

/// The letter of the alphabet under a small letter, and its tone as `0` (none) to `5`, or `6` for
/// a mark that is not Vietnamese.
fn without_tone(small: char) -> (char, char) {
    let mut parts = std::iter::once(small).nfd();
    let mut letter = parts.next().unwrap_or(small);
    let mut tone = '0';
    let mut others = 0_usize;
    for mark in parts {
        let known = TONES.iter().zip('1'..).find(|(known, _)| **known == mark);
        match (
            compose(letter, mark).filter(|_| QUALITIES.contains(&mark)),
            known,
        ) {
            (Some(vowel), _) if ALPHABET.contains(vowel) => letter = vowel,
            (_, Some((_, rank))) => tone = rank,
            _ => others += 1,
        }
    }
    match others {
        0 => (letter, tone),
        _ if ALPHABET.contains(letter) => (letter, '6'),
        _ => (small, tone),
    }
}

#[cfg(test)]
mod tests;

//! One placement of tone marks: `hòa` and `hoà` are the same word.

use unicode_normalization::char::{compose, decompose_canonical, is_combining_mark};

use super::letters::TONES;
use super::normal::nfc;

/// The word with its tone on the last vowel of an open `oa`, `oe`, `uy` (`hòa` becomes `hoà`,
/// `Ủy` becomes `Uỷ`). After `q` the `u` is no vowel; closed syllables (`hoàn`, `huỳnh`) have one
/// spelling only. Takes any form, gives NFC, keeps the case.
pub fn canonical_tone(word: &str) -> String {
    place_tones(&nfc(word))
}

/// [`canonical_tone`] for each word of composed text.
pub(super) fn place_tones(composed: &str) -> String {
    let mut placed = String::with_capacity(composed.len());
    let mut before: Option<char> = None;
    let mut rest = composed.chars();
    while let Some(first) = rest.next() {
        let mut ahead = rest.clone();
        let second = ahead.next();
        let open = ahead.next().is_none_or(ends_a_syllable);
        let after_q = matches!(before, Some('q' | 'Q'));
        let moved = second
            .filter(|_| open && !after_q)
            .and_then(|second| move_tone(first, second));
        before = Some(first);
        if let Some((plain, toned)) = moved {
            placed.push(plain);
            placed.push(toned);
            before = rest.next();
        } else {
            placed.push(first);
        }
    }
    placed
}

fn ends_a_syllable(next: char) -> bool {
    !next.is_alphabetic() && !is_combining_mark(next)
}

/// `ò`, `a` becomes `o`, `à`; none for every other pair.
fn move_tone(first: char, second: char) -> Option<(char, char)> {
    let pairs_with = match second {
        'a' | 'A' | 'e' | 'E' => 'o',
        'y' | 'Y' => 'u',
        _ => return None,
    };
    if first.is_ascii() {
        return None;
    }
    let mut parts = ['\0'; 2];
    let mut count = 0;
    decompose_canonical(first, |part| {
        if let Some(slot) = parts.get_mut(count) {
            *slot = part;
        }
        count += 1;
    });
    let [plain, tone] = parts;
    let fits = count == 2 && plain.eq_ignore_ascii_case(&pairs_with) && TONES.contains(&tone);
    fits.then(|| compose(second, tone))
        .flatten()
        .map(|toned| (plain, toned))
}

#[cfg(test)]
mod tests;

//! Cuts text into syllables, the units that search counts.

use unicode_normalization::char::is_combining_mark;

use super::letters::is_invisible;
use super::normal::{exact, fold};

/// A run of letters, digits and their marks, where it stands in the text.
///
/// Letters and digits are not parted: `QH13` is one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Syllable {
    /// With marks, as [`exact`] writes it.
    pub exact: String,
    /// Without marks, as [`fold`] writes it; never empty.
    pub folded: String,
    /// First byte in the text that was given.
    pub start: usize,
    /// Byte behind the last one in the text that was given.
    pub end: usize,
}

/// The syllables of a text in any form, in reading order. The offsets are into that very text,
/// decomposed or not.
pub fn syllables(text: &str) -> Vec<Syllable> {
    let mut found = Vec::with_capacity(text.len() / TYPICAL_SYLLABLE_BYTES);
    let mut open: Option<(usize, usize)> = None;
    for (at, c) in text.char_indices() {
        let end = at + c.len_utf8();
        open = match open {
            Some((start, _)) if c.is_alphanumeric() || is_combining_mark(c) => Some((start, end)),
            // A character of no width joins what is on both sides of it, as `exact` does.
            Some(span) if is_invisible(c) => Some(span),
            None if c.is_alphanumeric() => Some((at, end)),
            None => None,
            Some(span) => {
                found.extend(syllable(text, span));
                None
            }
        };
    }
    found.extend(open.and_then(|span| syllable(text, span)));
    found
}

/// Bytes of a Vietnamese syllable with the space behind it, about: sizes the list once.
const TYPICAL_SYLLABLE_BYTES: usize = 6;

/// None where nothing is left without marks (a lone sign that only stands for a mark).
fn syllable(text: &str, (start, end): (usize, usize)) -> Option<Syllable> {
    let written = text.get(start..end)?;
    let exact = exact(written);
    let folded = if exact.is_ascii() {
        exact.clone()
    } else {
        fold(&exact)
    };
    (!folded.is_empty()).then_some(Syllable {
        exact,
        folded,
        start,
        end,
    })
}

#[cfg(test)]
mod tests;

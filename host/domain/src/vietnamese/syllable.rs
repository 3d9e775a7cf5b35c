//! Cuts text into syllables, the units that search counts.

use std::num::NonZeroU8;
use std::ops::Range;

use super::kind::{Kind, Kinds};
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
    found.extend(spans(text).filter_map(|span| syllable(text, span)));
    found
}

/// Where [`syllables`] may stand: first byte, and the byte behind the last one. A span whose letters
/// are nothing without marks holds none.
pub fn spans(text: &str) -> impl Iterator<Item = (usize, usize)> {
    signed_spans(text).map(|(span, _)| (span.start, span.end))
}

/// The same, each with the [`folded_sign`] of what stands there.
pub fn signed_spans(text: &str) -> impl Iterator<Item = (Range<usize>, Option<u64>)> {
    let kinds = Kinds::get();
    let mut characters = text.char_indices();
    std::iter::from_fn(move || {
        let mut open: Option<Range<usize>> = None;
        let mut sign = Some(0);
        let mut is_joined = false;
        for (at, c) in characters.by_ref() {
            let (kind, base) = kinds.of(c);
            match (&mut open, kind) {
                (Some(span), Kind::Letter | Kind::Mark) => {
                    span.end = at + c.len_utf8();
                    sign = sign.filter(|_| !is_joined);
                }
                // A character of no width joins what is on both sides of it, as `exact` does.
                (Some(_), Kind::Invisible) => {
                    is_joined = true;
                    continue;
                }
                (None, Kind::Letter) => open = Some(at..at + c.len_utf8()),
                (None, _) => continue,
                (Some(_), Kind::Between) => break,
            }
            sign = sign.and_then(|sign| Some(signed(sign, base?)));
        }
        open.map(|span| (span, sign))
    })
}

/// A number that is the same for everything that [`fold`] makes equal, and nearly always another
/// for what it does not; none where it takes [`fold`] itself to tell. Takes what stands in a span.
pub fn folded_sign(written: &str) -> Option<u64> {
    let kinds = Kinds::get();
    let mut letters = written.chars().map(|c| kinds.of(c).1);
    letters.try_fold(0, |sign, letter| Some(signed(sign, letter?)))
}

/// A multiplication spreads each letter over the number, a rotation keeps their order.
fn signed(sign: u64, letter: NonZeroU8) -> u64 {
    (sign.rotate_left(5) ^ u64::from(letter.get())).wrapping_mul(0x517c_c1b7_2722_0a95)
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

//! Cuts text into syllables, the units that search counts.

use super::kind::{Bases, Kind, Kinds};
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
    let kinds = Kinds::get();
    let mut characters = text.char_indices();
    std::iter::from_fn(move || {
        let mut open: Option<(usize, usize)> = None;
        for (at, c) in characters.by_ref() {
            let end = at + c.len_utf8();
            open = match (open, kinds.of(c)) {
                (Some((start, _)), Kind::Letter | Kind::Mark) => Some((start, end)),
                // A character of no width joins what is on both sides of it, as `exact` does.
                (Some(span), Kind::Invisible) => Some(span),
                (None, Kind::Letter) => Some((at, end)),
                (None, _) => None,
                (Some(span), Kind::Between) => return Some(span),
            };
        }
        open
    })
}

/// A number that is the same for everything that [`fold`] makes equal, and nearly always another
/// for what it does not; none where it takes [`fold`] itself to tell. Takes what stands in a span.
pub fn folded_sign(written: &str) -> Option<u64> {
    let bases = Bases::get();
    let mut sign: u64 = 0;
    for c in written.chars() {
        // A multiplication spreads each letter over the number, a rotation keeps their order.
        let letter = u64::from(bases.of(c)?);
        sign = (sign.rotate_left(5) ^ letter).wrapping_mul(0x517c_c1b7_2722_0a95);
    }
    Some(sign)
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

//! Syllables that were seen before: a language has some thousands, and a law the same ones again
//! and again.

use dinh_domain::vietnamese;

use super::Word;

/// Syllables remembered, a power of two; with their places they take some 2 MB.
const PLACES: usize = 16_384;
/// Longest written syllable that is remembered, in bytes.
const REMEMBERED_BYTES_MAX: usize = 32;

/// A syllable in both forms; none where the letters are nothing without marks.
#[derive(Debug, Clone)]
struct Seen {
    written: Box<str>,
    forms: Option<Forms>,
}

/// A syllable as it is compared.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Forms {
    /// With marks.
    pub(super) exact: Box<str>,
    /// Without.
    pub(super) folded: Box<str>,
}

/// Remembers what syllables are: each has one place, and the last one that came there has it.
#[derive(Debug, Clone, Default)]
pub(super) struct Cache {
    places: Vec<Option<Seen>>,
}

impl Cache {
    /// Tells `take` what a span of a text says, if anything.
    pub(super) fn read(&mut self, written: &str, take: impl FnOnce(&Forms)) {
        if written.len() > REMEMBERED_BYTES_MAX {
            if let Some(forms) = forms(written) {
                take(&forms);
            }
            return;
        }
        if self.places.is_empty() {
            self.places.resize(PLACES, None);
        }
        let Some(place) = self.places.get_mut(place_of(written)) else {
            return;
        };
        let seen = match place.take() {
            Some(seen) if *seen.written == *written => seen,
            _ => Seen {
                written: written.into(),
                forms: forms(written),
            },
        };
        if let Some(forms) = &place.insert(seen).forms {
            take(forms);
        }
    }
}

/// Who chooses words to meet in one place only makes us forget them.
fn place_of(written: &str) -> usize {
    let mix =
        |sum: u64, byte| (sum.rotate_left(5) ^ u64::from(byte)).wrapping_mul(0x517c_c1b7_2722_0a95);
    (written.bytes().fold(0, mix) >> 32) as usize % PLACES
}

fn forms(written: &str) -> Option<Forms> {
    let syllable = vietnamese::syllables(written).into_iter().next()?;
    let Word { exact, folded, .. } = Word::from(syllable);
    Some(Forms {
        exact: exact.into(),
        folded: folded.into(),
    })
}

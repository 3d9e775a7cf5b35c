//! Syllables by number: a language has some thousands, and a law the same ones again and again.

use std::collections::HashMap;

use dinh_domain::vietnamese;

use super::Word;

/// Written syllables that are remembered, a power of two; with their places they take some 2 MB.
const PLACES: usize = 16_384;
/// Longest written syllable that is remembered, in bytes.
const REMEMBERED_BYTES_MAX: usize = 32;
/// Syllables that are known at once, about: who writes others without end makes us begin again.
const KNOWN_MAX: usize = 65_536;

/// What is written, and the number of its syllable; none where the letters are nothing without
/// marks.
#[derive(Debug, Clone)]
struct Seen {
    written: Box<str>,
    number: Option<u32>,
}

/// A syllable with its marks, and the number of what it is without.
#[derive(Debug, Clone)]
struct Known {
    exact: Box<str>,
    folded: u32,
}

/// Gives syllables numbers, which hold until [`Vocabulary::make_room`].
#[derive(Debug, Clone, Default)]
pub(super) struct Vocabulary {
    /// Each written syllable has one place, and the last one that came there has it.
    places: Vec<Option<Seen>>,
    known: Vec<Known>,
    folded: Vec<Box<str>>,
    numbers: HashMap<Box<str>, u32>,
    folded_numbers: HashMap<Box<str>, u32>,
}

impl Vocabulary {
    /// The number of what a span of a text says, if anything.
    pub(super) fn read(&mut self, written: &str) -> Option<u32> {
        if written.len() > REMEMBERED_BYTES_MAX {
            return self.learn(written);
        }
        if self.places.is_empty() {
            self.places.resize(PLACES, None);
        }
        let place = place_of(written);
        if let Some(Some(seen)) = self.places.get(place)
            && *seen.written == *written
        {
            return seen.number;
        }
        let number = self.learn(written);
        if let Some(place) = self.places.get_mut(place) {
            *place = Some(Seen {
                written: written.into(),
                number,
            });
        }
        number
    }

    /// A syllable with its marks.
    pub(super) fn exact(&self, number: u32) -> &str {
        let known = self.known.get(number as usize);
        known.map_or("", |known| &known.exact)
    }

    /// The number of a syllable without its marks.
    pub(super) fn folded_number(&self, number: u32) -> u32 {
        let known = self.known.get(number as usize);
        known.map_or(0, |known| known.folded)
    }

    /// A syllable without marks, by [`Vocabulary::folded_number`].
    pub(super) fn folded(&self, number: u32) -> &str {
        self.folded
            .get(number as usize)
            .map_or("", |folded| folded.as_ref())
    }

    /// Forgets all syllables but one where they have become too many; answers its number.
    pub(super) fn make_room(&mut self, kept: Option<u32>) -> Option<u32> {
        if self.known.len() < KNOWN_MAX {
            return kept;
        }
        let kept = kept.map(|number| {
            let folded = self.folded(self.folded_number(number));
            (self.exact(number).to_owned(), folded.to_owned())
        });
        *self = Self::default();
        kept.map(|(exact, folded)| self.number(exact, folded))
    }

    fn learn(&mut self, written: &str) -> Option<u32> {
        let syllable = vietnamese::syllables(written).into_iter().next()?;
        let Word { exact, folded, .. } = Word::from(syllable);
        Some(self.number(exact, folded))
    }

    fn number(&mut self, exact: String, folded: String) -> u32 {
        // Cut to the same length with marks, two of them may still differ without.
        let both = [exact.as_str(), folded.as_str()].join(" ");
        if let Some(number) = self.numbers.get(both.as_str()) {
            return *number;
        }
        let folded: Box<str> = folded.into();
        let next = self.folded.len() as u32;
        let folded_number = *self.folded_numbers.entry(folded.clone()).or_insert(next);
        if folded_number == next {
            self.folded.push(folded);
        }
        let number = self.known.len() as u32;
        self.numbers.insert(both.into(), number);
        self.known.push(Known {
            exact: exact.into(),
            folded: folded_number,
        });
        number
    }
}

/// Who chooses words to meet in one place only makes us forget them.
fn place_of(written: &str) -> usize {
    let mix =
        |sum: u64, byte| (sum.rotate_left(5) ^ u64::from(byte)).wrapping_mul(0x517c_c1b7_2722_0a95);
    (written.bytes().fold(0, mix) >> 32) as usize % PLACES
}

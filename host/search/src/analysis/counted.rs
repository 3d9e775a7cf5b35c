//! How often each term stands in a piece of text, counted by numbers before any term is written.

use super::stream::Terms;
use super::vocabulary::Vocabulary;

/// A term by the numbers of its syllables: with marks as [`Vocabulary::exact`] knows them, without
/// as [`Vocabulary::folded`] does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Counted {
    ExactPair(u32, u32),
    FoldedPair(u32, u32),
    Exact(u32),
    Folded(u32),
}

/// Two numbers in one, and how often they stand together.
type Run = (u64, u32);

/// Counts of one piece of text, told one after another.
#[derive(Debug, Clone, Default)]
pub(super) struct Counts {
    words: Vec<Run>,
    pairs: Vec<Run>,
    folded: Vec<Run>,
    folded_pairs: Vec<Run>,
    told: usize,
}

/// Runs of terms, and the term that one of them is.
type Kind<'a> = (&'a Vec<Run>, fn(u64) -> Counted);

impl Counts {
    /// Forgets what was counted.
    pub(super) fn begin(&mut self) {
        for runs in [
            &mut self.words,
            &mut self.pairs,
            &mut self.folded,
            &mut self.folded_pairs,
        ] {
            runs.clear();
        }
        self.told = 0;
    }

    /// Takes a syllable in, behind another one.
    pub(super) fn add(&mut self, before: Option<u32>, word: u32) {
        self.words.push((u64::from(word), 1));
        if let Some(before) = before {
            self.pairs.push((joined(before, word), 1));
        }
    }

    /// Puts equal ones together and leaves out what is not told; those without marks follow from
    /// those with.
    pub(super) fn finish(&mut self, terms: Terms, vocabulary: &Vocabulary) {
        gather(&mut self.pairs);
        if terms == Terms::MarkedPairs {
            self.words.clear();
            return;
        }
        gather(&mut self.words);
        let folded = |word: u32| vocabulary.folded_number(word);
        let words = self.words.iter();
        let words = words.map(|(word, count)| (u64::from(folded(*word as u32)), *count));
        self.folded.extend(words);
        gather(&mut self.folded);
        let pairs = self.pairs.iter().map(|(pair, count)| {
            let (before, word) = parted(*pair);
            (joined(folded(before), folded(word)), *count)
        });
        self.folded_pairs.extend(pairs);
        gather(&mut self.folded_pairs);
        if terms == Terms::PlainPairs {
            self.pairs.clear();
        }
    }

    /// The next term, with how often it stands there.
    pub(super) fn next(&mut self) -> Option<(Counted, u32)> {
        let kinds: [Kind<'_>; 4] = [
            (&self.pairs, |pair| {
                let (before, word) = parted(pair);
                Counted::ExactPair(before, word)
            }),
            (&self.folded_pairs, |pair| {
                let (before, word) = parted(pair);
                Counted::FoldedPair(before, word)
            }),
            (&self.words, |word| Counted::Exact(word as u32)),
            (&self.folded, |word| Counted::Folded(word as u32)),
        ];
        let mut at = self.told;
        for (runs, term) in kinds {
            if let Some((key, count)) = runs.get(at) {
                self.told += 1;
                return Some((term(*key), *count));
            }
            at -= runs.len();
        }
        None
    }
}

fn joined(before: u32, word: u32) -> u64 {
    (u64::from(before) << 32) | u64::from(word)
}

fn parted(pair: u64) -> (u32, u32) {
    ((pair >> 32) as u32, pair as u32)
}

/// Sorts runs and makes equal ones one.
fn gather(runs: &mut Vec<Run>) {
    runs.sort_unstable_by_key(|(key, _)| *key);
    runs.dedup_by(|next, kept| {
        let is_same = next.0 == kept.0;
        if is_same {
            kept.1 += next.1;
        }
        is_same
    });
}

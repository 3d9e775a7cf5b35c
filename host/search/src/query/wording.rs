//! The edited words of the search, ready to be looked up.

use std::collections::HashMap;

use dinh_domain::search_words::SearchWords;

use crate::analysis::{self, Word};

/// What a phrase is also written as. The other phrases are words in order.
#[derive(Debug, Clone, Default)]
struct Known {
    others: Vec<Vec<Word>>,
    /// The phrase as the list has it: a question with other marks means another one.
    exact: Vec<String>,
    /// Read as a word when it is not in capitals: `ĐA` is `đề án`, `đa` is not.
    only_in_capitals: bool,
}

/// Phrases by their words without marks.
#[derive(Debug, Clone, Default)]
pub(crate) struct Wording {
    phrases: HashMap<String, Vec<Known>>,
    /// Phrases around a question, with their marks.
    questions: HashMap<String, Vec<String>>,
    /// Words of the longest phrase.
    longest: usize,
}

/// A phrase of a question that is known by other words too.
#[derive(Debug, Clone)]
pub(crate) struct Meant {
    /// Its first word in the question.
    pub(crate) at: usize,
    /// Its words.
    pub(crate) len: usize,
    /// What it is also written as; each has a word at least.
    pub(crate) others: Vec<Vec<Word>>,
}

impl Wording {
    pub(crate) fn new(words: &SearchWords) -> Self {
        let mut wording = Self::default();
        for (short, long) in &words.abbreviations {
            for phrase in long {
                wording.learn(short, phrase, true);
                // The index knows no capitals: `da` would find every `đã`.
                if !reads_as_a_word(short) {
                    wording.learn(phrase, short, false);
                }
            }
        }
        for group in &words.synonyms {
            for (at, one) in group.iter().enumerate() {
                for other in group.iter().enumerate().filter(|(it, _)| *it != at) {
                    wording.learn(one, other.1, false);
                }
            }
        }
        for phrase in &words.questions {
            let words = analysis::words(phrase);
            wording.longest = wording.longest.max(words.len());
            let exact = words.iter().map(|word| word.exact.clone()).collect();
            wording.questions.insert(key(&words), exact);
        }
        wording
    }

    fn learn(&mut self, phrase: &str, other: &str, is_short: bool) {
        let (words, other) = (analysis::words(phrase), analysis::words(other));
        if words.is_empty() || other.is_empty() {
            return;
        }
        self.longest = self.longest.max(words.len());
        let exact: Vec<String> = words.iter().map(|word| word.exact.clone()).collect();
        let known = self.phrases.entry(key(&words)).or_default();
        match known.iter_mut().find(|known| known.exact == exact) {
            Some(known) => known.others.push(other),
            None => known.push(Known {
                others: vec![other],
                exact,
                only_in_capitals: is_short && reads_as_a_word(phrase),
            }),
        }
    }

    /// The phrases of a question that are known otherwise too, the longest at each place.
    pub(crate) fn meant(&self, text: &str, words: &[Word]) -> Vec<Meant> {
        let mut meant = Vec::new();
        let mut at = 0;
        while at < words.len() {
            let longest = self.longest.min(words.len() - at);
            let found = (1..=longest)
                .rev()
                .find_map(|len| self.known(text, &words[at..at + len]));
            at += match found {
                Some(found) => {
                    let len = found.len;
                    meant.push(Meant { at, ..found });
                    len
                }
                None => 1,
            };
        }
        meant
    }

    fn known(&self, text: &str, words: &[Word]) -> Option<Meant> {
        let mut others: Vec<Vec<Word>> = Vec::new();
        for known in self.phrases.get(&key(words))? {
            let is_capital = |word: &Word| !text[word.start..word.end].contains(char::is_lowercase);
            if fits_marks(words, &known.exact)
                && (!known.only_in_capitals || words.iter().all(is_capital))
            {
                others.extend(known.others.iter().cloned());
            }
        }
        (!others.is_empty()).then_some(Meant {
            at: 0,
            len: words.len(),
            others,
        })
    }

    fn is_question(&self, words: &[Word]) -> bool {
        let known = self.questions.get(&key(words));
        known.is_some_and(|exact| fits_marks(words, exact))
    }

    /// For each word of a question whether it belongs to the matter. All of them do where nothing
    /// else is left.
    pub(crate) fn matters(&self, words: &[Word]) -> Vec<bool> {
        let mut matters = vec![true; words.len()];
        let mut at = 0;
        while at < words.len() {
            let longest = self.longest.min(words.len() - at);
            let found = (1..=longest)
                .rev()
                .find(|len| self.is_question(&words[at..at + len]));
            for slot in matters.iter_mut().skip(at).take(found.unwrap_or(0)) {
                *slot = false;
            }
            at += found.unwrap_or(1);
        }
        if matters.contains(&true) {
            matters
        } else {
            vec![true; words.len()]
        }
    }
}

/// Whether every word that was typed with marks has the phrase's.
fn fits_marks(words: &[Word], exact: &[String]) -> bool {
    let mut both = words.iter().zip(exact);
    both.all(|(word, exact)| !word.is_marked() || word.exact == *exact)
}

fn key(words: &[Word]) -> String {
    let words: Vec<&str> = words.iter().map(|word| word.folded.as_str()).collect();
    words.join(" ")
}

/// Whether a short form without its marks could be a Vietnamese syllable: consonants, vowels, a
/// consonant that may end one.
fn reads_as_a_word(short: &str) -> bool {
    let Some(word) = analysis::words(short).into_iter().next() else {
        return false;
    };
    let is_vowel = |c: char| "aeiouy".contains(c);
    let start = word.folded.trim_start_matches(|c| !is_vowel(c));
    let onset = &word.folded[..word.folded.len() - start.len()];
    let coda = start.trim_start_matches(is_vowel);
    !start.is_empty() && ONSETS.contains(&onset) && CODAS.contains(&coda)
}

/// Consonants that begin a Vietnamese syllable, without marks.
const ONSETS: [&str; 26] = [
    "", "b", "c", "ch", "d", "g", "gh", "h", "k", "kh", "l", "m", "n", "ng", "ngh", "nh", "p",
    "ph", "q", "r", "s", "t", "th", "tr", "v", "x",
];

/// Consonants that end one.
const CODAS: [&str; 9] = ["", "c", "ch", "m", "n", "ng", "nh", "p", "t"];

#[cfg(test)]
mod tests;

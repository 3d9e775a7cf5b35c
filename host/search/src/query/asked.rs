use std::collections::BTreeMap;

use super::wording::{Meant, Wording};
use crate::analysis::{self, Word};
use crate::request::QUERY_CHARS_MAX;

/// Words of a question that are searched for. The longest abstract of a real document has 130;
/// every word costs four terms.
const QUERY_WORDS_MAX: usize = 96;

/// So many words are a sentence.
const SENTENCE_WORDS: usize = 12;

/// Words that say "number" and are nothing to search for beside one.
const NUMBER_WORDS: [&str; 1] = ["so"];

/// A question, taken apart.
#[derive(Debug, Clone, Default)]
pub(crate) struct Asked {
    /// The text, cut to what is read.
    pub(crate) text: String,
    /// Its words, in order.
    pub(crate) words: Vec<Word>,
    /// For each word whether it belongs to the matter, rather than to the way of asking.
    matters: Vec<bool>,
    /// Phrases that are known by other words too.
    pub(crate) meant: Vec<Meant>,
    /// Some word was typed with marks: the marks are meant.
    pub(crate) is_marked: bool,
    /// A number that is called one (`số 06`) and nothing else: it filters.
    pub(crate) is_number_alone: bool,
}

impl Asked {
    pub(crate) fn read(question: &str, wording: &Wording) -> Self {
        let text: String = question.chars().take(QUERY_CHARS_MAX).collect();
        let mut words = analysis::words(&text);
        words.truncate(QUERY_WORDS_MAX);
        let is_marked = words.iter().any(Word::is_marked);
        let is_number_alone = match words.as_slice() {
            [said, number] => says_number(&said.folded) && is_number(&number.folded),
            _ => false,
        };
        Self {
            matters: wording.matters(&words),
            meant: wording.meant(&text, &words),
            text,
            words,
            is_marked,
            is_number_alone,
        }
    }

    /// Long enough to be a sentence or a whole title rather than a few words to find one by.
    pub(super) fn is_sentence(&self) -> bool {
        self.words.len() >= SENTENCE_WORDS
    }

    /// A word as it was typed.
    pub(crate) fn typed(&self, word: &Word) -> &str {
        self.text.get(word.start..word.end).unwrap_or_default()
    }

    /// All words in one form, each once, with how often it was typed.
    pub(crate) fn counted(&self, form: impl Fn(&Word) -> &str) -> Vec<(String, f32)> {
        counted(self.words.iter().map(form))
    }

    /// The words that say what it is about, likewise.
    pub(crate) fn matter(&self, form: impl Fn(&Word) -> &str) -> Vec<(String, f32)> {
        counted(self.that_matter().map(form))
    }

    /// The words that say what it is about.
    pub(crate) fn that_matter(&self) -> impl Iterator<Item = &Word> {
        let both = self.words.iter().zip(&self.matters);
        both.filter_map(|(word, matters)| matters.then_some(word))
    }

    /// The words around the matter, without marks.
    pub(super) fn around(&self) -> Vec<(String, f32)> {
        let both = self.words.iter().zip(&self.matters);
        counted(both.filter_map(|(word, matters)| (!matters).then_some(word.folded.as_str())))
    }

    /// The known phrase that ends before a word.
    pub(super) fn meant_before(&self, at: usize) -> Option<&Meant> {
        self.meant.iter().find(|meant| meant.at + meant.len == at)
    }

    /// Neighbours, each pair once.
    pub(crate) fn pairs(&self, form: impl Fn(&Word) -> &str) -> Vec<(String, String)> {
        let neighbours = self.words.windows(2).filter_map(|pair| match pair {
            [before, word] => Some((form(before).to_owned(), form(word).to_owned())),
            _ => None,
        });
        let mut pairs: Vec<_> = neighbours.collect();
        pairs.sort_unstable();
        pairs.dedup();
        pairs
    }
}

fn counted<'a>(words: impl Iterator<Item = &'a str>) -> Vec<(String, f32)> {
    let mut counted: BTreeMap<&str, f32> = BTreeMap::new();
    for word in words {
        *counted.entry(word).or_insert(0.0) += 1.0;
    }
    let counted = counted.into_iter();
    counted
        .map(|(word, times)| (word.to_owned(), times))
        .collect()
}

pub(super) fn says_number(folded: &str) -> bool {
    NUMBER_WORDS.contains(&folded)
}

pub(super) fn is_number(folded: &str) -> bool {
    !folded.is_empty() && folded.bytes().all(|b| b.is_ascii_digit())
}

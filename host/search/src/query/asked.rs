use std::collections::BTreeMap;

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
    /// Some word was typed with marks: the marks are meant.
    pub(crate) is_marked: bool,
    /// A number that is called one (`số 06`) and nothing else: it filters.
    pub(crate) is_number_alone: bool,
}

impl Asked {
    pub(crate) fn read(question: &str) -> Self {
        let text: String = question.chars().take(QUERY_CHARS_MAX).collect();
        let mut words = analysis::words(&text);
        words.truncate(QUERY_WORDS_MAX);
        let is_marked = words.iter().any(Word::is_marked);
        let is_number_alone = match words.as_slice() {
            [said, number] => says_number(&said.folded) && is_number(&number.folded),
            _ => false,
        };
        Self {
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

    /// The words in one form, each once, with how often it was typed.
    pub(crate) fn counted(&self, form: impl Fn(&Word) -> &str) -> Vec<(String, f32)> {
        let mut counted: BTreeMap<&str, f32> = BTreeMap::new();
        for word in &self.words {
            *counted.entry(form(word)).or_insert(0.0) += 1.0;
        }
        counted
            .into_iter()
            .map(|(word, times)| (word.to_owned(), times))
            .collect()
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

pub(super) fn says_number(folded: &str) -> bool {
    NUMBER_WORDS.contains(&folded)
}

pub(super) fn is_number(folded: &str) -> bool {
    !folded.is_empty() && folded.bytes().all(|b| b.is_ascii_digit())
}

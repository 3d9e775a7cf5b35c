//! Text to terms. Every syllable gives up to four: without marks (`dat`), with marks (`=đất`), and
//! both of them joined to the syllable before (`dung dat`, `=dụng đất`). The signs that tell them
//! apart are in no syllable.

mod counted;
mod mention;
mod stream;
#[cfg(test)]
mod tests;
mod vocabulary;

use dinh_domain::vietnamese::{self, Syllable, folded_sign};
use tantivy::tokenizer::{TextAnalyzer, TokenizerManager};

pub(crate) use mention::mentions;
use stream::{Syllables, Terms};

/// Raised with every change of what this module or `dinh_domain::vietnamese` makes of a text; an
/// index of another version is made anew.
pub(crate) const ANALYSIS_VERSION: u32 = 2;

/// Name in the engine of what makes all terms of a text.
pub(crate) const ALL_TERMS: &str = "vietnamese";

/// The same without neighbours with marks. Two neighbours without marks nearly always have the same
/// marks wherever they stand together: those with marks double the work of an index and tell little.
pub(crate) const PLAIN_PAIRS: &str = "vietnamese-plain-pairs";

/// Neighbours with marks alone.
pub(crate) const MARKED_PAIRS: &str = "vietnamese-marked-pairs";

/// Longest syllable that is told from others, in bytes. The longest Vietnamese one has 11; what is
/// longer is an address or a key, and nobody types the rest of it.
const SYLLABLE_BYTES_MAX: usize = 64;

/// Makes our tokenizers known to an engine.
pub(crate) fn register(tokenizers: &TokenizerManager) {
    for (name, terms) in [
        (ALL_TERMS, Terms::All),
        (PLAIN_PAIRS, Terms::PlainPairs),
        (MARKED_PAIRS, Terms::MarkedPairs),
    ] {
        tokenizers.register(name, TextAnalyzer::from(Syllables::new(terms)));
    }
}

/// A syllable as it is compared.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Word {
    /// With marks.
    pub(crate) exact: String,
    /// Without.
    pub(crate) folded: String,
    /// First byte in the text.
    pub(crate) start: usize,
    /// Byte behind the last one.
    pub(crate) end: usize,
}

/// The words of a text, in reading order.
pub(crate) fn words(text: &str) -> Vec<Word> {
    vietnamese::syllables(text)
        .into_iter()
        .map(Word::from)
        .collect()
}

impl From<Syllable> for Word {
    fn from(syllable: Syllable) -> Self {
        Self {
            exact: trimmed(syllable.exact),
            folded: trimmed(syllable.folded),
            start: syllable.start,
            end: syllable.end,
        }
    }
}

impl Word {
    /// Whether it was written with a mark.
    pub(crate) fn is_marked(&self) -> bool {
        self.exact != self.folded
    }
}

/// The folded forms that a question looks for, to pass over nearly everything else in a text without
/// making its forms.
#[derive(Debug, Default)]
pub(crate) struct Signs(Vec<u64>);

impl Signs {
    pub(crate) fn of<'a>(folded: impl Iterator<Item = &'a String>) -> Self {
        // What has no sign is found where nothing has one.
        Self(folded.filter_map(|it| folded_sign(it)).collect())
    }

    /// Whether a span with this sign may say one of them.
    pub(crate) fn may_say(&self, written: &str, sign: Option<u64>) -> bool {
        // Zeros before a number make no difference, and a cut word is another.
        sign.is_none_or(|sign| self.0.contains(&sign))
            || written.starts_with('0')
            || written.len() > SYLLABLE_BYTES_MAX
    }
}

/// `06` is `6`; what is too long is cut.
fn trimmed(mut text: String) -> String {
    if text.starts_with('0') && text.bytes().all(|b| b.is_ascii_digit()) {
        let zeros = text.len() - text.trim_start_matches('0').len();
        text.drain(..zeros.min(text.len() - 1));
    }
    text.truncate(text.floor_char_boundary(SYLLABLE_BYTES_MAX));
    text
}

/// The term of a word with its marks.
pub(crate) fn exact_term(exact: &str) -> String {
    format!("={exact}")
}

/// The term of two neighbours without marks.
pub(crate) fn pair_term(before: &str, folded: &str) -> String {
    format!("{before} {folded}")
}

/// The term of two neighbours with marks.
pub(crate) fn exact_pair_term(before: &str, exact: &str) -> String {
    format!("={before} {exact}")
}

/// Whether a term is one of [`exact_pair_term`].
pub(crate) fn is_exact_pair(term: &str) -> bool {
    term.starts_with('=') && term.contains(' ')
}

/// Where the first piece of a text ends, at most this many bytes on: before a space, if there is
/// one, so that no syllable is cut.
pub(crate) fn piece_end(text: &str, bytes: usize) -> usize {
    if text.len() <= bytes {
        return text.len();
    }
    let longest = text.floor_char_boundary(bytes);
    let space = text[..longest].rfind(char::is_whitespace);
    space.filter(|at| *at > 0).unwrap_or(longest)
}

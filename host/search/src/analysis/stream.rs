use dinh_domain::vietnamese;
use tantivy::tokenizer::{Token, TokenStream, Tokenizer};

use super::cache::Cache;

/// The engine's view of our analysis.
#[derive(Debug, Clone, Default)]
pub(super) struct Syllables {
    cache: Cache,
}

impl Tokenizer for Syllables {
    type TokenStream<'a> = Stream<'a>;

    fn token_stream<'a>(&'a mut self, text: &'a str) -> Stream<'a> {
        Stream {
            spans: Box::new(vietnamese::spans(text)),
            cache: &mut self.cache,
            text,
            word: Pair::default(),
            before: Pair::default(),
            next: Term::None,
            words: 0,
            token: Token::default(),
        }
    }
}

/// The terms of one text.
pub(super) struct Stream<'a> {
    text: &'a str,
    spans: Box<dyn Iterator<Item = (usize, usize)> + Send + 'a>,
    cache: &'a mut Cache,
    /// The syllable at hand.
    word: Pair,
    /// The one before it; empty at the beginning.
    before: Pair,
    next: Term,
    words: usize,
    token: Token,
}

/// A syllable with marks and without.
#[derive(Debug, Default)]
struct Pair {
    exact: String,
    folded: String,
}

/// The terms of a syllable, in their order.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Term {
    FoldedPair,
    ExactPair,
    Folded,
    Exact,
    None,
}

impl TokenStream for Stream<'_> {
    fn advance(&mut self) -> bool {
        if self.next == Term::None && !self.read_word() {
            return false;
        }
        let text = &mut self.token.text;
        text.clear();
        let (word, before) = (&self.word, &self.before);
        let parts = match self.next {
            Term::FoldedPair => ["", &before.folded, " ", &word.folded],
            Term::ExactPair => ["=", &before.exact, " ", &word.exact],
            Term::Folded => ["", &word.folded, "", ""],
            Term::Exact | Term::None => ["=", &word.exact, "", ""],
        };
        for part in parts {
            text.push_str(part);
        }
        self.next = match self.next {
            Term::FoldedPair => Term::ExactPair,
            Term::ExactPair => Term::Folded,
            Term::Folded => Term::Exact,
            Term::Exact | Term::None => Term::None,
        };
        self.token.position = self.words - 1;
        true
    }

    fn token(&self) -> &Token {
        &self.token
    }

    fn token_mut(&mut self) -> &mut Token {
        &mut self.token
    }
}

impl Stream<'_> {
    /// Goes on to the next syllable; false at the end of the text.
    fn read_word(&mut self) -> bool {
        std::mem::swap(&mut self.word, &mut self.before);
        for (start, end) in self.spans.by_ref() {
            let word = &mut self.word;
            let mut is_one = false;
            self.cache.read(&self.text[start..end], |forms| {
                word.exact.clear();
                word.exact.push_str(&forms.exact);
                word.folded.clear();
                word.folded.push_str(&forms.folded);
                is_one = true;
            });
            if is_one {
                self.next = match self.words {
                    0 => Term::Folded,
                    _ => Term::FoldedPair,
                };
                self.words += 1;
                return true;
            }
        }
        false
    }
}

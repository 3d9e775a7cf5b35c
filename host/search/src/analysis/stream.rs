use dinh_domain::vietnamese;
use tantivy::tokenizer::{Token, TokenStream, Tokenizer};

use super::{Word, exact_pair_term, exact_term, pair_term, piece_end};

/// Piece of a text that is cut into syllables at once, in bytes: the memory that a text of any
/// length takes is that of one piece.
const PIECE_BYTES: usize = 4_096;

/// The engine's view of our analysis.
#[derive(Debug, Clone, Default)]
pub(super) struct Syllables {}

impl Tokenizer for Syllables {
    type TokenStream<'a> = Stream<'a>;

    fn token_stream<'a>(&'a mut self, text: &'a str) -> Stream<'a> {
        Stream {
            rest: text,
            ..Stream::default()
        }
    }
}

/// The terms of one text.
#[derive(Debug, Default)]
pub(super) struct Stream<'a> {
    rest: &'a str,
    /// Terms of the piece at hand, the next one last.
    terms: Vec<(usize, String)>,
    before: Option<Word>,
    words: usize,
    token: Token,
}

impl TokenStream for Stream<'_> {
    fn advance(&mut self) -> bool {
        while self.terms.is_empty() && !self.rest.is_empty() {
            self.read_piece();
        }
        let Some((position, text)) = self.terms.pop() else {
            return false;
        };
        self.token.position = position;
        self.token.text = text;
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
    fn read_piece(&mut self) {
        let (piece, rest) = self.rest.split_at(piece_end(self.rest, PIECE_BYTES));
        self.rest = rest;
        for syllable in vietnamese::syllables(piece) {
            let word = Word::from(syllable);
            let at = self.words;
            if let Some(before) = &self.before {
                self.terms
                    .push((at, pair_term(&before.folded, &word.folded)));
                self.terms
                    .push((at, exact_pair_term(&before.exact, &word.exact)));
            }
            self.terms.push((at, word.folded.clone()));
            self.terms.push((at, exact_term(&word.exact)));
            self.before = Some(word);
            self.words += 1;
        }
        self.terms.reverse();
    }
}

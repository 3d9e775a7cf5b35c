use dinh_domain::vietnamese;
use tantivy::tokenizer::{Token, TokenStream, Tokenizer};

use super::counted::{Counted, Counts};
use super::vocabulary::Vocabulary;

/// Syllables whose terms are counted together: more than nearly every text has, and few enough that
/// their counts stay small.
const SYLLABLES_A_PIECE: usize = 65_536;

/// Which terms of a text are told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Terms {
    All,
    /// All but neighbours with marks.
    PlainPairs,
    /// Neighbours with marks alone.
    MarkedPairs,
}

/// The engine's view of our analysis.
#[derive(Debug, Clone)]
pub(super) struct Syllables {
    terms: Terms,
    vocabulary: Vocabulary,
    counts: Counts,
}

impl Syllables {
    pub(super) fn new(terms: Terms) -> Self {
        Self {
            terms,
            vocabulary: Vocabulary::default(),
            counts: Counts::default(),
        }
    }
}

impl Tokenizer for Syllables {
    type TokenStream<'a> = Stream<'a>;

    fn token_stream<'a>(&'a mut self, text: &'a str) -> Stream<'a> {
        // Whoever did not read a text to its end has left something of it.
        self.counts.begin();
        Stream {
            spans: Box::new(vietnamese::spans(text)),
            vocabulary: &mut self.vocabulary,
            counts: &mut self.counts,
            terms: self.terms,
            text,
            before: None,
            left: 0,
            // No term of ours has a position; the engine adds it to what it counts.
            token: Token {
                position: 0,
                ..Token::default()
            },
        }
    }
}

/// The terms of one text, each as often as it stands there. Equal ones come one after another: the
/// engine then finds the place of a term once in a text, and no term of ours has a position.
pub(super) struct Stream<'a> {
    text: &'a str,
    terms: Terms,
    spans: Box<dyn Iterator<Item = (usize, usize)> + Send + 'a>,
    vocabulary: &'a mut Vocabulary,
    counts: &'a mut Counts,
    /// The last syllable of the piece before; none at the beginning.
    before: Option<u32>,
    /// How often the term at hand is still to be told.
    left: u32,
    token: Token,
}

impl TokenStream for Stream<'_> {
    fn advance(&mut self) -> bool {
        if self.left > 0 {
            self.left -= 1;
            return true;
        }
        loop {
            if let Some((term, count)) = self.counts.next() {
                self.write(term);
                self.left = count - 1;
                return true;
            }
            if !self.read_piece() {
                return false;
            }
        }
    }

    fn process(&mut self, sink: &mut dyn FnMut(&Token)) {
        while self.advance() {
            for _ in 0..=std::mem::take(&mut self.left) {
                sink(&self.token);
            }
        }
    }

    fn token(&self) -> &Token {
        &self.token
    }

    fn token_mut(&mut self) -> &mut Token {
        &mut self.token
    }
}

impl Stream<'_> {
    /// Counts the terms of the next syllables; false at the end of the text.
    fn read_piece(&mut self) -> bool {
        self.before = self.vocabulary.make_room(self.before);
        let (vocabulary, counts) = (&mut *self.vocabulary, &mut *self.counts);
        counts.begin();
        let mut count = 0;
        for (start, end) in self.spans.by_ref() {
            let Some(word) = vocabulary.read(&self.text[start..end]) else {
                continue;
            };
            counts.add(self.before, word);
            self.before = Some(word);
            count += 1;
            if count == SYLLABLES_A_PIECE {
                break;
            }
        }
        counts.finish(self.terms, vocabulary);
        count > 0
    }

    fn write(&mut self, term: Counted) {
        let (text, vocabulary) = (&mut self.token.text, &*self.vocabulary);
        text.clear();
        let parts = match term {
            Counted::ExactPair(before, word) => {
                ["=", vocabulary.exact(before), " ", vocabulary.exact(word)]
            }
            Counted::FoldedPair(before, word) => {
                ["", vocabulary.folded(before), " ", vocabulary.folded(word)]
            }
            Counted::Exact(word) => ["=", vocabulary.exact(word), "", ""],
            Counted::Folded(word) => ["", vocabulary.folded(word), "", ""],
        };
        for part in parts {
            text.push_str(part);
        }
    }
}

use std::cell::{Cell, RefCell};
use std::collections::HashMap;

use tantivy::collector::Count;
use tantivy::query::{BooleanQuery, EnableScoring, Occur, Query, TermQuery};
use tantivy::schema::IndexRecordOption;
use tantivy::{Searcher, TERMINATED, Term};

use crate::analysis;
use crate::error::SearchError;
use crate::fields::{Fields, term};
use crate::visible::Visible;

/// Terms that are counted for one question; what comes after them counts as not there. A count goes
/// through all documents with the term.
const COUNTS_MAX: usize = 1_000;

/// What is visible of the terms.
pub(super) struct Seen<'a> {
    searcher: &'a Searcher,
    fields: &'a Fields,
    visible: Visible,
    counts: RefCell<HashMap<String, u64>>,
    left: Cell<usize>,
}

impl<'a> Seen<'a> {
    pub(super) fn new(searcher: &'a Searcher, fields: &'a Fields, visible: Visible) -> Self {
        Self {
            searcher,
            fields,
            visible,
            counts: RefCell::default(),
            left: Cell::new(COUNTS_MAX),
        }
    }

    /// Whether any document has the term, seen or not: quick, and only good to pass over what no
    /// document has.
    pub(super) fn occurs(&self, text: &str) -> Result<bool, SearchError> {
        Ok(self.searcher.doc_freq(&self.term(text))? > 0)
    }

    /// Whether a document that is seen has the term: stops at the first.
    pub(super) fn is_seen(&self, text: &str) -> Result<bool, SearchError> {
        if !self.occurs(text)? {
            return Ok(false);
        }
        let query = self.within(text);
        let weight = query.weight(EnableScoring::disabled_from_searcher(self.searcher))?;
        for segment in self.searcher.segment_readers() {
            let mut found = weight.scorer(segment, 1.0)?;
            let mut document = found.doc();
            while document != TERMINATED {
                if segment
                    .alive_bitset()
                    .is_none_or(|alive| alive.is_alive(document))
                {
                    return Ok(true);
                }
                document = found.advance();
            }
        }
        Ok(false)
    }

    /// Documents that are seen and have the term.
    pub(super) fn count(&self, text: &str) -> Result<u64, SearchError> {
        if let Some(count) = self.counts.borrow().get(text) {
            return Ok(*count);
        }
        if !self.occurs(text)? || self.left.get() == 0 {
            return Ok(0);
        }
        self.left.set(self.left.get() - 1);
        let count = self.searcher.search(&self.within(text), &Count)? as u64;
        self.counts.borrow_mut().insert(text.to_owned(), count);
        Ok(count)
    }

    /// Documents that are seen and have all of some terms.
    pub(super) fn count_together(
        &self,
        texts: impl Iterator<Item = String>,
    ) -> Result<u64, SearchError> {
        let texts = texts.map(|text| (Occur::Must, self.having(&text)));
        let query = BooleanQuery::new(texts.chain([self.must_be_visible()]).collect());
        Ok(self.searcher.search(&query, &Count)? as u64)
    }

    /// Counts that are left.
    #[cfg(test)]
    pub(super) fn left(&self) -> usize {
        self.left.get()
    }

    fn within(&self, text: &str) -> BooleanQuery {
        BooleanQuery::new(vec![
            (Occur::Must, self.having(text)),
            self.must_be_visible(),
        ])
    }

    fn must_be_visible(&self) -> (Occur, Box<dyn Query>) {
        (Occur::Must, Box::new(self.visible.clone()))
    }

    fn having(&self, text: &str) -> Box<dyn Query> {
        Box::new(TermQuery::new(self.term(text), IndexRecordOption::Basic))
    }

    fn term(&self, text: &str) -> Term {
        let field = if analysis::is_exact_pair(text) {
            self.fields.marked_pairs
        } else {
            self.fields.text
        };
        term(field, text)
    }
}

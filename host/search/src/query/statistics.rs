//! What the engine is told of the index when it scores.

use tantivy::query::Bm25StatisticsProvider;
use tantivy::schema::Field;
use tantivy::{Searcher, Term};

/// The engine computes BM25 with k1 = 1.2 and b = 0.75 and cannot be told otherwise. What a term's
/// frequency is weighed against is k1 · (1 − b + b · length ÷ average) = 0.3 + 0.9 · length ÷
/// average; with an average told three times as long it is 0.3 + 0.3 · length ÷ average, that is
/// k1 = 0.6 and b = 0.5. Documents of an office differ in length by their kind, and to say a word
/// often is not to be about it: both are lower than the usual. Chosen on the questions of the ALQAC
/// shared tasks written by teams, confirmed on the official ones.
const AVERAGE_LENGTH_TIMES: u64 = 3;

/// The index as it is, but for the average length of its documents.
pub(crate) struct Statistics<'a>(pub(crate) &'a Searcher);

impl Bm25StatisticsProvider for Statistics<'_> {
    fn total_num_tokens(&self, field: Field) -> tantivy::Result<u64> {
        Ok(self.0.total_num_tokens(field)? * AVERAGE_LENGTH_TIMES)
    }

    fn total_num_docs(&self) -> tantivy::Result<u64> {
        self.0.total_num_docs()
    }

    fn doc_freq(&self, term: &Term) -> tantivy::Result<u64> {
        self.0.doc_freq(term)
    }
}

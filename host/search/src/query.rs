//! A question to a query of the engine. The question is words and numbers, never syntax.

mod asked;
mod codes;
mod statistics;
#[cfg(test)]
mod tests;
mod texts;
mod weights;
mod wording;

use tantivy::query::{BooleanQuery, BoostQuery, Occur, Query, TermQuery};
use tantivy::schema::{Field, IndexRecordOption};

use crate::fields::{Fields, term};

pub(crate) use asked::Asked;
pub(crate) use codes::{named_keys, without_year};
pub(crate) use statistics::Statistics;
use weights::WEIGHTS;
pub(crate) use wording::Wording;

/// A part of a query: whether it must match, and what.
type Part = (Occur, Box<dyn Query>);

/// What finds and ranks the documents that were asked for; none if nothing was asked.
///
/// A document is found by its number or by enough of the words. What else fits raises its score.
pub(crate) fn compile(asked: &Asked, fields: &Fields) -> Option<Box<dyn Query>> {
    if asked.words.is_empty() {
        return None;
    }
    let codes::Parts {
        mut finds,
        mut raises,
    } = codes::parts(asked, fields);
    if !asked.is_number_alone {
        finds.push(texts::enough_words(asked, fields));
        raises.extend(texts::raises(asked, fields));
    }
    let finds = finds
        .into_iter()
        .map(|query| (Occur::Should, query))
        .collect();
    let found = BooleanQuery::with_minimum_required_clauses(finds, 1);
    let mut parts: Vec<Part> = vec![(Occur::Must, Box::new(found))];
    parts.extend(raises.into_iter().map(|query| (Occur::Should, query)));
    Some(Box::new(BooleanQuery::new(parts)))
}

/// Scores a term by BM25, times a weight.
fn weighed(field: Field, text: &str, weight: f32) -> Box<dyn Query> {
    let query = TermQuery::new(term(field, text), IndexRecordOption::WithFreqs);
    Box::new(BoostQuery::new(Box::new(query), weight))
}

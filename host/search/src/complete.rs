//! What a question that is still being typed may become.

use std::collections::BTreeSet;

use dinh_domain::vietnamese::code_key;
use dinh_domain::visibility::Scope;
use tantivy::collector::TopDocs;
use tantivy::query::{BooleanQuery, BoostQuery, Occur, Query, TermQuery, TermSetQuery};
use tantivy::schema::{Field, IndexRecordOption};
use tantivy::{Searcher, TantivyError};

use crate::error::SearchError;
use crate::fields::term;
use crate::index::Index;
use crate::query::{Asked, Statistics};
use crate::request::Hit;
use crate::scope::unscored;
use crate::snippet::Marker;

/// Words that are read of what is typed.
const WORDS_MAX: usize = 12;

/// Ends of the last word that are looked for, in each part of the index. One letter has thousands:
/// the first ones do until there is a second letter.
const ENDS_MAX: usize = 200;

/// Completions in one answer.
pub const COMPLETIONS_MAX: usize = 10;

impl Index {
    /// Documents whose number begins with what was typed, or whose title has its words, the last of
    /// them perhaps unfinished; the best first, each once.
    pub fn complete(
        &self,
        scope: &Scope,
        typed: &str,
        limit: usize,
    ) -> Result<Vec<Hit>, SearchError> {
        let asked = Asked::read(typed, &self.wording());
        if asked.words.is_empty() || asked.words.len() > WORDS_MAX || scope.any.is_empty() {
            return Ok(Vec::new());
        }
        let searcher = self.searcher();
        let mut ways: Vec<Box<dyn Query>> = Vec::new();
        let key = code_key(&asked.text);
        if key.starts_with(|c: char| c.is_ascii_digit()) {
            ways.extend(self.ending(&searcher, self.fields.code, &key)?);
        }
        ways.extend(self.titles(&searcher, &asked)?);
        if ways.is_empty() {
            return Ok(Vec::new());
        }
        let visible = self.visible(&searcher, scope)?;
        let query = BooleanQuery::new(vec![
            (Occur::Must, Box::new(visible)),
            (Occur::Must, Box::new(BooleanQuery::union(ways))),
        ]);
        let top = TopDocs::with_limit(limit.clamp(1, COMPLETIONS_MAX)).order_by_score();
        let found =
            searcher.search_with_statistics_provider(&query, &top, &Statistics(&searcher))?;
        let marker = Marker::new(Vec::new(), Vec::new());
        let hits = found
            .into_iter()
            .map(|(score, address)| self.hit(&searcher.doc(address)?, score, &marker));
        hits.collect()
    }

    /// Titles with all words; the last may be the beginning of one.
    fn titles(
        &self,
        searcher: &Searcher,
        asked: &Asked,
    ) -> Result<Option<Box<dyn Query>>, SearchError> {
        let title = self.fields.title;
        let Some((last, whole)) = asked.words.split_last() else {
            return Ok(None);
        };
        let Some(ends) = self.ending(searcher, title, &last.folded)? else {
            return Ok(None);
        };
        let as_word: Box<dyn Query> = Box::new(TermQuery::new(
            term(title, &last.folded),
            IndexRecordOption::WithFreqs,
        ));
        let mut all: Vec<(Occur, Box<dyn Query>)> =
            vec![(Occur::Must, ends), (Occur::Should, as_word)];
        for word in whole {
            let query = TermQuery::new(term(title, &word.folded), IndexRecordOption::WithFreqs);
            all.push((Occur::Must, Box::new(query)));
        }
        for (before, word) in asked.pairs(|word| &word.folded) {
            let pair = crate::analysis::pair_term(&before, &word);
            let query = TermQuery::new(term(title, &pair), IndexRecordOption::WithFreqs);
            all.push((
                Occur::Should,
                Box::new(BoostQuery::new(Box::new(query), PAIR)),
            ));
        }
        Ok(Some(Box::new(BooleanQuery::new(all))))
    }

    /// Documents with a term that begins so; none where no term does. Words are not joined to
    /// neighbours.
    fn ending(
        &self,
        searcher: &Searcher,
        field: Field,
        start: &str,
    ) -> Result<Option<Box<dyn Query>>, SearchError> {
        let are_words = field == self.fields.title;
        let mut ends: BTreeSet<String> = BTreeSet::new();
        for segment in searcher.segment_readers() {
            let index = segment.inverted_index(field)?;
            let mut from = start.to_owned();
            for _ in 0..ENDS_MAX {
                let mut terms = index
                    .terms()
                    .range()
                    .ge(&from)
                    .into_stream()
                    .map_err(TantivyError::from)?;
                let text = terms.advance().then(|| terms.key());
                let text = text.and_then(|key| std::str::from_utf8(key).ok());
                let Some(text) = text.filter(|text| text.starts_with(start)) else {
                    break;
                };
                from = match text.split_once(' ') {
                    // Behind all neighbours of that word.
                    Some((word, _)) if are_words => format!("{word}{BEHIND_SPACE}"),
                    _ => {
                        ends.insert(text.to_owned());
                        format!("{text}\0")
                    }
                };
            }
        }
        if ends.is_empty() {
            return Ok(None);
        }
        let terms = ends.iter().map(|text| term(field, text));
        Ok(Some(unscored(TermSetQuery::new(terms))))
    }
}

/// The character after the space: terms with it come behind all that have a space there.
const BEHIND_SPACE: char = '!';

/// What two neighbours count in times one word.
const PAIR: f32 = 2.0;

#[cfg(test)]
mod tests;

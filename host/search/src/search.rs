//! One question, one answer.

mod filters;
#[cfg(test)]
mod tests;

use dinh_domain::ids::{CollectionId, EntryId, SiteId};
use dinh_domain::visibility::Scope;
use tantivy::collector::sort_key::{SortBySimilarityScore, SortByStaticFastValue};
use tantivy::collector::{Count, TopDocs};
use tantivy::query::Query;
use tantivy::schema::Field;
use tantivy::{DocAddress, Searcher, TantivyError};

use crate::counts::{ByValue, Counts};
use crate::error::SearchError;
use crate::fields::{DATE, Fields, ID, facet_parts};
use crate::index::Index;
use crate::query::{self, Asked, Statistics};
use crate::request::{Answer, Hit, IDS_MAX, LIMIT_MAX, OFFSET_MAX, Request};
use crate::snippet::{Marker, Snippet, mark, scored_window};
use crate::stored::Stored;
use filters::{COUNTED, Filters};

/// Places for which the engine always keeps the order: it cannot keep none.
const LEAST_PLACES: usize = 1;

impl Index {
    /// Finds what the scope allows and the request asks for. A question without letters and digits
    /// finds nothing, as does an empty scope.
    pub fn search(&self, scope: &Scope, request: &Request) -> Result<Answer, SearchError> {
        let asked = Asked::read(&request.q, &self.wording());
        let searcher = self.searcher();
        let Some(words) = query::compile(&asked, &self.fields) else {
            return Ok(Answer::default());
        };
        if scope.any.is_empty() {
            return Ok(Answer::default());
        }
        let visible = self.visible(&searcher, scope)?;
        let filters = Filters::new(visible, request, words, &self.fields);
        let everything = filters.all();
        let Best {
            total,
            found,
            counts,
        } = best(&searcher, everything.as_ref(), request)?;
        let marker = marker(&searcher, &asked, &self.fields)?;
        let hit = |(score, address)| Ok(self.hit(&searcher.doc(address)?, score, &marker));
        let hits = self.hands.map(hit, found.into_iter())?;
        let mut answer = Answer {
            total,
            hits: hits.into_iter().collect::<Result<_, _>>()?,
            ..Answer::default()
        };
        filters.count(&searcher, counts, &mut answer)?;
        Ok(answer)
    }

    /// The entries that a search finds, without what is shown of them, for lists that narrow
    /// further: at most [`IDS_MAX`], the best first, and how many there are in all.
    pub fn ids(
        &self,
        scope: &Scope,
        request: &Request,
    ) -> Result<(Vec<EntryId>, u64), SearchError> {
        let asked = Asked::read(&request.q, &self.wording());
        let words = query::compile(&asked, &self.fields).filter(|_| !scope.any.is_empty());
        let Some(words) = words else {
            return Ok((Vec::new(), 0));
        };
        let searcher = self.searcher();
        let visible = self.visible(&searcher, scope)?;
        let everything = Filters::new(visible, request, words, &self.fields).all();
        let top = TopDocs::with_limit(IDS_MAX).order_by_score();
        let (total, found) = searcher.search_with_statistics_provider(
            everything.as_ref(),
            &(Count, top),
            &Statistics(&searcher),
        )?;
        let columns = searcher
            .segment_readers()
            .iter()
            .map(|it| it.fast_fields().str(ID));
        let columns = columns.collect::<Result<Vec<_>, _>>()?;
        let mut ids = Vec::with_capacity(found.len());
        let mut text = String::new();
        for (_, address) in found {
            let column = columns
                .get(address.segment_ord as usize)
                .and_then(Option::as_ref);
            let column = column.ok_or_else(|| damaged("a column is missing"))?;
            for ordinal in column.term_ords(address.doc_id) {
                text.clear();
                column.ord_to_str(ordinal, &mut text).map_err(damaged)?;
                ids.push(EntryId::new(&text).map_err(damaged)?);
            }
        }
        Ok((ids, total as u64))
    }

    pub(crate) fn hit(
        &self,
        document: &Stored,
        score: f32,
        marker: &Marker,
    ) -> Result<Hit, SearchError> {
        let fields = &self.fields;
        let needed = |field: Field| {
            let text = document.text(field);
            text.ok_or_else(|| damaged("a field is missing"))
        };
        let title = needed(fields.shown_title)?;
        let files = document.all(fields.shown_file).filter_map(facet_parts);
        let (snippet, file) = best_window(needed(fields.shown_body)?, files, marker);
        let lead = document.text(fields.shown_lead);
        Ok(Hit {
            id: EntryId::new(needed(fields.id)?).map_err(damaged)?,
            site: SiteId::new(needed(fields.site)?).map_err(damaged)?,
            collection: CollectionId::parse(needed(fields.collection)?).map_err(damaged)?,
            key: document.text(fields.key).map(str::to_owned),
            url_path: needed(fields.url_path)?.to_owned(),
            title_marked: mark(title, marker),
            lead: lead.map_or_else(Snippet::default, |it| mark(it, marker)),
            snippet,
            file,
            title: title.to_owned(),
            score,
        })
    }
}

/// The part that fits best, of the entry's own text or, where it fits better, of a file with its
/// name.
fn best_window<'a>(
    body: &str,
    files: impl Iterator<Item = (&'a str, &'a str)>,
    marker: &Marker,
) -> (Snippet, Option<String>) {
    let (mut best, mut snippet) = scored_window(body, marker);
    let mut file = None;
    for (name, text) in files {
        if marker.is_best(best) {
            break;
        }
        let (score, part) = scored_window(text, marker);
        if score > best {
            (best, snippet, file) = (score, part, Some(name.to_owned()));
        }
    }
    (snippet, file)
}

/// What a stored document cannot say unless its file is damaged.
fn damaged(why: impl ToString) -> SearchError {
    let why = format!("a stored document is damaged: {}", why.to_string());
    SearchError::Engine(TantivyError::InternalError(why))
}

/// What one pass over all that was found tells.
struct Best {
    total: u64,
    /// Those of the page, the newest first among equal ones.
    found: Vec<(f32, DocAddress)>,
    /// Of [`COUNTED`].
    counts: Vec<ByValue>,
}

fn best(searcher: &Searcher, query: &dyn Query, request: &Request) -> Result<Best, SearchError> {
    let limit = request.limit.min(LIMIT_MAX);
    let counts = Counts::of(&COUNTED);
    if limit == 0 {
        let (total, counts) = searcher.search(query, &(Count, counts))?;
        return Ok(Best {
            total: total as u64,
            found: Vec::new(),
            counts,
        });
    }
    let top = TopDocs::with_limit(limit.max(LEAST_PLACES))
        .and_offset(request.offset.min(OFFSET_MAX))
        .order_by((
            SortBySimilarityScore,
            SortByStaticFastValue::<i64>::for_field(DATE),
        ));
    let (total, found, counts) = searcher.search_with_statistics_provider(
        query,
        &(Count, top, counts),
        &Statistics(searcher),
    )?;
    let found = found.into_iter();
    Ok(Best {
        total: total as u64,
        found: found.map(|((score, _), at)| (score, at)).collect(),
        counts,
    })
}

/// Marks the words of a question, rare ones rather than common ones.
fn marker(searcher: &Searcher, asked: &Asked, fields: &Fields) -> Result<Marker, SearchError> {
    let documents = searcher.num_docs().max(1) as f32;
    let mut weights = Vec::new();
    for (word, _) in asked.matter(|word| &word.folded) {
        let found = searcher.doc_freq(&crate::fields::term(fields.text, &word))? as f32;
        weights.push((word, (1.0 + documents / (found + 1.0)).ln()));
    }
    Ok(Marker::new(weights, asked.pairs(|word| &word.folded)))
}

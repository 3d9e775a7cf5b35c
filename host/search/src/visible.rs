//! What a scope sees of the index, worked out once: a page asks within it again and again, and most
//! visitors see the same.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use dinh_domain::visibility::Scope;
use tantivy::index::SegmentId;
use tantivy::query::{
    BitSetDocSet, ConstScorer, EnableScoring, Explanation, Query, Scorer, Weight,
};
use tantivy::{BitSet, DocId, Score, Searcher, SegmentReader, TantivyError};

use crate::error::SearchError;
use crate::fields::Fields;
use crate::scope;

/// Scopes that are remembered; with 100,000 documents each takes 13 kB.
const REMEMBERED_MAX: usize = 64;

/// Matches what a scope allows, as [`scope::compile`] says, and adds nothing to a score. Good for
/// the searcher that it was worked out with.
#[derive(Debug, Clone)]
pub(crate) struct Visible(Arc<HashMap<SegmentId, BitSet>>);

impl Visible {
    fn work_out(searcher: &Searcher, scope: &Scope, fields: &Fields) -> Result<Self, SearchError> {
        let query = scope::compile(scope, fields);
        let weight = query.weight(EnableScoring::disabled_from_searcher(searcher))?;
        let mut segments = HashMap::new();
        for segment in searcher.segment_readers() {
            let mut seen = BitSet::with_max_value(segment.max_doc());
            weight.for_each_no_score(segment, &mut |documents| {
                for document in documents {
                    seen.insert(*document);
                }
            })?;
            segments.insert(segment.segment_id(), seen);
        }
        Ok(Self(Arc::new(segments)))
    }
}

impl Query for Visible {
    fn weight(&self, _: EnableScoring<'_>) -> tantivy::Result<Box<dyn Weight>> {
        Ok(Box::new(self.clone()))
    }
}

impl Weight for Visible {
    fn scorer(&self, segment: &SegmentReader, _: Score) -> tantivy::Result<Box<dyn Scorer>> {
        // Of a segment that it does not know it sees nothing.
        let seen = self.0.get(&segment.segment_id()).cloned();
        let seen = seen.unwrap_or_else(|| BitSet::with_max_value(segment.max_doc()));
        Ok(Box::new(ConstScorer::new(BitSetDocSet::from(seen), 0.0)))
    }

    fn explain(&self, _: &SegmentReader, _: DocId) -> tantivy::Result<Explanation> {
        let why = "what is visible has no score to explain";
        Err(TantivyError::InvalidArgument(why.to_owned()))
    }
}

/// What was worked out for the newest state of the index.
#[derive(Debug, Default)]
pub(crate) struct Remembered(Mutex<(u64, Vec<(Scope, Visible)>)>);

impl Remembered {
    pub(crate) fn visible(
        &self,
        searcher: &Searcher,
        scope: &Scope,
        fields: &Fields,
    ) -> Result<Visible, SearchError> {
        let state = searcher.generation().generation_id();
        {
            let known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
            let known = (known.0 == state).then_some(&known.1);
            let mut known = known.into_iter().flatten();
            if let Some((_, visible)) = known.find(|(known, _)| known == scope) {
                return Ok(visible.clone());
            }
        }
        let visible = Visible::work_out(searcher, scope, fields)?;
        let mut known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if known.0 != state || known.1.len() >= REMEMBERED_MAX {
            *known = (state, Vec::new());
        }
        known.1.push((scope.clone(), visible.clone()));
        Ok(visible)
    }
}

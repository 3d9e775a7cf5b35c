use std::collections::{BTreeMap, BTreeSet};

use dinh_domain::ids::{CollectionId, SiteId};
use tantivy::Searcher;
use tantivy::query::{BooleanQuery, Occur, Query, TermSetQuery};
use tantivy::schema::Field;

use crate::counts::{ByValue, Counts};
use crate::error::SearchError;
use crate::fields::{COLLECTION, FACET, Fields, SITE, facet_parts, facet_term, term};
use crate::request::{Answer, Request};
use crate::scope::unscored;
use crate::visible::Visible;

/// Names by which one request narrows; the rest narrow too, but their values are counted with
/// their own filter applied: every name costs one more pass over what was found.
const FREE_NAMES_MAX: usize = 8;

/// The columns that all that was found is counted by.
pub(super) const COUNTED: [&str; 3] = [SITE, COLLECTION, FACET];

/// What narrows: a column, or one name among the facets.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
enum By {
    Site,
    Collection,
    Facet(String),
}

/// A question with what it is narrowed by, so that each can be left out.
pub(super) struct Filters {
    visible: Visible,
    words: Box<dyn Query>,
    narrows: BTreeMap<By, Box<dyn Query>>,
}

impl Filters {
    pub(super) fn new(
        visible: Visible,
        request: &Request,
        words: Box<dyn Query>,
        fields: &Fields,
    ) -> Self {
        let mut values: BTreeMap<By, (Field, BTreeSet<String>)> = BTreeMap::new();
        let mut narrow = |by, field, value| {
            values
                .entry(by)
                .or_insert((field, BTreeSet::new()))
                .1
                .insert(value);
        };
        if let Some(site) = &request.site {
            narrow(By::Site, fields.site, site.to_string());
        }
        if let Some(collection) = &request.collection {
            narrow(By::Collection, fields.collection, collection.to_string());
        }
        for (name, value) in &request.facets {
            narrow(
                By::Facet(name.clone()),
                fields.facet,
                facet_term(name, value),
            );
        }
        let narrows = values.into_iter().map(|(by, (field, values))| {
            let terms = values.iter().map(|value| term(field, value));
            (by, unscored(TermSetQuery::new(terms)))
        });
        Self {
            visible,
            words,
            narrows: narrows.collect(),
        }
    }

    /// Everything that narrows.
    pub(super) fn all(&self) -> Box<dyn Query> {
        self.without(None)
    }

    fn without(&self, left_out: Option<&By>) -> Box<dyn Query> {
        let narrows = self.narrows.iter().filter(|(by, _)| Some(*by) != left_out);
        let visible: Box<dyn Query> = Box::new(self.visible.clone());
        let parts = [visible, self.words.box_clone()]
            .into_iter()
            .chain(narrows.map(|(_, query)| query.box_clone()));
        let parts = parts.map(|query| (Occur::Must, query));
        Box::new(BooleanQuery::new(parts.collect()))
    }

    /// Fills in the counts: those of [`COUNTED`] among all that was found, and by one pass more for
    /// each name by which the request narrows.
    pub(super) fn count(
        &self,
        searcher: &Searcher,
        counts: Vec<ByValue>,
        answer: &mut Answer,
    ) -> Result<(), SearchError> {
        let mut counts = counts.into_iter();
        let mut next = || counts.next().unwrap_or_default();
        let (mut sites, mut collections, facets) = (next(), next(), next());
        for (by, column, counts) in [
            (By::Site, SITE, &mut sites),
            (By::Collection, COLLECTION, &mut collections),
        ] {
            if self.narrows.contains_key(&by) {
                let own = self.counts(searcher, &by, &[column])?;
                *counts = own.into_iter().next().unwrap_or_default();
            }
        }
        answer.sites = named(sites, |name| SiteId::new(name).ok());
        answer.collections = named(collections, |name| CollectionId::parse(name).ok());
        answer.facets = self.facets(searcher, facets)?;
        Ok(())
    }

    fn facets(
        &self,
        searcher: &Searcher,
        mut counts: ByValue,
    ) -> Result<Vec<(String, String, u64)>, SearchError> {
        let asked = self.narrows.keys().filter(|by| matches!(by, By::Facet(_)));
        let free: Vec<&By> = asked.take(FREE_NAMES_MAX).collect();
        let is_of = |by: &By, term: &str| match (by, facet_parts(term)) {
            (By::Facet(name), Some((found, _))) => name == found,
            _ => false,
        };
        counts.retain(|term, _| !free.iter().any(|by| is_of(by, term)));
        for by in free {
            let own = self
                .counts(searcher, by, &[FACET])?
                .pop()
                .unwrap_or_default();
            counts.extend(own.into_iter().filter(|(term, _)| is_of(by, term)));
        }
        let mut facets: Vec<(String, String, u64)> = counts
            .into_iter()
            .filter_map(|(term, count)| {
                let (name, value) = facet_parts(&term)?;
                Some((name.to_owned(), value.to_owned(), count))
            })
            .collect();
        facets.sort_by(|a, b| {
            a.0.cmp(&b.0)
                .then(b.2.cmp(&a.2))
                .then_with(|| a.1.cmp(&b.1))
        });
        Ok(facets)
    }

    fn counts(
        &self,
        searcher: &Searcher,
        left_out: &By,
        columns: &[&'static str],
    ) -> Result<Vec<ByValue>, SearchError> {
        Ok(searcher.search(&self.without(Some(left_out)), &Counts::of(columns))?)
    }
}

/// Counts by name, most first; what is no name is left out.
fn named<T: Ord>(counts: ByValue, read: impl Fn(&str) -> Option<T>) -> Vec<(T, u64)> {
    let counts = counts.into_iter();
    let mut named: Vec<(T, u64)> = counts
        .filter_map(|(name, count)| Some((read(&name)?, count)))
        .collect();
    named.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
    named
}

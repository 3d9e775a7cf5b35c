//! What became public last in a list, for those who follow it.

use dinh_domain::dates::Instant;
use dinh_domain::declaration::{Collection, FieldKind, IndexType};
use dinh_domain::entry::Entry;
use dinh_domain::ids::{CollectionId, EntryId};
use dinh_domain::index::IndexValue;
use dinh_store::Summary;

use crate::failure::Failure;
use crate::portal::Portal;
use crate::search::facet_label;
use crate::section::Here;
use crate::shown::{Section, Way};
use crate::visit::Visit;

/// Entries of a feed: a reader that comes once a week misses nothing of a busy register.
const FEED_ENTRIES: u32 = 50;

/// A feed.
#[derive(Debug)]
pub struct Feed {
    /// The section.
    pub section: Section,
    /// The collection.
    pub collection: CollectionId,
    /// Name of many entries.
    pub title: String,
    /// The declared parameters as asked, in canonical order, without order and page.
    pub asked: Vec<(String, String)>,
    /// The filters in words, as their chips say them.
    pub narrowed: Vec<String>,
    /// When the last of its entries changed, RFC 3339; for an empty one, when the day began.
    pub updated: String,
    /// The newest first.
    pub entries: Vec<FeedEntry>,
}

/// An entry of a feed.
#[derive(Debug)]
pub struct FeedEntry {
    /// For ever the same.
    pub id: EntryId,
    /// Title.
    pub title: String,
    /// Where it is read.
    pub way: Way,
    /// Language of the text, BCP 47.
    pub language: String,
    /// Who is named as author (Đ6.3).
    pub author: String,
    /// Who is named as source (Đ6.3).
    pub source: String,
    /// First publication, RFC 3339.
    pub published: String,
    /// Last change of what is shown, RFC 3339.
    pub updated: String,
    /// What it is about.
    pub summary: Option<String>,
    /// Values of its coded and listed indexes.
    pub categories: Vec<Category>,
}

/// A word under which an entry is filed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Category {
    /// The filter.
    pub index: String,
    /// Its value.
    pub term: String,
    /// The value for people.
    pub label: String,
}

impl Portal {
    /// The newest entries of the list of a section, filtered as its page filters; none where the
    /// site has no such section.
    pub async fn feed(
        &self,
        visit: &Visit,
        path: &str,
        given: &[(String, String)],
    ) -> Result<Option<Feed>, Failure> {
        let Some(here) = self.list_here(visit, path) else {
            return Ok(None);
        };
        let newest = self
            .newest_of_list(&here, given, (FEED_ENTRIES, &[]))
            .await?;
        let last = newest
            .entries
            .iter()
            .map(|(it, _)| it.headline.published_at);
        let zone = visit.zone();
        let updated: Instant = last.max().unwrap_or_else(|| zone.start_of(visit.today));
        let entries = newest.entries.iter();
        let entries = entries.filter_map(|(summary, credit)| entry(&here, summary, credit));
        Ok(Some(Feed {
            section: here.section.clone(),
            collection: here.id.clone(),
            updated: updated.rfc3339_in(&zone),
            entries: entries.collect(),
            title: newest.title,
            narrowed: newest.narrowed,
            asked: newest.asked,
        }))
    }
}

fn entry(here: &Here<'_>, summary: &Summary, credit: &Entry) -> Option<FeedEntry> {
    let (headline, zone) = (&summary.headline, here.visit.zone());
    let slug = headline.slug.as_str();
    let way = here
        .visit
        .way(&headline.site, &headline.collection, slug, &headline.title)?;
    Some(FeedEntry {
        id: headline.id.clone(),
        title: headline.title.clone(),
        way,
        language: headline.language.clone(),
        author: credit.author.clone(),
        source: credit.source.clone(),
        published: headline.first_published_at.rfc3339_in(&zone),
        updated: headline.published_at.rfc3339_in(&zone),
        summary: Some(summary.summary.clone()).filter(|text| !text.trim().is_empty()),
        categories: categories(here, summary),
    })
}

/// By the filters that are lists: choices and listed texts.
fn categories(here: &Here<'_>, summary: &Summary) -> Vec<Category> {
    let filters = here.collection.view.list.filters.iter();
    let filed = filters.filter(|name| is_filed(here.collection, name));
    let categories = filed.flat_map(|name| {
        let values = summary.row.get(name).iter();
        values.filter_map(move |value| match value {
            IndexValue::Text { key, shown, .. } => {
                let language = &here.visit.language;
                let label = facet_label(here.plugin, here.collection, name, shown, language);
                let term = if is_coded(here.collection, name) {
                    key
                } else {
                    shown
                };
                Some(Category {
                    index: name.clone(),
                    term: term.clone(),
                    label,
                })
            }
            IndexValue::Integer(_) => None,
        })
    });
    categories.collect()
}

fn is_filed(collection: &Collection, name: &str) -> bool {
    let index = collection.index.get(name);
    index.is_some_and(|it| matches!(it.kind, IndexType::Choice | IndexType::Texts))
}

fn is_coded(collection: &Collection, name: &str) -> bool {
    let field = collection.schema.get(name);
    field.is_some_and(|it| matches!(it.kind, FieldKind::Choice { .. }))
}

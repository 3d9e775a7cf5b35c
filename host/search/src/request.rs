use dinh_domain::ids::{CollectionId, EntryId, SiteId};

use crate::snippet::Snippet;

/// Longest question that is read, in characters; the rest is cut off. The longest abstract of a
/// real document has 600.
pub const QUERY_CHARS_MAX: usize = 1_000;

/// Most hits in one answer: a page has 20, the interface for programs asks for up to 100.
pub const LIMIT_MAX: usize = 100;

/// Furthest hit that can be paged to: the engine keeps that many in memory to sort them.
pub const OFFSET_MAX: usize = 10_000;

/// Most entries that [`crate::Index::ids`] names: what a list can be narrowed to.
pub const IDS_MAX: usize = 10_000;

/// What is asked.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Request {
    /// Words and numbers in any spelling. There is no query language: every sign is text.
    pub q: String,
    /// Only this site.
    pub site: Option<SiteId>,
    /// Only this collection.
    pub collection: Option<CollectionId>,
    /// Only documents with these values: any value of one name, but some value of every name.
    pub facets: Vec<(String, String)>,
    /// Hits wanted, at most [`LIMIT_MAX`]; 0 counts only.
    pub limit: usize,
    /// Hits passed over, at most [`OFFSET_MAX`].
    pub offset: usize,
}

/// What was found.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Answer {
    /// Documents found, on all pages.
    pub total: u64,
    /// Those of this page, the best first.
    pub hits: Vec<Hit>,
    /// Sites with the number of documents found there, most first. Counted as if no site had been
    /// asked for, so that the others can be offered.
    pub sites: Vec<(SiteId, u64)>,
    /// Collections, counted likewise.
    pub collections: Vec<(CollectionId, u64)>,
    /// Name, value and number of documents, by name, most first. The values of one name are
    /// counted as if none of that name had been asked for.
    pub facets: Vec<(String, String, u64)>,
}

/// One document that was found.
#[derive(Debug, Clone, PartialEq)]
pub struct Hit {
    /// The entry.
    pub id: EntryId,
    /// Its site.
    pub site: SiteId,
    /// Its collection.
    pub collection: CollectionId,
    /// Its key in the import it came from.
    pub key: Option<String>,
    /// Path of its page on its own site.
    pub url_path: String,
    /// Its title.
    pub title: String,
    /// The same title, with what was asked for marked.
    pub title_marked: Snippet,
    /// What it is about, marked likewise; empty where the document gave none.
    pub lead: Snippet,
    /// How well it fits; compares hits of one answer only.
    pub score: f32,
    /// The part of its text that fits best; its beginning if only the title or the number does.
    pub snippet: Snippet,
    /// Name of the attached file that the snippet comes from; none where it is the entry's own text.
    pub file: Option<String>,
}

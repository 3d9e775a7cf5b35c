//! What a search found.

use super::Way;

/// The answer of a search.
#[derive(Debug)]
pub struct Found {
    /// The words as asked.
    pub words: String,
    /// Hits on all pages.
    pub total: u64,
    /// From 1.
    pub page: u32,
    /// Hits on a page.
    pub per_page: u32,
    /// The page's hits.
    pub hits: Vec<HitShown>,
    /// Counts that narrow.
    pub facets: Vec<FacetGroup>,
    /// Filters that are applied: label, and the parameters that remain without it.
    pub chips: Vec<super::Chip>,
    /// What was given and could not be used, in Vietnamese.
    pub complaints: Vec<String>,
    /// The parameters as asked, in canonical order, without `page`.
    pub asked: Vec<(String, String)>,
}

/// One hit.
#[derive(Debug, Clone, PartialEq)]
pub struct HitShown {
    /// Title in pieces; marked pieces match.
    pub title: Vec<(String, bool)>,
    /// What it is about, in pieces; empty where it says nothing of that kind.
    pub lead: Vec<(String, bool)>,
    /// What lists show of it.
    pub facts: Vec<super::FactShown>,
    /// Its state.
    pub badge: Option<super::Badge>,
    /// Where it is read.
    pub way: Way,
    /// Name of its site.
    pub site: String,
    /// Name of its section.
    pub section: String,
    /// A window of its text.
    pub snippet: Vec<(String, bool)>,
    /// Name of the attached file that the window is of; none where it is the entry's own text.
    pub file: Option<String>,
}

/// Counts of one facet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FacetGroup {
    /// Parameter: `site`, `section`, or a declared facet.
    pub name: String,
    /// Name for people.
    pub label: String,
    /// Values, most first.
    pub values: Vec<FacetValue>,
}

/// One value of a facet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FacetValue {
    /// Parameter value.
    pub value: String,
    /// Name for people.
    pub label: String,
    /// Hits that have it.
    pub count: u64,
    /// Asked for.
    pub selected: bool,
}

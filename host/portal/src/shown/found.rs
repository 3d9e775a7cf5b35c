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
    /// What helps on.
    pub help: Helped,
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

/// What helps a reader on beside the hits, or where there are none. Everything in it is visible to
/// the reader.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Helped {
    /// The nearest spelling.
    pub spelled: Option<Guess>,
    /// What words without marks may mean, where it may be several things.
    pub readings: Vec<Guess>,
    /// Words that nothing has.
    pub unknown: Vec<String>,
    /// The question with fewer words.
    pub fewer: Vec<Guess>,
    /// Other sites that have something, most first.
    pub elsewhere: Vec<Elsewhere>,
    /// Name and host of the site above, whose search covers more.
    pub upper: Option<(String, String)>,
}

/// Another question that finds something.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Guess {
    /// Its words.
    pub words: String,
    /// What it finds.
    pub total: u64,
}

/// Another site with hits.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Elsewhere {
    /// Its name.
    pub name: String,
    /// Its host.
    pub host: String,
    /// Hits there.
    pub count: u64,
}

/// An entry that a question in the making may be after.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Completion {
    /// What it is about; may be empty.
    pub about: String,
    /// Its title, and where it is read.
    pub way: Way,
}

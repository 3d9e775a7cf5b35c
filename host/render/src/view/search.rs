use serde::Serialize;

use super::{Badge, Chip, Fact, Link, Paging, Snippet, View};

/// The search page, with or without a question.
#[derive(Debug, Clone, Default, Serialize)]
pub struct SearchPage {
    /// What was asked; empty shows the form alone.
    pub query: String,
    /// Where the form sends.
    pub action: String,
    /// Hits in all.
    pub total: u64,
    /// Hits of this page.
    pub hits: Vec<SearchHit>,
    /// Ways to narrow: site, section, year.
    pub facets: Vec<Facet>,
    /// Narrowings in effect.
    pub chips: Vec<Chip>,
    /// Address of the same question without narrowing.
    pub clear: Option<String>,
    /// Where the reader is.
    pub paging: Paging,
    /// A better spelling of the question, if one is known.
    pub suggestion: Option<Link>,
    /// What a question without marks may mean, where it may be several things.
    pub readings: Vec<CountedLink>,
    /// Words that nothing has, for one sentence; empty where there are none.
    pub unknown: String,
    /// The question with fewer words.
    pub fewer: Vec<CountedLink>,
    /// The same question on other sites that have something.
    pub elsewhere: Vec<CountedLink>,
    /// The same question on the site above.
    pub upper: Option<Link>,
    /// The lists of this site's sections.
    pub sections: Vec<Link>,
}

/// A link with how much is behind it.
#[derive(Debug, Clone, Serialize)]
pub struct CountedLink {
    /// What people read.
    pub label: String,
    /// Where it leads.
    pub href: String,
    /// How much is there.
    pub count: u64,
}

/// One hit.
#[derive(Debug, Clone, Serialize)]
pub struct SearchHit {
    /// The entry's title.
    pub title: Snippet,
    /// The entry's address, absolute when it is on another site.
    pub href: String,
    /// Name of the site it belongs to.
    pub site: String,
    /// Name of the section.
    pub section: String,
    /// Its state.
    pub badge: Option<Badge>,
    /// Facts (number, date), in declared order.
    pub facts: Vec<Fact>,
    /// Text around the words that were found.
    pub snippet: Snippet,
    /// The attached file that the text comes from, where it is not the entry's own.
    pub file: Option<String>,
    /// What the entry is about, with what was asked for marked; may be empty.
    pub lead: Snippet,
}

/// One way to narrow the hits.
#[derive(Debug, Clone, Serialize)]
pub struct Facet {
    /// `Cổng thành phần`, `Chuyên mục`, `Năm`.
    pub label: String,
    /// Its values, the most frequent first.
    pub items: Vec<FacetItem>,
}

/// One value of a facet.
#[derive(Debug, Clone, Serialize)]
pub struct FacetItem {
    /// The value.
    pub label: String,
    /// Hits with it.
    pub count: u64,
    /// The search with this value, or without it when it is selected.
    pub href: String,
    /// In effect.
    pub selected: bool,
}

impl View for SearchPage {
    const TEMPLATE: &'static str = "search";
}

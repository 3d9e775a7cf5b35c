use serde::Serialize;

use super::{Row, View};

/// The home page of a site.
#[derive(Debug, Clone, Default, Serialize)]
pub struct HomePage {
    /// What the site is, a paragraph each.
    pub intro: Vec<String>,
    /// Whether the site has any section.
    pub has_sections: bool,
    /// What it shows, in order.
    pub blocks: Vec<HomeBlock>,
}

/// A block of the home page.
#[derive(Debug, Clone, Serialize)]
pub struct HomeBlock {
    /// Its heading.
    pub title: String,
    /// The list that shows the same.
    pub href: String,
    /// The first entries.
    pub rows: Vec<Row>,
    /// Words on the link to all of them.
    pub all: String,
    /// What is said where there are none.
    pub empty: String,
}

impl View for HomePage {
    const TEMPLATE: &'static str = "home";
}

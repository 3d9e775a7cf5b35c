use serde::Serialize;

use super::{Row, View};

/// The home page of a site.
#[derive(Debug, Clone, Default, Serialize)]
pub struct HomePage {
    /// What the site is, a paragraph each.
    pub intro: Vec<String>,
    /// Enabled sections in menu order.
    pub sections: Vec<HomeSection>,
}

/// A section on the home page.
#[derive(Debug, Clone, Serialize)]
pub struct HomeSection {
    /// The section's name.
    pub title: String,
    /// The section's own page.
    pub href: String,
    /// The newest entries; empty shows that there are none yet.
    pub rows: Vec<Row>,
    /// Public entries of the section.
    pub total: u64,
}

impl View for HomePage {
    const TEMPLATE: &'static str = "home";
}

use serde::Serialize;

use super::{FactValue, Link, View};

/// The blocks of a site's home page in order, with what changes it; works without scripts.
#[derive(Debug, Clone, Serialize)]
pub struct HomeOrderPage {
    /// The page's heading.
    pub title: String,
    /// What was done.
    pub said: Option<String>,
    /// What is wrong.
    pub fault: Option<String>,
    /// Paragraphs.
    pub texts: Vec<String>,
    /// The home page itself.
    pub home: Link,
    /// Where the form is sent.
    pub action: String,
    /// Name of all buttons.
    pub wanted: &'static str,
    /// The blocks.
    pub rows: Vec<HomeOrderRow>,
    /// Takes the order back, where there is one.
    pub reset: Option<HomeOrderButton>,
}

/// A block.
#[derive(Debug, Clone, Serialize)]
pub struct HomeOrderRow {
    /// Its place on the page.
    pub anchor: String,
    /// Its heading on the home page.
    pub title: String,
    /// The section that shows it, where that is called otherwise.
    pub section: Option<String>,
    /// Says that it is left out.
    pub hidden: Option<FactValue>,
    /// What may be done with it.
    pub buttons: Vec<HomeOrderButton>,
}

/// A button that sends.
#[derive(Debug, Clone, Serialize)]
pub struct HomeOrderButton {
    /// Words on it.
    pub label: String,
    /// The same with the block's heading, for who hears it alone.
    pub name: String,
    /// What is sent.
    pub value: String,
}

impl View for HomeOrderPage {
    const TEMPLATE: &'static str = "home-order";
}

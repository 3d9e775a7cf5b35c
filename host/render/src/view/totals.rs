use serde::Serialize;

use super::{Chip, Link, Notice, View};
use crate::SafeHtml;

/// What a list comes to.
#[derive(Debug, Clone, Serialize)]
pub struct TotalsPage {
    /// The page's heading.
    pub title: String,
    /// What the list is called.
    pub of: String,
    /// Remarks.
    pub notices: Vec<Notice>,
    /// Filters in effect.
    pub chips: Vec<Chip>,
    /// Address of the totals without filters; shown when there are chips.
    pub clear: Option<String>,
    /// Heads of the columns of numbers, the count of entries first.
    pub columns: Vec<String>,
    /// The numbers of the whole list.
    pub whole: Vec<String>,
    /// The same, divided.
    pub tables: Vec<TotalsTable>,
    /// The totals as CSV.
    pub csv: Link,
    /// The list itself.
    pub back: Link,
}

/// The totals by the values of one filter.
#[derive(Debug, Clone, Serialize)]
pub struct TotalsTable {
    /// What it is divided by.
    pub label: String,
    /// What must be known to read it.
    pub note: Option<String>,
    /// A line for each value.
    pub lines: Vec<TotalsLine>,
    /// How many entries each value has, as a drawing.
    pub chart: Option<SafeHtml>,
}

/// One value.
#[derive(Debug, Clone, Serialize)]
pub struct TotalsLine {
    /// Its name.
    pub label: String,
    /// Its part of the list.
    pub href: Option<String>,
    /// How many values stand above it.
    pub depth: usize,
    /// One number for each column.
    pub numbers: Vec<String>,
}

impl View for TotalsPage {
    const TEMPLATE: &'static str = "totals";
}

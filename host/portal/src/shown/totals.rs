//! What a list comes to.

use super::{Chip, Section};

/// The totals of a list as it is filtered.
#[derive(Debug)]
pub struct TotalsShown {
    /// The section.
    pub section: Section,
    /// Name of the page.
    pub title: String,
    /// What is added up, by name.
    pub sums: Vec<String>,
    /// Entries in all.
    pub count: u64,
    /// The sums of all of them, one for each of `sums`.
    pub added: Vec<i128>,
    /// The same, divided.
    pub tables: Vec<TotalsTable>,
    /// What was asked for, each with the parameters that remain without it.
    pub chips: Vec<Chip>,
    /// The parameters of the list as asked, in canonical order, without order and pages.
    pub asked: Vec<(String, String)>,
    /// Parameters that were given and could not be used, with the reason in Vietnamese.
    pub complaints: Vec<String>,
}

/// The totals by the values of one index.
#[derive(Debug)]
pub struct TotalsTable {
    /// Name of the index for people.
    pub label: String,
    /// The index, which is a filter of the list.
    pub index: String,
    /// Whether a line holds those below it too.
    pub is_tree: bool,
    /// A line for each value that occurs, for the most frequent ones where there are very many.
    pub lines: Vec<TotalLine>,
    /// What the other values come to; none where every value has its line.
    pub rest: Option<TotalLine>,
}

/// One value.
#[derive(Debug)]
pub struct TotalLine {
    /// Its name; none for the entries that have no value.
    pub label: Option<String>,
    /// The parameter by which the list is narrowed to it.
    pub value: Option<String>,
    /// How many values stand above it.
    pub depth: usize,
    /// Entries.
    pub count: u64,
    /// One for each of [`TotalsShown::sums`].
    pub sums: Vec<i128>,
}

//! A list and what narrows it.

use super::{Section, SiteMapFilter, Way};

/// The list of a collection.
#[derive(Debug)]
pub struct List {
    /// The section.
    pub section: Section,
    /// Name of many entries: "Văn bản".
    pub title: String,
    /// Words that were asked for.
    pub words: String,
    /// What may be asked for.
    pub filters: Vec<FilterShown>,
    /// What was asked for, each with the parameters that remain without it.
    pub chips: Vec<Chip>,
    /// Orders.
    pub sorts: Vec<SortShown>,
    /// Entries on all pages.
    pub total: u64,
    /// From 1.
    pub page: u32,
    /// Entries on a page.
    pub per_page: u32,
    /// The page's entries.
    pub rows: Vec<RowShown>,
    /// The declared parameters as asked, in canonical order, without `page`.
    pub asked: Vec<(String, String)>,
    /// Parameters that were given and could not be used, with the reason in Vietnamese.
    pub complaints: Vec<String>,
    /// Computed pages of the section.
    pub ways: Vec<Way>,
    /// Whether it may be subscribed to by mail.
    pub has_subscriptions: bool,
    /// Whether its dates can be had as a calendar.
    pub has_calendar: bool,
    /// Name of the page of its totals, where it has one.
    pub totals: Option<String>,
    /// Ways into the list where nothing is asked: what divides it, by value.
    pub browse: Vec<SiteMapFilter>,
}

/// A filter of the list's form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FilterShown {
    /// Parameter.
    pub name: String,
    /// Name for people.
    pub label: String,
    /// How it is asked for.
    pub kind: FilterKind,
}

/// How a filter is asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FilterKind {
    /// One or several of the values that occur, with counts.
    Options(Vec<OptionShown>),
    /// A text.
    Text(String),
    /// `<name>_from` and `<name>_to`, as dates `YYYY-MM-DD`, empty where not asked.
    DateRange {
        /// On or after.
        from: String,
        /// On or before.
        to: String,
    },
}

/// A value of a filter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OptionShown {
    /// Parameter value.
    pub value: String,
    /// Name for people.
    pub label: String,
    /// Entries that have it, the other filters applied.
    pub count: u64,
    /// Asked for.
    pub selected: bool,
}

/// A filter that is applied.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Chip {
    /// "Loại: Quyết định".
    pub label: String,
    /// The parameters that remain when it is taken away.
    pub without: Vec<(String, String)>,
}

/// An order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SortShown {
    /// Value of `sort`; empty for the order that needs none.
    pub value: String,
    /// Name for people.
    pub label: String,
    /// In force.
    pub current: bool,
}

/// A coloured word.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Badge {
    /// The word.
    pub label: String,
    /// `good`, `wait`, `warn`, `bad` or `neutral`.
    pub tone: String,
}

/// An entry in a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RowShown {
    /// Title.
    pub title: String,
    /// Where it is read.
    pub way: Way,
    /// Columns with label and value.
    pub facts: Vec<super::FactShown>,
    /// State.
    pub badge: Option<Badge>,
    /// How long that lasts still.
    pub left: Option<Left>,
    /// What it is about.
    pub summary: Option<String>,
    /// Name of the site, where the list gathers from several.
    pub site: Option<String>,
}

/// How long something lasts still, to the minute; days are those of the site's calendar.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Left {
    /// So many days, two or more.
    Days(i64),
    /// Until a time of tomorrow, `17:00`.
    Tomorrow(String),
    /// Until a time of today.
    Today(String),
    /// It has just ended.
    Over(String),
}

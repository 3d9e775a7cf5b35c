use serde::{Serialize, Serializer};

use super::{Link, Notice, Paging, Row, SiteMapFilter, View};

/// A collection's list with its filters; a plain GET form, no script.
#[derive(Debug, Clone, Serialize)]
pub struct ListPage {
    /// The page's heading.
    pub title: String,
    /// A sentence or two under it.
    pub intro: Option<String>,
    /// Remarks about the list (a parked section says nothing here: that is for the operator).
    pub notices: Vec<Notice>,
    /// Where the form sends: the list's own path.
    pub action: String,
    /// The form's fields, in declared order; empty shows no form. Text fields are shown first.
    #[serde(serialize_with = "texts_and_more")]
    pub filters: Vec<Filter>,
    /// What the form must carry along without showing it (the sort order).
    pub hidden: Vec<HiddenField>,
    /// Filters in effect.
    pub chips: Vec<Chip>,
    /// Address of the list without filters; shown when there are chips.
    pub clear: Option<String>,
    /// Orders to choose from; empty or one shows nothing.
    pub sorts: Vec<SortLink>,
    /// Rows in all, over all pages.
    pub total: u64,
    /// Rows of this page.
    pub rows: Vec<Row>,
    /// Where the reader is.
    pub paging: Paging,
    /// Other pages of the section (declared routes).
    pub links: Vec<Link>,
    /// Ways into the list: what divides it, by value.
    pub browse: Vec<SiteMapFilter>,
    /// Atom feed.
    pub feed: Option<Link>,
    /// Its dates as a calendar.
    pub calendar: Option<Link>,
    /// The form to subscribe to the filtered list by mail.
    pub by_mail: Option<Link>,
    /// The filtered list as CSV.
    pub csv: Option<Link>,
    /// The filtered list as a spreadsheet.
    pub ods: Option<Link>,
}

/// One field of the filter form.
#[derive(Debug, Clone, Serialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Filter {
    /// Free text.
    Text {
        /// Parameter.
        name: String,
        /// What the field asks.
        label: String,
        /// What it holds.
        value: String,
    },
    /// One of several values, or any.
    Select {
        /// Parameter.
        name: String,
        /// What the field asks.
        label: String,
        /// Values; "all" is added by the theme as the empty value.
        options: Vec<FilterOption>,
    },
    /// Any number of values.
    Checkboxes {
        /// Parameter, repeated for each value.
        name: String,
        /// What the group asks.
        label: String,
        /// Values.
        options: Vec<FilterOption>,
    },
    /// From one date to another, each may be empty.
    DateRange {
        /// What the group asks.
        label: String,
        /// Parameter of the first date.
        from_name: String,
        /// First date as `YYYY-MM-DD`, or empty.
        from: String,
        /// Parameter of the last date.
        to_name: String,
        /// Last date as `YYYY-MM-DD`, or empty.
        to: String,
    },
}

/// One value of a filter.
#[derive(Debug, Clone, Serialize)]
pub struct FilterOption {
    /// What is sent.
    pub value: String,
    /// What is shown.
    pub label: String,
    /// Rows with this value under the other filters; none when it was not counted.
    pub count: Option<u64>,
    /// In effect.
    pub selected: bool,
}

/// A parameter that the form carries along.
#[derive(Debug, Clone, Serialize)]
pub struct HiddenField {
    /// Parameter.
    pub name: String,
    /// Value.
    pub value: String,
}

/// A filter in effect.
#[derive(Debug, Clone, Serialize)]
pub struct Chip {
    /// `Loại văn bản: Quyết định`.
    pub label: String,
    /// The list without this filter.
    pub remove: String,
}

/// An order to choose.
#[derive(Debug, Clone, Serialize)]
pub struct SortLink {
    /// `Mới ban hành trước`.
    pub label: String,
    /// The list in this order.
    pub href: String,
    /// In effect.
    pub current: bool,
}

/// `{text: […], more: […]}`: the template shows text fields at once and the others behind a summary.
fn texts_and_more<S: Serializer>(filters: &[Filter], serializer: S) -> Result<S::Ok, S::Error> {
    #[derive(Serialize)]
    struct Places<'a> {
        text: Vec<&'a Filter>,
        more: Vec<&'a Filter>,
    }
    let (text, more) = filters
        .iter()
        .partition(|filter| matches!(filter, Filter::Text { .. }));
    Places { text, more }.serialize(serializer)
}

impl View for ListPage {
    const TEMPLATE: &'static str = "list";
}

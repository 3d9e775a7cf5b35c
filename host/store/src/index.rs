//! Derived index tables: what lists filter and sort by. Disposable: each is built from the
//! published revisions beside the old one, switched by a pointer row, and never altered. That of a
//! former declaration is kept for a while: nodes of two versions may serve at the same time.

mod answering;
mod behind;
mod build;
mod counts;
mod filter;
mod former;
mod list;
pub(crate) mod pointer;
mod row;
pub(crate) mod shape;
mod totals;
mod twin;
mod walk;

use dinh_domain::index::IndexRow;
use dinh_domain::query::Place;

use crate::entry::Headline;

pub(crate) use answering::Answering;
pub use counts::{Count, MAX_COUNTS};
pub use list::ListAsked;
pub use row::SUMMARY_CHARS_MAX;
pub(crate) use row::{
    ListValue, delete_row, insert_list_values, insert_row, refresh_row, replace_row,
};
pub use totals::Total;

/// What [`crate::Store::ensure_index`] found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum IndexBuild {
    /// The index of this declaration is in use already.
    Ready,
    /// It was built and switched to.
    Built {
        /// Entries in it.
        rows: u64,
    },
}

/// One page of a list.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ListPage {
    /// The entries, in order.
    pub entries: Vec<Summary>,
    /// How many there are on all pages.
    pub total: u64,
}

/// Entries of a list that follow a place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stretch {
    /// The entries, in order.
    pub entries: Vec<Summary>,
    /// Where to go on; none at the end.
    pub next: Option<Place>,
}

/// One entry of a list: never its body.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Summary {
    /// Address, title and times.
    pub headline: Headline,
    /// The field that sums it up; empty where the collection declares none.
    pub summary: String,
    /// Its values of all indexes, as the calendar had them when the row was made.
    pub row: IndexRow,
}

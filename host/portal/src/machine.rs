//! What programs read instead of pages: feeds, files of whole lists, and the interface for programs.
//! All of it comes from the declaration, within the scope of the visitor, without running code.

mod calendar;
mod collections;
mod columns;
mod cursor;
mod datasets;
mod entry;
mod exact;
mod export;
mod feed;
mod list;
mod newest;
mod search;
mod sites;
mod spreadsheet;
#[cfg(test)]
mod tests;

use crate::portal::Portal;
use crate::section::Here;
use crate::visit::Visit;

pub use calendar::{Calendar, CalendarEvent, Certainty, Moment};
pub use columns::{Cell, ColumnName};
pub use exact::{BadParameter, DEFAULT_LIMIT, MAX_LIMIT};
pub use export::Export;
pub use feed::{Category, Feed, FeedEntry};
pub use spreadsheet::{SHEET_ROWS_MAX, Spreadsheet};

impl Portal {
    /// A collection of a plugin that the visited site has enabled.
    fn here_of<'a>(&'a self, visit: &'a Visit, plugin: &str, name: &str) -> Option<Here<'a>> {
        let mut sections = visit.sections.iter();
        let section =
            sections.find(|it| it.plugin.as_str() == plugin && it.collection.name() == name)?;
        self.here_in(visit, &section.collection)
    }
}

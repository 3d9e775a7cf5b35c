//! Attached files: kept by content, told by their first bytes, written so that a crash leaves the
//! whole file or none.

mod media;
mod odt;
mod sheet;
mod shelf;
#[cfg(test)]
mod tests;

pub use media::{Media, sniff};
pub use odt::{Paragraph, write as write_odt};
pub use sheet::{Sheet, SheetCell};
pub use shelf::{FileError, MAX_FILE_BYTES, Shelf};

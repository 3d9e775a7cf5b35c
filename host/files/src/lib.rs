//! Attached files: kept by content, told by their first bytes, written so that a crash leaves the
//! whole file or none; their text read where it can do no harm.

mod media;
mod odt;
mod reader;
mod shelf;
#[cfg(test)]
mod tests;
mod text;

pub use media::{Media, sniff};
pub use odt::{Paragraph, write as write_odt};
pub use reader::{READ_COMMAND, ReadText, Reader, ReaderFailure, read_here};
pub use shelf::{FileError, MAX_FILE_BYTES, Shelf};
pub use text::{TEXT_BYTES_MAX, TEXT_VERSION};

//! Attached files: kept by content, told by their first bytes, written so that a crash leaves the
//! whole file or none. They lie in a folder, or in an S3 bucket that several nodes share.

mod contents;
mod error;
mod folder;
mod media;
mod odt;
mod s3;
mod sheet;
mod shelf;
#[cfg(test)]
mod tests;

pub use contents::Contents;
pub use error::FileError;
pub use media::{Media, sniff};
pub use odt::{Paragraph, write as write_odt};
pub use s3::{S3Options, Secret};
pub use sheet::{Sheet, SheetCell};
pub use shelf::{MAX_FILE_BYTES, Shelf};

//! Attached files: kept by content, told by their first bytes, written so that a crash leaves the
//! whole file or none. They lie in a folder, or in an S3 bucket that several nodes share; their
//! text is read where it can do no harm.

mod areas;
mod contents;
mod error;
mod folder;
mod grid;
mod media;
mod odt;
mod reader;
mod s3;
mod sheet;
mod shelf;
#[cfg(test)]
mod tests;
mod text;

pub use areas::{AREAS_BYTES_MAX, AREAS_MAX, AreaFileFault, CodedArea, RAW_POINTS_MAX, read_areas};
pub use contents::Contents;
pub use error::FileError;
pub use grid::{
    Encoding, Found, GRID_CELLS_MAX, Grid, NoGrid, SeparatedFailure, SeparatedRow, SeparatedRows,
};
pub use media::{Media, ending, sniff};
pub use odt::{Paragraph, write as write_odt};
pub use reader::{
    READ_CELLS_COMMAND, READ_COMMAND, ReadText, Reader, ReaderFailure, read_cells_here, read_here,
};
pub use s3::{S3Options, Secret};
pub use sheet::{Sheet, SheetCell};
pub use shelf::{MAX_FILE_BYTES, Shelf};
pub use text::{TEXT_BYTES_MAX, TEXT_VERSION};

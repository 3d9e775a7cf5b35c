//! Rows of an import file, one batch at a time: JSON Lines or separated values, plain, `.gz` or `.xz`, and the cells of
//! a spreadsheet that was read as a whole.

mod cells;
mod lines;
mod packed;

use dinh_domain::table::layout::Given;

pub(crate) use cells::{Separated, Sheet};
pub(crate) use lines::Lines;

/// Rows of one batch, which is written in one transaction: a killed import loses at most these.
const ROWS_A_BATCH: usize = 100;
/// Bytes after which a batch ends earlier, so that memory stays flat whatever the rows are.
const BYTES_A_BATCH: u64 = 4 * 1024 * 1024;

/// An open import file.
pub(crate) enum Source {
    /// A line of JSON for each row.
    Lines(Lines),
    /// A record of separated values for each row.
    Separated(Box<Separated>),
    /// The rows of a spreadsheet.
    Sheet(Sheet),
}

/// A row as the file has it.
#[derive(Debug)]
pub(crate) enum Raw {
    /// What a line holds, without its end.
    Text(Vec<u8>),
    /// Cells below headings.
    Cells(Vec<Given>),
}

/// One row that is not empty.
#[derive(Debug)]
pub(crate) struct Line<T> {
    /// From 1.
    pub(crate) number: u64,
    /// What it holds, or why it is not read.
    pub(crate) text: Result<T, String>,
}

/// Some rows.
#[derive(Debug)]
pub(crate) struct Batch<T> {
    /// Empty at the end of the file.
    pub(crate) lines: Vec<Line<T>>,
    /// Bytes of the file taken so far, as it lies on the disk.
    pub(crate) taken: u64,
}

impl Source {
    /// Size of the file as it lies on the disk, in bytes.
    pub(crate) fn size(&self) -> u64 {
        match self {
            Self::Lines(it) => it.size(),
            Self::Separated(it) => it.size(),
            Self::Sheet(it) => it.size,
        }
    }

    /// The next rows. What is read of a file that is written to meanwhile is not used.
    pub(crate) fn batch(&mut self) -> Result<Batch<Raw>, String> {
        match self {
            Self::Lines(it) => it.batch().map(|batch| batch.of(Raw::Text)),
            Self::Separated(it) => it.batch(),
            Self::Sheet(it) => Ok(it.batch()),
        }
    }
}

impl<T> Batch<T> {
    fn of<U>(self, of: fn(T) -> U) -> Batch<U> {
        let lines = self.lines.into_iter().map(|it| Line {
            number: it.number,
            text: it.text.map(of),
        });
        Batch {
            lines: lines.collect(),
            taken: self.taken,
        }
    }
}

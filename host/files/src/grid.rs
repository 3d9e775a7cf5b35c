//! The cells of a spreadsheet that somebody uploads: CSV in whatever encoding, ODS, XLSX. Like everything of strangers it
//! is read by a process of its own ([`crate::Reader`]).

mod encoding;
mod separated;
mod stream;
#[cfg(test)]
mod tests;
mod wire;
mod workbook;

use dinh_domain::table::layout::Given;
use serde::{Deserialize, Serialize};

use crate::media::{Media, sniff};
pub use encoding::Encoding;
pub use stream::{SeparatedFailure, SeparatedRow, SeparatedRows};
pub(crate) use wire::{read, write};

/// Most cells of one file that are read: more than the largest table that is taken, with its names and notes.
pub const GRID_CELLS_MAX: usize = 2_500_000;
/// Most of them on their way from the process that reads, in bytes.
pub(crate) const WIRE_BYTES_MAX: u64 = 192 * 1024 * 1024;

/// What was read of a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Grid {
    /// What was found out about the file.
    pub found: Found,
    /// Its sheets with their names; one without a name for CSV.
    pub sheets: Vec<(String, Vec<Vec<Given>>)>,
}

/// What was found out about a file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Found {
    /// How its letters are written; none for spreadsheets, which say so themselves.
    pub encoding: Option<Encoding>,
    /// What stands between its columns; none for spreadsheets.
    pub separator: Option<char>,
}

/// Why a file has no cells for us.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum NoGrid {
    /// Neither CSV nor ODS nor XLSX.
    Unsupported,
    /// It breaks off, or is not what it says.
    Broken,
    /// It is locked with a password.
    Encrypted,
    /// It has more than [`GRID_CELLS_MAX`] cells, unpacks to more than is taken, or takes too long.
    TooLarge,
}

/// Reads the cells of a file, here and now: for the process that does nothing else.
pub(crate) fn cells(bytes: &[u8]) -> Result<Grid, NoGrid> {
    match sniff(bytes) {
        Some(Media::Ods) => workbook::ods(bytes),
        Some(Media::Xlsx) => workbook::xlsx(bytes),
        None | Some(Media::Text) => separated::read(bytes),
        Some(_) => Err(NoGrid::Unsupported),
    }
}

/// Counts cells, and says when there are too many.
struct Room(usize);

impl Room {
    fn new() -> Self {
        Self(GRID_CELLS_MAX)
    }

    fn take(&mut self, cells: usize) -> Result<(), NoGrid> {
        self.0 = self.0.checked_sub(cells).ok_or(NoGrid::TooLarge)?;
        Ok(())
    }
}

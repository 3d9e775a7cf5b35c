//! Rows of cells: from a file of separated values as long as it may be, or from a spreadsheet.

use std::io::{self, Read};
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use dinh_domain::table::layout::Given;
use dinh_files::{Found, SeparatedRow, SeparatedRows};

use super::packed::Packed;
use super::{BYTES_A_BATCH, Batch, Line, ROWS_A_BATCH, Raw};

/// Rows of a sheet, as many as the longest spreadsheets have.
pub(crate) const SHEET_ROWS_MAX: u64 = 1_048_576;
/// What is said of a row whose letters are not those of the file.
const OTHER_LETTERS: &str = "it has bytes that are no letters in the encoding of the file";

/// An open file of separated values.
pub(crate) struct Separated {
    rows: SeparatedRows<Counted>,
    packed: Packed,
    unpacked: Arc<AtomicU64>,
    seen: u64,
    row: u64,
}

/// Counts what comes out of a packed file.
struct Counted {
    from: Box<dyn Read + Send>,
    count: Arc<AtomicU64>,
}

impl Read for Counted {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = self.from.read(buffer)?;
        self.count.fetch_add(count as u64, Ordering::Relaxed);
        Ok(count)
    }
}

impl Separated {
    /// Opens a file and finds out how it is written.
    pub(crate) fn open(path: &Path) -> Result<Self, String> {
        let (packed, from) = Packed::open(path)?;
        let unpacked = Arc::new(AtomicU64::new(0));
        let counted = Counted {
            from,
            count: unpacked.clone(),
        };
        let rows =
            SeparatedRows::open(counted).map_err(|error| format!("{}: {error}", path.display()))?;
        Ok(Self {
            rows,
            packed,
            unpacked,
            seen: 0,
            row: 0,
        })
    }

    /// Size of the file as it lies on the disk, in bytes.
    pub(super) fn size(&self) -> u64 {
        self.packed.size()
    }

    /// What was found out about the file.
    pub(crate) fn found(&self) -> &Found {
        self.rows.found()
    }

    /// The row of headings, counted from 0.
    pub(crate) fn headings(&mut self, row: usize) -> Result<Vec<Given>, String> {
        let wanted = u64::try_from(row).unwrap_or(u64::MAX).saturating_add(1);
        while let Some(row) = self.next_row()? {
            if row.number >= wanted {
                return row
                    .cells
                    .ok_or_else(|| format!("row {wanted}: {OTHER_LETTERS}"));
            }
        }
        Err(format!(
            "the file has no row {wanted}, where its headings should be"
        ))
    }

    pub(super) fn batch(&mut self) -> Result<Batch<Raw>, String> {
        let (mut lines, mut bytes) = (Vec::new(), 0);
        while lines.len() < ROWS_A_BATCH && bytes < BYTES_A_BATCH {
            let Some(SeparatedRow { number, cells }) = self.next_row()? else {
                break;
            };
            if number > SHEET_ROWS_MAX {
                return Err(format!(
                    "the file has more than {SHEET_ROWS_MAX} rows, as many as spreadsheets have: give it in parts, or as JSON Lines"
                ));
            }
            let of_row = cells.iter().flatten().map(|it| it.text().len() as u64);
            bytes += of_row.sum::<u64>();
            let is_blank = |cells: &Vec<Given>| cells.iter().all(|it| it.text().is_empty());
            if cells.as_ref().is_some_and(is_blank) {
                continue;
            }
            lines.push(Line {
                number,
                text: cells
                    .map(Raw::Cells)
                    .ok_or_else(|| OTHER_LETTERS.to_owned()),
            });
        }
        self.packed.unchanged(&format!("row {}", self.row))?;
        Ok(Batch {
            lines,
            taken: self.packed.taken(),
        })
    }

    fn next_row(&mut self) -> Result<Option<SeparatedRow>, String> {
        let after = format!("row {}", self.row);
        let read = self.rows.next_row();
        let now = self.unpacked.load(Ordering::Relaxed);
        let more = usize::try_from(now - self.seen).unwrap_or(usize::MAX);
        self.seen = now;
        self.packed.grown(more, &after)?;
        let row = read.map_err(|error| self.packed.broken(&error, &after))?;
        self.row = row.as_ref().map_or(self.row, |it| it.number);
        Ok(row)
    }
}

/// The rows of a spreadsheet below its headings.
pub(crate) struct Sheet {
    rows: std::vec::IntoIter<Vec<Given>>,
    next: u64,
    all: usize,
    /// Size of the file, in bytes.
    pub(super) size: u64,
}

impl Sheet {
    /// The headings and what stands below them.
    pub(crate) fn of(
        mut rows: Vec<Vec<Given>>,
        heading_row: usize,
        size: u64,
    ) -> Result<(Vec<Given>, Self), String> {
        if rows.len() <= heading_row {
            let wanted = heading_row + 1;
            return Err(format!(
                "the sheet has no row {wanted}, where its headings should be"
            ));
        }
        let below = rows.split_off(heading_row + 1);
        let headings = rows.pop().unwrap_or_default();
        let sheet = Self {
            all: below.len(),
            rows: below.into_iter(),
            next: heading_row as u64 + 2,
            size,
        };
        Ok((headings, sheet))
    }

    pub(super) fn batch(&mut self) -> Batch<Raw> {
        let mut lines = Vec::new();
        while lines.len() < ROWS_A_BATCH {
            let Some(cells) = self.rows.next() else {
                break;
            };
            let number = self.next;
            self.next += 1;
            if cells.iter().any(|it| !it.text().is_empty()) {
                lines.push(Line {
                    number,
                    text: Ok(Raw::Cells(cells)),
                });
            }
        }
        let done = (self.all - self.rows.len()) as u64;
        let taken = self.size.saturating_mul(done) / (self.all as u64).max(1);
        Batch { lines, taken }
    }
}

//! The same rows as an OpenDocument spreadsheet, whose bytes come as they are made.

use dinh_files::{Sheet, SheetCell};

use super::columns::Cell;
use super::export::Export;
use crate::failure::Failure;
use crate::shown::Way;

/// Most rows of a spreadsheet: what an office computer opens within a minute. The text file has no
/// such limit.
pub const SHEET_ROWS_MAX: u64 = 100_000;

/// A spreadsheet under way.
pub struct Spreadsheet {
    export: Export,
    sheet: Option<Sheet>,
}

impl Spreadsheet {
    /// Begins with a row of names; none where the list has more than [`SHEET_ROWS_MAX`] rows.
    pub fn begin(export: Export, header: &[String]) -> Result<Option<Self>, Failure> {
        if export.total > SHEET_ROWS_MAX {
            return Ok(None);
        }
        let mut sheet = Sheet::begin(&export.title).map_err(Failure::internal)?;
        let header: Vec<SheetCell> = header.iter().cloned().map(SheetCell::Heading).collect();
        sheet.row(&header).map_err(Failure::internal)?;
        Ok(Some(Self {
            export,
            sheet: Some(sheet),
        }))
    }

    /// The next bytes; none at the end. `address` makes a way an absolute address.
    pub async fn next(
        &mut self,
        address: &(dyn Fn(&Way) -> String + Send + Sync),
    ) -> Result<Option<Vec<u8>>, Failure> {
        let Some(mut sheet) = self.sheet.take() else {
            return Ok(None);
        };
        let rows = self.export.next(address).await?;
        let is_end = rows.is_none();
        // Packing is work: not on the threads that serve connections.
        let packed = tokio::task::spawn_blocking(move || {
            for row in rows.into_iter().flatten() {
                let cells: Vec<SheetCell> = row.into_iter().map(sheet_cell).collect();
                sheet.row(&cells)?;
            }
            if is_end {
                return Ok::<_, std::io::Error>((sheet.finish()?, None));
            }
            Ok((sheet.take(), Some(sheet)))
        });
        let packed = packed.await.map_err(Failure::internal)?;
        let (bytes, sheet) = packed.map_err(Failure::internal)?;
        self.sheet = sheet;
        Ok(Some(bytes))
    }
}

/// A cell of a row as one of a spreadsheet.
fn sheet_cell(cell: Cell) -> SheetCell {
    match cell {
        Cell::Empty => SheetCell::Empty,
        Cell::Text(text) => SheetCell::Text(text),
        Cell::Date(date) => SheetCell::Date(date),
        Cell::Time(time) => SheetCell::Time(time),
        Cell::Integer(number) => SheetCell::Integer(number),
        Cell::Address(address) => SheetCell::Address(address),
    }
}

//! A table as rows: one for each cell, with a column for each dimension, so that any program reads it.

use std::sync::Arc;

use dinh_domain::table::Table;
use dinh_domain::table::number::written;
use dinh_files::Sheet;
use serde_json::{Value, json};

use crate::failure::Failure;
use crate::machine::{Cell, SHEET_ROWS_MAX, sheet_cell};
use crate::shown::TableShown;

/// Rows of one piece.
const PIECE: usize = 2_000;

/// A table on its way out; a piece of it is held at a time.
pub struct TableExport {
    table: Arc<Table>,
    next: usize,
}

impl TableExport {
    /// What was chosen, or all of it.
    pub async fn of(shown: TableShown) -> Result<Self, Failure> {
        let TableShown {
            table, selection, ..
        } = shown;
        let table = match shown.is_chosen {
            false => table,
            true => {
                let part = tokio::task::spawn_blocking(move || table.part(&selection.picks));
                Arc::new(part.await.map_err(Failure::internal)?)
            }
        };
        Ok(Self { table, next: 0 })
    }

    /// The table.
    pub fn table(&self) -> &Table {
        &self.table
    }

    /// Names of the columns: the dimensions, then `value` and `sign`.
    pub fn header(&self, (value, sign): (&str, &str)) -> Vec<String> {
        let labels = self.table.dimensions().iter().map(|it| it.label.clone());
        labels.chain([value.to_owned(), sign.to_owned()]).collect()
    }

    /// The next rows; none at the end.
    pub fn next_rows(&mut self) -> Option<Vec<Vec<Cell>>> {
        let count = self.table.cell_count();
        if self.next >= count {
            return None;
        }
        let end = count.min(self.next + PIECE);
        let rows = (self.next..end).map(|place| self.row(place)).collect();
        self.next = end;
        Some(rows)
    }

    fn row(&self, place: usize) -> Vec<Cell> {
        let table = &self.table;
        let mut rest = place;
        let strides = table.strides();
        let mut cells: Vec<Cell> = Vec::with_capacity(strides.len() + 2);
        for (dimension, stride) in table.dimensions().iter().zip(&strides) {
            let label = dimension
                .codes
                .get(rest / stride)
                .map(|it| it.label.clone());
            cells.push(Cell::Text(label.unwrap_or_default()));
            rest %= stride;
        }
        let cell = table.cell(place);
        let number = cell.scaled.map(|it| written(it, table.decimals, '.', None));
        cells.push(number.map_or(Cell::Empty, Cell::Number));
        cells.push(match cell.mark.sign() {
            "" => Cell::Empty,
            sign => Cell::Sign(sign),
        });
        cells
    }

    /// The columns of the rows as CSV on the Web describes them (W3C, Metadata Vocabulary for Tabular Data).
    pub fn csvw(&self, (url, title, language): (&str, &str, &str), header: &[String]) -> Value {
        let dimensions = self.table.dimensions();
        let keys: Vec<&str> = dimensions.iter().map(|it| it.id.as_str()).collect();
        let count = dimensions.len();
        let columns = header.iter().enumerate().map(|(at, label)| {
            let mut column = json!({ "titles": { language: label }, "datatype": "string" });
            match (keys.get(at), at - at.min(count)) {
                (Some(key), _) => {
                    column["name"] = json!(key.replace('-', "_"));
                    column["required"] = json!(true);
                }
                (None, 0) => {
                    column["name"] = json!("value");
                    column["datatype"] = json!("decimal");
                    column["null"] = json!("");
                    if !self.table.unit.is_empty() {
                        column["dc:description"] = json!(self.table.unit);
                    }
                }
                _ => column["name"] = json!("sign"),
            }
            column
        });
        let columns: Vec<Value> = columns.collect();
        let primary: Vec<String> = keys.iter().map(|it| it.replace('-', "_")).collect();
        json!({
            "@context": ["http://www.w3.org/ns/csvw", { "@language": language }],
            "url": url,
            "dc:title": title,
            "dialect": { "header": true, "encoding": "utf-8" },
            "tableSchema": { "columns": columns, "primaryKey": primary },
        })
    }

    /// The same as a spreadsheet; none where it has more rows than one is opened with.
    pub fn spreadsheet(
        self,
        title: &str,
        header: &[String],
    ) -> Result<Option<TableSheet>, Failure> {
        if self.table.cell_count() as u64 > SHEET_ROWS_MAX {
            return Ok(None);
        }
        let mut sheet = Sheet::begin(title).map_err(Failure::internal)?;
        let header: Vec<_> = header
            .iter()
            .cloned()
            .map(dinh_files::SheetCell::Heading)
            .collect();
        sheet.row(&header).map_err(Failure::internal)?;
        Ok(Some(TableSheet {
            export: self,
            sheet: Some(sheet),
        }))
    }
}

/// A spreadsheet of a table under way.
pub struct TableSheet {
    export: TableExport,
    sheet: Option<Sheet>,
}

impl TableSheet {
    /// The next bytes; none at the end. Packing is work: not for threads that serve connections.
    pub fn next_bytes(&mut self) -> Result<Option<Vec<u8>>, Failure> {
        let Some(mut sheet) = self.sheet.take() else {
            return Ok(None);
        };
        let Some(rows) = self.export.next_rows() else {
            return sheet.finish().map(Some).map_err(Failure::internal);
        };
        for row in rows {
            let cells: Vec<_> = row.into_iter().map(sheet_cell).collect();
            sheet.row(&cells).map_err(Failure::internal)?;
        }
        let bytes = sheet.take();
        self.sheet = Some(sheet);
        Ok(Some(bytes))
    }
}

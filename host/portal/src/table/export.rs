//! A table as rows: one for each cell, with a column for each dimension, so that any program reads it.

use std::sync::Arc;

use dinh_domain::table::number::written;
use dinh_domain::table::{Part, StoredTable, Table, Walk};
use dinh_files::{Sheet, SheetCell};
use serde_json::{Value, json};

use crate::failure::Failure;
use crate::machine::SHEET_ROWS_MAX;

/// Rows of one piece of a spreadsheet.
const PIECE: usize = 2_000;

/// A table on its way out.
#[derive(Debug)]
pub struct TableExport {
    part: Part<Arc<Table>>,
    walk: Walk,
}

/// A row on its way out: the chosen values by dimension, the number, and the sign beside it or in its place.
pub struct TableRow {
    /// Which of the chosen values of each dimension it has.
    pub values: Vec<usize>,
    /// With a decimal point; none where there is none.
    pub number: Option<String>,
    /// Empty where there is none.
    pub sign: &'static str,
}

impl TableExport {
    /// Begins to give out what was chosen.
    pub fn of(part: Part<Arc<Table>>) -> Self {
        Self {
            walk: part.begin(),
            part,
        }
    }

    /// What was chosen.
    pub fn part(&self) -> &Part<Arc<Table>> {
        &self.part
    }

    /// The next row; none at the end.
    pub fn next_row(&mut self) -> Option<TableRow> {
        let values = self.walk.values()?.to_vec();
        let cell = self.walk.next(&self.part)?;
        let decimals = self.part.table().decimals;
        Some(TableRow {
            values,
            number: cell.scaled.map(|it| written(it, decimals, '.', None)),
            sign: cell.mark.sign(),
        })
    }

    /// The same as a spreadsheet; none where it has more rows than one is opened with.
    pub fn spreadsheet(
        self,
        title: &str,
        header: &[String],
    ) -> Result<Option<TableSheet>, Failure> {
        if self.part.cell_count() as u64 > SHEET_ROWS_MAX {
            return Ok(None);
        }
        let mut sheet = Sheet::begin(title).map_err(Failure::internal)?;
        let header: Vec<_> = header.iter().cloned().map(SheetCell::Heading).collect();
        sheet.row(&header).map_err(Failure::internal)?;
        Ok(Some(TableSheet {
            export: self,
            sheet: Some(sheet),
        }))
    }
}

/// Names of the columns: the dimensions, then `value` and `sign`. No two are the same.
pub fn table_header(stored: &StoredTable, (value, sign): (&str, &str)) -> Vec<String> {
    let labels = stored.dimensions.iter().map(|it| it.label.as_str());
    unique(labels.chain([value, sign]), " ")
}

/// The columns of the rows as CSV on the Web describes them (W3C, Metadata Vocabulary for Tabular Data).
pub fn table_csvw(
    stored: &StoredTable,
    (url, title, language): (&str, &str, &str),
    header: &[String],
) -> Value {
    let ids = stored.dimensions.iter().map(|it| it.id.as_str());
    // A dimension may be called "value" too.
    let names: Vec<String> = unique(ids.chain(["value", "sign"]), "-")
        .into_iter()
        .map(|it| it.replace('-', "_"))
        .collect();
    let count = stored.dimensions.len();
    let columns = header
        .iter()
        .zip(&names)
        .enumerate()
        .map(|(at, (label, name))| {
            let mut column = json!({
                // In the language of the context: some readers find columns by titles without one of their own.
                "titles": label,
                "name": name,
                "datatype": "string",
            });
            if at < count {
                column["required"] = json!(true);
            } else if at == count {
                column["datatype"] = json!("decimal");
                column["null"] = json!("");
                if !stored.unit.is_empty() {
                    column["dc:description"] = json!(stored.unit);
                }
            }
            column
        });
    let columns: Vec<Value> = columns.collect();
    json!({
        "@context": ["http://www.w3.org/ns/csvw", { "@language": language }],
        "url": url,
        "dc:title": title,
        "dialect": { "header": true, "encoding": "utf-8" },
        "tableSchema": { "columns": columns, "primaryKey": names[..count] },
    })
}

/// Words of which no two are the same: those that were there before have a number behind them.
fn unique<'a>(words: impl Iterator<Item = &'a str>, between: &str) -> Vec<String> {
    let mut own: Vec<String> = Vec::new();
    for word in words {
        let numbered = (2..).map(|number| format!("{word}{between}{number}"));
        let mut tried = std::iter::once(word.to_owned()).chain(numbered);
        own.extend(tried.find(|it| !own.contains(it)));
    }
    own
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
        for _ in 0..PIECE {
            let Some(row) = self.export.next_row() else {
                return sheet.finish().map(Some).map_err(Failure::internal);
            };
            let values = row.values.iter().enumerate();
            let labels = values.map(|(at, value)| self.export.part.code(at, *value).label.clone());
            let mut cells: Vec<SheetCell> = labels.map(SheetCell::Text).collect();
            cells.push(row.number.map_or(SheetCell::Empty, SheetCell::Number));
            cells.push(match row.sign {
                "" => SheetCell::Empty,
                sign => SheetCell::Text(sign.to_owned()),
            });
            sheet.row(&cells).map_err(Failure::internal)?;
        }
        let bytes = sheet.take();
        self.sheet = Some(sheet);
        Ok(Some(bytes))
    }
}

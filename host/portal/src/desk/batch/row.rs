//! From the rows of a sheet to fields, as somebody said which column is which. Pure.

use dinh_domain::declaration::{Declaration, Field, FieldKind, SheetRows};
use dinh_domain::entry::Body;
use dinh_domain::fault::Fault;
use dinh_domain::table::layout::Given;
use serde_json::{Value, json};

use super::field::is_guide;
use crate::import::typed;

/// Letters of a cell that a fault repeats.
const GIVEN_CHARS: usize = 200;

/// What a row says.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct ReadRow {
    /// Its number in the sheet, from 1.
    pub(super) number: usize,
    /// Its fields; an empty cell says nothing.
    pub(super) body: Body,
    /// What is wrong with cells as such.
    pub(super) faults: Vec<Fault>,
}

/// A column that is taken: its place, and its field.
pub(super) type Column<'a> = (usize, &'a str, &'a Field);

/// Reads the rows below the headings. Blank rows are none; nor is the row right below them that says what columns want, as the
/// template has it.
pub(super) fn read(
    declaration: &Declaration,
    (columns, sheet): (&[Column<'_>], &SheetRows),
    rows: &[Vec<Given>],
) -> Vec<ReadRow> {
    let below = rows.iter().enumerate().skip(sheet.heading_row + 1);
    let first = sheet.heading_row + 1;
    let filled = below.filter(|(at, cells)| {
        let is_blank = cells.iter().all(|it| it.text().is_empty());
        !(is_blank || *at == first && is_guide(cells))
    });
    let read = filled.map(|(at, cells)| {
        let mut row = ReadRow {
            number: at + 1,
            body: Body::new(),
            faults: Vec::new(),
        };
        for (place, name, field) in columns {
            let cell = cells.get(*place).unwrap_or(&Given::Empty);
            if cell.text().is_empty() {
                continue;
            }
            match value(declaration, field, sheet, cell) {
                Ok(value) => {
                    row.body.insert((*name).to_owned(), value);
                }
                Err(key) => {
                    let fault = Fault::new(*name, key);
                    let given: String = cell.text().chars().take(GIVEN_CHARS).collect();
                    row.faults.push(fault.with("given", given));
                }
            }
        }
        row
    });
    read.collect()
}

fn value(
    declaration: &Declaration,
    field: &Field,
    sheet: &SheetRows,
    cell: &Given,
) -> Result<Value, &'static str> {
    if let Given::Error(_) = cell {
        return Err("fault.cell-error");
    }
    if cell.text().starts_with('=') {
        return Err("fault.cell-formula");
    }
    if let FieldKind::Choice { .. } = field.kind {
        let found = declaration.list_of(field);
        let found = found.and_then(|it| it.by_label(cell.text()));
        return found.map(|it| json!(it.id)).ok_or("fault.choice");
    }
    typed::value(&field.kind, sheet, cell)
}

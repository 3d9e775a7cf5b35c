//! Rows of a table within an entry: papers, steps, fees.

use indexmap::IndexMap;
use serde_json::{Map, Value};

use crate::declaration::{Column, ColumnKind};

/// What parts the cells of a row where it is typed as one line; no cell holds it.
pub const CELL_SIGN: char = '|';

/// Columns by name, in order.
pub type Columns = IndexMap<String, Column>;

/// The rows of a stored value.
pub fn rows(value: &Value) -> impl Iterator<Item = &Map<String, Value>> {
    let rows = value.as_array().into_iter().flatten();
    rows.filter_map(Value::as_object)
}

/// The cells of a row that people read, without the empty ones, each with its column.
pub fn cells<'a>(
    columns: &'a Columns,
    row: &'a Map<String, Value>,
) -> impl Iterator<Item = (&'a Column, String)> {
    let shown = columns.iter().filter(|(_, it)| it.kind != ColumnKind::Key);
    shown.filter_map(|(name, column)| Some((column, text(row.get(name)?))))
}

/// All rows, a line for each.
pub fn lines(columns: &Columns, value: &Value) -> String {
    let lines = rows(value).map(|row| {
        let cells: Vec<String> = cells(columns, row).map(|(_, text)| text).collect();
        cells.join(" \u{2013} ")
    });
    lines.collect::<Vec<_>>().join("\n")
}

/// A row as it is typed: `Tờ khai | 1 | 0`.
pub fn typed(columns: &Columns, row: &Map<String, Value>) -> String {
    let cells = columns
        .keys()
        .map(|name| row.get(name).map(text).unwrap_or_default());
    let cells: Vec<String> = cells.collect();
    let separator = format!(" {CELL_SIGN} ");
    let line = cells.join(&separator);
    let is_gap = |it: char| it == ' ' || it == CELL_SIGN;
    line.trim_end_matches(is_gap).to_owned()
}

/// A row from what was typed; the error is the key of what is wrong.
pub fn read(columns: &Columns, line: &str) -> Result<Value, &'static str> {
    let mut row = Map::new();
    let mut cells = line.split(CELL_SIGN).map(str::trim);
    for (name, column) in columns {
        let Some(cell) = cells.next().filter(|it| !it.is_empty()) else {
            continue;
        };
        let value = match column.kind {
            ColumnKind::Integer => {
                let number = crate::entry_form::integer(cell).ok_or("fault.integer-typed")?;
                Value::from(number)
            }
            ColumnKind::Text | ColumnKind::Key => Value::from(cell),
        };
        row.insert(name.clone(), value);
    }
    match cells.next() {
        Some(_) => Err("fault.cells"),
        None => Ok(Value::Object(row)),
    }
}

fn text(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        other => other.to_string(),
    }
}

#[cfg(test)]
mod tests;

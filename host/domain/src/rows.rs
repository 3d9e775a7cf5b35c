//! Rows of a table within an entry: papers, steps, fees.

use indexmap::IndexMap;
use serde_json::{Map, Value};

use crate::declaration::{Column, ColumnKind};

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

/// The cells of a row as they are typed: one for each column, in order.
pub fn typed(columns: &Columns, row: &Map<String, Value>) -> Vec<String> {
    let cells = columns
        .keys()
        .map(|name| row.get(name).map(text).unwrap_or_default());
    cells.collect()
}

/// A row from what was typed into its cells; the error is the cell, and the key of what is wrong with it.
pub fn read<'a>(columns: &Columns, cells: &'a [String]) -> Result<Value, (&'a str, &'static str)> {
    let mut row = Map::new();
    for ((name, column), cell) in columns.iter().zip(cells) {
        let cell = cell.trim();
        if cell.is_empty() {
            continue;
        }
        let value = match column.kind {
            ColumnKind::Integer => {
                let number = crate::entry_form::integer(cell);
                Value::from(number.ok_or((cell, "fault.integer-typed"))?)
            }
            ColumnKind::Text | ColumnKind::Key => Value::from(cell),
        };
        row.insert(name.clone(), value);
    }
    Ok(Value::Object(row))
}

fn text(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        other => other.to_string(),
    }
}

#[cfg(test)]
mod tests;

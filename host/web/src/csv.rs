//! Comma-separated values (RFC 4180) that a spreadsheet program opens as they are meant.

use dinh_portal::Cell;

#[cfg(test)]
mod tests;

/// Tells programs of an office that the text is UTF-8.
const BYTE_ORDER_MARK: &str = "\u{feff}";
/// A text that begins with one of these is read as a formula by spreadsheet programs.
const FORMULA_SIGNS: [char; 6] = ['=', '+', '-', '@', '\t', '\r'];

/// The line with the names of columns.
pub(crate) fn begin(header: &[String]) -> String {
    let cells: Vec<String> = header.iter().map(|name| text(name)).collect();
    format!("{BYTE_ORDER_MARK}{}\r\n", cells.join(","))
}

/// The lines of some rows.
pub(crate) fn rows(rows: &[Vec<Cell>]) -> String {
    let mut lines = String::new();
    for row in rows {
        let cells: Vec<String> = row.iter().map(cell).collect();
        lines.push_str(&cells.join(","));
        lines.push_str("\r\n");
    }
    lines
}

fn cell(cell: &Cell) -> String {
    match cell {
        Cell::Empty => String::new(),
        // A number is no formula, also where it is below zero.
        Cell::Integer(number) => number.to_string(),
        Cell::Text(words) | Cell::Date(words) | Cell::Time(words) | Cell::Address(words) => {
            text(words)
        }
    }
}

/// Quoted where it must be; with an apostrophe before what would be read as a formula.
pub(crate) fn text(text: &str) -> String {
    let is_formula = text.starts_with(FORMULA_SIGNS);
    let mut told = String::with_capacity(text.len() + 3);
    if is_formula {
        told.push('\'');
    }
    told.push_str(text);
    if told.contains(['"', ',', '\r', '\n', '\t', '\'']) {
        told = format!("\"{}\"", told.replace('"', "\"\""));
    }
    told
}

//! A cell of a spreadsheet as the value of a field, in the writing that its mapping declares. Pure.

use dinh_domain::declaration::{FieldKind, SheetRows, TypedDates};
use dinh_domain::entry_form::one_of;
use dinh_domain::table::layout::Given;
use dinh_domain::table::number::{Decimal, DecimalMark};
use serde_json::{Value, json};

/// The value; the error is the key of what is wrong with the cell.
pub(crate) fn value(
    kind: &FieldKind,
    sheet: &SheetRows,
    cell: &Given,
) -> Result<Value, &'static str> {
    let text = cell.text();
    match kind {
        FieldKind::Date { .. } | FieldKind::Instant {} => match cell {
            Given::Number(_) => Err("fault.cell-no-date"),
            _ if is_year_first(text) => Ok(json!(text)),
            _ => match sheet.dates {
                Some(TypedDates::DayMonthYear) => one_of(kind, text),
                None => Err("fault.cell-dates"),
            },
        },
        FieldKind::Integer {} => integer(sheet, cell).map(Value::from),
        FieldKind::Texts { .. } => {
            let lines = text.lines().map(str::trim).filter(|it| !it.is_empty());
            Ok(json!(lines.collect::<Vec<_>>()))
        }
        _ => Ok(json!(text)),
    }
}

/// `2024-12-31`, which is read in one way alone; whether there is such a day is asked of every body.
fn is_year_first(text: &str) -> bool {
    let mut parts = text.splitn(3, '-');
    let first = parts.next().unwrap_or_default();
    first.len() == 4 && first.bytes().all(|it| it.is_ascii_digit()) && parts.count() == 2
}

fn integer(sheet: &SheetRows, cell: &Given) -> Result<i64, &'static str> {
    let mark = match (cell, sheet.mark) {
        (Given::Number(_), _) => DecimalMark::Point,
        (_, Some(mark)) => mark,
        (_, None) if cell.text().contains(['.', ',']) => return Err("fault.cell-mark"),
        (_, None) => DecimalMark::Comma,
    };
    let sign = match mark {
        DecimalMark::Comma => ',',
        DecimalMark::Point => '.',
    };
    // `1,000` may be a thousand to whoever typed it: no whole number has a decimal mark.
    if matches!(cell, Given::Text(_)) && cell.text().contains(sign) {
        return Err("fault.cell-no-integer");
    }
    match Decimal::parse(cell.text(), mark) {
        Some(number) if number.decimals == 0 => Ok(number.scaled),
        _ => Err("fault.cell-no-integer"),
    }
}

#[cfg(test)]
mod tests;

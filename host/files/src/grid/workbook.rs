//! Spreadsheets of offices: OpenDocument and Office Open XML.

use std::io::Cursor;

use calamine::{Data, Ods, OdsError, Reader, StyleRange, Xlsx, XlsxError};
use dinh_domain::table::layout::Given;

use super::{Found, Grid, NoGrid, Room};

/// Digits behind the point beyond which a number of a spreadsheet is noise of its arithmetic.
const SHEET_DECIMALS: usize = 9;
/// The days that spreadsheets count, from 1900 to the end of 9999.
const DAYS: std::ops::Range<f64> = 1.0..2_958_466.0;
/// Digits that a double keeps.
const EXACT_DIGITS: usize = 15;
/// Hundredths of a whole.
const PERCENT: f64 = 100.0;

pub(super) fn ods(bytes: &[u8]) -> Result<Grid, NoGrid> {
    let opened = Ods::new(Cursor::new(bytes));
    let book = opened.map_err(|error| match error {
        OdsError::Password => NoGrid::Encrypted,
        _ => NoGrid::Broken,
    })?;
    sheets(book)
}

pub(super) fn xlsx(bytes: &[u8]) -> Result<Grid, NoGrid> {
    let opened = Xlsx::new(Cursor::new(bytes));
    let book = opened.map_err(|error| match error {
        XlsxError::Password => NoGrid::Encrypted,
        _ => NoGrid::Broken,
    })?;
    sheets(book)
}

fn sheets<'a, R: Reader<Cursor<&'a [u8]>>>(mut book: R) -> Result<Grid, NoGrid> {
    let mut room = Room::new();
    let mut sheets = Vec::new();
    for name in book.sheet_names() {
        let range = book.worksheet_range(&name).map_err(|_| NoGrid::Broken)?;
        // The library begins at the first cell that holds something; people count from the corner of the sheet.
        let (above, left) = range.start().unwrap_or_default();
        let [above, left] = [above, left].map(|it| usize::try_from(it).unwrap_or(usize::MAX));
        let (height, width) = range.get_size();
        let width = width.checked_add(left).ok_or(NoGrid::TooLarge)?;
        room.take(height.checked_mul(width).ok_or(NoGrid::TooLarge)?)?;
        room.take(above)?;
        let blank = std::iter::repeat_n(Vec::new(), above);
        let styles = book.worksheet_style(&name).map_err(|_| NoGrid::Broken)?;
        let first = range.start().unwrap_or_default();
        let rows = (first.0..).zip(range.rows()).map(|(at, row)| {
            let before = std::iter::repeat_n(Given::Empty, left);
            let cells = (first.1..).zip(row);
            let cells = cells.map(|(column, cell)| match cell {
                Data::Int(_) | Data::Float(_) if is_percent(&styles, (at, column)) => {
                    given(&of_hundred(cell))
                }
                _ => given(cell),
            });
            before.chain(cells).collect()
        });
        sheets.push((name, blank.chain(rows).collect()));
    }
    Ok(Grid {
        found: Found {
            encoding: None,
            separator: None,
        },
        sheets,
    })
}

/// Whether a number is shown as so many of a hundred. OpenDocument says it of the cell, which the library does not tell.
fn is_percent(styles: &StyleRange, at: (u32, u32)) -> bool {
    let format = styles.get(at).and_then(|it| it.number_format.as_ref());
    format.is_some_and(|it| shows_percent(&it.format_code))
}

/// Whether a format multiplies: `0.0%` does, `0.0"%"` and `0.0\\%` write the sign alone.
fn shows_percent(format: &str) -> bool {
    let (mut quoted, mut escaped) = (false, false);
    format.chars().any(|sign| {
        let was_escaped = std::mem::take(&mut escaped);
        match sign {
            _ if was_escaped => false,
            '"' => {
                quoted = !quoted;
                false
            }
            '\\' => {
                escaped = true;
                false
            }
            sign => sign == '%' && !quoted,
        }
    })
}

/// A number as it is shown with a sign for hundredths: 0.125 is 12.5.
fn of_hundred(cell: &Data) -> Data {
    match cell {
        Data::Float(number) => Data::Float(number * PERCENT),
        Data::Int(number) => number
            .checked_mul(100)
            .map_or_else(|| cell.clone(), Data::Int),
        other => other.clone(),
    }
}

fn given(cell: &Data) -> Given {
    match cell {
        Data::Empty => Given::Empty,
        Data::String(text) if text.trim().is_empty() => Given::Empty,
        Data::String(text) | Data::DurationIso(text) => Given::Text(text.clone()),
        Data::DateTimeIso(text) => Given::Date(day(text).to_owned()),
        Data::Int(number) => Given::Number(number.to_string()),
        Data::Float(number) if number.is_finite() => Given::Number(shown(*number)),
        Data::Float(number) => Given::Error(number.to_string()),
        Data::Bool(is) => Given::Text(is.to_string()),
        Data::DateTime(date) if date.is_datetime() && DAYS.contains(&date.as_f64()) => {
            let (year, month, of_month, hour, minute, ..) = date.to_ymd_hms_milli();
            let text = format!("{year:04}-{month:02}-{of_month:02}T{hour:02}:{minute:02}");
            Given::Date(day(&text).to_owned())
        }
        // A span of time is neither a day nor a figure.
        Data::DateTime(time) => Given::Error(time.to_string()),
        Data::Error(error) => Given::Error(error.to_string()),
        #[expect(unreachable_patterns, reason = "the reader may learn more kinds")]
        _ => Given::Error(String::new()),
    }
}

/// The day of `2024-12-31T00:00:00`; what has another time of day keeps it.
fn day(text: &str) -> &str {
    match text.split_once('T') {
        Some((day, time)) if time.chars().all(|c| matches!(c, '0' | ':' | '.')) => day,
        _ => text,
    }
}

/// A number with the digits that somebody may have typed: fifteen are exact in a double, and what is behind them is noise
/// of the spreadsheet's arithmetic.
fn shown(number: f64) -> String {
    let whole = format!("{:.0}", number.abs().trunc()).len();
    let decimals = EXACT_DIGITS.saturating_sub(whole).min(SHEET_DECIMALS);
    let text = format!("{number:.decimals$}");
    match text.contains('.') {
        true => text.trim_end_matches('0').trim_end_matches('.').to_owned(),
        false => text,
    }
}

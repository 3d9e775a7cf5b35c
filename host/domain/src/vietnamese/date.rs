//! Dates as people write them.

use super::normal::fold;
use crate::dates::LocalDate;

/// Reads a text that is one date: `3/10/2014`, `03-10-2014`, `03.10.2014`,
/// `ngày 03 tháng 10 năm 2014`, `2014-10-03`. Day before month, four digits of year; none if the
/// day does not exist or anything else stands there.
pub fn parse_date(text: &str) -> Option<LocalDate> {
    let folded = fold(text);
    let written = folded.strip_prefix("ngay ").unwrap_or(&folded);
    if let Some((day, rest)) = written.split_once(" thang ") {
        let (month, year) = rest.split_once(" nam ")?;
        return from_written(year, month, day);
    }
    let sign = written.chars().find(|c| !c.is_ascii_digit() && *c != ' ')?;
    let mut parts = written.split(sign).map(str::trim);
    let (first, month, last) = (parts.next()?, parts.next()?, parts.next()?);
    match (sign, parts.next()) {
        ('-', None) if first.len() == 4 => from_written(first, month, last),
        ('/' | '-' | '.', None) => from_written(last, month, first),
        _ => None,
    }
}

fn from_written(year: &str, month: &str, day: &str) -> Option<LocalDate> {
    let digits = |part: &str| part.bytes().all(|b| b.is_ascii_digit());
    if year.len() != 4 || month.len() > 2 || day.len() > 2 {
        return None;
    }
    if ![year, month, day].into_iter().all(digits) {
        return None;
    }
    LocalDate::from_parts(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?)
}

#[cfg(test)]
mod tests;

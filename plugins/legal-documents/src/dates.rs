//! Civil days, without a time zone and without a dependency.

use std::fmt;

#[cfg(test)]
mod tests;

/// A day of the Gregorian calendar, counted from 1970-01-01.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Day(i32);

/// Years that a document of this state can carry.
pub const YEARS: std::ops::RangeInclusive<i32> = 1900..=2200;

impl Day {
    /// The day of these numbers, if there is one.
    pub fn from_parts(year: i32, month: u32, day: u32) -> Option<Self> {
        if !YEARS.contains(&year) || !exists(year, month, day) {
            return None;
        }
        // Days since 0000-03-01 in years that begin in March, so that leap days come last.
        let (year, month) = if month > 2 {
            (year, month - 3)
        } else {
            (year - 1, month + 9)
        };
        let before_year = year * 365 + year / 4 - year / 100 + year / 400;
        let before_month = (153 * month as i32 + 2) / 5;
        Some(Self(before_year + before_month + day as i32 - 1 - EPOCH))
    }

    /// Reads `YYYY-MM-DD`.
    pub fn parse(text: &str) -> Option<Self> {
        let shaped = text.len() == 10
            && text.bytes().enumerate().all(|(at, b)| match at {
                4 | 7 => b == b'-',
                _ => b.is_ascii_digit(),
            });
        if !shaped {
            return None;
        }
        let (year, month, day) = (&text[..4], &text[5..7], &text[8..]);
        Self::from_parts(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?)
    }

    /// Reads what a person typed: `3/10/2014`, `03/10/2014` or `2014-10-03`.
    pub fn read(typed: &str) -> Result<Self, Unread> {
        let typed = typed.trim();
        let (parts, year_first) = match typed.contains('/') {
            true => (typed.split('/').collect::<Vec<_>>(), false),
            false => (typed.split('-').collect::<Vec<_>>(), true),
        };
        let [first, middle, last] = parts[..] else {
            return Err(Unread::Unreadable);
        };
        let (year, day) = if year_first {
            (first, last)
        } else {
            (last, first)
        };
        let digits = |text: &str, at_least: usize, at_most: usize| {
            let fits = (at_least..=at_most).contains(&text.len());
            let fits = fits && text.bytes().all(|byte| byte.is_ascii_digit());
            fits.then(|| text.parse::<u32>().ok()).flatten()
        };
        let read = (digits(year, 4, 4), digits(middle, 1, 2), digits(day, 1, 2));
        let (Some(year), Some(month), Some(day)) = read else {
            return Err(Unread::Unreadable);
        };
        let year = year as i32;
        if !exists(year, month, day) {
            return Err(Unread::Unreal);
        }
        Self::from_parts(year, month, day).ok_or(Unread::OutOfRange)
    }

    /// So many days later.
    #[must_use]
    pub fn plus(self, days: u32) -> Self {
        Self(
            self.0
                .saturating_add(i32::try_from(days).unwrap_or(i32::MAX)),
        )
    }

    /// Year, month and day of the month.
    pub fn parts(self) -> (i32, u32, u32) {
        let days = self.0 + EPOCH;
        let era = days.div_euclid(146_097);
        let of_era = days.rem_euclid(146_097);
        let year_of_era = (of_era - of_era / 1460 + of_era / 36_524 - of_era / 146_096) / 365;
        let of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
        let month = (5 * of_year + 2) / 153;
        let day = of_year - (153 * month + 2) / 5 + 1;
        let in_next_year = i32::from(month >= 10);
        let month = if month < 10 { month + 3 } else { month - 9 };
        (
            year_of_era + era * 400 + in_next_year,
            month as u32,
            day as u32,
        )
    }

    /// The year.
    pub fn year(self) -> i32 {
        self.parts().0
    }

    /// As people write it in Vietnam: `03/10/2014`.
    pub fn in_words(self) -> String {
        let (year, month, day) = self.parts();
        format!("{day:02}/{month:02}/{year}")
    }
}

impl fmt::Display for Day {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (year, month, day) = self.parts();
        write!(f, "{year:04}-{month:02}-{day:02}")
    }
}

/// Why a typed day is none.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unread {
    /// It has not the form of a day.
    Unreadable,
    /// The calendar has no such day.
    Unreal,
    /// A day of the calendar outside [`YEARS`].
    OutOfRange,
}

/// Days from 0000-03-01 to 1970-01-01.
const EPOCH: i32 = 719_468;

/// Whether the calendar has the day.
fn exists(year: i32, month: u32, day: u32) -> bool {
    (1..=12).contains(&month) && (1..=days_in(year, month)).contains(&day)
}

fn days_in(year: i32, month: u32) -> u32 {
    let leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
    match month {
        2 => 28 + u32::from(leap),
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

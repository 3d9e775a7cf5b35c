//! Days between two instants of a form, `YYYY-MM-DDTHH:MM`.

/// The civil day of an instant or date, counted from 1 March of the year 0.
fn day_number(text: &str) -> Option<i64> {
    let mut parts = text.get(..10)?.split('-');
    let mut part = || parts.next()?.parse::<i64>().ok();
    let (year, month, day) = (part()?, part()?, part()?);
    // Years begin in March, so that the day that some have more is their last.
    let (year, month) = match month {
        1 | 2 => (year - 1, month + 9),
        _ => (year, month - 3),
    };
    Some(365 * year + year / 4 - year / 100 + year / 400 + (153 * month + 2) / 5 + day)
}

/// Whole days between two instants: a day is full at the same time of day.
pub fn between(from: &str, to: &str) -> Option<i64> {
    let days = day_number(to)? - day_number(from)?;
    let time = |text: &str| text.get(11..).unwrap_or("00:00").to_owned();
    Some(days - i64::from(time(to) < time(from)))
}

#[cfg(test)]
mod tests {
    use super::between;

    #[test]
    fn days_are_counted_over_months_and_leap_years() {
        for (from, to, days) in [
            ("2026-11-27T08:00", "2026-12-17T08:00", 20),
            ("2026-11-27T08:00", "2026-12-17T07:59", 19),
            ("2024-02-28T00:00", "2024-03-01T00:00", 2),
            ("2026-02-28", "2026-03-01", 1),
            ("2025-12-31T17:00", "2026-01-01T17:00", 1),
            ("2026-11-27T08:00", "2026-11-20T08:00", -7),
        ] {
            assert_eq!(between(from, to), Some(days), "{from} {to}");
        }
        assert_eq!(between("soon", "2026-01-01"), None);
    }
}

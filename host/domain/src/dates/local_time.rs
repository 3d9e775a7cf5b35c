use std::fmt;

use super::{BadDate, Instant, LocalDate, Zone};

/// Minutes of an hour, and of a day.
const HOUR: u16 = 60;
const DAY: u16 = 24 * HOUR;

/// A minute on the clock of a site, kept as `YYYY-MM-DDTHH:MM`, so that text order is time order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct LocalTime {
    date: LocalDate,
    minute: u16,
}

impl LocalTime {
    /// Reads `YYYY-MM-DDTHH:MM`, or a date, which is its first minute.
    pub fn parse(text: &str) -> Option<Self> {
        let Some((day, time)) = text.split_once('T') else {
            return LocalDate::parse(text).ok().map(Self::from);
        };
        let date = LocalDate::parse(day).ok()?;
        let (hour, minute) = time.split_once(':')?;
        let two = |it: &str| it.len() == 2 && it.bytes().all(|b| b.is_ascii_digit());
        if !two(hour) || !two(minute) {
            return None;
        }
        let (hour, minute): (u16, u16) = (hour.parse().ok()?, minute.parse().ok()?);
        Self::at(date, hour, minute)
    }

    /// A minute of a day, if the clock has it.
    pub fn at(date: LocalDate, hour: u16, minute: u16) -> Option<Self> {
        let of_day = hour.checked_mul(HOUR)?.checked_add(minute)?;
        (minute < HOUR && of_day < DAY).then_some(Self {
            date,
            minute: of_day,
        })
    }

    /// The day.
    pub fn date(self) -> LocalDate {
        self.date
    }

    /// When it is, on the clock of a zone.
    pub fn instant_in(self, zone: &Zone) -> Instant {
        zone.at_minute(self.date, i64::from(self.minute))
    }

    /// The time of day, `17:00`, of what ends then, with the day that it ends: the first minute of a day is the end of
    /// the day before, `24:00`.
    pub fn end(self) -> (LocalDate, String) {
        match self.minute {
            0 => (self.date.yesterday(), "24:00".to_owned()),
            _ => (self.date, self.clock()),
        }
    }

    /// The form people read in Vietnam: `17:00 ngày 03/10/2014`.
    pub fn to_vietnamese(self) -> String {
        format!("{} ngày {}", self.clock(), self.date.to_vietnamese())
    }

    /// The form in which forms take and show it: `03/10/2014 17:00`.
    pub fn to_typed(self) -> String {
        format!("{} {}", self.date.to_vietnamese(), self.clock())
    }

    fn clock(self) -> String {
        format!("{:02}:{:02}", self.minute / HOUR, self.minute % HOUR)
    }
}

impl From<LocalDate> for LocalTime {
    fn from(date: LocalDate) -> Self {
        Self { date, minute: 0 }
    }
}

impl TryFrom<String> for LocalTime {
    type Error = BadDate;
    fn try_from(text: String) -> Result<Self, BadDate> {
        Self::parse(&text).ok_or(BadDate(text))
    }
}

impl fmt::Display for LocalTime {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}T{}", self.date, self.clock())
    }
}

impl Instant {
    /// The minute on the clock of a zone at that instant.
    pub fn local_in(self, zone: &Zone) -> LocalTime {
        let zoned = self.zoned(zone);
        let of_day = i32::from(zoned.hour()) * i32::from(HOUR) + i32::from(zoned.minute());
        LocalTime {
            date: LocalDate(zoned.date()),
            minute: u16::try_from(of_day).unwrap_or_default(),
        }
    }
}

#[cfg(test)]
mod tests;

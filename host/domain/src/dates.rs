//! Civil dates and instants. A date-only field never meets a time zone; an instant always does.

mod local_time;

use std::fmt;

use jiff::{Timestamp, ZonedDateTime, civil::Date, tz::TimeZone};
use serde::{Deserialize, Serialize};

pub use local_time::LocalTime;

/// The zone of a site that names none (architecture, section 7).
pub const DEFAULT_TIME_ZONE: &str = "Asia/Ho_Chi_Minh";

/// A civil date, kept as `YYYY-MM-DD`, so that text order is time order. Years 1000 to 9999.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct LocalDate(Date);

/// The text is not a date that exists.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is not a date of the form YYYY-MM-DD")]
pub struct BadDate(String);

impl LocalDate {
    /// Reads `YYYY-MM-DD` and nothing else.
    pub fn parse(text: &str) -> Result<Self, BadDate> {
        let bad = || BadDate(text.chars().take(32).collect());
        let shaped = text.len() == 10
            && text.bytes().enumerate().all(|(i, b)| match i {
                4 | 7 => b == b'-',
                _ => b.is_ascii_digit(),
            });
        if !shaped {
            return Err(bad());
        }
        let date: Date = text.parse().map_err(|_| bad())?;
        if date.year() < 1000 {
            Err(bad())
        } else {
            Ok(Self(date))
        }
    }

    /// From its parts, if that day exists.
    pub fn from_parts(year: i16, month: i8, day: i8) -> Option<Self> {
        let date = Date::new(year, month, day).ok()?;
        (1000..=9999).contains(&date.year()).then_some(Self(date))
    }

    /// The next day; itself at the end of the calendar.
    #[must_use]
    pub fn tomorrow(self) -> Self {
        Self(self.0.tomorrow().unwrap_or(self.0))
    }

    /// The day before; itself at the beginning of the calendar.
    #[must_use]
    pub fn yesterday(self) -> Self {
        Self(self.0.yesterday().unwrap_or(self.0))
    }

    /// How many days later another day is; negative where it is earlier.
    pub fn days_until(self, other: Self) -> i64 {
        (other.0 - self.0).get_days().into()
    }

    /// The year.
    pub fn year(self) -> i16 {
        self.0.year()
    }

    /// The month, 1 to 12.
    pub fn month(self) -> i8 {
        self.0.month()
    }

    /// The day of the month, 1 to 31.
    pub fn day(self) -> i8 {
        self.0.day()
    }

    /// The form people read in Vietnam: `03/10/2014`.
    pub fn to_vietnamese(self) -> String {
        format!("{:02}/{:02}/{}", self.day(), self.month(), self.year())
    }
}

impl fmt::Display for LocalDate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "{:04}-{:02}-{:02}",
            self.year(),
            self.month(),
            self.day()
        )
    }
}

impl TryFrom<String> for LocalDate {
    type Error = BadDate;
    fn try_from(text: String) -> Result<Self, BadDate> {
        Self::parse(&text)
    }
}

impl From<LocalDate> for String {
    fn from(date: LocalDate) -> String {
        date.to_string()
    }
}

/// An instant, in milliseconds since the epoch, UTC.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Instant(pub i64);

impl Instant {
    fn zoned(self, zone: &Zone) -> ZonedDateTime {
        Timestamp::from_millisecond(self.0)
            .unwrap_or(Timestamp::UNIX_EPOCH)
            .to_zoned_datetime(zone.0.clone())
    }

    /// The civil date at that instant in a zone.
    pub fn date_in(self, zone: &Zone) -> LocalDate {
        LocalDate(self.zoned(zone).date())
    }

    /// `HH:MM` on the clock of a zone.
    pub fn time_in(self, zone: &Zone) -> String {
        let zoned = self.zoned(zone);
        format!("{:02}:{:02}", zoned.hour(), zoned.minute())
    }

    /// RFC 3339 with the offset of a zone, whole seconds: `2014-10-03T08:00:00+07:00`.
    pub fn rfc3339_in(self, zone: &Zone) -> String {
        self.zoned(zone)
            .strftime("%Y-%m-%dT%H:%M:%S%:z")
            .to_string()
    }
}

/// A time zone of the IANA database.
#[derive(Debug, Clone)]
pub struct Zone(TimeZone);

impl Zone {
    /// Coordinated Universal Time.
    pub fn utc() -> Self {
        Self(TimeZone::UTC)
    }

    /// Looks a zone up by name.
    pub fn named(name: &str) -> Option<Self> {
        TimeZone::get(name).ok().map(Self)
    }

    /// A minute of a civil date there, counted on its clock. One that the clock leaves out is moved on by
    /// what is left out; of one that comes twice it is the first.
    pub fn at_minute(&self, date: LocalDate, minute: i64) -> Instant {
        let (hour, minute) = (minute.div_euclid(60), minute.rem_euclid(60));
        let (hour, minute) = (i8::try_from(hour), i8::try_from(minute));
        let (hour, minute) = (hour.unwrap_or_default(), minute.unwrap_or_default());
        let at = date.0.at(hour.clamp(0, 23), minute, 0, 0);
        let at = at.to_zoned_datetime(self.0.clone());
        at.map_or_else(
            |_| self.start_of(date),
            |zoned| Instant(zoned.timestamp().as_millisecond()),
        )
    }

    /// The first instant of a civil date there.
    pub fn start_of(&self, date: LocalDate) -> Instant {
        let at = date.0.to_zoned_datetime(self.0.clone());
        Instant(at.map_or(0, |zoned| zoned.timestamp().as_millisecond()))
    }
}

impl Default for Zone {
    fn default() -> Self {
        let seven_hours_east = jiff::tz::Offset::constant(7).to_time_zone();
        Self(TimeZone::get(DEFAULT_TIME_ZONE).unwrap_or(seven_hours_east))
    }
}

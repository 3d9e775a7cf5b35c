//! Work that a plugin's code does by itself: when the clock says so, or when it was enqueued.

use schemars::JsonSchema;
use serde::Deserialize;

use crate::dates::{Instant, Zone};

/// Shortest time between two runs, in minutes: whoever needs to know sooner enqueues a job.
pub const JOB_MINUTES_MIN: i64 = 5;
/// Longest one, in minutes: a day. What is due more seldom looks at the date itself.
pub const JOB_MINUTES_MAX: i64 = 24 * 60;

const MINUTE_MS: i64 = 60_000;

/// `[[jobs]]` of a manifest. Without `every` and `daily` it runs when it was enqueued, and only then.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct JobDeclaration {
    /// Name given to the code.
    pub name: String,
    /// Runs again and again, `5m` to `24h` apart.
    #[serde(default)]
    pub every: Option<String>,
    /// Runs once a day at a time of the site's clock, `HH:MM`.
    #[serde(default)]
    pub daily: Option<String>,
}

/// When a job is due by the clock.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Schedule {
    /// So many minutes apart, counted from the epoch.
    Every(i64),
    /// At this minute of the site's civil day.
    Daily(i64),
}

impl JobDeclaration {
    /// When it is due; none where it is only enqueued. The error says what is wrong.
    pub fn schedule(&self) -> Result<Option<Schedule>, String> {
        match (&self.every, &self.daily) {
            (None, None) => Ok(None),
            (Some(every), None) => every_minutes(every).map(Schedule::Every).map(Some),
            (None, Some(daily)) => minute_of_day(daily).map(Schedule::Daily).map(Some),
            (Some(_), Some(_)) => Err("it has `every` or `daily`, not both".to_owned()),
        }
    }
}

impl Schedule {
    /// The last instant at which it was due, at or before `now`.
    pub fn last_due(self, now: Instant, zone: &Zone) -> Instant {
        match self {
            Self::Every(minutes) => {
                let step = minutes.max(1) * MINUTE_MS;
                Instant(now.0.div_euclid(step) * step)
            }
            Self::Daily(minute) => {
                let today = now.date_in(zone);
                let due = zone.at_minute(today, minute);
                if due <= now {
                    return due;
                }
                zone.at_minute(today.yesterday(), minute)
            }
        }
    }
}

fn every_minutes(text: &str) -> Result<i64, String> {
    let wrong = || format!("`every = \"{text}\"`: write `5m` to `24h`, whole minutes or hours");
    let (digits, unit) = if let Some(digits) = text.strip_suffix('m') {
        (digits, 1)
    } else if let Some(digits) = text.strip_suffix('h') {
        (digits, 60)
    } else {
        return Err(wrong());
    };
    let number = number(digits).ok_or_else(wrong)?;
    let minutes = number * unit;
    if (JOB_MINUTES_MIN..=JOB_MINUTES_MAX).contains(&minutes) {
        return Ok(minutes);
    }
    Err(wrong())
}

fn minute_of_day(text: &str) -> Result<i64, String> {
    let wrong = || format!("`daily = \"{text}\"`: write a time such as `06:30`");
    let (hour, minute) = text.split_once(':').ok_or_else(wrong)?;
    let is_short = hour.len() == 2 && minute.len() == 2;
    let hour = number(hour).filter(|it| *it < 24);
    let minute = number(minute).filter(|it| *it < 60);
    match (is_short, hour, minute) {
        (true, Some(hour), Some(minute)) => Ok(hour * 60 + minute),
        _ => Err(wrong()),
    }
}

/// At most four digits.
fn number(digits: &str) -> Option<i64> {
    let fits = (1..=4).contains(&digits.len()) && digits.bytes().all(|it| it.is_ascii_digit());
    fits.then(|| digits.parse().ok()).flatten()
}

#[cfg(test)]
mod tests;

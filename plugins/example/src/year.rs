//! The page `theo-nam?nam=2026`: meetings of a year.

use dinh_sdk::serde::Serialize;
use dinh_sdk::{CountQuery, Host, Outcome, Query, Request, View};

use crate::meeting::{COLLECTION, FIELDS, Meeting};

/// Most meetings shown for a year.
const MEETINGS_MAX: u32 = 100;
/// Most characters repeated of what is no year.
const ASKED_CHARS_MAX: usize = 20;

/// What the template `year` shows.
#[derive(Serialize)]
#[serde(crate = "dinh_sdk::serde")]
struct Model {
    years: Vec<YearLink>,
    year: String,
    /// What was asked for and is no year.
    bad_year: Option<String>,
    meetings: Vec<Meeting>,
    total: u64,
}

#[derive(Serialize)]
#[serde(crate = "dinh_sdk::serde")]
struct YearLink {
    year: String,
    count: u64,
    current: bool,
}

/// Answers with the year that was asked for, or this one.
pub fn page(request: &Request, host: &impl Host) -> Result<Outcome, String> {
    let today = host.today();
    let this_year = today.split('-').next().unwrap_or_default().to_owned();
    let asked = request.asked("nam").map(str::trim);
    let asked = asked.filter(|asked| !asked.is_empty());
    let (year, bad_year) = match asked {
        None => (this_year, None),
        Some(asked) if is_year(asked) => (asked.to_owned(), None),
        Some(asked) => {
            let start = asked.chars().take(ASKED_CHARS_MAX).collect();
            (this_year, Some(start))
        }
    };
    let counts = host.count(COLLECTION, &CountQuery::new().by("year"))?;
    let mut years: Vec<YearLink> = counts
        .by
        .get("year")
        .into_iter()
        .flatten()
        .map(|one| YearLink {
            current: one.value == year,
            year: one.value.clone(),
            count: one.count,
        })
        .collect();
    years.sort_by(|a, b| b.year.cmp(&a.year));
    let query = Query::new()
        .eq("year", year.as_str())
        .sort("held_on")
        .fields(FIELDS)
        .limit(MEETINGS_MAX);
    let found = host.query(COLLECTION, &query)?;
    let meetings: Vec<Meeting> = found
        .entries
        .iter()
        .map(|entry| Meeting::of(entry, &today))
        .collect();
    let total = years
        .iter()
        .find(|one| one.current)
        .map_or(0, |one| one.count);
    let model = Model {
        years,
        year,
        bad_year,
        meetings,
        total,
    };
    Ok(View::new("year", &model)?.into())
}

fn is_year(text: &str) -> bool {
    text.len() == 4 && text.bytes().all(|byte| byte.is_ascii_digit())
}

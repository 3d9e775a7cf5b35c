//! The page of what replaced or repealed what, by the year in which the new document was issued.

mod collect;
#[cfg(test)]
mod tests;

use dinh_sdk::{Host, Outcome, Request, View};
use serde::Serialize;

use collect::{Collected, Pair, collect};

/// Pairs on one page: some 100 KiB of the 256 KiB that a model may have.
const PAIRS_PER_PAGE: usize = 100;
/// Longest title or abstract shown in the table, in characters.
const MAX_LABEL_CHARS: usize = 300;

/// What the template `replacements` shows.
#[derive(Serialize)]
struct Model {
    years: Vec<YearLink>,
    year: Option<i32>,
    /// What was asked for and is no year.
    bad_year: Option<String>,
    pairs: Vec<Pair>,
    total: usize,
    page: usize,
    pages: usize,
    previous: Option<usize>,
    next: Option<usize>,
    /// There are more documents than one call can look through.
    cut: bool,
}

#[derive(Serialize)]
struct YearLink {
    year: i32,
    /// Pairs of that year; none where they were not counted.
    count: Option<usize>,
    current: bool,
}

/// Answers `thay-the?nam=YYYY&trang=N`.
pub fn page(request: &Request, host: &impl Host) -> Result<Outcome, String> {
    let asked = request
        .asked("nam")
        .map(str::trim)
        .filter(|asked| !asked.is_empty());
    let year: Option<i32> = asked
        .and_then(|asked| asked.parse().ok())
        .filter(|year| crate::dates::YEARS.contains(year));
    let bad_year = asked
        .filter(|_| year.is_none())
        .map(|asked| asked.chars().take(40).collect::<String>());
    let Collected {
        years,
        year,
        pairs,
        cut,
    } = collect(year, host)?;
    let total = pairs.len();
    let pages = total.div_ceil(PAIRS_PER_PAGE).max(1);
    let asked_page = request
        .asked("trang")
        .and_then(|page| page.trim().parse().ok())
        .unwrap_or(1);
    if asked_page == 0 || asked_page > pages {
        return Ok(Outcome::NotFound);
    }
    let shown = pairs
        .into_iter()
        .skip((asked_page - 1) * PAIRS_PER_PAGE)
        .take(PAIRS_PER_PAGE);
    let status = if bad_year.is_some() { 400 } else { 200 };
    let shown_year = year.filter(|_| bad_year.is_none());
    let link = |(of, count)| YearLink {
        year: of,
        count,
        current: shown_year == Some(of),
    };
    let model = Model {
        years: years.into_iter().map(link).collect(),
        year: shown_year,
        pairs: if bad_year.is_some() {
            Vec::new()
        } else {
            shown.collect()
        },
        bad_year,
        total,
        page: asked_page,
        pages,
        previous: (asked_page > 1).then(|| asked_page - 1),
        next: (asked_page < pages).then(|| asked_page + 1),
        cut,
    };
    Ok(View::new("replacements", &model)?
        .with_status(status)
        .into())
}

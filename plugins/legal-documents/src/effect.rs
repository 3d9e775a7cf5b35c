//! The day a document takes effect, read from its own words.
//!
//! `Quyết định này có hiệu lực sau 07 ngày kể từ ngày ký` speaks of the document itself; `Khoản 2
//! Điều 5 Thông tư này có hiệu lực từ …` of a part, and a clause inside quotation marks or below
//! `(Điều 2 Thông tư số 04/2023/…)` of another document. Only the first sort counts.

mod clause;
mod scan;
#[cfg(test)]
mod tests;

pub use clause::Start;

use crate::dates::Day;

/// A clause of the document about its own start.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Clause {
    /// When it starts.
    pub start: Start,
    /// The words, as written.
    pub words: String,
}

/// What the text says about the day of effect.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reading {
    /// The day of the last clause that names one.
    pub on: Day,
    /// The words of that clause.
    pub words: String,
    /// All clauses name the same day: the text leaves no choice.
    pub certain: bool,
    /// Every day that a clause names.
    pub days: Vec<Day>,
}

/// Clauses of a text, in order. `blocks` are pieces that are quoted or cited as a whole: articles
/// or paragraphs. `own_key` is the [`crate::fold::code_key`] of the document's number.
pub fn clauses<'a>(blocks: impl IntoIterator<Item = &'a str>, own_key: &str) -> Vec<Clause> {
    let found = blocks
        .into_iter()
        .flat_map(|block| scan::clauses(block, own_key));
    found.collect()
}

/// The day that the clauses name for a document issued on that day; none where no clause names
/// one (or only one that counts from a day not known here, such as that of the gazette).
pub fn reading(clauses: &[Clause], issued: Option<Day>) -> Option<Reading> {
    let dated = clauses.iter().filter_map(|clause| {
        let on = match clause.start {
            Start::On(day) => day,
            Start::AfterIssue(days) => issued?.plus(days),
            Start::Elsewhere => return None,
        };
        Some((on, clause))
    });
    let dated: Vec<(Day, &Clause)> = dated.collect();
    let (on, last) = *dated.last()?;
    let days: Vec<Day> = dated.iter().map(|(day, _)| *day).collect();
    let certain = days.iter().all(|day| *day == on);
    Some(Reading {
        on,
        words: last.words.clone(),
        certain,
        days,
    })
}

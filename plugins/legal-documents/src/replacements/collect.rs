//! Collects the pairs within the calls that one page may make.

use std::collections::BTreeMap;

use dinh_sdk::{ContentError, CountQuery, Entry, Host, Link, Query};
use serde::Serialize;

use super::MAX_LABEL_CHARS;
use crate::document::{COLLECTION, Document};
use crate::graph::IDS_PER_CALL;

/// Pages of documents looked through: two calls each, and one to count, of the 32 that a page has.
const MAX_SCANNED_PAGES: usize = 14;
/// Documents that can be looked through in one call of the page.
pub(super) const MAX_SCANNED: u64 = (MAX_SCANNED_PAGES * IDS_PER_CALL) as u64;

/// An old document and the one that took its place.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(super) struct Pair {
    /// `replaces` or `repeals`.
    pub(super) kind: String,
    pub(super) old: String,
    pub(super) old_href: Option<String>,
    pub(super) new: String,
    pub(super) new_href: String,
    pub(super) new_summary: String,
    /// The day the new document starts to apply, or else of its issue; `YYYY-MM-DD`.
    pub(super) on: Option<String>,
}

/// What was found.
#[derive(Debug)]
pub(super) struct Collected {
    /// Years with pairs, newest first; where there are too many documents, years with documents.
    pub(super) years: Vec<(i32, Option<usize>)>,
    /// The year that is shown.
    pub(super) year: Option<i32>,
    /// Its pairs, newest first.
    pub(super) pairs: Vec<Pair>,
    /// Not all documents were looked through.
    pub(super) cut: bool,
}

/// The pairs of a year, or of the newest year that has any.
pub(super) fn collect(asked: Option<i32>, host: &impl Host) -> Result<Collected, ContentError> {
    let counts = host.count(COLLECTION, &CountQuery::new().by("year"))?;
    let years = counts.by.get("year").into_iter().flatten();
    let mut years: Vec<i32> = years.filter_map(|year| year.value.parse().ok()).collect();
    years.sort_unstable_by(|a, b| b.cmp(a));
    if counts.total <= MAX_SCANNED {
        return all_years(asked, host);
    }
    let year = asked.or(years.first().copied());
    let of_year = year.map_or_else(Query::new, |year| Query::new().eq("year", year));
    let (mut by_year, cut) = scan(&of_year, host)?;
    let pairs = year
        .and_then(|year| by_year.remove(&year))
        .unwrap_or_default();
    let count = pairs.len();
    let counted = |of: i32| (of, (Some(of) == year && !cut).then_some(count));
    Ok(Collected {
        years: years.into_iter().map(counted).collect(),
        year,
        pairs,
        cut,
    })
}

fn all_years(asked: Option<i32>, host: &impl Host) -> Result<Collected, ContentError> {
    let (mut by_year, cut) = scan(&Query::new(), host)?;
    let years = by_year
        .iter()
        .rev()
        .map(|(year, pairs)| (*year, Some(pairs.len())));
    let years: Vec<(i32, Option<usize>)> = years.collect();
    let year = asked.or(years.first().map(|(year, _)| *year));
    let pairs = year
        .and_then(|year| by_year.remove(&year))
        .unwrap_or_default();
    Ok(Collected {
        years,
        year,
        pairs,
        cut,
    })
}

/// Goes through the documents of a query, newest first; says whether it had to stop early.
fn scan(query: &Query, host: &impl Host) -> Result<(BTreeMap<i32, Vec<Pair>>, bool), ContentError> {
    let mut by_year: BTreeMap<i32, Vec<Pair>> = BTreeMap::new();
    let mut cursor = None;
    for _ in 0..MAX_SCANNED_PAGES {
        let query = query.clone().sort_descending("issued_on").fields([
            "abstract",
            "issued_on",
            "effective_on",
        ]);
        let page = host.query(COLLECTION, &query.limit(IDS_PER_CALL as u32).after(cursor))?;
        let ids: Vec<&str> = page.entries.iter().map(|entry| entry.id.as_str()).collect();
        if ids.is_empty() {
            return Ok((by_year, false));
        }
        let mut links: BTreeMap<String, Vec<Link>> = BTreeMap::new();
        for link in host.links(COLLECTION, &ids, Some("relations"))? {
            if link.outgoing && matches!(link.kind.as_str(), "replaces" | "repeals") {
                links.entry(link.of.clone()).or_default().push(link);
            }
        }
        for entry in &page.entries {
            let Some(issued) = Document::new(&entry.body).day("issued_on") else {
                continue;
            };
            let ended = links.remove(&entry.id).unwrap_or_default();
            let pairs = ended.iter().map(|link| pair(entry, link));
            let mut pairs = pairs.peekable();
            if pairs.peek().is_some() {
                by_year.entry(issued.year()).or_default().extend(pairs);
            }
        }
        if page.next.is_none() {
            return Ok((by_year, false));
        }
        cursor = page.next;
    }
    Ok((by_year, true))
}

fn pair(new: &Entry, link: &Link) -> Pair {
    let document = Document::new(&new.body);
    let on = document
        .day("effective_on")
        .or_else(|| document.day("issued_on"));
    let old = if link.label.is_empty() {
        link.key.as_deref().unwrap_or_default()
    } else {
        &link.label
    };
    Pair {
        kind: link.kind.clone(),
        old: cut(old),
        old_href: link.url.clone(),
        new: cut(&new.title),
        new_href: new.url.clone(),
        new_summary: cut(new.text("abstract").unwrap_or_default()),
        on: on.map(|on| on.to_string()),
    }
}

fn cut(text: &str) -> String {
    if text.chars().count() <= MAX_LABEL_CHARS {
        return text.to_owned();
    }
    let mut short: String = text.chars().take(MAX_LABEL_CHARS).collect();
    short.push('…');
    short
}

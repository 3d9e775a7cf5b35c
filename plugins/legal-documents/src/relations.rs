//! What a document may do to others: nothing to itself, nothing twice, and it cannot replace,
//! repeal, amend or correct one that was issued later.

#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, BTreeSet};

use dinh_sdk::{ContentError, Fault, Host, Query};

use crate::dates::Day;
use crate::document::{COLLECTION, Document, Relation};
use crate::fold::code_key;
use crate::number;

/// Numbers looked up in one call, within what a filter of the host takes.
const NUMBERS_PER_QUERY: usize = 20;
/// Entries of one look-up: a number is unique on a site, so this leaves room for shared ones.
const ENTRIES_PER_QUERY: u32 = 100;
/// Kinds of edge that change the other document, which must exist before it can be changed.
const ACTING: &[&str] = &["amends", "replaces", "repeals", "corrects"];

/// Whether an edge of this kind changes the other document.
pub fn is_acting(kind: &str) -> bool {
    ACTING.contains(&kind)
}

/// Faults that the document shows by itself.
pub fn own_faults(document: Document<'_>) -> Vec<Fault> {
    let own = document.number().map(code_key);
    let mut seen = BTreeSet::new();
    let mut faults = Vec::new();
    for (at, relation) in document.relations().iter().enumerate() {
        let key = code_key(relation.target);
        if key.is_empty() {
            continue;
        }
        if own.as_ref() == Some(&key) {
            faults.push(fault(at, relation, "fault.relation.itself"));
        } else if !seen.insert((relation.kind, key)) {
            faults.push(fault(at, relation, "fault.relation.twice"));
        }
    }
    faults
}

/// Edges to documents that were issued after this one. Where the portal does not have the other,
/// the year in its number decides. Numbers are unique only within a site: every commune has its
/// `01/2015/QĐ-UBND`.
pub fn order_faults(document: Document<'_>, site: &str, host: &impl Host) -> Vec<Fault> {
    let Some(issued) = document.day("issued_on") else {
        return Vec::new();
    };
    let own = document.number().map(code_key);
    let relations = document.relations();
    let edges = relations.iter().enumerate();
    let acting: Vec<(usize, &Relation<'_>)> = edges
        .filter(|(_, relation)| is_acting(relation.kind) && !relation.target.is_empty())
        .filter(|(_, relation)| own != Some(code_key(relation.target)))
        .collect();
    let known = match issue_days(&acting, site, host) {
        Ok(known) => known,
        Err(error) => {
            let fault = Fault::new("/relations", "fault.relation.unchecked");
            return vec![fault.with("reason", error.to_string())];
        }
    };
    let later = acting.into_iter().filter_map(|(at, relation)| {
        match known.get(&code_key(relation.target)) {
            Some(day) if *day > issued => {
                let fault = fault(at, relation, "fault.relation.later");
                Some(
                    fault
                        .with("issued", issued.in_words())
                        .with("other", day.in_words()),
                )
            }
            Some(_) => None,
            None => {
                let year = number::parse(relation.target).ok()?.year?;
                let fault = fault(at, relation, "fault.relation.later_year");
                (year > issued.year()).then(|| {
                    fault
                        .with("issued", issued.in_words())
                        .with("year", year.to_string())
                })
            }
        }
    });
    later.collect()
}

/// The earliest day of issue of each number that the site has, by key.
fn issue_days(
    acting: &[(usize, &Relation<'_>)],
    site: &str,
    host: &impl Host,
) -> Result<BTreeMap<String, Day>, ContentError> {
    let numbers: BTreeSet<&str> = acting.iter().map(|(_, relation)| relation.target).collect();
    let numbers: Vec<&str> = numbers.into_iter().collect();
    let mut known: BTreeMap<String, Day> = BTreeMap::new();
    for some in numbers.chunks(NUMBERS_PER_QUERY) {
        let query = Query::new().any_of("number", some.iter().copied());
        let query = query
            .fields(["number", "issued_on"])
            .limit(ENTRIES_PER_QUERY);
        let found = host.query(COLLECTION, &query)?.entries;
        for entry in found.iter().filter(|entry| entry.site == site) {
            let document = Document::new(&entry.body);
            if let (Some(number), Some(day)) = (document.number(), document.day("issued_on")) {
                let earliest = known.entry(code_key(number)).or_insert(day);
                *earliest = day.min(*earliest);
            }
        }
    }
    Ok(known)
}

fn fault(at: usize, relation: &Relation<'_>, key: &str) -> Fault {
    Fault::new(&format!("/relations/{at}/target"), key).with("number", relation.target)
}

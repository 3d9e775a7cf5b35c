//! The query in memory: the oracle with which both databases are compared.

use std::cmp::Ordering;

use super::{Filter, Place, Query, Test};
use crate::ids::EntryId;
use crate::index::{IndexRow, IndexValue};

/// The ids of the asked page, and how many entries there are on all pages.
pub fn answer(query: &Query, rows: &[(EntryId, IndexRow)]) -> (Vec<EntryId>, u64) {
    let found = ordered(query, rows);
    let skip = (query.page.max(1) - 1) as usize * query.per_page as usize;
    let page = found.iter().skip(skip).take(query.per_page as usize);
    (page.map(|(id, _)| id.clone()).collect(), found.len() as u64)
}

/// The ids that follow a place, or the first of all; the page of the query says nothing here.
pub fn after(
    query: &Query,
    rows: &[(EntryId, IndexRow)],
    place: Option<&Place>,
    limit: usize,
) -> Vec<EntryId> {
    let sorted = Query {
        among: query.among.as_ref().map(|it| it.clone().sorted()),
        ..query.clone()
    };
    let found = ordered(&sorted, rows);
    let behind = found
        .into_iter()
        .filter(|(id, row)| place.is_none_or(|place| place.is_before(&query.sort, row, id)));
    behind.take(limit).map(|(id, _)| id.clone()).collect()
}

fn ordered<'a>(query: &Query, rows: &'a [(EntryId, IndexRow)]) -> Vec<&'a (EntryId, IndexRow)> {
    let mut found: Vec<&(EntryId, IndexRow)> = rows
        .iter()
        .filter(|(id, row)| {
            query
                .among
                .as_ref()
                .is_none_or(|among| among.ids().contains(id))
                && query.filters.iter().all(|it| holds(it, row))
        })
        .collect();
    found.sort_by(|(id_a, a), (id_b, b)| {
        let (a, b) = (
            a.get(&query.sort.index).first(),
            b.get(&query.sort.index).first(),
        );
        order(a, b, query.sort.descending).then_with(|| id_a.cmp(id_b))
    });
    if let Some(among) = &query.among {
        found.sort_by_key(|(id, _)| among.rank(id));
    }
    found
}

fn holds(filter: &Filter, row: &IndexRow) -> bool {
    let values = row.get(&filter.index);
    match &filter.test {
        Test::AnyOf(wanted) => values
            .iter()
            .any(|have| wanted.iter().any(|want| same(have, want))),
        Test::From(from) => values
            .iter()
            .any(|have| compare(have, from) != Ordering::Less),
        Test::To(to) => values
            .iter()
            .any(|have| compare(have, to) != Ordering::Greater),
    }
}

fn same(a: &IndexValue, b: &IndexValue) -> bool {
    match (a, b) {
        (IndexValue::Text { key: a, .. }, IndexValue::Text { key: b, .. }) => a == b,
        (IndexValue::Integer(a), IndexValue::Integer(b)) => a == b,
        _ => false,
    }
}

fn compare(a: &IndexValue, b: &IndexValue) -> Ordering {
    match (a, b) {
        (IndexValue::Text { sort: a, .. }, IndexValue::Text { sort: b, .. }) => a.cmp(b),
        (IndexValue::Integer(a), IndexValue::Integer(b)) => a.cmp(b),
        (IndexValue::Text { .. }, IndexValue::Integer(_)) => Ordering::Less,
        (IndexValue::Integer(_), IndexValue::Text { .. }) => Ordering::Greater,
    }
}

/// Missing values come last in both directions.
fn order(a: Option<&IndexValue>, b: Option<&IndexValue>, descending: bool) -> Ordering {
    match (a, b) {
        (Some(a), Some(b)) if descending => compare(b, a),
        (Some(a), Some(b)) => compare(a, b),
        (Some(_), None) => Ordering::Less,
        (None, Some(_)) => Ordering::Greater,
        (None, None) => Ordering::Equal,
    }
}

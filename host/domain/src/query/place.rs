//! A place in an order, from which reading goes on: it names values, not a row number, so that rows
//! which come or go before it move nothing.

use std::cmp::Ordering;

use serde::{Deserialize, Serialize};

use super::Sort;
use crate::ids::EntryId;
use crate::index::{IndexRow, IndexValue};

/// Behind one entry of an order.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Place {
    /// What the entry sorts by; none where it has no value and stands among the last.
    pub key: Option<SortKey>,
    /// The entry, which may be gone by now.
    pub id: EntryId,
}

/// What an entry sorts by.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum SortKey {
    /// Compared bytewise.
    Text(String),
    /// Compared as a number.
    Integer(i64),
}

impl SortKey {
    /// Of a value of an index.
    pub fn of(value: &IndexValue) -> Self {
        match value {
            IndexValue::Text { sort, .. } => Self::Text(sort.clone()),
            IndexValue::Integer(number) => Self::Integer(*number),
        }
    }
}

impl Place {
    /// Behind an entry with its row.
    pub fn behind(sort: &Sort, row: &IndexRow, id: &EntryId) -> Self {
        Self {
            key: row.get(&sort.index).first().map(SortKey::of),
            id: id.clone(),
        }
    }

    /// Whether an entry stands behind this place: missing values last in both directions, the
    /// entry's id at the end of every order.
    pub fn is_before(&self, sort: &Sort, row: &IndexRow, id: &EntryId) -> bool {
        let other = row.get(&sort.index).first().map(SortKey::of);
        let by_key = match (&self.key, &other) {
            (Some(own), Some(other)) if sort.descending => other.cmp(own),
            (Some(own), Some(other)) => own.cmp(other),
            (Some(_), None) => Ordering::Less,
            (None, Some(_)) => Ordering::Greater,
            (None, None) => Ordering::Equal,
        };
        by_key.then_with(|| self.id.cmp(id)) == Ordering::Less
    }
}

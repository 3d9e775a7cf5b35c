//! What a list asks for: filters, a sort and a page, on declared indexes only.

mod memory;
mod place;
#[cfg(test)]
mod tests;

pub use memory::{after, answer};
pub use place::{Place, SortKey};

use serde::{Deserialize, Serialize};

use crate::declaration::{CodeList, Collection, IndexType};
use crate::ids::EntryId;
use crate::index::{self, IndexValue};

/// Entries on a page when the reader names no number.
pub const DEFAULT_PER_PAGE: u32 = 20;
/// Most entries on a page: a list stays readable on a cheap phone.
pub const MAX_PER_PAGE: u32 = 100;
/// Most entries that a search hands to a list: what both databases take as parameters at once.
pub const MAX_AMONG: usize = 10_000;
/// Most values of one filter; the contract with plugins promises as many.
pub const MAX_FILTER_VALUES: usize = 50;
/// Highest page: beyond it the reader wants a filter, not a page.
pub const MAX_PAGE: u32 = 10_000;

/// A checked query.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Query {
    /// All must hold.
    pub filters: Vec<Filter>,
    /// Only these entries, where the question began with a search for words.
    pub among: Option<Among>,
    /// Order; the entry's id ends every order, missing values come last.
    pub sort: Sort,
    /// From 1.
    pub page: u32,
    /// 1 to [`MAX_PER_PAGE`].
    pub per_page: u32,
}

/// What a search for words found, the best first; at most [`MAX_AMONG`] count.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Among {
    /// Only these, in the order of [`Query::sort`].
    Sorted(Vec<EntryId>),
    /// Only these, in this order.
    Ranked(Vec<EntryId>),
}

impl Among {
    /// The entries.
    pub fn ids(&self) -> &[EntryId] {
        let (Self::Sorted(ids) | Self::Ranked(ids)) = self;
        &ids[..ids.len().min(MAX_AMONG)]
    }

    /// The same entries in the order of [`Query::sort`].
    #[must_use]
    pub fn sorted(self) -> Self {
        let (Self::Sorted(ids) | Self::Ranked(ids)) = self;
        Self::Sorted(ids)
    }

    /// The place of an entry, where the order is that of the search.
    pub fn rank(&self, id: &EntryId) -> Option<usize> {
        match self {
            Self::Sorted(_) => None,
            Self::Ranked(_) => self.ids().iter().position(|it| it == id),
        }
    }
}

/// One condition on one index.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Filter {
    /// Name of the index.
    pub index: String,
    /// The condition.
    pub test: Test,
}

/// Conditions.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Test {
    /// One of its values equals one of these (texts by `key`).
    AnyOf(Vec<IndexValue>),
    /// On or after; dates and numbers.
    From(IndexValue),
    /// On or before; dates and numbers.
    To(IndexValue),
}

/// An order.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sort {
    /// Name of a single-valued index.
    pub index: String,
    /// Largest first.
    pub descending: bool,
}

/// Why a query is refused.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum BadQuery {
    /// No such index.
    #[error("`{0}` is not a declared filter or sort")]
    Unknown(String),
    /// The value cannot be one of the index's.
    #[error("`{value}` is not a value of `{index}`")]
    Value {
        /// The index.
        index: String,
        /// What was given.
        value: String,
    },
    /// The condition does not fit the index's type.
    #[error("`{0}` cannot be compared or sorted that way")]
    Unfit(String),
    /// Too many values.
    #[error("`{0}` has more than {MAX_FILTER_VALUES} values")]
    TooMany(String),
}

impl Filter {
    /// Equal to one of the given values.
    pub fn any_of(collection: &Collection, name: &str, given: &[&str]) -> Result<Self, BadQuery> {
        if given.len() > MAX_FILTER_VALUES {
            return Err(BadQuery::TooMany(name.to_owned()));
        }
        let kind = kind(collection, name)?;
        let mut values = Vec::new();
        for value in given {
            values.push(checked(kind, name, value)?);
            if kind == IndexType::Code {
                values.extend(bare_code(value).and_then(|bare| index::key(kind, bare)));
            }
        }
        Ok(Self {
            index: name.to_owned(),
            test: Test::AnyOf(values),
        })
    }

    /// Equal to one of the given values of a list, or of those below them.
    pub fn any_below(
        collection: &Collection,
        name: &str,
        given: &[&str],
        list: &CodeList,
    ) -> Result<Self, BadQuery> {
        let mut filter = Self::any_of(collection, name, given)?;
        let kind = kind(collection, name)?;
        let below = given.iter().flat_map(|it| list.with_below(it));
        if let Test::AnyOf(values) = &mut filter.test {
            for value in below.filter_map(|id| index::key(kind, id)) {
                if !values.contains(&value) {
                    values.push(value);
                }
            }
        }
        Ok(filter)
    }

    /// On or after a date or number.
    pub fn from(collection: &Collection, name: &str, given: &str) -> Result<Self, BadQuery> {
        let kind = ordered(collection, name)?;
        Ok(Self {
            index: name.to_owned(),
            test: Test::From(checked(kind, name, given)?),
        })
    }

    /// On or before a date or number.
    pub fn to(collection: &Collection, name: &str, given: &str) -> Result<Self, BadQuery> {
        let kind = ordered(collection, name)?;
        Ok(Self {
            index: name.to_owned(),
            test: Test::To(checked(kind, name, given)?),
        })
    }
}

impl Sort {
    /// Reads `issued_on` or `-issued_on`.
    pub fn parse(collection: &Collection, text: &str) -> Result<Self, BadQuery> {
        let index = text.trim_start_matches('-');
        if kind(collection, index)? == IndexType::Texts {
            return Err(BadQuery::Unfit(index.to_owned()));
        }
        Ok(Self {
            index: index.to_owned(),
            descending: text.starts_with('-'),
        })
    }
}

/// People paste a code with the words before it: "Số: 06/2014/QĐ-UBND".
fn bare_code(given: &str) -> Option<&str> {
    let first = given.find(|c: char| c.is_numeric())?;
    Some(&given[first..]).filter(|_| first > 0)
}

fn kind(collection: &Collection, name: &str) -> Result<IndexType, BadQuery> {
    let found = collection.index.get(name);
    found
        .map(|index| index.kind)
        .ok_or_else(|| BadQuery::Unknown(name.to_owned()))
}

fn ordered(collection: &Collection, name: &str) -> Result<IndexType, BadQuery> {
    match kind(collection, name)? {
        kind @ (IndexType::Date | IndexType::Year | IndexType::Integer) => Ok(kind),
        _ => Err(BadQuery::Unfit(name.to_owned())),
    }
}

fn checked(kind: IndexType, name: &str, given: &str) -> Result<IndexValue, BadQuery> {
    let bad = || BadQuery::Value {
        index: name.to_owned(),
        value: given.chars().take(100).collect(),
    };
    index::key(kind, given).ok_or_else(bad)
}

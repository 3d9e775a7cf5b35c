//! The parameters of a program's question, read exactly: what is not known or not possible is
//! refused by name. (Pages forgive: [`crate::ask`].)

use dinh_domain::dates::LocalDate;
use dinh_domain::declaration::{Collection, IndexType};
use dinh_domain::query::{Filter, MAX_FILTER_VALUES, Query, Sort};

use crate::ask::{self, MAX_WORDS_CHARS, Names};

/// Entries in an answer that names no number.
pub const DEFAULT_LIMIT: u32 = 20;
/// Most entries in an answer: what fits into one reading of the database and a modest body.
pub const MAX_LIMIT: u32 = 100;
/// Longest value of a filter by text, in characters: the longest that an address can carry.
pub(crate) const MAX_VALUE_CHARS: usize = 200;
/// Longest piece of somebody's value that a refusal repeats, in characters.
const MAX_SHOWN_CHARS: usize = 100;

/// Why a question is refused; told to programmers, in English.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum BadParameter {
    /// There is no such parameter.
    #[error("there is no parameter `{name}`; known: {}", listed(known))]
    Unknown {
        /// As given.
        name: String,
        /// All there are.
        known: Vec<String>,
    },
    /// It was given more than once.
    #[error("`{name}` is given more than once")]
    Repeated {
        /// The parameter.
        name: String,
    },
    /// It must be given.
    #[error("`{name}` is missing: {wanted}")]
    Missing {
        /// The parameter.
        name: String,
        /// What it should hold.
        wanted: String,
    },
    /// Its value cannot be used.
    #[error("`{name}` cannot be `{value}`: {wanted}")]
    Value {
        /// The parameter.
        name: String,
        /// As given, shortened.
        value: String,
        /// What it should hold.
        wanted: String,
    },
    /// Its value is none of those there are.
    #[error("`{name}` cannot be `{value}`; known: {}", listed(known))]
    NotListed {
        /// The parameter.
        name: String,
        /// As given, shortened.
        value: String,
        /// All there are.
        known: Vec<String>,
    },
    /// More values than one question takes.
    #[error("`{name}` is given more than {MAX_FILTER_VALUES} times")]
    TooMany {
        /// The parameter.
        name: String,
    },
    /// The words find more than a list can narrow.
    #[error(
        "`q` finds {found} entries, more than the {most} that a list narrows: add words or filters, or use the search"
    )]
    TooWide {
        /// Entries with these words.
        found: u64,
        /// Most that a list takes.
        most: usize,
    },
    /// The cursor is not one that this list gave for these filters and this order.
    #[error(
        "`cursor` is not one that this list gave for the same filters, words and sort: begin without it"
    )]
    Cursor,
}

fn listed(known: &[String]) -> String {
    if known.is_empty() {
        "none".to_owned()
    } else {
        known.join(", ")
    }
}

impl BadParameter {
    /// The parameter.
    pub fn name(&self) -> &str {
        match self {
            Self::Unknown { name, .. }
            | Self::Repeated { name }
            | Self::Missing { name, .. }
            | Self::Value { name, .. }
            | Self::NotListed { name, .. }
            | Self::TooMany { name } => name,
            Self::TooWide { .. } => "q",
            Self::Cursor => "cursor",
        }
    }

    /// Refuses every parameter, where none is read.
    pub fn none_of(given: &[(String, String)]) -> Result<(), Self> {
        only(given, &[])
    }

    pub(crate) fn value(name: &str, value: &str, wanted: impl Into<String>) -> Self {
        Self::Value {
            name: name.to_owned(),
            value: cut(value),
            wanted: wanted.into(),
        }
    }

    pub(crate) fn not_listed(name: &str, value: &str, known: Vec<String>) -> Self {
        Self::NotListed {
            name: name.to_owned(),
            value: cut(value),
            known,
        }
    }
}

fn cut(text: &str) -> String {
    text.chars().take(MAX_SHOWN_CHARS).collect()
}

/// What was asked of a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Exact {
    /// Filters and sort; `per_page` is the limit.
    pub(crate) query: Query,
    /// Words to search for.
    pub(crate) words: String,
    /// Where to go on, as given.
    pub(crate) cursor: Option<String>,
    /// Filters, words and sort in one order, whatever the order in the address.
    pub(crate) params: Vec<(String, String)>,
}

/// A parameter that a list knows because of an index.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum End {
    /// Equal to one of its values.
    Equal,
    /// On or after.
    From,
    /// On or before.
    To,
}

/// The parameters of a filter by an index.
pub(crate) fn ends(kind: IndexType, name: &str) -> Vec<(End, String)> {
    match kind {
        IndexType::Date => vec![
            (End::From, format!("{name}_from")),
            (End::To, format!("{name}_to")),
        ],
        _ => vec![(End::Equal, name.to_owned())],
    }
}

/// Reads the parameters of a list; `names` knows the values of a coded index.
pub(crate) fn list(
    collection: &Collection,
    given: &[(String, String)],
    names: &impl Names,
) -> Result<Exact, BadParameter> {
    let filters = declared(collection);
    let mut known: Vec<&str> = filters.iter().map(|(_, _, _, it)| it.as_str()).collect();
    known.extend(["q", "sort", "limit", "cursor"]);
    only(given, &known)?;
    let words = words(given)?;
    let (mut read, mut params) = (Vec::new(), Vec::new());
    for (index, kind, end, name) in &filters {
        let mut values = all(given, name);
        if values.is_empty() {
            continue;
        }
        // As they were given: one that comes twice is counted twice.
        if values.len() > MAX_FILTER_VALUES {
            return Err(BadParameter::TooMany { name: name.clone() });
        }
        values.sort_unstable();
        values.dedup();
        if *end != End::Equal {
            one(given, name)?;
        }
        for value in &values {
            check((index, *kind), name, value, names)?;
            params.push((name.clone(), (*value).to_owned()));
        }
        let made = match end {
            End::Equal => names.any_of(collection, index, &values),
            End::From => Filter::from(collection, index, values[0]),
            End::To => Filter::to(collection, index, values[0]),
        };
        read.push(made.map_err(|bad| BadParameter::value(name, values[0], bad.to_string()))?);
    }
    let sort = sort(collection, given)?;
    let sign = if sort.descending { "-" } else { "" };
    params.push(("sort".to_owned(), format!("{sign}{}", sort.index)));
    if !words.is_empty() {
        params.push(("q".to_owned(), words.clone()));
    }
    let query = Query {
        filters: read,
        sort,
        per_page: limit(given, DEFAULT_LIMIT, MAX_LIMIT)?,
        ..ask::first(collection, DEFAULT_LIMIT)
    };
    let cursor = one(given, "cursor")?.map(str::to_owned);
    Ok(Exact {
        query,
        words,
        cursor,
        params,
    })
}

/// Every filter parameter of a list: index, type, end, name.
fn declared(collection: &Collection) -> Vec<(&str, IndexType, End, String)> {
    let filters = collection.view.list.filters.iter();
    let indexes = filters.filter_map(|name| Some((name, collection.index.get(name)?.kind)));
    let ends = indexes.flat_map(|(name, kind)| {
        let ends = ends(kind, name).into_iter();
        ends.map(move |(end, parameter)| (name.as_str(), kind, end, parameter))
    });
    ends.collect()
}

fn check(
    (index, kind): (&str, IndexType),
    name: &str,
    value: &str,
    names: &impl Names,
) -> Result<(), BadParameter> {
    let bad = |wanted: &str| Err(BadParameter::value(name, value, wanted));
    match kind {
        IndexType::Choice if !names.knows(index, value) => {
            Err(BadParameter::not_listed(name, value, names.values(index)))
        }
        IndexType::Year if value.len() != 4 || !is_digits(value) => bad("a year, as 2014"),
        IndexType::Date if LocalDate::parse(value).is_err() => bad("a date, as 2014-10-03"),
        IndexType::Integer if value.parse::<i64>().is_err() => bad("a whole number"),
        IndexType::Text | IndexType::Texts | IndexType::Code if !is_text(value) => {
            bad("a text of 1 to 200 characters, not of spaces alone")
        }
        _ => Ok(()),
    }
}

fn is_text(value: &str) -> bool {
    !value.trim().is_empty() && value.chars().count() <= MAX_VALUE_CHARS
}

fn is_digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

fn sort(collection: &Collection, given: &[(String, String)]) -> Result<Sort, BadParameter> {
    let view = &collection.view.list;
    let asked = one(given, "sort")?.unwrap_or(&view.default_sort);
    let known = orders(collection);
    match Sort::parse(collection, asked) {
        Ok(sort) if known.iter().any(|it| it == asked) => Ok(sort),
        _ => Err(BadParameter::not_listed("sort", asked, known)),
    }
}

/// The values of `sort`, the collection's own order first.
pub(crate) fn orders(collection: &Collection) -> Vec<String> {
    let view = &collection.view.list;
    let mut orders = vec![view.default_sort.clone()];
    let both = view
        .sorts
        .iter()
        .flat_map(|name| [format!("-{name}"), name.clone()]);
    for order in both {
        if !orders.contains(&order) {
            orders.push(order);
        }
    }
    orders
}

/// The words of `q`; empty where it is not given.
pub(crate) fn words(given: &[(String, String)]) -> Result<String, BadParameter> {
    let Some(text) = one(given, "q")? else {
        return Ok(String::new());
    };
    if text.trim().is_empty() || text.chars().count() > MAX_WORDS_CHARS {
        let wanted = format!("a text of 1 to {MAX_WORDS_CHARS} characters, not of spaces alone");
        return Err(BadParameter::value("q", text, wanted));
    }
    Ok(ask::words(given, &mut Vec::new()))
}

/// A whole number from 1 to `max`.
pub(crate) fn limit(
    given: &[(String, String)],
    default: u32,
    max: u32,
) -> Result<u32, BadParameter> {
    let Some(text) = one(given, "limit")? else {
        return Ok(default);
    };
    match text.parse() {
        Ok(number) if is_digits(text) && (1..=max).contains(&number) => Ok(number),
        _ => Err(BadParameter::value(
            "limit",
            text,
            format!("a whole number from 1 to {max}"),
        )),
    }
}

/// Refuses every parameter that is not one of these.
pub(crate) fn only(given: &[(String, String)], known: &[&str]) -> Result<(), BadParameter> {
    match given
        .iter()
        .find(|(name, _)| !known.contains(&name.as_str()))
    {
        Some((name, _)) => Err(BadParameter::Unknown {
            name: cut(name),
            known: known.iter().map(|it| (*it).to_owned()).collect(),
        }),
        None => Ok(()),
    }
}

/// The one value of a parameter.
pub(crate) fn one<'a>(
    given: &'a [(String, String)],
    name: &str,
) -> Result<Option<&'a str>, BadParameter> {
    match all(given, name)[..] {
        [] => Ok(None),
        [value] => Ok(Some(value)),
        _ => Err(BadParameter::Repeated {
            name: name.to_owned(),
        }),
    }
}

fn all<'a>(given: &'a [(String, String)], name: &str) -> Vec<&'a str> {
    let named = given.iter().filter(|(key, _)| key == name);
    named.map(|(_, value)| value.as_str()).collect()
}

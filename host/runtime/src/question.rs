//! A guest's question about content, parsed and bounded before the portal sees it.

use serde::Deserialize;
use serde_json::{Number, Value};

/// Entries of one page when the guest does not say.
const DEFAULT_LIMIT: u32 = 50;
/// Entries of one page, ids of one call: what a result of 2 MiB can reasonably hold.
pub(crate) const MAX_ENTRIES: u32 = 200;
/// Values of one `in`: more is a join, which belongs into the declaration.
const MAX_VALUES: usize = 50;
/// Conditions, sort steps, fields, facets: beyond what a declaration has indexes for.
const MAX_CONDITIONS: usize = 16;
const MAX_SORTS: usize = 4;
const MAX_FIELDS: usize = 64;
const MAX_FACETS: usize = 8;

/// Which entries, in which order, with which fields.
#[derive(Clone, Debug, PartialEq)]
pub struct Query {
    /// Joined by "and".
    pub conditions: Vec<Condition>,
    /// Empty for the collection's own order.
    pub sort: Vec<Sort>,
    /// Fields of the body that are wanted; empty for none.
    pub fields: Vec<String>,
    /// 1 to 200.
    pub limit: u32,
    /// An earlier page's `next`.
    pub cursor: Option<String>,
}

/// How many entries, by which facets.
#[derive(Clone, Debug, PartialEq)]
pub struct CountQuery {
    /// Joined by "and".
    pub conditions: Vec<Condition>,
    /// At most 8 facets.
    pub by: Vec<String>,
}

/// One condition on a field that the portal must find among the declared indexes.
#[derive(Clone, Debug, PartialEq)]
pub struct Condition {
    /// As the guest wrote it.
    pub field: String,
    /// What it must fulfil; on a list field, one of its elements.
    pub test: Test,
}

/// How a field is compared.
#[derive(Clone, Debug, PartialEq)]
pub enum Test {
    /// Equal.
    Eq(Scalar),
    /// Equal to one of 1 to 50.
    In(Vec<Scalar>),
    /// Equal or greater.
    From(Scalar),
    /// Equal or less.
    To(Scalar),
}

/// A value that an index can hold.
#[derive(Clone, Debug, PartialEq)]
pub enum Scalar {
    /// Text, a code, a date.
    Text(String),
    /// A number.
    Number(Number),
    /// A flag.
    Flag(bool),
}

/// One step of an order; what has no value stays last either way.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Sort {
    /// As the guest wrote it.
    pub field: String,
    /// Greatest first.
    #[serde(default)]
    pub descending: bool,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct QueryText {
    #[serde(default, rename = "where")]
    conditions: Vec<ConditionText>,
    #[serde(default)]
    sort: Vec<Sort>,
    #[serde(default)]
    fields: Vec<String>,
    #[serde(default)]
    limit: Option<u32>,
    #[serde(default)]
    cursor: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct CountText {
    #[serde(default, rename = "where")]
    conditions: Vec<ConditionText>,
    #[serde(default)]
    by: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ConditionText {
    field: String,
    op: Op,
    value: Value,
}

#[derive(Clone, Copy, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Op {
    Eq,
    In,
    From,
    To,
}

impl Query {
    /// Reads a guest's JSON; the error is for the vendor.
    pub(crate) fn read(text: &str) -> Result<Self, String> {
        let text: QueryText = object(text)?;
        at_most("sort", text.sort.len(), MAX_SORTS)?;
        at_most("fields", text.fields.len(), MAX_FIELDS)?;
        let limit = text.limit.unwrap_or(DEFAULT_LIMIT);
        if !(1..=MAX_ENTRIES).contains(&limit) {
            return Err(format!("`limit` is 1 to {MAX_ENTRIES}, not {limit}"));
        }
        Ok(Self {
            conditions: conditions(text.conditions)?,
            sort: text.sort,
            fields: text.fields,
            limit,
            cursor: text.cursor,
        })
    }
}

impl CountQuery {
    /// Reads a guest's JSON; the error is for the vendor.
    pub(crate) fn read(text: &str) -> Result<Self, String> {
        let text: CountText = object(text)?;
        at_most("by", text.by.len(), MAX_FACETS)?;
        Ok(Self {
            conditions: conditions(text.conditions)?,
            by: text.by,
        })
    }
}

/// `serde` would also read a list as the fields in their order.
fn object<'a, T: Deserialize<'a>>(text: &'a str) -> Result<T, String> {
    if !text.trim_start().starts_with('{') {
        return Err("a question is a JSON object".to_owned());
    }
    serde_json::from_str(text).map_err(|error| error.to_string())
}

fn conditions(texts: Vec<ConditionText>) -> Result<Vec<Condition>, String> {
    at_most("where", texts.len(), MAX_CONDITIONS)?;
    texts.into_iter().map(condition).collect()
}

fn condition(text: ConditionText) -> Result<Condition, String> {
    let ConditionText { field, op, value } = text;
    let test = match op {
        Op::Eq => Test::Eq(scalar(&field, value)?),
        Op::From => Test::From(scalar(&field, value)?),
        Op::To => Test::To(scalar(&field, value)?),
        Op::In => {
            let Value::Array(values) = value else {
                return Err(format!("`in` on `{field}` takes a list"));
            };
            if values.is_empty() {
                return Err(format!("`in` on `{field}` takes at least one value"));
            }
            at_most("in", values.len(), MAX_VALUES)?;
            let values = values.into_iter().map(|value| scalar(&field, value));
            Test::In(values.collect::<Result<_, _>>()?)
        }
    };
    Ok(Condition { field, test })
}

fn scalar(field: &str, value: Value) -> Result<Scalar, String> {
    match value {
        Value::String(text) => Ok(Scalar::Text(text)),
        Value::Number(number) => Ok(Scalar::Number(number)),
        Value::Bool(flag) => Ok(Scalar::Flag(flag)),
        Value::Null | Value::Array(_) | Value::Object(_) => Err(format!(
            "the value for `{field}` is text, a number or a boolean"
        )),
    }
}

fn at_most(what: &str, found: usize, limit: usize) -> Result<(), String> {
    if found > limit {
        return Err(format!("`{what}` takes at most {limit}, not {found}"));
    }
    Ok(())
}

#[cfg(test)]
mod tests;

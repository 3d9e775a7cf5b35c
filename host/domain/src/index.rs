//! The index row of an entry: what lists filter and sort by, made from its body.

#[cfg(test)]
mod tests;

use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::dates::LocalTime;
use crate::declaration::{ByDate, Collection, FieldKind, IndexType};
use crate::entry::Body;
use crate::vietnamese;

/// One value of an index. Texts are compared by `key` and sorted by `sort`, bytewise.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum IndexValue {
    /// A text, a code, a choice or a date.
    Text {
        /// What equals it: the folded text, the code key, the id, the date.
        key: String,
        /// What it sorts by: the collation key; for dates and choices the same as `key`.
        sort: String,
        /// What people read.
        shown: String,
    },
    /// A number or a year.
    Integer(i64),
}

/// The index row of one entry.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct IndexRow {
    /// Each index with its values, in the order of the declaration: none or one for single types,
    /// any number, without repetition, for lists.
    pub values: Vec<(String, Vec<IndexValue>)>,
    /// The minute from which the row is another one by the calendar alone, if it will be.
    pub stale_on: Option<LocalTime>,
}

impl IndexRow {
    /// The values of an index.
    pub fn get(&self, index: &str) -> &[IndexValue] {
        let found = self.values.iter().find(|(name, _)| name == index);
        found.map_or(&[], |(_, values)| values)
    }
}

/// Makes the index row as it stands at a time.
pub fn row(collection: &Collection, body: &Body, now: LocalTime) -> IndexRow {
    let mut row = IndexRow::default();
    for (name, index) in &collection.index {
        let from = index.from.as_deref().unwrap_or(name);
        let values = match index.kind {
            IndexType::Texts => texts(body, from),
            IndexType::Choice => {
                let (value, changes_on) = effective_choice(collection, body, from, now);
                row.stale_on = [row.stale_on, changes_on].into_iter().flatten().min();
                value.map(|id| plain(&id)).into_iter().collect()
            }
            kind => single(body.get(from), kind).into_iter().collect(),
        };
        row.values.push((name.clone(), values));
    }
    row
}

/// By what an entry is the only one of its kind on its site, as the collection declares it: the keys of its unique indexes.
/// None where it declares nothing, or a value is missing.
pub fn unique_key(collection: &Collection, body: &Body, now: LocalTime) -> Option<Vec<String>> {
    if collection.unique.is_empty() {
        return None;
    }
    let row = row(collection, body, now);
    let parts = collection.unique.iter().map(|name| {
        Some(match row.get(name).first()? {
            IndexValue::Text { key, .. } => key.clone(),
            IndexValue::Integer(number) => number.to_string(),
        })
    });
    parts.collect()
}

/// The key by which a value of an index is compared with what somebody asks for; none where it
/// cannot be such a value.
pub fn key(kind: IndexType, asked: &str) -> Option<IndexValue> {
    single(
        Some(&Value::String(asked.to_owned())),
        match kind {
            IndexType::Texts => IndexType::Text,
            other => other,
        },
    )
}

fn single(value: Option<&Value>, kind: IndexType) -> Option<IndexValue> {
    let text = value
        .and_then(Value::as_str)
        .map(str::trim)
        .filter(|text| !text.is_empty());
    match kind {
        IndexType::Text | IndexType::Texts => text.map(folded),
        IndexType::Code => text.map(|text| IndexValue::Text {
            key: vietnamese::code_key(text),
            sort: vietnamese::collation_key(text),
            shown: text.to_owned(),
        }),
        IndexType::Choice => text.map(plain),
        IndexType::Date => LocalTime::parse(text?).map(|it| plain(&it.date().to_string())),
        IndexType::Year => {
            let year = text?
                .get(..4)
                .filter(|_| text.is_some_and(is_year_or_date))?;
            year.parse().ok().map(IndexValue::Integer)
        }
        IndexType::Integer => {
            let number = value?.as_i64().or_else(|| text?.parse().ok())?;
            Some(IndexValue::Integer(number))
        }
    }
}

fn is_year_or_date(text: &str) -> bool {
    (text.len() == 4 && text.bytes().all(|b| b.is_ascii_digit()))
        || LocalTime::parse(text).is_some()
}

fn folded(text: &str) -> IndexValue {
    IndexValue::Text {
        key: vietnamese::fold(text),
        sort: vietnamese::collation_key(text),
        shown: text.to_owned(),
    }
}

fn plain(text: &str) -> IndexValue {
    let text = text.to_owned();
    IndexValue::Text {
        key: text.clone(),
        sort: text.clone(),
        shown: text,
    }
}

fn texts(body: &Body, from: &str) -> Vec<IndexValue> {
    let items = body.get(from).and_then(Value::as_array);
    let mut seen = std::collections::BTreeSet::new();
    let texts = items
        .into_iter()
        .flatten()
        .filter_map(Value::as_str)
        .map(folded);
    texts
        .filter(|value| match value {
            IndexValue::Text { key, .. } => !key.is_empty() && seen.insert(key.clone()),
            IndexValue::Integer(_) => false,
        })
        .collect()
}

/// The value of a choice that counts at a time, and the next time from which it is another one.
pub fn effective_choice(
    collection: &Collection,
    body: &Body,
    field: &str,
    now: LocalTime,
) -> (Option<String>, Option<LocalTime>) {
    let (value, mut next) = choice_at(collection, body, field, now);
    while let Some(at) = next {
        let (then, after) = choice_at(collection, body, field, at);
        if then != value {
            break;
        }
        // An extension was decided before: nothing changes at the first closing.
        next = after;
    }
    (value, next)
}

/// The value at a time, and the next time of which a rule speaks.
fn choice_at(
    collection: &Collection,
    body: &Body,
    field: &str,
    now: LocalTime,
) -> (Option<String>, Option<LocalTime>) {
    let stored = body.get(field).and_then(Value::as_str).map(str::to_owned);
    let Some(FieldKind::Choice { by_date, .. }) = collection.schema.get(field).map(|it| &it.kind)
    else {
        return (stored, None);
    };
    let Some(mut value) = stored else {
        return (None, None);
    };
    let mut changes_on: Option<LocalTime> = None;
    for rule in by_date {
        let Some(date) = rule_date(rule, body) else {
            continue;
        };
        if date > now
            && rule
                .when
                .iter()
                .any(|when| *when == value || rule.from.is_some())
        {
            changes_on = Some(changes_on.map_or(date, |earlier| earlier.min(date)));
        }
        let holds = if rule.before.is_some() {
            now < date
        } else {
            now >= date
        };
        if holds && rule.when.contains(&value) {
            value.clone_from(&rule.then);
        }
    }
    (Some(value), changes_on)
}

fn rule_date(rule: &ByDate, body: &Body) -> Option<LocalTime> {
    let field = rule.before.as_ref().or(rule.from.as_ref())?;
    LocalTime::parse(body.get(field)?.as_str()?)
}

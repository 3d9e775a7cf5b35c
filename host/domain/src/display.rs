//! From stored values to what people read.

use serde_json::Value;

use crate::dates::{LocalDate, LocalTime};
use crate::declaration::{Collection, Declaration, FieldKind};
use crate::entry::Body;

/// A field's value as people read it, in a language; lists joined by `; ` (TT 24/2011 Đ5).
/// None where the entry has none.
pub fn field(
    declaration: &Declaration,
    collection: &Collection,
    body: &Body,
    name: &str,
    language: &str,
) -> Option<String> {
    let field = collection.schema.get(name)?;
    let value = body.get(name)?;
    let text = match (&field.kind, value) {
        (FieldKind::Date { .. }, Value::String(text)) => {
            LocalDate::parse(text).map_or_else(|_| text.clone(), LocalDate::to_vietnamese)
        }
        (FieldKind::Instant {}, Value::String(text)) => {
            LocalTime::parse(text).map_or_else(|| text.clone(), LocalTime::to_vietnamese)
        }
        (FieldKind::Choice { .. }, Value::String(id)) => {
            let named = declaration.list_of(field).and_then(|list| list.get(id));
            named.map_or_else(|| id.clone(), |value| value.name(language).to_owned())
        }
        (FieldKind::Texts { .. }, Value::Array(items)) => {
            let items: Vec<&str> = items.iter().filter_map(Value::as_str).collect();
            items.join("; ")
        }
        (FieldKind::Rows { columns, .. }, value) => crate::rows::lines(columns, value),
        (FieldKind::Outline { .. }, value) => crate::outline::plain(value),
        (FieldKind::Table {}, value) => crate::table::StoredTable::of(value)?.line(),
        (_, Value::String(text)) => text.clone(),
        (_, Value::Number(number)) => number.to_string(),
        _ => return None,
    };
    Some(text).filter(|text| !text.trim().is_empty())
}

/// Fills a pattern such as `{kind} {number}`; missing fields leave no gap, and of `{name|code}` the first that is there
/// counts.
pub fn pattern(
    declaration: &Declaration,
    collection: &Collection,
    body: &Body,
    pattern: &str,
    language: &str,
) -> String {
    let mut parts = pattern.split('{');
    let mut text = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        match part.split_once('}') {
            Some((names, rest)) => {
                let mut names = names.split('|');
                let value =
                    names.find_map(|name| field(declaration, collection, body, name, language));
                text.push_str(&value.unwrap_or_default());
                text.push_str(rest);
            }
            None => text.push_str(part),
        }
    }
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

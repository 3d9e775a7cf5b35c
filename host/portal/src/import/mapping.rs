//! From a foreign row to an entry's fields, by a declared mapping. Pure.

use dinh_domain::declaration::{Collection, Declaration, ImportField, ImportMapping, MappedMember};
use dinh_domain::entry::Body;
use dinh_domain::fault::Fault;
use serde_json::{Map, Value, json};

mod rows;
#[cfg(test)]
mod tests;

/// A row turned into what an entry holds.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Mapped {
    /// Identifies the row for ever.
    pub(crate) key: String,
    /// Source to name, where the mapping or the row gives one.
    pub(crate) source: Option<String>,
    /// Gates that may be missed.
    pub(crate) lifted: Vec<String>,
    /// Fields.
    pub(crate) body: Body,
    /// What could not be mapped; the rest is checked all the same.
    pub(crate) faults: Vec<Fault>,
}

/// Longest key of a row, in characters.
const MAX_KEY_CHARS: usize = 200;

/// Maps a row. Without a mapping the row's members are the fields, `key` its key and `source` its
/// source.
pub(crate) fn map(
    declaration: &Declaration,
    collection: &Collection,
    mapping: Option<&ImportMapping>,
    row: &Value,
) -> Result<Mapped, Vec<Fault>> {
    let Value::Object(row) = row else {
        return Err(vec![Fault::new("", "fault.row")]);
    };
    let Some(mapping) = mapping else {
        let mut row = row.clone();
        let key = key(row.shift_remove("key").as_ref(), "key")?;
        let source = match row.shift_remove("source") {
            None | Some(Value::Null) => None,
            Some(Value::String(text)) => Some(text),
            Some(_) => return Err(vec![Fault::new("source", "fault.text")]),
        };
        return Ok(Mapped {
            key,
            source,
            lifted: Vec::new(),
            body: row,
            faults: Vec::new(),
        });
    };
    let key = key(row.get(&mapping.key), &mapping.key)?;
    let mut source = None;
    let mut body = Body::new();
    let mut faults = Vec::new();
    for (field, value) in &mapping.values {
        if field == "source" && !collection.schema.contains_key(field) {
            source = Some(value.clone());
        } else {
            body.insert(field.clone(), json!(value));
        }
    }
    for (field, from) in &mapping.fields {
        let value = match from {
            ImportField::Member(member) => row.get(member).cloned(),
            ImportField::Mapped(member) => mapped(declaration, field, member, row, &mut faults),
        };
        if let Some(value) = value.filter(|value| !value.is_null()) {
            body.insert(field.clone(), value);
        }
    }
    Ok(Mapped {
        key,
        source,
        lifted: mapping.lift.clone(),
        body,
        faults,
    })
}

fn key(value: Option<&Value>, member: &str) -> Result<String, Vec<Fault>> {
    let text = value
        .and_then(Value::as_str)
        .map(str::trim)
        .unwrap_or_default();
    if text.is_empty() || text.chars().count() > MAX_KEY_CHARS {
        return Err(vec![
            Fault::new(member, "fault.key").with("max", MAX_KEY_CHARS),
        ]);
    }
    Ok(text.to_owned())
}

fn mapped(
    declaration: &Declaration,
    field: &str,
    member: &MappedMember,
    row: &Map<String, Value>,
    faults: &mut Vec<Fault>,
) -> Option<Value> {
    let value = row.get(&member.from).filter(|value| !value.is_null())?;
    if let Some(list) = &member.by_label {
        let label = value.as_str().unwrap_or_default();
        let found = declaration
            .lists
            .get(list)
            .and_then(|list| list.by_label(label));
        if found.is_none() {
            faults.push(Fault::new(field, "fault.choice").with("given", label));
        }
        return found.map(|value| json!(value.id));
    }
    if let Some(from) = member.rows {
        let made = rows::of(from, member, value);
        if made.is_none() {
            faults.push(Fault::new(field, "fault.list"));
        }
        return made;
    }
    let Some(level) = &member.level else {
        return Some(value.clone());
    };
    let Value::Array(items) = value else {
        faults.push(Fault::new(field, "fault.list"));
        return None;
    };
    let mut part = |at: usize, item: &Value, name: &Option<String>| {
        let Some(name) = name else {
            return String::new();
        };
        match item.get(name) {
            None | Some(Value::Null) => String::new(),
            Some(Value::String(text)) => text.clone(),
            Some(Value::Number(number)) => number.to_string(),
            Some(_) => {
                let path = format!("{field}[{at}].{name}");
                faults.push(Fault::new(path, "fault.text"));
                String::new()
            }
        }
    };
    let blocks = items.iter().enumerate().map(|(at, item)| {
        let number = part(at, item, &member.number);
        let level = if number.is_empty() {
            ""
        } else {
            level.as_str()
        };
        json!({
            "level": level,
            "number": number,
            "heading": part(at, item, &member.heading),
            "text": part(at, item, &member.body),
        })
    });
    Some(Value::Array(blocks.collect()))
}

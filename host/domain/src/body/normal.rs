//! The stored form of one value, by the kind of its field.

#[cfg(test)]
mod tests;

use serde_json::{Map, Value};

use crate::dates::{LocalDate, LocalTime};
use crate::declaration::{CodeList, ColumnKind, Declaration, Field, FieldKind};
use crate::fault::Fault;
use crate::ids::FileId;
use crate::outline::{Block, Grammar};
use crate::table::StoredTable;
use crate::{rows, vietnamese};

/// Longest label of an edge or a file, in characters.
const MAX_LABEL_CHARS: usize = 500;

pub(super) fn value(
    declaration: &Declaration,
    field: &Field,
    path: &str,
    value: Value,
    faults: &mut Vec<Fault>,
) -> Option<Value> {
    match &field.kind {
        FieldKind::Text {
            max_chars,
            multiline,
        } => text(path, value, *max_chars, *multiline, faults),
        FieldKind::Code { max_chars } => text(path, value, *max_chars, false, faults),
        FieldKind::Texts {
            max_items,
            max_chars,
            ..
        } => {
            let value = if value.is_string() {
                Value::Array(vec![value])
            } else {
                value
            };
            list(path, value, *max_items, faults, |path, item, faults| {
                let text = text(path, item, *max_chars, false, faults)?;
                match declaration.list_of(field) {
                    Some(list) => named(list, path, text, faults),
                    None => Some(text),
                }
            })
        }
        FieldKind::Rows { columns, max_items } => {
            list(path, value, *max_items, faults, |path, item, faults| {
                row(columns, path, item, faults)
            })
        }
        FieldKind::Date { .. } => date(path, value, faults),
        FieldKind::Instant {} => instant(path, &value, faults),
        FieldKind::Integer {} => match value.as_i64() {
            Some(number) => Some(Value::from(number)),
            None => fault(faults, Fault::new(path, "fault.integer")),
        },
        FieldKind::Choice { .. } => choice(declaration, field, path, value, faults),
        FieldKind::Relations { max_items, .. } => {
            list(path, value, *max_items, faults, |path, item, faults| {
                relation(declaration, field, path, item, faults)
            })
        }
        FieldKind::Outline { max_chars, levels } => {
            outline(path, value, *max_chars, levels, faults)
        }
        FieldKind::Files { max_items, .. } => list(path, value, *max_items, faults, file),
        FieldKind::Table {} => match StoredTable::of(&value) {
            Some(_) => Some(value),
            None => fault(faults, Fault::new(path, "fault.table")),
        },
    }
}

fn fault(faults: &mut Vec<Fault>, fault: Fault) -> Option<Value> {
    faults.push(fault);
    None
}

fn text(
    path: &str,
    value: Value,
    max_chars: usize,
    multiline: bool,
    faults: &mut Vec<Fault>,
) -> Option<Value> {
    let Value::String(given) = value else {
        return fault(faults, Fault::new(path, "fault.text"));
    };
    if given.contains('\0') {
        return fault(faults, Fault::new(path, "fault.control-character"));
    }
    let normal = vietnamese::nfc(&given);
    let text = if multiline {
        normal
            .lines()
            .map(str::trim_end)
            .collect::<Vec<_>>()
            .join("\n")
            .trim()
            .to_owned()
    } else {
        normal.split_whitespace().collect::<Vec<_>>().join(" ")
    };
    let count = text.chars().count();
    if count > max_chars {
        let long = Fault::new(path, "fault.too-long")
            .with("max", max_chars)
            .with("count", count);
        return fault(faults, long);
    }
    Some(Value::String(text))
}

fn list(
    path: &str,
    value: Value,
    max_items: usize,
    faults: &mut Vec<Fault>,
    mut one: impl FnMut(&str, Value, &mut Vec<Fault>) -> Option<Value>,
) -> Option<Value> {
    let Value::Array(items) = value else {
        return fault(faults, Fault::new(path, "fault.list"));
    };
    if items.len() > max_items {
        let many = Fault::new(path, "fault.too-many").with("max", max_items);
        return fault(faults, many.with("count", items.len()));
    }
    let items = items.into_iter().enumerate();
    let items = items.filter_map(|(at, item)| one(&format!("{path}[{at}]"), item, faults));
    Some(Value::Array(items.collect()))
}

fn instant(path: &str, value: &Value, faults: &mut Vec<Fault>) -> Option<Value> {
    match value.as_str().and_then(LocalTime::parse) {
        Some(time) => Some(Value::String(time.to_string())),
        None => fault(
            faults,
            Fault::new(path, "fault.instant").with("given", value),
        ),
    }
}

fn date(path: &str, value: Value, faults: &mut Vec<Fault>) -> Option<Value> {
    let given = value.as_str().unwrap_or_default().trim();
    match LocalDate::parse(given) {
        Ok(date) => Some(Value::String(date.to_string())),
        Err(_) => fault(faults, Fault::new(path, "fault.date").with("given", value)),
    }
}

fn choice(
    declaration: &Declaration,
    field: &Field,
    path: &str,
    value: Value,
    faults: &mut Vec<Fault>,
) -> Option<Value> {
    let list = declaration.list_of(field);
    let known = value.as_str().and_then(|id| list?.get(id));
    match known {
        Some(known) => Some(Value::String(known.id.clone())),
        None => fault(
            faults,
            Fault::new(path, "fault.choice").with("given", value),
        ),
    }
}

/// An item as its list names it.
fn named(list: &CodeList, path: &str, item: Value, faults: &mut Vec<Fault>) -> Option<Value> {
    let given = item.as_str().unwrap_or_default();
    match list.get(given).or_else(|| list.by_label(given)) {
        Some(known) => Some(Value::String(known.vi.clone())),
        None => fault(
            faults,
            Fault::new(path, "fault.choice").with("given", given),
        ),
    }
}

fn row(
    columns: &rows::Columns,
    path: &str,
    value: Value,
    faults: &mut Vec<Fault>,
) -> Option<Value> {
    let Value::Object(mut given) = value else {
        return fault(faults, Fault::new(path, "fault.no-row"));
    };
    let mut row = Map::new();
    let before = faults.len();
    for (name, column) in columns {
        let at = format!("{path}.{name}");
        let cell = given.shift_remove(name).filter(|it| !super::is_empty(it));
        let Some(cell) = cell else {
            if column.required {
                faults.push(super::missing(&at, &column.label));
            }
            continue;
        };
        let cell = match column.kind {
            ColumnKind::Integer if cell.as_i64().is_some() => Some(cell),
            ColumnKind::Integer => fault(faults, Fault::new(at, "fault.integer")),
            ColumnKind::Text | ColumnKind::Key => text(&at, cell, column.max_chars, false, faults),
        };
        row.extend(cell.map(|cell| (name.clone(), cell)));
    }
    if let Some((unknown, _)) = given.into_iter().next() {
        let fault_at = format!("{path}.{unknown}");
        faults.push(Fault::new(fault_at, "fault.unknown-field"));
    }
    (faults.len() == before).then_some(Value::Object(row))
}

fn relation(
    declaration: &Declaration,
    field: &Field,
    path: &str,
    value: Value,
    faults: &mut Vec<Fault>,
) -> Option<Value> {
    let Value::Object(mut given) = value else {
        return fault(faults, Fault::new(path, "fault.relation"));
    };
    let mut part = |name: &str| given.shift_remove(name).unwrap_or(Value::Null);
    let (kind, target, label) = (part("kind"), part("target"), part("label"));
    let kind = choice(declaration, field, &format!("{path}.kind"), kind, faults)?;
    let target = text(
        &format!("{path}.target"),
        target,
        MAX_LABEL_CHARS,
        false,
        faults,
    )?;
    let mut edge = Map::new();
    edge.insert("kind".to_owned(), kind);
    edge.insert("target".to_owned(), target);
    if !label.is_null() {
        let label = text(
            &format!("{path}.label"),
            label,
            MAX_LABEL_CHARS,
            false,
            faults,
        )?;
        edge.insert("label".to_owned(), label);
    }
    if let Some((unknown, _)) = given.into_iter().next() {
        return fault(
            faults,
            Fault::new(format!("{path}.{unknown}"), "fault.unknown-field"),
        );
    }
    Some(Value::Object(edge))
}

fn outline(
    path: &str,
    value: Value,
    max_chars: usize,
    grammar: &Grammar,
    faults: &mut Vec<Fault>,
) -> Option<Value> {
    let blocks: Vec<Block> = match value {
        Value::String(plain) => grammar.read(&vietnamese::nfc(&plain)),
        other => match serde_json::from_value::<Vec<Block>>(other) {
            Ok(blocks) => blocks.into_iter().map(normal_block).collect(),
            Err(_) => return fault(faults, Fault::new(path, "fault.outline")),
        },
    };
    if blocks.len() > crate::outline::MAX_BLOCKS {
        let many = Fault::new(path, "fault.too-many").with("max", crate::outline::MAX_BLOCKS);
        return fault(faults, many.with("count", blocks.len()));
    }
    if let Some(at) = blocks
        .iter()
        .position(|block| !block.level.is_empty() && grammar.level(&block.level).is_none())
    {
        return fault(
            faults,
            Fault::new(format!("{path}[{at}].level"), "fault.level"),
        );
    }
    let size = |block: &Block| block.heading.chars().count() + block.text.chars().count();
    let count: usize = blocks.iter().map(size).sum();
    if count > max_chars {
        let long = Fault::new(path, "fault.too-long")
            .with("max", max_chars)
            .with("count", count);
        return fault(faults, long);
    }
    serde_json::to_value(blocks).ok()
}

fn normal_block(block: Block) -> Block {
    let line = |text: &str| {
        vietnamese::nfc(text)
            .split_whitespace()
            .collect::<Vec<_>>()
            .join(" ")
            .replace('\0', "")
    };
    let lines = vietnamese::nfc(&block.text).replace('\0', "");
    let text: Vec<&str> = lines
        .lines()
        .map(str::trim)
        .filter(|line| !line.is_empty())
        .collect();
    Block {
        level: block.level,
        number: line(&block.number),
        heading: line(&block.heading),
        text: text.join("\n"),
    }
}

fn file(path: &str, value: Value, faults: &mut Vec<Fault>) -> Option<Value> {
    let id = value
        .get("file")
        .and_then(Value::as_str)
        .unwrap_or_default();
    let Ok(id) = FileId::new(id) else {
        return fault(faults, Fault::new(format!("{path}.file"), "fault.file"));
    };
    let mut stored = Map::new();
    stored.insert("file".to_owned(), Value::String(id.as_str().to_owned()));
    for part in ["name", "label", "sha256"] {
        let Some(given) = value.get(part).filter(|given| !given.is_null()) else {
            continue;
        };
        let at = format!("{path}.{part}");
        let given = text(&at, given.clone(), MAX_LABEL_CHARS, false, faults)?;
        stored.insert(part.to_owned(), given);
    }
    Some(Value::Object(stored))
}

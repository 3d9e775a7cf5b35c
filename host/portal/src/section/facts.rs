//! Fields of an entry as labelled values.

use dinh_domain::declaration::{Collection, FieldKind};
use dinh_domain::display;
use dinh_domain::entry::Body;
use dinh_domain::index;
use dinh_domain::index::{IndexRow, IndexValue};
use dinh_domain::rows;
use serde_json::Value;

use crate::plugins::LoadedPlugin;
use crate::shown::{Badge, FactShown, Shown};
use crate::visit::Visit;

/// The fields of a page's table, without the empty ones.
pub(super) fn of_body(
    plugin: &LoadedPlugin,
    collection: &Collection,
    body: &Body,
    names: &[String],
    visit: &Visit,
) -> Vec<FactShown> {
    let facts = names.iter().filter_map(|name| {
        let field = collection.schema.get(name)?;
        let value = value(plugin, collection, body, name, visit)?;
        Some(FactShown {
            label: plugin.text(&visit.language, &field.label),
            value,
        })
    });
    facts.collect()
}

fn value(
    plugin: &LoadedPlugin,
    collection: &Collection,
    body: &Body,
    name: &str,
    visit: &Visit,
) -> Option<Shown> {
    let field = collection.schema.get(name)?;
    match (&field.kind, body.get(name)?) {
        (FieldKind::Date { .. }, Value::String(date)) => Some(Shown::Date(date.clone())),
        (FieldKind::Texts { .. }, Value::Array(items)) => {
            let items: Vec<String> = items
                .iter()
                .filter_map(Value::as_str)
                .map(str::to_owned)
                .collect();
            Some(Shown::Texts(items))
        }
        (FieldKind::Rows { columns, .. }, value) => Some(rows_shown(plugin, columns, value, visit)),
        (FieldKind::Choice { .. }, _) => badge(plugin, collection, body, name, visit),
        _ => {
            let text = display::field(&plugin.declaration, collection, body, name, &visit.language);
            text.map(Shown::Text)
        }
    }
}

/// Each row by its first cell, with the others under their labels.
fn rows_shown(
    plugin: &LoadedPlugin,
    columns: &rows::Columns,
    value: &Value,
    visit: &Visit,
) -> Shown {
    let shown = rows::rows(value).map(|row| {
        let mut cells = rows::cells(columns, row);
        let name = cells.next().map(|(_, text)| text).unwrap_or_default();
        let label = |key: &str| plugin.text(&visit.language, key);
        let notes = cells.map(|(column, text)| (label(&column.label), text));
        (name, notes.collect())
    });
    Shown::Rows(shown.collect())
}

fn badge(
    plugin: &LoadedPlugin,
    collection: &Collection,
    body: &Body,
    name: &str,
    visit: &Visit,
) -> Option<Shown> {
    let (id, _) = index::effective_choice(collection, body, name, visit.local);
    Some(choice(plugin, collection, name, &id?, visit))
}

/// A choice as a badge where its list gives tones, as text otherwise.
pub(super) fn choice(
    plugin: &LoadedPlugin,
    collection: &Collection,
    name: &str,
    id: &str,
    visit: &Visit,
) -> Shown {
    let field = collection.schema.get(name);
    let list = field.and_then(|field| plugin.declaration.list_of(field));
    let Some(known) = list.and_then(|list| list.get(id)) else {
        return Shown::Text(id.to_owned());
    };
    let label = known.name(&visit.language).to_owned();
    match &known.tone {
        Some(tone) => Shown::Badge(Badge {
            label,
            tone: tone.clone(),
        }),
        None => Shown::Text(label),
    }
}

/// The columns of a list row, from its index.
pub(super) fn of_row(
    (plugin, collection): (&LoadedPlugin, &Collection),
    columns: &[String],
    row: &IndexRow,
    visit: &Visit,
) -> Vec<FactShown> {
    let badge = collection.view.list.badge.as_ref();
    let columns = columns.iter().filter(|name| badge != Some(*name));
    let facts = columns.filter_map(|name| {
        let field = collection.schema.get(name)?;
        let value = match (&field.kind, row.get(name)) {
            (
                FieldKind::Date { .. } | FieldKind::Instant {},
                [IndexValue::Text { key, .. }, ..],
            ) => Shown::Date(key.clone()),
            (FieldKind::Choice { .. }, [IndexValue::Text { key, .. }, ..]) => {
                choice(plugin, collection, name, key, visit)
            }
            (_, [IndexValue::Text { shown, .. }]) => Shown::Text(shown.clone()),
            (_, [IndexValue::Integer(number)]) => Shown::Text(number.to_string()),
            (_, []) => return None,
            (_, many) => Shown::Texts(many.iter().map(shown).collect()),
        };
        Some(FactShown {
            label: plugin.text(&visit.language, &field.label),
            value,
        })
    });
    facts.collect()
}

fn shown(value: &IndexValue) -> String {
    match value {
        IndexValue::Text { shown, .. } => shown.clone(),
        IndexValue::Integer(number) => number.to_string(),
    }
}

/// The badge of a list row.
pub(super) fn row_badge(
    plugin: &LoadedPlugin,
    collection: &Collection,
    row: &IndexRow,
    visit: &Visit,
) -> Option<Badge> {
    let name = collection.view.list.badge.as_ref()?;
    match choice(plugin, collection, name, row_state(collection, row)?, visit) {
        Shown::Badge(badge) => Some(badge),
        _ => None,
    }
}

/// The value that is the badge of a list row.
pub(super) fn row_state<'r>(collection: &Collection, row: &'r IndexRow) -> Option<&'r str> {
    match row.get(collection.view.list.badge.as_ref()?) {
        [IndexValue::Text { key, .. }, ..] => Some(key),
        _ => None,
    }
}

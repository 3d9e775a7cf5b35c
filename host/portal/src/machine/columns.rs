//! The columns of a list as a file: what its rows and its entries' tables of facts show, and whom an
//! entry names. Structured text, edges and attached files are read at the entry's address.

use dinh_domain::declaration::{Collection, FieldKind};
use dinh_domain::entry::Entry;
use dinh_domain::{display, index};
use serde_json::Value;

use crate::plugins::LoadedPlugin;
use crate::visit::Visit;

/// What a column is called.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ColumnName {
    /// The entry's title.
    Title,
    /// A declared field, by its label.
    Field(String),
    /// Who is named as author.
    Author,
    /// Who is named as source.
    Source,
    /// First publication.
    Posted,
    /// Last change of what is shown.
    Updated,
    /// Where the entry is read.
    Address,
}

/// One value of a row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Cell {
    /// None.
    Empty,
    /// A text, with its line breaks.
    Text(String),
    /// `YYYY-MM-DD`.
    Date(String),
    /// RFC 3339 in the site's zone.
    Time(String),
    /// A whole number.
    Integer(i64),
    /// An address.
    Address(String),
}

/// The fields that make columns: title line, list, summary, facts, each once.
pub(super) fn fields(collection: &Collection) -> Vec<&str> {
    let view = &collection.view;
    let named = view
        .detail
        .facts
        .iter()
        .chain(&view.list.columns)
        .chain(&view.summary);
    let mut fields: Vec<&str> = Vec::new();
    for name in named {
        let is_cell = collection.schema.get(name).is_some_and(|field| {
            !matches!(
                field.kind,
                FieldKind::Relations { .. }
                    | FieldKind::Outline { .. }
                    | FieldKind::Files { .. }
                    | FieldKind::Table {}
            )
        });
        if is_cell && !fields.contains(&name.as_str()) {
            fields.push(name);
        }
    }
    fields
}

/// The names of all columns, in order.
pub(super) fn names(
    plugin: &LoadedPlugin,
    collection: &Collection,
    language: &str,
) -> Vec<ColumnName> {
    let label = |name: &&str| {
        let field = collection.schema.get(*name)?;
        Some(ColumnName::Field(plugin.text(language, &field.label)))
    };
    let declared = fields(collection);
    let mut names = vec![ColumnName::Title];
    names.extend(declared.iter().filter_map(label));
    names.extend([
        ColumnName::Author,
        ColumnName::Source,
        ColumnName::Posted,
        ColumnName::Updated,
        ColumnName::Address,
    ]);
    names
}

/// The cells of an entry, in the order of [`names`]; `address` is where it is read.
pub(super) fn cells(
    plugin: &LoadedPlugin,
    collection: &Collection,
    entry: &Entry,
    visit: &Visit,
    address: String,
) -> Vec<Cell> {
    let zone = visit.zone();
    let mut cells = vec![text(&entry.title)];
    let fields = fields(collection);
    cells.extend(
        fields
            .iter()
            .map(|name| cell(plugin, collection, entry, name, visit)),
    );
    let posted = entry.first_published_at.map(|at| at.rfc3339_in(&zone));
    cells.extend([
        text(&entry.author),
        text(&entry.source),
        posted.map_or(Cell::Empty, Cell::Time),
        Cell::Time(entry.changed_at.rfc3339_in(&zone)),
        Cell::Address(address),
    ]);
    cells
}

fn cell(
    plugin: &LoadedPlugin,
    collection: &Collection,
    entry: &Entry,
    name: &str,
    visit: &Visit,
) -> Cell {
    let (Some(field), Some(value)) = (collection.schema.get(name), entry.body.get(name)) else {
        return Cell::Empty;
    };
    match (&field.kind, value) {
        (FieldKind::Date { .. }, Value::String(date)) => Cell::Date(date.clone()),
        (FieldKind::Instant {}, Value::String(time)) => text(&time.replace('T', " ")),
        (FieldKind::Integer {}, value) => value.as_i64().map_or(Cell::Empty, Cell::Integer),
        (FieldKind::Choice { .. }, _) => {
            let (id, _) = index::effective_choice(collection, &entry.body, name, visit.local);
            let list = plugin.declaration.list_of(field);
            let id = id.unwrap_or_default();
            let known = list.and_then(|list| list.get(&id));
            text(known.map_or(id.as_str(), |value| value.name(&visit.language)))
        }
        _ => {
            let declaration = &plugin.declaration;
            let shown = display::field(declaration, collection, &entry.body, name, &visit.language);
            text(&shown.unwrap_or_default())
        }
    }
}

fn text(text: &str) -> Cell {
    if text.trim().is_empty() {
        Cell::Empty
    } else {
        Cell::Text(text.to_owned())
    }
}

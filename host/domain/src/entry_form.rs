//! The form by which people write an entry, generated from the declaration of its collection. What was
//! typed is kept as it was typed until all of it is right; then it becomes a body.
//!
//! Inputs are named after their field: `f.title`. Those of a list share one name and keep their order;
//! those of a row, an edge or a file have one name for each part, `f.relations.kind`, and belong together
//! by their order. Empty rows at the end are no rows.

mod given;
mod merge;
#[cfg(test)]
mod tests;

use indexmap::IndexMap;
use serde_json::Value;

use crate::declaration::{Collection, Field, FieldKind};
use crate::entry::Body;
use crate::{outline, rows};

pub(crate) use given::integer;
pub use given::one as one_of;
pub use merge::Merged;

/// Begins the names of inputs that belong to fields.
pub const FIELD_PREFIX: &str = "f.";

/// What people read for a locale key of the plugin.
pub type Words<'a> = &'a dyn Fn(&str) -> String;

/// What was typed into a form, field by field, in the order of the declaration.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Typed(pub IndexMap<String, TypedField>);

/// What was typed into the inputs of one field.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TypedField {
    /// One input.
    One(String),
    /// One input for each item.
    Lines(Vec<String>),
    /// Rows of a table: the cells of each, in the order of the columns.
    Rows(Vec<Vec<String>>),
    /// Edges to other entries.
    Edges(Vec<TypedEdge>),
    /// Files that the entry has, or that came with the form.
    Files(Vec<TypedFile>),
}

/// An edge as it was typed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct TypedEdge {
    /// Id of its kind.
    pub kind: String,
    /// Code of the other entry.
    pub target: String,
    /// What the text calls it.
    pub label: String,
}

/// A file that was there already.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct TypedFile {
    /// Its id.
    pub file: String,
    /// Name to save it under; the form shows it and does not send it.
    pub name: String,
    /// What readers are told of it.
    pub label: String,
    /// The box beside it says that the entry shall not have it any more.
    pub is_removed: bool,
}

impl Typed {
    /// The form of a body, as it is stored; `words` are those of a locale key.
    pub fn of(collection: &Collection, body: &Body, words: Words<'_>) -> Self {
        let fields = collection.schema.iter();
        let shown = fields.map(|(name, field)| (name.clone(), shown(field, body.get(name), words)));
        Self(shown.collect())
    }

    /// What was sent. Names that belong to no field are the caller's, but for those that begin like a
    /// field's: the first of these is the error.
    pub fn read(collection: &Collection, sent: &[(String, String)]) -> Result<Self, String> {
        let own = |name: &str| name.strip_prefix(FIELD_PREFIX).map(str::to_owned);
        for (name, _) in sent {
            let Some(path) = own(name) else { continue };
            let (field, part) = path.split_once('.').unwrap_or((&path, ""));
            let known = collection.schema.get(field);
            if !known.is_some_and(|it| has_part(&it.kind, part)) {
                return Err(name.clone());
            }
        }
        let fields = collection.schema.iter();
        let read = fields.map(|(name, field)| {
            let values = |part: &str| {
                let wanted = match part {
                    "" => format!("{FIELD_PREFIX}{name}"),
                    part => format!("{FIELD_PREFIX}{name}.{part}"),
                };
                let own = sent.iter().filter(|(name, _)| *name == wanted);
                own.map(|(_, value)| value.clone()).collect::<Vec<_>>()
            };
            (name.clone(), taken(field, values))
        });
        Ok(Self(read.collect()))
    }

    /// Leaves out edges in which nothing is typed, but for their kind. Buttons name rows as they were
    /// sent: what became of one of them is returned.
    pub fn without_empty_rows(&mut self, (field, row): (&str, usize)) -> Option<usize> {
        let mut became = None;
        for (name, typed) in &mut self.0 {
            let TypedField::Edges(edges) = typed else {
                continue;
            };
            let is_typed =
                |it: &TypedEdge| !(it.target.trim().is_empty() && it.label.trim().is_empty());
            if name == field && edges.get(row).is_some_and(is_typed) {
                became = Some(edges[..row].iter().filter(|it| is_typed(it)).count());
            }
            edges.retain(is_typed);
        }
        became
    }

    /// Adds a file to a field of files.
    pub fn attach(&mut self, field: &str, file: TypedFile) {
        if let Some(TypedField::Files(files)) = self.0.get_mut(field) {
            files.push(file);
        }
    }
}

/// Whether the inputs of a field have a part of this name.
fn has_part(kind: &FieldKind, part: &str) -> bool {
    match kind {
        FieldKind::Relations { .. } => ["kind", "target", "label"].contains(&part),
        FieldKind::Files { .. } => ["file", "label", "gone"].contains(&part),
        FieldKind::Rows { columns, .. } => columns.contains_key(part),
        _ => part.is_empty(),
    }
}

fn taken(field: &Field, values: impl Fn(&str) -> Vec<String>) -> TypedField {
    match &field.kind {
        FieldKind::Rows { columns, .. } => {
            let cells: Vec<Vec<String>> = columns.keys().map(|it| values(it)).collect();
            let count = cells.iter().map(Vec::len).max().unwrap_or_default();
            let rows = (0..count).map(|row| {
                let cell = |column: &Vec<String>| column.get(row).cloned().unwrap_or_default();
                cells.iter().map(cell).collect::<Vec<_>>()
            });
            let is_typed = |row: &Vec<String>| row.iter().any(|it| !it.trim().is_empty());
            TypedField::Rows(rows.filter(is_typed).collect())
        }
        FieldKind::Texts { .. } => {
            let lines = values("").into_iter().filter(|it| !it.trim().is_empty());
            TypedField::Lines(lines.collect())
        }
        FieldKind::Relations { .. } => {
            let (mut kinds, mut labels) = (values("kind").into_iter(), values("label").into_iter());
            let edges = values("target").into_iter().map(|target| TypedEdge {
                kind: kinds.next().unwrap_or_default(),
                target,
                label: labels.next().unwrap_or_default(),
            });
            TypedField::Edges(edges.collect())
        }
        FieldKind::Files { .. } => {
            let gone = values("gone");
            let mut labels = values("label").into_iter();
            let files = values("file").into_iter().map(|file| TypedFile {
                label: labels.next().unwrap_or_default(),
                is_removed: gone.contains(&file),
                name: String::new(),
                file,
            });
            TypedField::Files(files.collect())
        }
        _ => TypedField::One(values("").into_iter().next().unwrap_or_default()),
    }
}

fn shown(field: &Field, stored: Option<&Value>, words: Words<'_>) -> TypedField {
    let items = stored.and_then(Value::as_array).into_iter().flatten();
    let part = |item: &Value, name: &str| {
        let part = item.get(name).and_then(Value::as_str);
        part.unwrap_or_default().to_owned()
    };
    match &field.kind {
        FieldKind::Texts { .. } => {
            let lines = items.filter_map(|it| it.as_str().map(str::to_owned));
            TypedField::Lines(lines.collect())
        }
        FieldKind::Rows { columns, .. } => {
            let rows = items.filter_map(Value::as_object);
            TypedField::Rows(rows.map(|row| rows::typed(columns, row)).collect())
        }
        FieldKind::Relations { .. } => {
            let edges = items.map(|it| TypedEdge {
                kind: part(it, "kind"),
                target: part(it, "target"),
                label: part(it, "label"),
            });
            TypedField::Edges(edges.collect())
        }
        FieldKind::Files { .. } => {
            let files = items.map(|it| TypedFile {
                file: part(it, "file"),
                name: part(it, "name"),
                label: part(it, "label"),
                is_removed: false,
            });
            TypedField::Files(files.collect())
        }
        FieldKind::Choice { default, .. } if stored.is_none() => {
            TypedField::One(default.clone().unwrap_or_default())
        }
        kind => TypedField::One(stored.map(|it| one(kind, it, words)).unwrap_or_default()),
    }
}

/// A single value as it is typed: dates as offices write them, a text with its structure as its lines.
fn one(kind: &FieldKind, stored: &Value, words: Words<'_>) -> String {
    match (kind, stored) {
        (FieldKind::Date { .. }, Value::String(text)) => {
            let date = crate::dates::LocalDate::parse(text);
            date.map_or_else(|_| text.clone(), crate::dates::LocalDate::to_vietnamese)
        }
        (FieldKind::Instant {}, Value::String(text)) => {
            let time = crate::dates::LocalTime::parse(text);
            time.map_or_else(|| text.clone(), crate::dates::LocalTime::to_typed)
        }
        (FieldKind::Outline { levels, .. }, blocks) => {
            levels.write(&outline::blocks(blocks), &|level| words(&level.label))
        }
        // The form names the table that it began with: a table is replaced on a page of its own.
        (FieldKind::Table {}, value) => {
            let hash = value.get("sha256").and_then(Value::as_str);
            hash.unwrap_or_default().to_owned()
        }
        (_, Value::String(text)) => text.clone(),
        (_, Value::Number(number)) => number.to_string(),
        _ => String::new(),
    }
}

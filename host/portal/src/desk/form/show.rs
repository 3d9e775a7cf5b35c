//! A form in words.

use dinh_domain::declaration::{ColumnKind, Field, FieldKind};
use dinh_domain::entry_form::{Typed, TypedField};
use dinh_domain::fault::Fault;

use serde_json::Value;

use crate::post::files_of;

use super::{
    Button, EntryColumn, EntryField, EntryForm, EntryInput, FormOf, FoundTargets, Meanwhile, Place,
};

/// What stands in a form.
pub(super) struct Filled {
    pub(super) typed: Typed,
    pub(super) source: Option<String>,
    pub(super) faults: Vec<Fault>,
    pub(super) button: Button,
    pub(super) found: Option<FoundTargets>,
    pub(super) meanwhile: Option<Meanwhile>,
    pub(super) is_closed: bool,
}

impl Filled {
    /// The text that there is.
    pub(super) fn of(place: &Place<'_>) -> Self {
        let known = place.known.as_ref();
        Self {
            typed: Typed::of(place.collection, &place.body(), &place.words()),
            source: known.map(|it| it.working.entry.source.clone()),
            faults: Vec::new(),
            button: Button::Save,
            found: None,
            meanwhile: None,
            is_closed: false,
        }
    }
}

pub(super) fn form(place: &Place<'_>, of: &FormOf, filled: Filled) -> EntryForm {
    let told = |fault: &Fault| crate::import::message(Some(place.plugin), fault);
    let mut fields = Vec::new();
    for (name, field) in place.fields() {
        let mut shown = shown(place, name, field, &filled);
        let own = filled.faults.iter();
        let own = own.filter_map(|it| Some((row_of(&it.path, name)?, told(it))));
        shown.faults = own.collect();
        fields.push(shown);
    }
    let of_no_field = filled.faults.iter().filter(|fault| {
        let mut names = place.fields();
        !names.any(|(name, _)| row_of(&fault.path, name).is_some())
    });
    let answer = place.collection.answer.as_ref();
    let names_source = place.collection.credit.source.is_some() || answer.is_some();
    EntryForm {
        of: of.clone(),
        site: place.site.name.clone(),
        kind: place.plugin.text("vi", &place.collection.label),
        title: place
            .known
            .as_ref()
            .map(|it| it.working.entry.title.clone()),
        revision: place.revision().cloned(),
        source: (!names_source).then(|| filled.source.clone().unwrap_or_default()),
        saved_files: saved(place),
        answer: answer.map(|it| place.plugin.text("vi", &it.title)),
        answered: answer.map_or_else(Vec::new, |answer| {
            let body = place.body().into_iter();
            let sent = body.filter(|(name, _)| !answer.fields.contains(name));
            crate::desk::in_words(place.plugin, place.collection, &sent.collect())
        }),
        faults: of_no_field.map(told).collect(),
        fields,
        meanwhile: filled.meanwhile,
        is_closed: filled.is_closed,
    }
}

fn saved(place: &Place<'_>) -> Vec<String> {
    let named = files_of(&Value::Object(place.body()));
    named.iter().map(ToString::to_string).collect()
}

/// The row of a field that a fault's path is about: `relations[2].target`. None where it is about
/// another field.
fn row_of(path: &str, name: &str) -> Option<Option<usize>> {
    let rest = path.strip_prefix(name)?;
    if rest.is_empty() || rest.starts_with('.') {
        return Some(None);
    }
    let (row, _) = rest.strip_prefix('[')?.split_once(']')?;
    Some(row.parse().ok())
}

fn shown(place: &Place<'_>, name: &str, field: &Field, filled: &Filled) -> EntryField {
    let declaration = &place.plugin.declaration;
    let values = declaration.list_of(field).into_iter();
    let choices = values.flat_map(|list| list.values.iter());
    let (input, max_chars, max_items) = shape(&field.kind);
    let is_found = matches!(&filled.button, Button::Find(of, _) if of == name);
    EntryField {
        name: name.to_owned(),
        label: place.plugin.text("vi", &field.label),
        columns: columns(place, field),
        input,
        needed: field.required
            || field.gate
            || place
                .collection
                .answer
                .as_ref()
                .is_some_and(|it| it.required.iter().any(|of| of == name)),
        max_chars,
        max_items,
        choices: choices
            .filter(|it| it.is_offered(place.today) || is_typed(filled, name, &it.id))
            .map(|it| (it.id.clone(), it.name("vi").to_owned()))
            .collect(),
        media_types: match &field.kind {
            FieldKind::Files { media_types, .. } => media_types.clone(),
            _ => Vec::new(),
        },
        typed: filled
            .typed
            .0
            .get(name)
            .cloned()
            .unwrap_or(TypedField::One(String::new())),
        faults: Vec::new(),
        more: matches!(&filled.button, Button::More(of) if of == name),
        found: filled.found.clone().filter(|_| is_found),
    }
}

/// The columns of a table.
fn columns(place: &Place<'_>, field: &Field) -> Vec<EntryColumn> {
    let FieldKind::Rows { columns, .. } = &field.kind else {
        return Vec::new();
    };
    let columns = columns.iter().map(|(name, column)| EntryColumn {
        name: name.clone(),
        label: place.plugin.text("vi", &column.label),
        is_number: column.kind == ColumnKind::Integer,
        needed: column.required,
        max_chars: column.max_chars,
    });
    columns.collect()
}

fn is_typed(filled: &Filled, name: &str, value: &str) -> bool {
    let typed = filled.typed.0.get(name);
    matches!(typed, Some(TypedField::One(typed)) if typed == value)
}

fn shape(kind: &FieldKind) -> (EntryInput, Option<usize>, Option<usize>) {
    match kind {
        FieldKind::Text {
            max_chars,
            multiline: true,
        } => (EntryInput::Text, Some(*max_chars), None),
        FieldKind::Text { max_chars, .. } | FieldKind::Code { max_chars } => {
            (EntryInput::Line, Some(*max_chars), None)
        }
        FieldKind::Rows { max_items, .. } => (EntryInput::Rows, None, Some(*max_items)),
        FieldKind::Texts {
            max_items,
            max_chars,
            ..
        } => (EntryInput::Lines, Some(*max_chars), Some(*max_items)),
        FieldKind::Date { .. } => (EntryInput::Date, None, None),
        FieldKind::Instant {} => (EntryInput::Instant, None, None),
        FieldKind::Integer {} => (EntryInput::Integer, None, None),
        FieldKind::Choice { .. } => (EntryInput::Choice, None, None),
        FieldKind::Relations { max_items, .. } => (EntryInput::Edges, None, Some(*max_items)),
        FieldKind::Outline { max_chars, .. } => (EntryInput::Outline, Some(*max_chars), None),
        FieldKind::Files { max_items, .. } => (EntryInput::Files, None, Some(*max_items)),
        FieldKind::Table {} => (EntryInput::Table, None, None),
    }
}

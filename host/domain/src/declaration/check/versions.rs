//! Versions of an entry, and dates of a list.

use super::super::{Collection, Declaration, FieldKind};
use super::kind_of;

pub(super) fn collection(collection: &Collection, fault: &mut impl FnMut(String)) {
    let Some(versions) = &collection.versions else {
        return;
    };
    let number = kind_of(collection, &versions.field);
    if !matches!(number, Some(FieldKind::Integer { .. })) {
        fault(format!(
            "versions.field: `{}` is no integer field of this collection",
            versions.field
        ));
    }
    if let Some(note) = &versions.note
        && !matches!(kind_of(collection, note), Some(FieldKind::Text { .. }))
    {
        fault(format!(
            "versions.note: `{note}` is no text field of this collection"
        ));
    }
    let files = collection.schema.iter();
    let files = files.filter(|(_, it)| matches!(it.kind, FieldKind::Files { .. }));
    let shown = std::iter::once(&versions.field).chain(&versions.note);
    let mut shown = shown
        .chain(&versions.compare)
        .chain(files.map(|(name, _)| name));
    if let Some(name) = shown.find(|name| {
        let field = collection.schema.get(*name);
        field.is_some_and(|it| it.empty_when.fields().next().is_some())
    }) {
        fault(format!(
            "versions: `{name}` has `empty_when`: what becomes confidential would stay readable in a former version"
        ));
    }
    let mut compared = versions.compare.iter();
    let is_text = |name: &&String| {
        matches!(
            kind_of(collection, name),
            Some(
                FieldKind::Text { .. }
                    | FieldKind::Outline { .. }
                    | FieldKind::Rows { .. }
                    | FieldKind::Table {}
            )
        )
    };
    if versions.compare.is_empty() {
        fault("versions.compare: name the fields that are the text".to_owned());
    }
    if let Some(name) = compared.find(|name| !is_text(name)) {
        fault(format!(
            "versions.compare: `{name}` is no text, no structured text, no rows and no table of this collection"
        ));
    }
}

pub(super) fn calendar(
    declaration: &Declaration,
    collection: &Collection,
    fault: &mut impl FnMut(String),
) {
    let Some(calendar) = &collection.calendar else {
        return;
    };
    let is_text =
        |name: &&String| matches!(kind_of(collection, name), Some(FieldKind::Text { .. }));
    if let Some(name) = calendar.notes.iter().find(|it| !is_text(it)) {
        fault(format!(
            "calendar.notes: `{name}` is no text field of this collection"
        ));
    }
    if let Some(status) = &calendar.status {
        let field = collection.schema.get(&status.field);
        let list = field
            .filter(|it| matches!(it.kind, FieldKind::Choice { .. }))
            .and_then(|it| declaration.list_of(it));
        let Some(list) = list else {
            return fault(format!(
                "calendar.status.field: `{}` is no choice of this collection",
                status.field
            ));
        };
        let mut named = status.tentative.iter().chain(&status.cancelled);
        if let Some(value) = named.find(|it| list.get(it).is_none()) {
            fault(format!(
                "calendar.status: `{value}` is no value of `{}`",
                status.field
            ));
        }
    }
    let fields = [
        ("at", Some(&calendar.at)),
        ("moved_to", calendar.moved_to.as_ref()),
        ("start", calendar.start.as_ref()),
    ];
    for (key, name) in fields {
        let kind = name.map(|name| (name, kind_of(collection, name)));
        if let Some((name, kind)) = kind
            && !matches!(kind, Some(FieldKind::Date { .. } | FieldKind::Instant {}))
        {
            fault(format!(
                "calendar.{key}: `{name}` is no date and no instant of this collection"
            ));
        }
    }
}

//! Versions of an entry, and dates of a list.

use super::super::{Collection, FieldKind};
use super::kind_of;

pub(super) fn collection(collection: &Collection, fault: &mut impl FnMut(String)) {
    let Some(versions) = &collection.versions else {
        return;
    };
    if !matches!(
        kind_of(collection, &versions.field),
        Some(FieldKind::Integer { .. })
    ) {
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
    let mut compared = versions.compare.iter();
    let is_text = |name: &&String| {
        matches!(
            kind_of(collection, name),
            Some(FieldKind::Text { .. } | FieldKind::Outline { .. } | FieldKind::Rows { .. })
        )
    };
    if versions.compare.is_empty() {
        fault("versions.compare: name the fields that are the text".to_owned());
    }
    if let Some(name) = compared.find(|name| !is_text(name)) {
        fault(format!(
            "versions.compare: `{name}` is no text, no structured text and no rows of this collection"
        ));
    }
}

pub(super) fn calendar(collection: &Collection, fault: &mut impl FnMut(String)) {
    let Some(calendar) = &collection.calendar else {
        return;
    };
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

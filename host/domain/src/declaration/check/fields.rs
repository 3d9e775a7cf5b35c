//! What a field says of others.

use std::collections::BTreeSet;

use super::super::{
    Collection, ColumnKind, Declaration, Field, FieldKind, IndexType, When, target_of,
};

/// What a text names a file by, so that nothing else is called so.
const OF_FILES: &str = "file";

pub(super) fn one(
    declaration: &Declaration,
    collection: &Collection,
    (name, field): (&str, &Field),
    fault: &mut impl FnMut(String),
) {
    let place = (declaration, collection, name);
    let columns = match &field.kind {
        FieldKind::Rows { columns, .. } => columns.keys().any(|it| it == OF_FILES),
        _ => false,
    };
    if name == OF_FILES || columns {
        fault(format!(
            "field `{name}`: `{OF_FILES}` names files in texts: call it otherwise"
        ));
    }
    when(place, "needed_when", &field.needed_when, fault);
    when(place, "empty_when", &field.empty_when, fault);
    let own = |other: &&String| *other == name || !collection.schema.contains_key(*other);
    if let Some(other) = field.needs.iter().find(own) {
        fault(format!(
            "field `{name}`: needs: there is no other field `{other}`"
        ));
    }
    let is_never = (field.required || field.gate) && field.empty_when.fields().next().is_some();
    if is_never {
        fault(format!(
            "field `{name}`: what every entry has cannot be empty: use needed_when in place of required and gate"
        ));
    }
    let is_table = |(_, it): &(&String, &Field)| matches!(it.kind, FieldKind::Table {});
    let first_table = collection.schema.iter().find(is_table);
    if is_table(&(&name.to_owned(), field)) && first_table.is_some_and(|(it, _)| it != name) {
        fault(format!(
            "field `{name}`: a collection has one table: a second one is an entry of its own"
        ));
    }
    let FieldKind::Rows { columns, .. } = &field.kind else {
        return;
    };
    let first = columns.values().next();
    if first.is_none_or(|it| !it.required || it.kind != ColumnKind::Text) {
        fault(format!(
            "field `{name}`: the first column names the row: it is a text, and required"
        ));
    }
}

/// Choices that decide whether there is a field.
fn when(
    (declaration, collection, name): (&Declaration, &Collection, &str),
    key: &str,
    when: &When,
    fault: &mut impl FnMut(String),
) {
    for (other, values) in when.fields() {
        let is_choice = |it: &&Field| matches!(it.kind, FieldKind::Choice { .. });
        let list = collection.schema.get(other).filter(is_choice);
        let list = list.and_then(|it| declaration.list_of(it));
        let is_unknown = |value: &&String| list.is_none_or(|list| list.get(value).is_none());
        if let Some(value) = values.iter().find(is_unknown) {
            fault(format!(
                "field `{name}`: {key}: `{other}` is no choice that can be `{value}`"
            ));
        }
        if values.is_empty() {
            fault(format!("field `{name}`: {key}: `{other}` names no value"));
        }
    }
}

/// Edges to what another plugin declares: that is not known here, and need not be installed.
pub(super) fn far(
    declaration: &Declaration,
    name: &str,
    target: &str,
    fault: &mut impl FnMut(String),
) {
    let id = &declaration.manifest.id;
    let other = target_of(id, target).ok().filter(|it| it.plugin() != id);
    if other.is_none() {
        fault(format!(
            "field `{name}`: target `{target}`: name a collection of this plugin, or `<plugin>/<collection>` of another one"
        ));
    }
}

/// A filter that stands twice would be two fields of one name in a form.
pub(super) fn named_once(collection: &Collection, fault: &mut impl FnMut(String)) {
    let list = &collection.view.list;
    let lists = [
        ("view.list.filters", &list.filters),
        ("view.list.sorts", &list.sorts),
        ("view.list.browse", &list.browse),
        ("search.facets", &collection.search.facets),
    ];
    for (place, names) in lists {
        let mut known = BTreeSet::new();
        for name in names.iter().filter(|it| !known.insert(*it)) {
            fault(format!("{place}: `{name}` stands twice"));
        }
    }
}

pub(super) fn browse(collection: &Collection, fault: &mut impl FnMut(String)) {
    let list = &collection.view.list;
    for name in &list.browse {
        let kind = collection.index.get(name).map(|it| it.kind);
        let fits = matches!(
            kind,
            Some(IndexType::Choice | IndexType::Texts | IndexType::Year | IndexType::Text)
        );
        if !fits || !list.filters.contains(name) {
            fault(format!(
                "view.list.browse: `{name}` is no filter of coded values, texts or years"
            ));
        }
    }
}

/// How long a state lasts is read from the one minute that a list's row keeps: from which it is another row.
pub(super) fn counts_down(
    declaration: &Declaration,
    collection: &Collection,
    fault: &mut impl FnMut(String),
) {
    let by_clock = |name: &str| {
        let kind = collection.schema.get(name).map(|it| &it.kind);
        matches!(kind, Some(FieldKind::Choice { by_date, .. }) if !by_date.is_empty())
    };
    let badge = collection.view.list.badge.as_ref();
    let badge = badge.and_then(|name| Some((name, collection.schema.get(name)?)));
    let Some((name, field)) = badge else { return };
    let list = declaration.list_of(field);
    let counts = list.is_some_and(|it| it.values.iter().any(|it| it.counts_down));
    let mut indexed = collection.index.keys().filter(|name| by_clock(name));
    if counts && (indexed.next() != Some(name) || indexed.next().is_some()) {
        fault(format!(
            "view.list.badge: the list of `{name}` has a state that counts down: `{name}` is to be the one indexed choice that follows from dates"
        ));
    }
}

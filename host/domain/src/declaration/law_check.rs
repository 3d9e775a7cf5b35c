//! Whether `[view.akn]` and `[view.eli]` name fields of the right kinds, levels and edges that exist.

use super::check::{HOST_VALUES, kind_of};
use super::{Collection, Declaration, FieldKind};

/// The kinds of fields that a legal view names.
#[derive(Clone, Copy)]
enum Wanted {
    Code,
    Choice,
    Date,
    Text,
    Texts,
    Outline,
}

impl Wanted {
    fn fits(self, kind: &FieldKind) -> bool {
        matches!(
            (self, kind),
            (Self::Code, FieldKind::Code { .. })
                | (Self::Choice, FieldKind::Choice { .. })
                | (Self::Date, FieldKind::Date { .. })
                | (Self::Text, FieldKind::Text { .. })
                | (Self::Texts, FieldKind::Texts { .. })
                | (Self::Outline, FieldKind::Outline { .. })
        )
    }

    fn word(self) -> &'static str {
        match self {
            Self::Code => "code",
            Self::Choice => "choice",
            Self::Date => "date",
            Self::Text => "text",
            Self::Texts => "texts",
            Self::Outline => "outline",
        }
    }
}

pub(super) fn akn(
    declaration: &Declaration,
    collection: &Collection,
    fault: &mut impl FnMut(String),
) {
    let Some(akn) = &collection.view.akn else {
        return;
    };
    let mut named = vec![
        ("number", &akn.number, Wanted::Code),
        ("kind", &akn.kind, Wanted::Choice),
        ("date", &akn.date, Wanted::Date),
        ("title", &akn.title, Wanted::Text),
        ("author", &akn.author, Wanted::Text),
        ("text", &akn.text, Wanted::Outline),
    ];
    let may = [
        ("in_force_from", &akn.in_force_from, Wanted::Date),
        ("in_force_until", &akn.in_force_until, Wanted::Date),
        ("signer", &akn.signer, Wanted::Text),
        ("signer_role", &akn.signer_role, Wanted::Text),
        ("subjects", &akn.subjects, Wanted::Texts),
    ];
    named.extend(
        may.into_iter()
            .filter_map(|(key, field, wanted)| Some((key, field.as_ref()?, wanted))),
    );
    fields(collection, "view.akn", &named, fault);
    for (key, code, letters) in [("country", &akn.country, 2), ("language", &akn.language, 3)] {
        if code.len() != letters || !code.bytes().all(|byte| byte.is_ascii_lowercase()) {
            fault(format!(
                "view.akn.{key}: `{code}` is no code of {letters} small letters"
            ));
        }
    }
    if let Some(FieldKind::Outline { levels, .. }) = kind_of(collection, &akn.text) {
        for level in akn.levels.keys().filter(|id| levels.level(id).is_none()) {
            fault(format!(
                "view.akn.levels: `{level}` is no level of field `{}`",
                akn.text
            ));
        }
        for level in levels.ids().filter(|id| !akn.levels.contains_key(*id)) {
            fault(format!(
                "view.akn.levels: level `{level}` of field `{}` has no element",
                akn.text
            ));
        }
    }
    edges(
        declaration,
        collection,
        "view.akn.modifications",
        akn.modifications.keys(),
        fault,
    );
}

pub(super) fn eli(
    declaration: &Declaration,
    collection: &Collection,
    fault: &mut impl FnMut(String),
) {
    let Some(eli) = &collection.view.eli else {
        return;
    };
    let named = [
        ("agent", &eli.agent, Wanted::Text),
        ("type", &eli.kind, Wanted::Choice),
        ("date", &eli.date, Wanted::Date),
        ("number", &eli.number, Wanted::Code),
    ];
    fields(collection, "view.eli", &named, fault);
    for (property, from) in &eli.properties {
        let known = HOST_VALUES.contains(&from.as_str()) || collection.schema.contains_key(from);
        if !known {
            fault(format!(
                "view.eli.properties: `{property}` names `{from}`, which is no field"
            ));
        }
    }
    edges(
        declaration,
        collection,
        "view.eli.relations",
        eli.relations.keys(),
        fault,
    );
}

fn fields(
    collection: &Collection,
    place: &str,
    named: &[(&str, &String, Wanted)],
    fault: &mut impl FnMut(String),
) {
    for (key, field, wanted) in named {
        let fits = kind_of(collection, field).is_some_and(|kind| wanted.fits(kind));
        if !fits {
            let word = wanted.word();
            fault(format!("{place}.{key}: `{field}` is no {word} field"));
        }
    }
}

/// Kinds of edges are values of the lists that the collection's relations fields name.
fn edges<'a>(
    declaration: &Declaration,
    collection: &Collection,
    place: &str,
    kinds: impl Iterator<Item = &'a String>,
    fault: &mut impl FnMut(String),
) {
    let relations = collection
        .schema
        .values()
        .filter(|field| matches!(field.kind, FieldKind::Relations { .. }));
    let lists: Vec<_> = relations
        .filter_map(|field| declaration.list_of(field))
        .collect();
    for kind in kinds.filter(|kind| lists.iter().all(|list| list.get(kind).is_none())) {
        fault(format!("{place}: `{kind}` is no kind of edge"));
    }
}

#[cfg(test)]
mod tests;

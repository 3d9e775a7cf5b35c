//! Which column is proposed for which field, by its heading. The person decides; what may be two fields is none. Pure.

use std::collections::BTreeSet;

use dinh_domain::declaration::{Collection, FieldKind, ImportMapping};
use dinh_domain::table::layout::Given;
use dinh_domain::vietnamese::{exact, fold};

use super::field::{BatchField, fits};

/// Rows among which the one of headings is looked for.
const HEADINGS_WITHIN: usize = 20;
/// Known headings in a row that make it one of headings.
const HEADINGS_KNOWN: usize = 2;

/// Words by which columns are known: of each field, the best first.
pub(super) struct Names(Vec<(String, [BTreeSet<String>; 3])>);

impl Names {
    /// The names of fields: as one mapping has them, as the declaration has them, and as all mappings have them without
    /// tone marks or what stands in brackets.
    pub(super) fn of(
        fields: &[BatchField],
        chosen: Option<&ImportMapping>,
        others: &[&ImportMapping],
    ) -> Self {
        let heading = |mapping: &ImportMapping, field: &str| {
            let from = mapping.fields.get(field)?;
            Some(from.from().to_owned())
        };
        let named = fields.iter().map(|field| {
            let own = chosen.and_then(|it| heading(it, &field.name));
            let declared = [field.label.clone(), field.name.clone()];
            let all = others.iter().filter_map(|it| heading(it, &field.name));
            let all: Vec<String> = declared.iter().cloned().chain(all).collect();
            let ranks = [
                own.iter().map(|it| exact(it)).collect(),
                declared.iter().map(|it| exact(it)).collect(),
                all.iter().map(|it| bare(it)).collect(),
            ];
            (field.name.clone(), ranks)
        });
        Self(named.collect())
    }

    /// The field of each column; empty where there is none, or more than one.
    pub(super) fn guess(&self, headings: &[String]) -> Vec<String> {
        let mut found = vec![String::new(); headings.len()];
        for rank in 0..3 {
            for (at, heading) in headings.iter().enumerate() {
                let wanted = if rank == 2 {
                    bare(heading)
                } else {
                    exact(heading)
                };
                if wanted.is_empty() || !found[at].is_empty() {
                    continue;
                }
                let mut fields = self.0.iter().filter(|(_, by)| by[rank].contains(&wanted));
                let (one, more) = (fields.next(), fields.next());
                if let (Some((field, _)), None) = (one, more)
                    && !found.contains(field)
                {
                    found[at].clone_from(field);
                }
            }
        }
        found
    }

    /// The row of headings: the one that knows most of them; where none does, the first with several cells.
    pub(super) fn heading_row(&self, rows: &[Vec<Given>]) -> usize {
        let texts = |row: &Vec<Given>| row.iter().map(|it| it.text().to_owned()).collect();
        let known = |row: &Vec<Given>| {
            let texts: Vec<String> = texts(row);
            let guessed = self.guess(&texts);
            guessed.iter().filter(|it| !it.is_empty()).count()
        };
        let within = rows.iter().take(HEADINGS_WITHIN).enumerate();
        let counted = within.map(|(at, row)| (known(row), at));
        // Of those that know as many the first one.
        let best = counted.max_by_key(|(count, at)| (*count, usize::MAX - at));
        match best {
            Some((count, at)) if count >= HEADINGS_KNOWN => at,
            _ => {
                let filled = |it: &&Given| !it.text().is_empty();
                let several = |row: &Vec<Given>| row.iter().filter(filled).count() > 1;
                let first = rows.iter().position(several);
                first.unwrap_or_default()
            }
        }
    }
}

/// Whether a mapping is one of flat rows for a collection: each of its fields is the collection's, and one cell each.
pub(super) fn is_of(mapping: &ImportMapping, collection: &Collection) -> bool {
    let flat = |field: &String| {
        let declared = collection.schema.get(field).map(|it| &it.kind);
        let from = &mapping.fields[field];
        let is_choice = matches!(declared, Some(FieldKind::Choice { .. }));
        declared.is_some_and(fits) && (from.is_plain() || is_choice)
    };
    mapping.table.is_none() && !mapping.fields.is_empty() && mapping.fields.keys().all(flat)
}

/// How many of some headings a mapping names, where it has the one of its key.
pub(super) fn known_by(mapping: &ImportMapping, headings: &[String]) -> usize {
    let there: BTreeSet<String> = headings.iter().map(|it| exact(it)).collect();
    if !there.contains(&exact(&mapping.key)) {
        return 0;
    }
    let fields = mapping.fields.values();
    fields
        .filter(|it| there.contains(&exact(it.from())))
        .count()
}

/// A heading without tone marks, signs, and what stands in brackets: `Kinh phí (triệu đồng)` is `kinh phi`.
fn bare(heading: &str) -> String {
    let outside = heading.split(['(', '[', '/']).next().unwrap_or_default();
    let words = fold(outside).replace(|c: char| !c.is_alphanumeric(), " ");
    words.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests;

//! Blocks of the home page: each names filters, a sort and fields that are there.

use super::super::{
    BLOCK_ROWS_MAX, BLOCKS_MAX, Collection, Declaration, DeclarationFault, IndexType, POPULAR,
    Wanted,
};
use crate::query::{Filter, Sort};

/// A block of one plugin is told from another by its name.
pub(super) fn all(declaration: &Declaration, faults: &mut Vec<DeclarationFault>) {
    let blocks = declaration.blocks();
    for (at, it) in blocks.iter().enumerate() {
        let mut before = blocks[..at].iter();
        let message = match before.find(|other| other.block.name == it.block.name) {
            Some(other) => format!(
                "block `{}` is there twice, also of collections/{}.toml: a block's name is the plugin's",
                it.block.name, other.name
            ),
            None if at == BLOCKS_MAX => {
                format!("more than {BLOCKS_MAX} blocks: a home page has room for several sections")
            }
            None => continue,
        };
        faults.push(DeclarationFault {
            file: format!("collections/{}.toml", it.name),
            line: None,
            message,
        });
    }
}

pub(super) fn of(
    declaration: &Declaration,
    collection: &Collection,
    fault: &mut impl FnMut(String),
) {
    for block in collection.blocks.iter().flatten() {
        let mut fault = |message: String| fault(format!("block `{}`: {message}", block.name));
        if !(1..=BLOCK_ROWS_MAX).contains(&block.count) {
            fault(format!("count {}: 1 to {BLOCK_ROWS_MAX}", block.count));
        }
        for name in block.columns.iter().flatten() {
            if !collection.index.contains_key(name) || !collection.schema.contains_key(name) {
                fault(format!("column `{name}` is no field with an index"));
            }
        }
        if let Some(wanted) = &block.sort {
            sort(collection, wanted, &mut fault);
        }
        for (name, wanted) in &block.filter {
            filter(declaration, collection, (name, wanted), &mut fault);
        }
    }
}

fn sort(collection: &Collection, wanted: &str, fault: &mut impl FnMut(String)) {
    let sorts = &collection.view.list.sorts;
    if wanted == POPULAR {
        if !collection.usage {
            fault("sort `popular` needs `usage = true`: nothing is counted without it".to_owned());
        }
        if sorts.iter().any(|it| it == POPULAR) {
            fault("sort `popular` is the host's word: rename the index of that name".to_owned());
        }
        return;
    }
    let name = wanted.strip_prefix('-').unwrap_or(wanted);
    if !sorts.iter().any(|it| it == name) || Sort::parse(collection, wanted).is_err() {
        let known = sorts.join("`, `");
        fault(format!(
            "sort `{wanted}` is none of the list's: `{known}`, each with `-` before it for descending, or `popular`"
        ));
    }
}

fn filter(
    declaration: &Declaration,
    collection: &Collection,
    (name, wanted): (&str, &Wanted),
    fault: &mut impl FnMut(String),
) {
    let Some((index, kind)) = offered(collection, name) else {
        let known: Vec<String> = params(collection).collect();
        let known = known.join("`, `");
        fault(format!(
            "filter `{name}` is none of the list's; there are: `{known}`"
        ));
        return;
    };
    let values: Vec<&str> = wanted.values().iter().map(String::as_str).collect();
    if values.is_empty() || values.iter().any(|it| it.trim().is_empty()) {
        fault(format!(
            "filter `{name}`: name a value, or leave the filter out"
        ));
        return;
    }
    let bad = match (kind, values.as_slice()) {
        (IndexType::Date, [one]) if name.ends_with("_from") => Filter::from(collection, index, one),
        (IndexType::Date, [one]) => Filter::to(collection, index, one),
        (IndexType::Date, _) => {
            fault(format!("filter `{name}` takes one date"));
            return;
        }
        _ => Filter::any_of(collection, index, &values),
    };
    if let Err(bad) = bad {
        fault(format!("filter `{name}`: {bad}"));
        return;
    }
    let from = collection.index[index].from.as_deref().unwrap_or(index);
    let field = collection.schema.get(from);
    let list = field.and_then(|field| Some((field.kind.list()?, declaration.list_of(field)?)));
    if let Some((file, list)) = list
        && let Some(unknown) = values.iter().find(|it| list.get(it).is_none())
        && kind == IndexType::Choice
    {
        fault(format!(
            "filter `{name}`: `{unknown}` is no value of lists/{file}.toml"
        ));
    }
}

/// The index of a parameter of the list.
fn offered<'a>(collection: &'a Collection, param: &str) -> Option<(&'a str, IndexType)> {
    let filters = collection.view.list.filters.iter();
    let mut known = filters.filter_map(|it| Some((it.as_str(), collection.index.get(it)?.kind)));
    known.find(|(index, kind)| match kind {
        IndexType::Date => {
            let end = param.strip_prefix(index);
            end.is_some_and(|end| matches!(end, "_from" | "_to"))
        }
        _ => *index == param,
    })
}

fn params(collection: &Collection) -> impl Iterator<Item = String> {
    let filters = collection.view.list.filters.iter();
    filters.flat_map(|name| match collection.index.get(name).map(|it| it.kind) {
        Some(IndexType::Date) => vec![format!("{name}_from"), format!("{name}_to")],
        _ => vec![name.clone()],
    })
}

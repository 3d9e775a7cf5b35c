//! The texts of a TOML file, each with the way to it and its line.

use toml::Spanned;
use toml::de::{DeTable, DeValue};

/// A text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Leaf {
    /// Keys from the outside in; places in lists are left out.
    pub(super) path: Vec<String>,
    /// None where the value is no text.
    pub(super) text: Option<String>,
    /// From 1.
    pub(super) line: usize,
}

impl Leaf {
    /// The keys joined by dots.
    pub(super) fn key(&self) -> String {
        self.path.join(".")
    }
}

/// Every value that is no table, in the order of the file; the error is line and words.
pub(super) fn leaves(source: &str) -> Result<Vec<Leaf>, (Option<usize>, String)> {
    let line = |at: usize| source[..at.min(source.len())].matches('\n').count() + 1;
    let table = DeTable::parse(source).map_err(|error| {
        let at = error.span().map(|span| line(span.start));
        (at, error.message().to_owned())
    })?;
    let mut found = Vec::new();
    within(table.get_ref(), &mut Vec::new(), &line, &mut found);
    found.sort_by_key(|leaf| leaf.line);
    Ok(found)
}

fn within(
    table: &DeTable<'_>,
    path: &mut Vec<String>,
    line: &dyn Fn(usize) -> usize,
    found: &mut Vec<Leaf>,
) {
    for (key, value) in table {
        path.push(key.get_ref().to_string());
        one(value, path, line, found);
        path.pop();
    }
}

fn one(
    value: &Spanned<DeValue<'_>>,
    path: &mut Vec<String>,
    line: &dyn Fn(usize) -> usize,
    found: &mut Vec<Leaf>,
) {
    match value.get_ref() {
        DeValue::Table(table) => within(table, path, line, found),
        DeValue::Array(items) => {
            for item in items {
                one(item, path, line, found);
            }
        }
        other => found.push(Leaf {
            path: path.clone(),
            text: match other {
                DeValue::String(text) => Some(text.to_string()),
                _ => None,
            },
            line: line(value.span().start),
        }),
    }
}

//! What an entry says of its table; the table itself is a file that never changes.

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::Table;
use super::layout::Layout;
use crate::ids::FileId;

/// Most words of a table that are found by searching, in characters.
const MAX_WORDS_CHARS: usize = 20_000;

/// The value of a field of kind `table`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct StoredTable {
    /// The table, as JSON-stat 2.0.
    pub file: FileId,
    /// Name to save it under.
    pub name: String,
    /// SHA-256 of the file.
    pub sha256: String,
    /// The spreadsheet that it was made from.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source: Option<TableSource>,
    /// How that is laid out: the next one of its kind is likely the same.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub layout: Option<Layout>,
    /// How many cells it has.
    pub cells: usize,
    /// What the numbers count.
    #[serde(default)]
    pub unit: String,
    /// Its dimensions.
    pub dimensions: Vec<StoredDimension>,
    /// Names of its dimensions and values, and its notes: what is found of it.
    #[serde(default)]
    pub words: String,
}

/// The spreadsheet that a table was made from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TableSource {
    /// The file.
    pub file: FileId,
    /// Its name.
    pub name: String,
    /// SHA-256 of the file.
    pub sha256: String,
}

/// A dimension in few words.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct StoredDimension {
    /// Its id in the table.
    pub id: String,
    /// What people call it.
    pub label: String,
    /// How many values it has.
    pub codes: usize,
}

impl StoredTable {
    /// Reads the value of a field.
    pub fn of(value: &Value) -> Option<Self> {
        Self::deserialize(value).ok()
    }

    /// What is said of a table that was put into a file.
    pub fn new(
        table: &Table,
        file: (FileId, String, String),
        source: Option<(TableSource, Layout)>,
    ) -> Self {
        let (file, name, sha256) = file;
        let dimensions = table.dimensions().iter();
        let (source, layout) = source.unzip();
        Self {
            file,
            name,
            sha256,
            source,
            layout,
            cells: table.cell_count(),
            unit: table.unit.clone(),
            dimensions: dimensions
                .map(|it| StoredDimension {
                    id: it.id.clone(),
                    label: it.label.clone(),
                    codes: it.codes.len(),
                })
                .collect(),
            words: words(table),
        }
    }

    /// The table in a line: `Xã × Năm (ha)`.
    pub fn line(&self) -> String {
        let labels: Vec<&str> = self.dimensions.iter().map(|it| it.label.as_str()).collect();
        match self.unit.as_str() {
            "" => labels.join(" × "),
            unit => format!("{} ({unit})", labels.join(" × ")),
        }
    }
}

fn words(table: &Table) -> String {
    let mut words = String::new();
    let dimensions = table.dimensions().iter();
    let labels = dimensions
        .flat_map(|it| std::iter::once(&it.label).chain(it.codes.iter().map(|code| &code.label)));
    for word in table.notes.iter().chain(labels) {
        if words.len() + word.len() > MAX_WORDS_CHARS {
            break;
        }
        words.push_str(word);
        words.push('\n');
    }
    words
}

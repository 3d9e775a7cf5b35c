//! Import mappings: `imports/<name>.toml`.

use indexmap::IndexMap;
use schemars::JsonSchema;
use serde::Deserialize;

/// How rows of a foreign file become entries.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ImportMapping {
    /// The row's member that identifies it for ever: a second run updates by it.
    pub key: String,
    /// Gates that this source cannot meet; said on every entry that came without.
    #[serde(default)]
    pub lift: Vec<String>,
    /// Fixed values by field (`source` names where the rows come from).
    #[serde(default)]
    pub values: IndexMap<String, String>,
    /// Field → where its value comes from.
    pub fields: IndexMap<String, ImportField>,
}

/// Where a field's value comes from.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(untagged)]
pub enum ImportField {
    /// The member of that name.
    Member(String),
    /// A member, changed on the way.
    Mapped(MappedMember),
}

/// What rows are made of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum RowsFrom {
    /// The lines of a text that are not empty.
    Lines,
    /// The objects of a list; one without the first column makes no row, and the same row counts once.
    Objects,
}

/// A member and how it is changed.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct MappedMember {
    /// The row's member.
    pub from: String,
    /// Find the value of this code list by its name.
    #[serde(default)]
    pub by_label: Option<String>,
    /// The member is a list of objects; each becomes a block of this level.
    #[serde(default)]
    pub level: Option<String>,
    /// The member becomes rows of a table: each of its lines, or each object of its list.
    #[serde(default)]
    pub rows: Option<RowsFrom>,
    /// Column → member of each object; of lines the one column that holds them, with an empty text.
    #[serde(default)]
    pub columns: IndexMap<String, String>,
    /// Block number, from this member of each object.
    #[serde(default)]
    pub number: Option<String>,
    /// Block heading, from this member of each object.
    #[serde(default)]
    pub heading: Option<String>,
    /// Block text, from this member of each object.
    #[serde(default)]
    pub body: Option<String>,
}

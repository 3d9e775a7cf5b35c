//! Import mappings: `imports/<name>.toml`.

use indexmap::IndexMap;
use schemars::JsonSchema;
use serde::Deserialize;

use crate::table::layout::Layout;
use crate::table::number::DecimalMark;

/// Stands for a member that every table of figures has: the name of its file, without its ending.
pub const FILE_MEMBER: &str = "@file";
/// The title that stands above a table of figures.
pub const TITLE_MEMBER: &str = "@title";

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
    /// How the rows are written in spreadsheets (CSV, ODS, XLSX), where their members are named by the headings.
    #[serde(default)]
    pub sheet: SheetRows,
    /// The file is no list of rows but one table of figures, and becomes one entry: its members are `@file` and `@title`.
    #[serde(default)]
    pub table: Option<TableFile>,
}

/// How rows are written in a spreadsheet. What is not declared is not guessed.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SheetRows {
    /// Name of the sheet; the first one where none is named.
    #[serde(default)]
    pub name: Option<String>,
    /// The row of headings, counted from 0.
    #[serde(default)]
    pub heading_row: usize,
    /// How dates are written that were typed as text; without it as `2024-12-31` alone.
    #[serde(default)]
    pub dates: Option<TypedDates>,
    /// How numbers are written that were typed as text; without it digits alone are read.
    #[serde(default)]
    pub mark: Option<DecimalMark>,
}

/// An order of day, month and year.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum TypedDates {
    /// `31/12/2024`.
    DayMonthYear,
}

/// A file that is one table of figures.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct TableFile {
    /// The field that gets the table.
    pub field: String,
    /// The row with the title in its first cell, counted from 0; none where the file has none.
    #[serde(default)]
    pub title_row: Option<usize>,
    /// The title ends before the last of these that stands in it.
    #[serde(default)]
    pub title_ends: Vec<String>,
    /// How the figures lie.
    pub layout: Layout,
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

impl ImportField {
    /// The member that it is made from.
    pub fn from(&self) -> &str {
        match self {
            Self::Member(from) => from,
            Self::Mapped(member) => &member.from,
        }
    }

    /// Whether the member's value is the field's, unchanged.
    pub fn is_plain(&self) -> bool {
        match self {
            Self::Member(_) => true,
            Self::Mapped(it) => it.by_label.is_none() && it.level.is_none() && it.rows.is_none(),
        }
    }
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

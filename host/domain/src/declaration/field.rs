//! Field kinds and index types.

use indexmap::IndexMap;
use schemars::JsonSchema;
use serde::Deserialize;
use serde_json::Value;

use crate::entry::Body;
use crate::ids::{BadId, CollectionId, PluginId};
use crate::outline::Grammar;
use crate::proposal::{DeclaredProposals, ProposalGrammar};

/// Longest text of a field that names no limit, in characters.
pub const DEFAULT_MAX_CHARS: usize = 1_000;
/// Most items of a list field that names no limit.
pub const DEFAULT_MAX_ITEMS: usize = 50;

/// Keys of [`Common`].
const COMMON: [&str; 6] = [
    "label",
    "required",
    "gate",
    "needed_when",
    "empty_when",
    "needs",
];

/// One field of a collection.
#[derive(Debug, Clone, Deserialize)]
#[serde(try_from = "toml::Table")]
pub struct Field {
    /// Locale key of its name.
    pub label: String,
    /// Without it an entry is neither approved nor imported; a draft may lack it.
    pub required: bool,
    /// Without it an entry is not published (a part that the regulation demands).
    pub gate: bool,
    /// Required where these choice fields have one of these values: `{ topic = "regulation" }`.
    pub needed_when: When,
    /// Not taken where these choice fields have one of these values: what is confidential is not stored at all.
    pub empty_when: When,
    /// Fields without which this one is not published; no import lifts it.
    pub needs: Vec<String>,
    /// Kind and what belongs to it.
    pub kind: FieldKind,
}

/// The part of a field that every kind has; the rest of its table belongs to the kind.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct Common {
    /// Locale key of its name.
    label: String,
    /// Without it an entry is neither approved nor imported; a draft may lack it.
    #[serde(default)]
    required: bool,
    /// Without it an entry is not published.
    #[serde(default)]
    gate: bool,
    /// Required where these choice fields have one of these values: `{ topic = "regulation" }`.
    #[serde(default)]
    needed_when: When,
    /// Not taken where these choice fields have one of these values: what is confidential is not stored at all.
    #[serde(default)]
    empty_when: When,
    /// Fields without which this one is not published; no import lifts it.
    #[serde(default)]
    needs: Vec<String>,
}

/// Choice fields with the values that count, all of which hold; none holds never.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
pub struct When(IndexMap<String, OneOf>);

/// One value, or several.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(untagged)]
enum OneOf {
    One(String),
    Several(Vec<String>),
}

impl When {
    /// Each field with the values that count.
    pub fn fields(&self) -> impl Iterator<Item = (&str, &[String])> {
        self.0.iter().map(|(field, of)| match of {
            OneOf::One(value) => (field.as_str(), std::slice::from_ref(value)),
            OneOf::Several(values) => (field.as_str(), values.as_slice()),
        })
    }

    /// Whether a body has them.
    pub fn holds(&self, body: &Body) -> bool {
        let chosen = |field: &str| body.get(field).and_then(Value::as_str);
        let has = |(field, values): (&str, &[String])| {
            chosen(field).is_some_and(|chosen| values.iter().any(|it| it == chosen))
        };
        !self.0.is_empty() && self.fields().all(has)
    }
}

impl TryFrom<toml::Table> for Field {
    type Error = toml::de::Error;

    fn try_from(table: toml::Table) -> Result<Self, toml::de::Error> {
        let is_common = |key: &str| COMMON.contains(&key);
        let (common, own): (toml::Table, toml::Table) =
            table.into_iter().partition(|(key, _)| is_common(key));
        let common: Common = common.try_into()?;
        Ok(Self {
            label: common.label,
            required: common.required,
            gate: common.gate,
            needed_when: common.needed_when,
            empty_when: common.empty_when,
            needs: common.needs,
            kind: own.try_into()?,
        })
    }
}

/// The date of an entry that gives none.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum DateDefault {
    /// The day on which it is checked for the first time.
    Today,
}

/// A column of [`FieldKind::Rows`].
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Column {
    /// Locale key of its name.
    pub label: String,
    /// A row without it is no row.
    #[serde(default)]
    pub required: bool,
    /// What it holds.
    #[serde(default)]
    pub kind: ColumnKind,
    /// Longest text, in characters.
    #[serde(default = "max_chars")]
    pub max_chars: usize,
}

/// What a column holds.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum ColumnKind {
    /// A line of text.
    #[default]
    Text,
    /// A whole number.
    Integer,
    /// A line of text that the entry's own code reads: pages and files of lists leave it out.
    Key,
}

/// The collection that a field's edges lead to.
pub fn target_of(plugin: &PluginId, target: &str) -> Result<CollectionId, BadId> {
    match target.contains('/') {
        true => CollectionId::parse(target),
        false => CollectionId::new(plugin, target),
    }
}

/// What a field holds. Bodies are JSON; the shape of each kind is given here.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(tag = "kind", rename_all = "kebab-case", deny_unknown_fields)]
pub enum FieldKind {
    /// A JSON string.
    Text {
        /// Longest, in characters.
        #[serde(default = "max_chars")]
        max_chars: usize,
        /// Line breaks are kept.
        #[serde(default)]
        multiline: bool,
    },
    /// A list of JSON strings.
    Texts {
        /// List in `lists/` whose names alone are taken.
        #[serde(default)]
        list: Option<String>,
        /// Most items.
        #[serde(default = "max_items")]
        max_items: usize,
        /// Longest item, in characters.
        #[serde(default = "max_chars")]
        max_chars: usize,
    },
    /// A number and symbol, shown as written, compared in every spelling
    /// ([`crate::vietnamese::code_key`]).
    Code {
        /// Longest, in characters.
        #[serde(default = "max_chars")]
        max_chars: usize,
    },
    /// `YYYY-MM-DD`.
    Date {
        /// What an entry has that gives none.
        #[serde(default)]
        default: Option<DateDefault>,
    },
    /// `YYYY-MM-DDTHH:MM` on the clock of the site.
    Instant {},
    /// Rows of a table: `[{column: value, …}]`.
    Rows {
        /// Its columns, in order; the first names the row.
        columns: IndexMap<String, Column>,
        /// Most rows.
        #[serde(default = "max_items")]
        max_items: usize,
    },
    /// A whole number.
    Integer {},
    /// The id of a value of a code list.
    Choice {
        /// Name of the list in `lists/`.
        list: String,
        /// Value of an entry that gives none.
        #[serde(default)]
        default: Option<String>,
        /// What the calendar decides by itself.
        #[serde(default)]
        by_date: Vec<ByDate>,
    },
    /// Edges to other entries: `[{kind, target, label?}]`; `target` is the other's code.
    Relations {
        /// Name of the list of edge kinds, with `inverse_*` names.
        list: String,
        /// Collection at the other end: of this plugin, or `<plugin>/<collection>` of another one, which need not be there.
        target: String,
        /// The code field by which the other end is found.
        target_field: String,
        /// Most edges.
        #[serde(default = "max_items")]
        max_items: usize,
        /// How edges are read from the entry's own texts, to be confirmed by an editor.
        #[serde(default)]
        #[schemars(with = "Option<DeclaredProposals>")]
        proposals: Option<Box<ProposalGrammar>>,
    },
    /// Structured text: `[{level, number, heading, text}]`, or a plain string that is read by the
    /// levels' patterns.
    Outline {
        /// Longest as a whole, in characters.
        #[serde(default = "max_chars")]
        max_chars: usize,
        /// Levels, from the outside in.
        #[schemars(with = "Vec<Level>")]
        levels: Grammar,
    },
    /// Attached files: `[{file, name, label?, sha256?}]`; `file` is the id of a stored file,
    /// `sha256` its content's, which the host writes when it takes the file in.
    Files {
        /// Most files.
        #[serde(default = "max_items")]
        max_items: usize,
        /// Media types accepted.
        media_types: Vec<String>,
    },
    /// A table of figures, made from a spreadsheet: [`crate::table::StoredTable`]. The host shows, slices, draws and
    /// gives it out.
    Table {},
}

fn max_chars() -> usize {
    DEFAULT_MAX_CHARS
}

fn max_items() -> usize {
    DEFAULT_MAX_ITEMS
}

impl FieldKind {
    /// The code list it uses, if it uses one.
    pub fn list(&self) -> Option<&str> {
        match self {
            Self::Choice { list, .. } | Self::Relations { list, .. } => Some(list),
            Self::Texts { list, .. } => list.as_deref(),
            _ => None,
        }
    }
}

/// A state that follows from the calendar: where the stored value is one of `when` and it is before (or on or
/// after) the date or instant in another field, the value that counts is `then`.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ByDate {
    /// Stored values to which it applies.
    pub when: Vec<String>,
    /// Applies before the date or instant of this field.
    #[serde(default)]
    pub before: Option<String>,
    /// Applies on and after the date or instant of this field.
    #[serde(default)]
    pub from: Option<String>,
    /// The value that counts.
    pub then: String,
}

/// A level of a structured text.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Level {
    /// `chapter`, `article`, …
    pub id: String,
    /// Locale key of its name: "Điều".
    pub label: String,
    /// A line that matches opens a block; groups `number` and `heading`.
    pub pattern: String,
    /// Only within a block of this level.
    #[serde(default)]
    pub inside: Option<String>,
}

/// An index: what lists may filter and sort by.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct IndexDeclaration {
    /// Type of the column.
    #[serde(rename = "type")]
    pub kind: IndexType,
    /// The field it is made from; none means the field of the same name.
    #[serde(default)]
    pub from: Option<String>,
}

/// Types of index columns.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum IndexType {
    /// A text: equal after folding, sorted by the Vietnamese alphabet.
    Text,
    /// A list of texts: holds one that is equal after folding.
    Texts,
    /// A code: equal in every spelling, sorted by its numbers.
    Code,
    /// A date: equal, from, to.
    Date,
    /// The year of a date field: equal.
    Year,
    /// A whole number: equal, from, to.
    Integer,
    /// A value of a code list, as the calendar has it today.
    Choice,
}

//! How the host shows a collection without running code.

use indexmap::IndexMap;
use schemars::JsonSchema;
use serde::Deserialize;

use super::law::{Akn, Eli};

/// Views of a collection. Patterns mix text and `{field}`; `@title`, `@url`, `@organisation`,
/// `@author`, `@source`, `@language` and `@published_on` are the host's own values.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct View {
    /// Pattern of an entry's title: `{kind} {number}`.
    pub title: String,
    /// Field that sums an entry up.
    #[serde(default)]
    pub summary: Option<String>,
    /// Pattern of an entry's address.
    pub slug: String,
    /// The list.
    pub list: ListView,
    /// The page of one entry.
    pub detail: DetailView,
    /// Dublin Core element → field or host value (TT 24/2011/TT-BTTTT).
    #[serde(default)]
    pub dublin_core: IndexMap<String, String>,
    /// JSON-LD.
    #[serde(default)]
    pub schema_org: Option<SchemaOrg>,
    /// How others cite an entry: a line of text, BibTeX and RIS, out of its Dublin Core.
    #[serde(default)]
    pub citation: Option<Citation>,
    /// A page of the list that counts its entries and adds them up.
    #[serde(default)]
    pub totals: Option<Totals>,
    /// What catalogues of open data say of an entry with a table of figures.
    #[serde(default)]
    pub dataset: Option<Dataset>,
    /// Akoma Ntoso, for legal texts.
    #[serde(default)]
    pub akn: Option<Akn>,
    /// Addresses and metadata of legislation, for legal texts.
    #[serde(default)]
    pub eli: Option<Eli>,
}

/// What catalogues of open data say of an entry with a table of figures (DCAT 3, schema.org `Dataset`), by field.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Dataset {
    /// The first day that the figures are about: a date.
    #[serde(default)]
    pub begins: Option<String>,
    /// The last one.
    #[serde(default)]
    pub ends: Option<String>,
    /// The place; that of the organisation where none is named.
    #[serde(default)]
    pub spatial: Option<String>,
    /// The subject.
    #[serde(default)]
    pub theme: Option<String>,
    /// How often there are new figures.
    #[serde(default)]
    pub frequency: Option<String>,
}

impl Dataset {
    /// What is declared, with the field that it names.
    pub fn fields(&self) -> impl Iterator<Item = (&'static str, &str)> {
        let all = [
            ("begins", &self.begins),
            ("ends", &self.ends),
            ("spatial", &self.spatial),
            ("theme", &self.theme),
            ("frequency", &self.frequency),
        ];
        let named = all.into_iter();
        named.filter_map(|(key, field)| Some((key, field.as_deref()?)))
    }
}

/// The list of a collection.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ListView {
    /// Fields shown in each row.
    pub columns: Vec<String>,
    /// Indexes offered as filters, in order.
    pub filters: Vec<String>,
    /// Indexes offered as sorts.
    pub sorts: Vec<String>,
    /// Index, with `-` for descending.
    pub default_sort: String,
    /// Filters whose values are offered as links above the list, with their counts.
    #[serde(default)]
    pub browse: Vec<String>,
    /// Choice field shown as a badge.
    #[serde(default)]
    pub badge: Option<String>,
    /// Date field that dates a row.
    #[serde(default)]
    pub date: Option<String>,
}

/// The page of one entry.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct DetailView {
    /// Fields of the table of facts.
    pub facts: Vec<String>,
    /// Entries of the plugin's other collections that belong to this one.
    #[serde(default)]
    pub lists: Vec<DetailList>,
}

/// Entries of another collection on the page of one.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct DetailList {
    /// Locale key of its heading.
    pub title: String,
    /// Locale key of what is said where there are none.
    pub empty: String,
    /// Collection of this plugin.
    pub collection: String,
    /// Code index of that collection, a filter of its list.
    pub index: String,
    /// Code field of this one that it equals.
    pub is: String,
    /// Text index of that collection, a filter of its list, that names a part of this one's text: each part then has a
    /// link to what was said of it.
    #[serde(default)]
    pub points: Option<String>,
}

/// Most tables of a page of totals.
pub const TOTALS_MAX: usize = 4;
/// Path of the page of totals below a list; no entry of such a collection has it as its address.
pub const TOTALS_PATH: &str = "tong-hop";
/// The same as a file.
pub const TOTALS_CSV: &str = "tong-hop.csv";

/// A table for each index, with a line for each of its values: how many entries of the list as it is filtered, and the
/// sums of their numbers.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Totals {
    /// Locale key of its title, and of the link to it.
    pub title: String,
    /// Filters of coded values, texts or years, in order.
    pub by: Vec<String>,
    /// Indexes of whole numbers.
    #[serde(default)]
    pub sum: Vec<String>,
}

/// What an entry is in a list of references.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Citation {
    /// Entry type of BibTeX.
    pub bibtex: BibtexKind,
    /// Type of reference of RIS.
    pub ris: RisKind,
}

/// Entry types of BibTeX (Patashnik, BibTeXing, 1988) that an authority publishes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum BibtexKind {
    /// `@techreport`, with the publisher as its institution.
    Techreport,
    /// `@book`.
    Book,
    /// `@misc`, for everything else.
    Misc,
}

/// Types of reference of RIS that an authority publishes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "UPPERCASE")]
pub enum RisKind {
    /// Report.
    Rprt,
    /// Book.
    Book,
    /// Data set.
    Data,
    /// Government document.
    Govdoc,
    /// Statute.
    Stat,
    /// Anything else.
    Gen,
}

impl BibtexKind {
    /// Behind the `@`.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Techreport => "techreport",
            Self::Book => "book",
            Self::Misc => "misc",
        }
    }

    /// The field that names the publisher.
    pub fn publisher(self) -> &'static str {
        match self {
            Self::Techreport => "institution",
            Self::Book => "publisher",
            Self::Misc => "howpublished",
        }
    }
}

impl RisKind {
    /// The value of `TY`.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Rprt => "RPRT",
            Self::Book => "BOOK",
            Self::Data => "DATA",
            Self::Govdoc => "GOVDOC",
            Self::Stat => "STAT",
            Self::Gen => "GEN",
        }
    }
}

/// A JSON-LD mapping.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SchemaOrg {
    /// Type of schema.org.
    #[serde(rename = "type")]
    pub kind: String,
    /// Property → field or host value.
    #[serde(default)]
    pub properties: IndexMap<String, String>,
    /// Kind of edge → property that points to the other end.
    #[serde(default)]
    pub relations: IndexMap<String, String>,
    /// A coded field as a value of schema.org.
    #[serde(default)]
    pub values: Option<SchemaOrgValues>,
}

/// A coded field as a value of schema.org.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
pub struct SchemaOrgValues {
    /// The property.
    pub property: String,
    /// The choice field.
    pub field: String,
    /// Id of the list → value.
    #[serde(flatten)]
    pub map: IndexMap<String, String>,
}

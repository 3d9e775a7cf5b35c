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
    /// Akoma Ntoso, for legal texts.
    #[serde(default)]
    pub akn: Option<Akn>,
    /// Addresses and metadata of legislation, for legal texts.
    #[serde(default)]
    pub eli: Option<Eli>,
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

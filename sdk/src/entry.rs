//! What the host lets a plugin read.

use serde_json::Value;

/// A JSON object, in the order it was written.
pub type Object = serde_json::Map<String, Value>;

/// One entry as the caller may see it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Entry {
    /// The host's id.
    pub id: String,
    /// The stable key of an import, if any.
    pub key: Option<String>,
    /// `<plugin>/<collection>`.
    pub collection: String,
    /// The site that owns it.
    pub site: String,
    /// The last part of its address.
    pub slug: String,
    /// The canonical address, ready for a link.
    pub url: String,
    /// A word of the collection's workflow.
    pub state: String,
    /// Counts the stored texts of the entry.
    pub revision: u64,
    /// The title by the collection's declaration.
    pub title: String,
    /// Whole from `get`, the wanted fields from `query`.
    pub body: Object,
}

impl Entry {
    /// The field's value; none when it is absent or null.
    pub fn value(&self, field: &str) -> Option<&Value> {
        self.body.get(field).filter(|value| !value.is_null())
    }

    /// The field's text; none when it is absent or not text.
    pub fn text(&self, field: &str) -> Option<&str> {
        self.value(field).and_then(Value::as_str)
    }
}

/// One page of a query.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct EntryPage {
    /// In the order that was asked for.
    pub entries: Vec<Entry>,
    /// For [`crate::Query::after`]; none on the last page.
    pub next: Option<String>,
    /// How many match in all, when the host knows.
    pub total: Option<u64>,
}

/// One edge, seen from the entry that was asked about.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Link {
    /// One of the ids given to `links`.
    pub of: String,
    /// The field that holds the edge, named by its owner.
    pub field: String,
    /// The declared kind, named from its owner: `replaces`.
    pub kind: String,
    /// True when `of` holds the edge, false when the other end does.
    pub outgoing: bool,
    /// The other end; none while the portal does not have it or the caller may not see it.
    pub entry: Option<String>,
    /// The key by which the edge names its target.
    pub key: Option<String>,
    /// The other end's title where known, otherwise what the edge says.
    pub label: String,
    /// The other end's address.
    pub url: Option<String>,
    /// The other end's index values by field; empty when `entry` is none.
    pub facts: Object,
}

impl Link {
    /// The other end's index value as text.
    pub fn fact(&self, field: &str) -> Option<&str> {
        self.facts.get(field).and_then(Value::as_str)
    }
}

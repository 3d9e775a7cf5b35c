//! The fields of a document's body that the rules and pages read.

#[cfg(test)]
mod tests;

use dinh_sdk::Object;
use dinh_sdk::serde_json::Value;

use crate::dates::Day;

/// The collection of all documents.
pub const COLLECTION: &str = "legal-documents/document";

/// A body, borrowed. What is missing or of another shape reads as absent: the schema has its own
/// faults for that.
#[derive(Debug, Clone, Copy)]
pub struct Document<'a> {
    body: &'a Object,
}

/// An edge as the document holds it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Relation<'a> {
    /// A value of the list `relations`: `replaces`.
    pub kind: &'a str,
    /// Number of the other document, as written.
    pub target: &'a str,
}

impl<'a> Document<'a> {
    /// Reads a body.
    pub fn new(body: &'a Object) -> Self {
        Self { body }
    }

    fn text(self, field: &str) -> Option<&'a str> {
        self.body
            .get(field)
            .and_then(Value::as_str)
            .map(str::trim)
            .filter(|text| !text.is_empty())
    }

    /// The number, as written.
    pub fn number(self) -> Option<&'a str> {
        self.text("number")
    }

    /// The validity that the editors recorded.
    pub fn validity(self) -> &'a str {
        self.text("validity").unwrap_or("unknown")
    }

    /// A date field.
    pub fn day(self, field: &str) -> Option<Day> {
        Day::parse(self.text(field)?)
    }

    /// The edges in their order.
    pub fn relations(self) -> Vec<Relation<'a>> {
        let edges = self.body.get("relations").and_then(Value::as_array);
        let member = |edge: &'a Value, name| edge.get(name).and_then(Value::as_str).unwrap_or("");
        let read = |edge| Relation {
            kind: member(edge, "kind"),
            target: member(edge, "target").trim(),
        };
        edges.into_iter().flatten().map(read).collect()
    }

    /// The text, piece by piece, each without structure.
    pub fn blocks(self) -> Vec<&'a str> {
        match self.body.get("text") {
            Some(Value::String(text)) => vec![text],
            Some(Value::Array(blocks)) => {
                let parts = blocks
                    .iter()
                    .flat_map(|block| ["heading", "text"].map(|name| block.get(name)));
                parts.flatten().filter_map(Value::as_str).collect()
            }
            _ => Vec::new(),
        }
    }
}

//! Questions about entries, by declared indexes only.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::Value;

/// Which entries, in which order, with which fields.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Query {
    #[serde(rename = "where", skip_serializing_if = "Vec::is_empty")]
    pub(crate) conditions: Vec<Condition>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(crate) sort: Vec<Sort>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(crate) fields: Vec<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) limit: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) cursor: Option<String>,
}

/// One condition on a declared index; several are joined by "and".
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Condition {
    /// The index's name in the declaration.
    pub field: String,
    /// How `value` is compared.
    pub op: Op,
    /// A list for [`Op::In`], otherwise text, number or boolean.
    pub value: Value,
}

/// How a condition compares.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Op {
    /// Equal.
    Eq,
    /// Equal to one of at most 50.
    In,
    /// Equal or greater.
    From,
    /// Equal or less.
    To,
}

/// One step of an order.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Sort {
    /// The index's name in the declaration.
    pub field: String,
    /// Greatest first; what has no value stays last either way.
    pub descending: bool,
}

/// A builder of conditions, the same for both kinds of question.
macro_rules! conditions {
    ($question:ty) => {
        impl $question {
            /// Every entry.
            pub fn new() -> Self {
                Self::default()
            }

            /// The index equals a value.
            #[must_use]
            pub fn eq(self, field: &str, value: impl Into<Value>) -> Self {
                self.test(field, Op::Eq, value.into())
            }

            /// The index equals one of at most 50 values.
            #[must_use]
            pub fn any_of<V: Into<Value>>(
                self,
                field: &str,
                values: impl IntoIterator<Item = V>,
            ) -> Self {
                let values = values.into_iter().map(Into::into).collect();
                self.test(field, Op::In, Value::Array(values))
            }

            /// The index is that value or greater.
            #[must_use]
            pub fn from(self, field: &str, value: impl Into<Value>) -> Self {
                self.test(field, Op::From, value.into())
            }

            /// The index is that value or less.
            #[must_use]
            pub fn to(self, field: &str, value: impl Into<Value>) -> Self {
                self.test(field, Op::To, value.into())
            }

            fn test(mut self, field: &str, op: Op, value: Value) -> Self {
                self.conditions.push(Condition {
                    field: field.into(),
                    op,
                    value,
                });
                self
            }
        }
    };
}

conditions!(Query);
conditions!(CountQuery);

impl Query {
    /// Orders by an index, smallest first.
    #[must_use]
    pub fn sort(self, field: &str) -> Self {
        self.order(field, false)
    }

    /// Orders by an index, greatest first.
    #[must_use]
    pub fn sort_descending(self, field: &str) -> Self {
        self.order(field, true)
    }

    /// Asks for these fields of the body; without it bodies are empty.
    #[must_use]
    pub fn fields<F: Into<String>>(mut self, fields: impl IntoIterator<Item = F>) -> Self {
        self.fields.extend(fields.into_iter().map(Into::into));
        self
    }

    /// At most so many entries: 1 to 200, 50 when not said.
    #[must_use]
    pub fn limit(mut self, limit: u32) -> Self {
        self.limit = Some(limit);
        self
    }

    /// The page after the one whose `next` this is.
    #[must_use]
    pub fn after(mut self, cursor: Option<String>) -> Self {
        self.cursor = cursor;
        self
    }

    fn order(mut self, field: &str, descending: bool) -> Self {
        self.sort.push(Sort {
            field: field.into(),
            descending,
        });
        self
    }
}

/// How many entries, by which facets.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct CountQuery {
    #[serde(rename = "where", skip_serializing_if = "Vec::is_empty")]
    pub(crate) conditions: Vec<Condition>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(crate) by: Vec<String>,
}

impl CountQuery {
    /// Also counts by the values of a declared facet; at most 8 of them.
    #[must_use]
    pub fn by(mut self, facet: &str) -> Self {
        self.by.push(facet.into());
        self
    }
}

/// The answer to a [`CountQuery`].
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
pub struct Counts {
    /// All that match.
    pub total: u64,
    /// For each facet its values by falling count.
    #[serde(default)]
    pub by: BTreeMap<String, Vec<ValueCount>>,
}

/// One value of a facet.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct ValueCount {
    /// As text, whatever the index holds: texts and numbers of documents as they are written (the first of those that are
    /// the same to the index), choices by their ids.
    pub value: String,
    /// How many entries have it.
    pub count: u64,
}

#[cfg(test)]
mod tests;

//! What is wrong with something a person or a file gave: all of it at once, each with its place.

use indexmap::IndexMap;
use serde::{Deserialize, Serialize};

/// One fault. The text for people comes from a locale file, by `message_key`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Fault {
    /// Where: a field's name, with `[n]` and `.part` below it; empty for the whole.
    pub path: String,
    /// Key of the message, e.g. `fault.required`.
    pub message_key: String,
    /// Values for the `{placeholders}` of the message.
    #[serde(default, skip_serializing_if = "IndexMap::is_empty")]
    pub args: IndexMap<String, String>,
}

impl Fault {
    /// A fault without arguments.
    pub fn new(path: impl Into<String>, message_key: impl Into<String>) -> Self {
        Self {
            path: path.into(),
            message_key: message_key.into(),
            args: IndexMap::new(),
        }
    }

    /// The same fault with one more argument.
    #[must_use]
    pub fn with(mut self, name: &str, value: impl ToString) -> Self {
        self.args.insert(name.to_owned(), value.to_string());
        self
    }
}

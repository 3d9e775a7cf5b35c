//! What a hook is shown.

use serde::Deserialize;
use serde_json::Value;

use crate::Object;

/// An entry about to be stored.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
pub struct Draft {
    /// `publish` for a text that is sent for approval, approved, or sent by a citizen, `import` for a row of an import; treat
    /// others as `publish`.
    #[serde(default)]
    pub event: String,
    /// `<plugin>/<collection>`.
    #[serde(default)]
    pub collection: String,
    /// None while the entry has none, and for rows of imports, which have a `key`.
    #[serde(default)]
    pub id: Option<String>,
    /// The stable key of an import, if any.
    #[serde(default)]
    pub key: Option<String>,
    /// The site that owns the entry.
    #[serde(default)]
    pub site: String,
    /// The workflow state it is going to.
    #[serde(default)]
    pub state: String,
    /// The title by the collection's declaration.
    #[serde(default)]
    pub title: String,
    /// The fields, as the schema has already accepted them.
    pub body: Object,
}

impl Draft {
    /// A new entry being saved, for tests.
    pub fn new(collection: &str, body: Object) -> Self {
        Self {
            event: "save".into(),
            collection: collection.into(),
            site: "site".into(),
            state: "draft".into(),
            body,
            ..Self::default()
        }
    }

    /// The field's text; none when it is absent or not text.
    pub fn text(&self, field: &str) -> Option<&str> {
        self.body.get(field).and_then(Value::as_str)
    }

    /// Reads the host's JSON; `event` and `collection` travel beside it.
    #[cfg_attr(
        not(any(target_arch = "wasm32", test)),
        expect(dead_code, reason = "only guests read the host's JSON")
    )]
    pub(crate) fn read(event: String, collection: String, entry: &str) -> Result<Self, String> {
        let mut draft: Self = serde_json::from_str(entry).map_err(|error| error.to_string())?;
        draft.event = event;
        draft.collection = collection;
        Ok(draft)
    }
}

#[cfg(test)]
mod tests;

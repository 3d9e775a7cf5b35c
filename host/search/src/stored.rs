//! What the index keeps of a document to show it.

use tantivy::schema::Field;
use tantivy::schema::document::{DeserializeError, DocumentDeserialize, DocumentDeserializer};

/// The texts of a document by field, as they lie there: the engine's own form copies them twice more.
pub(crate) struct Stored(Vec<(Field, String)>);

impl DocumentDeserialize for Stored {
    fn deserialize<'de, D>(mut kept: D) -> Result<Self, DeserializeError>
    where
        D: DocumentDeserializer<'de>,
    {
        let mut texts = Vec::with_capacity(kept.size_hint());
        while let Some(text) = kept.next_field()? {
            texts.push(text);
        }
        Ok(Self(texts))
    }
}

impl Stored {
    /// All texts of a field.
    pub(crate) fn all(&self, field: Field) -> impl Iterator<Item = &str> {
        let own = self.0.iter().filter(move |(of, _)| *of == field);
        own.map(|(_, text)| text.as_str())
    }

    /// The first text of a field.
    pub(crate) fn text(&self, field: Field) -> Option<&str> {
        self.all(field).next()
    }
}

//! The content of a revision as one text that anybody can make again: what the hash of a saved
//! copy is taken of. Theme, time of copying and the host's version leave it as it is.
//!
//! The form: JSON without white space, the members of every object in the order of their names'
//! bytes, texts as they are stored (NFC) with the shortest escapes; `<`, `>`, `&`, U+2028 and
//! U+2029 are written `\u003c`, `\u003e`, `\u0026`, `\u2028`, `\u2029`, so that the text can stand
//! in a page unchanged.

#[cfg(test)]
mod tests;

use serde::ser::{Serialize, SerializeMap, Serializer};
use serde_json::{Map, Value, json};

use crate::entry::{Body, Entry};
use crate::ids::{CollectionId, EntryId};

/// Member of an attached file that says where the host keeps it: a thing of the host, not of the content.
const FILE: &str = "file";
/// Member of an attached file that says what it holds.
const FILE_HASH: &str = "sha256";

/// What makes up the content of a revision.
#[derive(Debug, Clone, Copy)]
pub struct Content<'a> {
    /// The entry: the same text posted twice are two publications.
    pub entry: &'a EntryId,
    /// Its type.
    pub collection: &'a CollectionId,
    /// Language, BCP 47.
    pub language: &'a str,
    /// Title.
    pub title: &'a str,
    /// Author (Đ6.3).
    pub author: &'a str,
    /// Source (Đ6.3).
    pub source: &'a str,
    /// The fields. Attached files are in it with their SHA-256, and without their ids: the same file
    /// taken in anew has another.
    pub body: &'a Body,
}

impl<'a> Content<'a> {
    /// Of an entry's shown revision.
    pub fn of(entry: &'a Entry) -> Self {
        Self {
            entry: &entry.id,
            collection: &entry.collection,
            language: &entry.language,
            title: &entry.title,
            author: &entry.author,
            source: &entry.source,
            body: &entry.body,
        }
    }

    /// The content as JSON, every object in order.
    pub fn value(&self) -> Value {
        sorted(&json!({
            "author": self.author,
            "body": self.body,
            "collection": self.collection,
            "entry": self.entry,
            "language": self.language,
            "source": self.source,
            "title": self.title,
        }))
    }

    /// The canonical text.
    pub fn text(&self) -> String {
        // Texts and numbers are always written.
        let plain = serde_json::to_string(self).unwrap_or_default();
        let mut text = String::with_capacity(plain.len());
        let mut rest = plain.as_str();
        while let Some(at) = rest.bytes().position(may_end_a_place) {
            let (before, from) = rest.split_at(at);
            text.push_str(before);
            let mut characters = from.chars();
            match characters.next() {
                Some('<') => text.push_str("\\u003c"),
                Some('>') => text.push_str("\\u003e"),
                Some('&') => text.push_str("\\u0026"),
                Some('\u{2028}') => text.push_str("\\u2028"),
                Some('\u{2029}') => text.push_str("\\u2029"),
                other => text.extend(other),
            }
            rest = characters.as_str();
        }
        text.push_str(rest);
        text
    }
}

/// Whether a character that is written otherwise may begin with a byte.
fn may_end_a_place(byte: u8) -> bool {
    matches!(byte, b'<' | b'>' | b'&' | 0xE2)
}

impl Serialize for Content<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut object = serializer.serialize_map(None)?;
        object.serialize_entry("author", self.author)?;
        object.serialize_entry("body", &SortedObject(self.body))?;
        object.serialize_entry("collection", self.collection)?;
        object.serialize_entry("entry", self.entry)?;
        object.serialize_entry("language", self.language)?;
        object.serialize_entry("source", self.source)?;
        object.serialize_entry("title", self.title)?;
        object.end()
    }
}

/// A value as [`sorted`] would make it, written without making it.
struct Sorted<'a>(&'a Value);

impl Serialize for Sorted<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self.0 {
            Value::Object(object) => SortedObject(object).serialize(serializer),
            Value::Array(items) => serializer.collect_seq(items.iter().map(Sorted)),
            other => other.serialize(serializer),
        }
    }
}

struct SortedObject<'a>(&'a Map<String, Value>);

impl Serialize for SortedObject<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let members = said(self.0);
        serializer.collect_map(members.iter().map(|(name, value)| (name, Sorted(value))))
    }
}

/// The members of an object that belong to the content, in order.
fn said(object: &Map<String, Value>) -> Vec<(&String, &Value)> {
    let is_file = object.contains_key(FILE) && object.contains_key(FILE_HASH);
    let said = object.iter().filter(|(name, _)| !is_file || *name != FILE);
    let mut members: Vec<(&String, &Value)> = said.collect();
    members.sort_by_key(|(name, _)| *name);
    members
}

fn sorted(value: &Value) -> Value {
    match value {
        Value::Object(object) => {
            let members = said(object).into_iter();
            let members = members.map(|(name, value)| (name.clone(), sorted(value)));
            Value::Object(members.collect::<Map<_, _>>())
        }
        Value::Array(items) => Value::Array(items.iter().map(sorted).collect()),
        other => other.clone(),
    }
}

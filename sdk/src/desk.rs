//! Drafts for the desk: what code writes of entries, for officers to read, correct and send.

use std::fmt;

use serde::Serialize;
use serde_json::Value;

use crate::Object;

/// A text to keep as a draft.
///
/// ```
/// use dinh_sdk::NewDraft;
/// let draft = NewDraft::keyed("meetings/meeting", "inbox/17").with("subject", "Họp thôn").with("seats", 40);
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct NewDraft {
    /// `<plugin>/<collection>`: one that plugin.toml names under `writes`.
    pub collection: String,
    /// Which entry.
    pub target: Target,
    /// The fields that the source knows, null where one is emptied. Others stay as they are.
    pub fields: Object,
}

/// Which entry a draft is of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Target {
    /// The key by which the source knows it: the first draft makes the entry, every later one is about the same.
    Key(String),
    /// An entry that there is.
    Id(String),
}

impl NewDraft {
    /// Of the entry that the source knows by a key, 1 to 1,000 bytes.
    pub fn keyed(collection: &str, key: &str) -> Self {
        Self::about(collection, Target::Key(key.into()))
    }

    /// Of an entry that there is.
    pub fn of(collection: &str, id: &str) -> Self {
        Self::about(collection, Target::Id(id.into()))
    }

    fn about(collection: &str, target: Target) -> Self {
        Self {
            collection: collection.into(),
            target,
            fields: Object::new(),
        }
    }

    /// The same with a field.
    #[must_use]
    pub fn with(mut self, field: &str, value: impl Into<Value>) -> Self {
        self.fields.insert(field.into(), value.into());
        self
    }

    /// The same with the fields of a record.
    ///
    /// # Errors
    /// Where it is no JSON object.
    pub fn with_all(mut self, record: &impl Serialize) -> Result<Self, String> {
        match serde_json::to_value(record) {
            Ok(Value::Object(fields)) => self.fields.extend(fields),
            Ok(_) => return Err("a record is an object".into()),
            Err(error) => return Err(error.to_string()),
        }
        Ok(self)
    }
}

/// A draft that lasts once the export has answered well.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Saved {
    /// Its entry.
    pub id: String,
    /// What became of it.
    pub effect: Effect,
}

/// What became of a draft.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Effect {
    /// A new entry.
    Created,
    /// A new revision of one.
    Revised,
    /// It says what is there: nothing was written.
    Unchanged,
}

/// What is wrong with one field of a draft.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DraftFault {
    /// The field's name, with what is within it behind a dot; empty for the whole.
    pub path: String,
    /// A word for code: `fault.date`.
    pub message_key: String,
    /// The same for people, in Vietnamese, as the desk says it.
    pub message: String,
}

/// Why a draft was not kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum DraftError {
    /// This export may read and not write.
    ReadOnly,
    /// Not granted, or not for code: another plugin's, not named under `writes`, or sent by citizens.
    Denied(String),
    /// The question breaks a rule, and says which.
    Invalid(String),
    /// The text breaks the declaration of its collection. What is missing is no fault: a draft may be unfinished.
    Faults(Vec<DraftFault>),
    /// The site has no entry of this id.
    NotFound,
    /// People have it under way: an officer writes it, or it waits for an approval. Try again another day.
    UnderWay(String),
    /// The office took it down or discarded it, and so it stays.
    Closed(String),
    /// More than 256 KiB.
    TooLarge(String),
    /// As many drafts wait on this site as may wait: officers must look at some first.
    Quota(String),
    /// Too many of this call, or too much in the last minute.
    Rate(String),
    /// The store cannot answer now.
    Unavailable(String),
}

impl fmt::Display for DraftError {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::ReadOnly => out.write_str("this export may read and not write"),
            Self::Denied(why) => write!(out, "denied: {why}"),
            Self::Invalid(why) => write!(out, "invalid: {why}"),
            Self::Faults(faults) => {
                let told = faults
                    .iter()
                    .map(|it| format!("{}: {}", it.path, it.message));
                out.write_str(&told.collect::<Vec<_>>().join("; "))
            }
            Self::NotFound => out.write_str("no such entry"),
            Self::UnderWay(why) => write!(out, "under way: {why}"),
            Self::Closed(why) => write!(out, "closed: {why}"),
            Self::TooLarge(why) => write!(out, "too large: {why}"),
            Self::Quota(why) => write!(out, "over quota: {why}"),
            Self::Rate(why) => write!(out, "too many drafts: {why}"),
            Self::Unavailable(why) => write!(out, "not available now: {why}"),
        }
    }
}

impl std::error::Error for DraftError {}

/// So that a step may say `host.save_draft(…)?`.
impl From<DraftError> for String {
    fn from(error: DraftError) -> Self {
        error.to_string()
    }
}

//! Texts for the desk, as a guest may write them.

use serde_json::{Map, Value};
use thiserror::Error;

/// Largest body, in bytes of JSON: what another system says of a record, not an archive. The longest laws come by
/// `dinh import`.
pub const DRAFT_BYTES_MAX: usize = 256 << 10;
/// Longest key, in bytes: as long as those of imports.
const KEY_BYTES_MAX: usize = 1_000;
/// Longest name of a collection or id that is looked up, in bytes.
const NAME_BYTES_MAX: usize = 200;

/// A text that a guest wants kept as a draft.
#[derive(Clone, Debug, PartialEq)]
pub struct NewDraft {
    /// `<plugin>/<collection>`; not yet looked up.
    pub collection: String,
    /// Which entry.
    pub target: DraftTarget,
    /// The fields that it names; null where one is emptied.
    pub fields: Map<String, Value>,
    /// How many bytes of JSON they were.
    pub bytes: usize,
}

/// Which entry a draft is of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum DraftTarget {
    /// That of a key, which is made where there is none.
    Key(String),
    /// One that there is.
    Id(String),
}

/// A draft that lasts when the call ends well.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SavedDraft {
    /// Its entry.
    pub id: String,
    /// What became of it.
    pub effect: DraftEffect,
}

/// What became of a draft.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DraftEffect {
    /// A new entry.
    Created,
    /// A new revision of one.
    Revised,
    /// It says what is there.
    Unchanged,
}

/// What is wrong with one field of a draft.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DraftFault {
    /// The field's name, with what is within it behind a dot.
    pub path: String,
    /// A word for code.
    pub message_key: String,
    /// The same for people.
    pub message: String,
}

/// Why a draft was not kept; the guest sees it.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum DraftError {
    /// This export may read and not write.
    #[error("this export may read and not write")]
    ReadOnly,
    /// Not granted, or not for code.
    #[error("denied: {0}")]
    Denied(String),
    /// The question breaks a rule, and says which.
    #[error("invalid: {0}")]
    Invalid(String),
    /// The text breaks the declaration of its collection.
    #[error("{} fields are wrong", .0.len())]
    Faults(Vec<DraftFault>),
    /// There is no such entry on the site.
    #[error("no such entry")]
    NotFound,
    /// People have it under way.
    #[error("under way: {0}")]
    UnderWay(String),
    /// The office took it down or discarded it.
    #[error("closed: {0}")]
    Closed(String),
    /// The body is too long.
    #[error("too large: {0}")]
    TooLarge(String),
    /// As many drafts wait as may wait.
    #[error("over quota: {0}")]
    Quota(String),
    /// Too many of this call, or too much in the last minute.
    #[error("too many drafts: {0}")]
    Rate(String),
    /// The store cannot answer now. Never the cause's own words: a vendor reads this.
    #[error("not available now: {0}")]
    Unavailable(String),
}

/// Reads what a guest gave.
pub(crate) fn read(
    collection: String,
    target: DraftTarget,
    body: &str,
) -> Result<NewDraft, DraftError> {
    if body.len() > DRAFT_BYTES_MAX {
        return Err(DraftError::TooLarge(format!(
            "a body has at most {DRAFT_BYTES_MAX} bytes, not {}",
            body.len()
        )));
    }
    let invalid = |why: &str| Err(DraftError::Invalid(why.to_owned()));
    match &target {
        DraftTarget::Key(key) if key.is_empty() || key.len() > KEY_BYTES_MAX => {
            return Err(DraftError::Invalid(format!(
                "a key has 1 to {KEY_BYTES_MAX} bytes, not {}",
                key.len()
            )));
        }
        DraftTarget::Key(key) if key.trim() != key || key.chars().any(char::is_control) => {
            return invalid("a key has no control characters, and no space at its ends");
        }
        DraftTarget::Id(id) if id.len() > NAME_BYTES_MAX => return Err(DraftError::NotFound),
        DraftTarget::Key(_) | DraftTarget::Id(_) => {}
    }
    if collection.len() > NAME_BYTES_MAX {
        return invalid("a collection is named `<plugin>/<collection>`");
    }
    let Ok(Value::Object(fields)) = serde_json::from_str(body) else {
        return invalid("a body is a JSON object");
    };
    if fields.values().any(holds_nul) {
        return invalid("a body holds no NUL");
    }
    Ok(NewDraft {
        collection,
        target,
        fields,
        bytes: body.len(),
    })
}

/// PostgreSQL keeps no such text.
fn holds_nul(value: &Value) -> bool {
    match value {
        Value::String(text) => text.contains('\0'),
        Value::Array(items) => items.iter().any(holds_nul),
        Value::Object(fields) => fields
            .iter()
            .any(|(name, value)| name.contains('\0') || holds_nul(value)),
        Value::Null | Value::Bool(_) | Value::Number(_) => false,
    }
}

use serde::Serialize;

use super::{FactValue, Link, View};

/// Whether a saved copy says what is published.
#[derive(Debug, Clone, Serialize)]
pub struct VerifyPage {
    /// Where the form leads.
    pub action: String,
    /// The hash as it was asked.
    pub asked: String,
    /// The answer.
    pub state: VerifyState,
    /// The entry, or what stands in its place.
    pub entry: Option<Link>,
    /// When the copied text became public (`FactValue::time`).
    pub published: Option<FactValue>,
    /// When it ceased to be (`FactValue::time`).
    pub ended: Option<FactValue>,
    /// Why the entry was withdrawn.
    pub reason: Option<String>,
}

/// What a hash was found to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum VerifyState {
    /// Nothing was asked.
    NotAsked,
    /// It is no hash.
    Malformed,
    /// Nobody knows it.
    Unknown,
    /// The text that is public now.
    Current,
    /// A text that has been changed since.
    Former,
    /// A text of something that was withdrawn.
    Withdrawn,
}

impl View for VerifyPage {
    const TEMPLATE: &'static str = "verify";
}

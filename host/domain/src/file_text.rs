//! What is known of the text inside an attached file.

use serde::{Deserialize, Serialize};

/// What came of reading a file's text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum TextState {
    /// It was read.
    Text,
    /// The file shows pages and says nothing: a scan without a text layer.
    NoText,
    /// It opens with a password only.
    Encrypted,
    /// It is not what it claims to be, or damaged.
    Broken,
    /// Reading it takes more time, memory or room than any honest file needs; what was read until
    /// then is kept.
    TooLarge,
    /// A kind of file that is kept and not read.
    Unsupported,
}

/// A word that names no state.
#[derive(Debug, thiserror::Error)]
#[error("`{given}` is no state of a file's text; there are: {}", TextState::names().join(", "))]
pub struct UnknownTextState {
    given: String,
}

impl TextState {
    /// All of them.
    pub const ALL: [Self; 6] = [
        Self::Text,
        Self::NoText,
        Self::Encrypted,
        Self::Broken,
        Self::TooLarge,
        Self::Unsupported,
    ];

    /// Its word, as it is stored and typed.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Text => "text",
            Self::NoText => "no-text",
            Self::Encrypted => "encrypted",
            Self::Broken => "broken",
            Self::TooLarge => "too-large",
            Self::Unsupported => "unsupported",
        }
    }

    /// The words of all states.
    pub fn names() -> Vec<&'static str> {
        Self::ALL.map(Self::as_str).to_vec()
    }
}

impl TryFrom<String> for TextState {
    type Error = UnknownTextState;

    fn try_from(given: String) -> Result<Self, Self::Error> {
        let known = Self::ALL.into_iter().find(|it| it.as_str() == given);
        known.ok_or(UnknownTextState { given })
    }
}

impl std::str::FromStr for TextState {
    type Err = UnknownTextState;

    fn from_str(given: &str) -> Result<Self, Self::Err> {
        Self::try_from(given.to_owned())
    }
}

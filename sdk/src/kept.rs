//! What lasts from one call to the next: values by key, and the operator's settings.

use std::fmt;

/// One value with its key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KvItem {
    /// The key.
    pub key: String,
    /// The value.
    pub value: String,
}

/// Some values, by key.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct KvPage {
    /// In the order of their keys' bytes.
    pub items: Vec<KvItem>,
    /// The cursor of the next page; none on the last one.
    pub next: Option<String>,
}

/// Why a value was not read or written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum KvError {
    /// This export may read and not write.
    ReadOnly,
    /// The key, the value or the question breaks a rule, and says which.
    Invalid(String),
    /// The value is too long.
    TooLarge(String),
    /// As much is kept as may be.
    Quota(String),
    /// Too many writes in the last minute.
    Rate(String),
    /// The store cannot answer now.
    Unavailable(String),
}

impl fmt::Display for KvError {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::ReadOnly => out.write_str("this export may read and not write"),
            Self::Invalid(why) => write!(out, "invalid: {why}"),
            Self::TooLarge(why) => write!(out, "too large: {why}"),
            Self::Quota(why) => write!(out, "over quota: {why}"),
            Self::Rate(why) => write!(out, "too many writes: {why}"),
            Self::Unavailable(why) => write!(out, "not available now: {why}"),
        }
    }
}

impl std::error::Error for KvError {}

/// So that a page may say `host.kv_get(…)?`.
impl From<KvError> for String {
    fn from(error: KvError) -> Self {
        error.to_string()
    }
}

/// Why a setting was not read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SettingError {
    /// plugin.toml declares no setting of this name.
    Undeclared(String),
    /// It cannot be read now.
    Unavailable(String),
}

impl fmt::Display for SettingError {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Undeclared(why) => write!(out, "undeclared: {why}"),
            Self::Unavailable(why) => write!(out, "not available now: {why}"),
        }
    }
}

impl std::error::Error for SettingError {}

/// So that a page may say `host.setting(…)?`.
impl From<SettingError> for String {
    fn from(error: SettingError) -> Self {
        error.to_string()
    }
}

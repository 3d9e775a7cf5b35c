//! What lasts from one call to the next, as a guest may ask for it: values by key, and settings.

use thiserror::Error;

/// Longest key, in bytes.
pub const KV_KEY_BYTES_MAX: usize = 128;
/// Longest value, in bytes: a few pages of JSON. Longer things are entries.
pub const KV_VALUE_BYTES_MAX: usize = 16 << 10;
/// Most items of one scan: with the longest values they fit into one answer of the host.
pub const KV_SCAN_MAX: u32 = 100;

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

/// Why a value was not read or written; the guest sees it.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum KvError {
    /// This export may read and not write.
    #[error("this export may read and not write")]
    ReadOnly,
    /// The key, the value or the question breaks a rule, and says which.
    #[error("invalid: {0}")]
    Invalid(String),
    /// The value is too long.
    #[error("too large: {0}")]
    TooLarge(String),
    /// As much is kept as may be.
    #[error("over quota: {0}")]
    Quota(String),
    /// Too many writes in the last minute.
    #[error("too many writes: {0}")]
    Rate(String),
    /// The store cannot answer now. Never the cause's own words: a vendor reads this.
    #[error("not available now: {0}")]
    Unavailable(String),
}

/// A setting's value. It has no `Debug`: it may be a secret.
#[derive(Clone, PartialEq, Eq)]
pub struct Setting {
    /// As text.
    pub value: String,
    /// Whether it must not be seen in a log.
    pub is_secret: bool,
}

/// Why a setting was not read; the guest sees it.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum SettingError {
    /// The manifest declares no setting of this name.
    #[error("undeclared: {0}")]
    Undeclared(String),
    /// It cannot be read now.
    #[error("not available now: {0}")]
    Unavailable(String),
}

/// Whether a text may be a key, or begin one.
pub(crate) fn check_prefix(prefix: &str) -> Result<(), KvError> {
    let fits = |byte: u8| byte.is_ascii_alphanumeric() || b"-_./:@".contains(&byte);
    if prefix.len() <= KV_KEY_BYTES_MAX && prefix.bytes().all(fits) {
        return Ok(());
    }
    Err(KvError::Invalid(format!(
        "a key is 1 to {KV_KEY_BYTES_MAX} ASCII letters, digits and -_./:@"
    )))
}

pub(crate) fn check_key(key: &str) -> Result<(), KvError> {
    if key.is_empty() {
        return Err(KvError::Invalid("a key is not empty".to_owned()));
    }
    check_prefix(key)
}

pub(crate) fn check_value(value: &str) -> Result<(), KvError> {
    if value.len() > KV_VALUE_BYTES_MAX {
        return Err(KvError::TooLarge(format!(
            "a value has at most {KV_VALUE_BYTES_MAX} bytes, not {}",
            value.len()
        )));
    }
    if value.contains('\0') {
        return Err(KvError::Invalid("a value holds no NUL".to_owned()));
    }
    Ok(())
}

pub(crate) fn check_limit(limit: u32) -> Result<(), KvError> {
    if (1..=KV_SCAN_MAX).contains(&limit) {
        return Ok(());
    }
    Err(KvError::Invalid(format!(
        "`limit` is 1 to {KV_SCAN_MAX}, not {limit}"
    )))
}

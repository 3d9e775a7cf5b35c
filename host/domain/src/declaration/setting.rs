//! `[settings.<name>]` of `plugin.toml`: what the operator sets for each site.

use schemars::JsonSchema;
use serde::Deserialize;

/// Longest text of a setting, in bytes: an address, a sentence, a key.
pub const SETTING_BYTES_MAX: usize = 4 << 10;
/// Shortest secret, in bytes: shorter ones are guessed, and cannot be masked in a log.
pub const SECRET_BYTES_MIN: usize = 8;

/// One setting of a plugin.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Setting {
    /// What it takes.
    pub kind: SettingKind,
    /// Locale key of its name for people.
    pub label: String,
    /// What holds until the operator sets it; a secret has none.
    #[serde(default)]
    #[schemars(with = "Option<serde_json::Value>")]
    pub default: Option<toml::Value>,
    /// The names that a choice takes.
    #[serde(default)]
    pub choices: Vec<String>,
}

/// What a setting takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum SettingKind {
    /// A text of at most 4 KiB.
    Text,
    /// A whole number of 64 bits.
    Number,
    /// `true` or `false`.
    Flag,
    /// One of the declared names.
    Choice,
    /// A text that is never shown again.
    Secret,
}

impl SettingKind {
    /// The word of the manifest.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Text => "text",
            Self::Number => "number",
            Self::Flag => "flag",
            Self::Choice => "choice",
            Self::Secret => "secret",
        }
    }
}

impl Setting {
    /// The default as text, where there is one.
    pub fn default_text(&self) -> Option<String> {
        self.default.as_ref().map(|value| match value {
            toml::Value::String(text) => text.clone(),
            other => other.to_string(),
        })
    }

    /// What it takes, in words.
    pub fn takes(&self) -> String {
        match self.kind {
            SettingKind::Text => format!("a text of at most {SETTING_BYTES_MAX} bytes in one line"),
            SettingKind::Number => "a whole number".to_owned(),
            SettingKind::Flag => "`true` or `false`".to_owned(),
            SettingKind::Choice => format!("one of {}", self.choices.join(", ")),
            SettingKind::Secret => {
                format!("a secret of {SECRET_BYTES_MIN} to {SETTING_BYTES_MAX} bytes in one line")
            }
        }
    }

    /// A value in its one spelling; the error says what it takes, and never repeats the value.
    pub fn read(&self, given: &str) -> Result<String, String> {
        let is_line = given.len() <= SETTING_BYTES_MAX && !given.chars().any(char::is_control);
        let taken = match self.kind {
            SettingKind::Text => is_line.then(|| given.to_owned()),
            SettingKind::Number => given.trim().parse::<i64>().ok().map(|it| it.to_string()),
            SettingKind::Flag => given.trim().parse::<bool>().ok().map(|it| it.to_string()),
            SettingKind::Choice => {
                let known = self.choices.iter().find(|it| *it == given.trim());
                known.cloned()
            }
            SettingKind::Secret => {
                let is_long = given.len() >= SECRET_BYTES_MIN;
                (is_line && is_long).then(|| given.to_owned())
            }
        };
        taken.ok_or_else(|| format!("it takes {}", self.takes()))
    }
}

#[cfg(test)]
mod tests;

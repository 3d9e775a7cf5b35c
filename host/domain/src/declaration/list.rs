//! Code lists: `lists/<name>.toml`.

use schemars::JsonSchema;
use serde::Deserialize;

/// A list of coded values, in the order people see.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct CodeList {
    /// The values.
    #[serde(rename = "value")]
    pub values: Vec<CodeValue>,
}

/// One value of a code list.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct CodeValue {
    /// What is stored.
    pub id: String,
    /// What people read, in Vietnamese.
    pub vi: String,
    /// The same in English.
    pub en: String,
    /// Official abbreviation: `QĐ`.
    #[serde(default)]
    pub short: Option<String>,
    /// How a badge shows it: `good`, `wait`, `warn`, `bad`, `neutral`.
    #[serde(default)]
    pub tone: Option<String>,
    /// For edges: how the other end reads it, in Vietnamese.
    #[serde(default)]
    pub inverse_vi: Option<String>,
    /// For edges: how the other end reads it, in English.
    #[serde(default)]
    pub inverse_en: Option<String>,
}

impl CodeList {
    /// A value by its id.
    pub fn get(&self, id: &str) -> Option<&CodeValue> {
        self.values.iter().find(|value| value.id == id)
    }

    /// A value by its name or abbreviation in any spelling.
    pub fn by_label(&self, label: &str) -> Option<&CodeValue> {
        let wanted = crate::vietnamese::fold(label).replace('-', " ");
        self.values.iter().find(|value| {
            [
                Some(&value.vi),
                Some(&value.en),
                Some(&value.id),
                value.short.as_ref(),
            ]
            .into_iter()
            .flatten()
            .any(|name| crate::vietnamese::fold(name).replace('-', " ") == wanted)
        })
    }
}

impl CodeValue {
    /// Its name in a language.
    pub fn name(&self, language: &str) -> &str {
        if language == "en" { &self.en } else { &self.vi }
    }

    /// How the other end of an edge reads it.
    pub fn inverse(&self, language: &str) -> &str {
        let inverse = if language == "en" {
            &self.inverse_en
        } else {
            &self.inverse_vi
        };
        inverse.as_deref().unwrap_or_else(|| self.name(language))
    }
}

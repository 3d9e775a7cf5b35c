//! Code lists: `lists/<name>.toml`.

use schemars::JsonSchema;
use serde::Deserialize;

use crate::dates::LocalDate;

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
    /// The value above it: who asks for that one finds this one too.
    #[serde(default)]
    pub parent: Option<String>,
    /// Official abbreviation: `QĐ`.
    #[serde(default)]
    pub short: Option<String>,
    /// How a badge shows it: `good`, `wait`, `warn`, `bad`, `neutral`.
    #[serde(default)]
    pub tone: Option<String>,
    /// First day on which it may be chosen; lists of a regulation change.
    #[serde(default)]
    #[schemars(with = "Option<String>")]
    pub from: Option<LocalDate>,
    /// First day on which it may be chosen no more.
    #[serde(default)]
    #[schemars(with = "Option<String>")]
    pub until: Option<LocalDate>,
    /// For states: what stands above an entry that is in it, in Vietnamese.
    #[serde(default)]
    pub warning_vi: Option<String>,
    /// The same in English.
    #[serde(default)]
    pub warning_en: Option<String>,
    /// For states that follow from the clock, shown as a badge: how long it lasts still is told beside it.
    #[serde(default)]
    pub counts_down: bool,
    /// For states: kind of the edge by which another entry stands in the place of one that is in it.
    #[serde(default)]
    pub instead: Option<String>,
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

    /// A value and all below it, in the order of the list; just the id where there is no such value.
    pub fn with_below<'a>(&'a self, id: &'a str) -> Vec<&'a str> {
        let mut found = vec![id];
        let mut at = 0;
        while let Some(above) = found.get(at).copied() {
            let below = self.values.iter();
            let below = below.filter(|it| it.parent.as_deref() == Some(above));
            let new: Vec<&str> = below.map(|it| it.id.as_str()).collect();
            // A circle is a fault of the declaration; here it ends.
            found.extend(
                new.into_iter()
                    .filter(|it| *it != id)
                    .take(self.values.len()),
            );
            at += 1;
            if found.len() > self.values.len() {
                break;
            }
        }
        found
    }

    /// How many values stand above one; none where there is no such value or they form a circle.
    pub fn depth(&self, id: &str) -> Option<usize> {
        let mut value = self.get(id)?;
        for depth in 0..self.values.len() {
            match &value.parent {
                None => return Some(depth),
                Some(parent) => value = self.get(parent)?,
            }
        }
        None
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

    /// Whether it may be chosen on a day.
    pub fn is_offered(&self, day: LocalDate) -> bool {
        self.from.is_none_or(|from| from <= day) && self.until.is_none_or(|until| day < until)
    }

    /// What stands above an entry that is in this state.
    pub fn warning(&self, language: &str) -> Option<&str> {
        match language {
            "en" => self.warning_en.as_deref(),
            _ => self.warning_vi.as_deref(),
        }
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

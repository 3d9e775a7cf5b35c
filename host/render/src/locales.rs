//! Texts in several languages.

#[cfg(test)]
mod tests;

use std::collections::BTreeMap;

use thiserror::Error;

/// The language whose texts must be complete; others fall back to it.
pub(crate) const REFERENCE: &str = "vi";

/// Bytes of one locale file: ten times the host's own.
const MAX_FILE_BYTES: usize = 256 * 1024;

/// Texts by language and key. Keys are flat (`list.total`); texts hold `{name}` places; escaping is the
/// template's.
#[derive(Debug, Clone, Default)]
pub struct Locales {
    languages: BTreeMap<String, BTreeMap<String, String>>,
}

/// Why texts could not be loaded.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum LocaleError {
    /// The file is not what it should be.
    #[error("locales/{lang}.toml: {message}")]
    Malformed {
        /// Language of the file.
        lang: String,
        /// What is wrong.
        message: String,
    },
    /// A language has a key that the reference language lacks.
    #[error(
        "locales/{lang}.toml: the key {key:?} is not in locales/vi.toml; add it there or remove it here"
    )]
    Unknown {
        /// Language of the file.
        lang: String,
        /// The key.
        key: String,
    },
    /// A language uses a place that the reference text does not give.
    #[error(
        "locales/{lang}.toml: {key:?} uses the place {{{place}}}, which locales/vi.toml does not have"
    )]
    UnknownPlace {
        /// Language of the file.
        lang: String,
        /// The key.
        key: String,
        /// The place.
        place: String,
    },
}

impl Locales {
    /// From TOML texts by language. Tables are joined with dots: `[list] total = …` is `list.total`.
    pub fn load(files: &BTreeMap<String, String>) -> Result<Self, LocaleError> {
        let mut languages = BTreeMap::new();
        for (lang, source) in files {
            languages.insert(lang.clone(), read(lang, source)?);
        }
        let empty = BTreeMap::new();
        let reference = languages.get(REFERENCE).unwrap_or(&empty);
        for (lang, texts) in &languages {
            for (key, text) in texts {
                let Some(model) = reference.get(key) else {
                    return Err(LocaleError::Unknown {
                        lang: lang.clone(),
                        key: key.clone(),
                    });
                };
                let known: Vec<&str> = places(model).collect();
                if let Some(place) = places(text).find(|place| !known.contains(place)) {
                    return Err(LocaleError::UnknownPlace {
                        lang: lang.clone(),
                        key: key.clone(),
                        place: place.to_owned(),
                    });
                }
            }
        }
        Ok(Self { languages })
    }

    /// The reference language has this key.
    pub fn has(&self, key: &str) -> bool {
        self.languages
            .get(REFERENCE)
            .is_some_and(|texts| texts.contains_key(key))
    }

    /// Keys of the reference language that `lang` lacks.
    pub fn missing(&self, lang: &str) -> Vec<&str> {
        let texts = self.languages.get(lang);
        let reference = self.languages.get(REFERENCE).into_iter().flatten();
        reference
            .map(|(key, _)| key.as_str())
            .filter(|key| !texts.is_some_and(|texts| texts.contains_key(*key)))
            .collect()
    }

    /// The text, in `lang` or else in the reference language.
    pub fn text(&self, lang: &str, key: &str) -> Option<&str> {
        let in_language = |lang: &str| self.languages.get(lang).and_then(|texts| texts.get(key));
        in_language(lang)
            .or_else(|| in_language(REFERENCE))
            .map(String::as_str)
    }

    /// The text with its places filled; a place without a value stays as it is.
    pub fn format(&self, lang: &str, key: &str, values: &[(&str, &str)]) -> Option<String> {
        self.format_within(lang, key, values, usize::MAX)
    }

    /// As [`Self::format`], but stops growing once it is longer than `room` bytes.
    pub(crate) fn format_within(
        &self,
        lang: &str,
        key: &str,
        values: &[(&str, &str)],
        room: usize,
    ) -> Option<String> {
        let mut rest = self.text(lang, key)?;
        let mut filled = String::with_capacity(rest.len());
        while let Some(start) = rest.find('{') {
            filled.push_str(&rest[..start]);
            rest = &rest[start..];
            let value = place_at_start(rest).and_then(|name| {
                let (_, value) = values.iter().find(|(known, _)| *known == name)?;
                Some((*value, name.len() + 2))
            });
            let (piece, length) = value.unwrap_or(("{", 1));
            filled.push_str(piece);
            rest = &rest[length..];
            if filled.len() > room {
                return Some(filled);
            }
        }
        filled.push_str(rest);
        Some(filled)
    }
}

fn read(lang: &str, source: &str) -> Result<BTreeMap<String, String>, LocaleError> {
    let malformed = |message: String| LocaleError::Malformed {
        lang: lang.to_owned(),
        message,
    };
    if source.len() > MAX_FILE_BYTES {
        return Err(malformed(format!(
            "the file has {} bytes, at most {MAX_FILE_BYTES} are allowed",
            source.len()
        )));
    }
    let table: toml::Table = source
        .parse()
        .map_err(|error: toml::de::Error| malformed(error.to_string()))?;
    let mut texts = BTreeMap::new();
    let mut open = vec![(String::new(), table)];
    while let Some((prefix, table)) = open.pop() {
        for (name, value) in table {
            let key = if prefix.is_empty() {
                name
            } else {
                format!("{prefix}.{name}")
            };
            match value {
                toml::Value::String(text) => {
                    texts.insert(key, text);
                }
                toml::Value::Table(table) => open.push((key, table)),
                _ => return Err(malformed(format!("{key:?} is not a text"))),
            }
        }
    }
    Ok(texts)
}

/// Names of the places in a text.
fn places(text: &str) -> impl Iterator<Item = &str> {
    text.match_indices('{')
        .filter_map(|(at, _)| place_at_start(&text[at..]))
}

/// `name` when the text starts with `{name}`.
fn place_at_start(text: &str) -> Option<&str> {
    let inner = text.strip_prefix('{')?;
    let length = inner.find(|c: char| !(c.is_ascii_alphanumeric() || c == '_'))?;
    inner[length..].starts_with('}').then(|| &inner[..length])
}

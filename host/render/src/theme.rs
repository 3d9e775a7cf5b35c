//! A theme: the host's templates, words and served files, loaded and checked as a whole at start.

mod asset;
mod texts;

#[cfg(test)]
mod tests;

use std::collections::BTreeMap;

use serde::Serialize;
use serde_json::Value;
use thiserror::Error;

use crate::locales::{LocaleError, Locales};
use crate::template::{Budget, Dialect, Language, RenderError, TemplateFault, TemplateSet};
use crate::view::{Page, View};

use texts::TEXTS;

pub use asset::Asset;

/// Bytes of one page: the longest legal texts have 3 MiB.
const MAX_PAGE_BYTES: usize = 16 * 1024 * 1024;
/// Steps of one page: a text of 50,000 blocks.
const MAX_STEPS: usize = 4_000_000;

/// The templates that every theme must have: one for each kind of page.
const PAGES: [&str; 22] = [
    "home",
    "list",
    "totals",
    "detail",
    "figures",
    "sheet",
    "batch",
    "plugin",
    "search",
    "error",
    "site-map",
    "print",
    "copy",
    "verify",
    "room",
    "desk",
    "forms",
    "begin",
    "entry-form",
    "revision",
    "roster",
    "versions",
];
/// Served files that the templates name.
const ASSETS: [&str; 6] = [
    "dinh.css",
    "emblem.svg",
    "print.css",
    "copy.css",
    "card.png",
    "proof.js",
];
/// A loaded theme.
#[derive(Debug)]
pub struct Theme {
    set: TemplateSet,
    locales: Locales,
    assets: asset::Assets,
}

/// Why a theme cannot be used.
#[derive(Debug, Error)]
pub enum ThemeError {
    /// Templates break rules.
    #[error("theme {name:?}: {}", listed(faults))]
    Templates {
        /// Theme.
        name: String,
        /// Every fault.
        faults: Vec<TemplateFault>,
    },
    /// Texts are malformed.
    #[error("theme {name:?}: {source}")]
    Locales {
        /// Theme.
        name: String,
        /// What is wrong.
        source: LocaleError,
    },
    /// A language lacks texts.
    #[error("theme {name:?}: locales/{lang}.toml lacks {}", keys.join(", "))]
    MissingTexts {
        /// Theme.
        name: String,
        /// Language.
        lang: String,
        /// Keys.
        keys: Vec<String>,
    },
    /// A file is missing or is not text.
    #[error("theme {name:?}: {file}: {message}")]
    File {
        /// Theme.
        name: String,
        /// The file.
        file: String,
        /// What is wrong.
        message: String,
    },
}

fn listed(faults: &[TemplateFault]) -> String {
    let lines: Vec<String> = faults.iter().map(ToString::to_string).collect();
    lines.join("\n  ")
}

impl Theme {
    /// Loads a theme from its files: `templates/*.hbs`, `locales/<lang>.toml`, `assets/**`; others are ignored.
    pub fn load(name: &str, files: BTreeMap<String, Vec<u8>>) -> Result<Self, ThemeError> {
        let mut sources = BTreeMap::new();
        let mut locales = BTreeMap::new();
        let mut assets = BTreeMap::new();
        for (path, bytes) in files {
            if let Some(asset) = path.strip_prefix("assets/") {
                assets.insert(asset.to_owned(), bytes);
            } else if let Some(template) = part(&path, "templates/", ".hbs") {
                sources.insert(template.to_owned(), text(name, &path, bytes)?);
            } else if let Some(lang) = part(&path, "locales/", ".toml") {
                locales.insert(lang.to_owned(), text(name, &path, bytes)?);
            }
        }
        let locales = load_locales(name, &locales)?;
        let pages = PAGES
            .iter()
            .filter(|page| !sources.contains_key(**page))
            .map(|page| format!("templates/{page}.hbs"));
        let served = ASSETS
            .iter()
            .filter(|asset| !assets.contains_key(**asset))
            .map(|asset| format!("assets/{asset}"));
        if let Some(file) = pages.chain(served).next() {
            return Err(ThemeError::File {
                name: name.to_owned(),
                file,
                message: "every theme needs this file, but it is missing".into(),
            });
        }
        let set = TemplateSet::load(&sources, Dialect::Theme, &|key| locales.has(key), &|_| {
            Vec::new()
        });
        Ok(Self {
            set: set.map_err(|faults| ThemeError::Templates {
                name: name.to_owned(),
                faults,
            })?,
            locales,
            assets: asset::Assets::new(name, assets),
        })
    }

    /// Renders a page.
    pub fn render<V: View>(&self, page: &Page<V>) -> Result<String, RenderError> {
        #[derive(Serialize)]
        struct Model<'a, V: View> {
            assets: &'a str,
            #[serde(flatten)]
            page: &'a Page<V>,
        }
        let model = Model {
            assets: self.asset_base(),
            page,
        };
        let model: Value =
            serde_json::to_value(&model).map_err(|error| RenderError::View(error.to_string()))?;
        let language = Language {
            locales: &self.locales,
            lang: &page.frame.lang,
        };
        let budget = Budget {
            bytes: MAX_PAGE_BYTES,
            steps: MAX_STEPS,
        };
        self.set.render(V::TEMPLATE, &model, language, budget)
    }

    /// One of the theme's own texts; the key itself when there is none.
    pub fn text<'a>(&'a self, lang: &str, key: &'a str) -> &'a str {
        self.locales.text(lang, key).unwrap_or(key)
    }

    /// One of the theme's own texts with its places filled; the key itself when there is none.
    pub fn texts(&self, lang: &str, key: &str, values: &[(&str, &str)]) -> String {
        self.locales
            .format(lang, key, values)
            .unwrap_or_else(|| key.to_owned())
    }

    /// Path under which the theme's files are served; it changes when one of them does, so that they may be
    /// cached for ever.
    pub fn asset_base(&self) -> &str {
        self.assets.base()
    }

    /// A served file by its path below [`Self::asset_base`].
    pub fn asset(&self, path: &str) -> Option<Asset<'_>> {
        self.assets.get(path)
    }
}

fn part<'p>(path: &'p str, folder: &str, ending: &str) -> Option<&'p str> {
    path.strip_prefix(folder)?.strip_suffix(ending)
}

fn text(name: &str, file: &str, bytes: Vec<u8>) -> Result<String, ThemeError> {
    String::from_utf8(bytes).map_err(|error| ThemeError::File {
        name: name.to_owned(),
        file: file.to_owned(),
        message: format!("not UTF-8 at byte {}", error.utf8_error().valid_up_to()),
    })
}

fn load_locales(name: &str, files: &BTreeMap<String, String>) -> Result<Locales, ThemeError> {
    let locales = Locales::load(files).map_err(|source| ThemeError::Locales {
        name: name.to_owned(),
        source,
    })?;
    let missing_texts = |lang: &str, keys: Vec<String>| ThemeError::MissingTexts {
        name: name.to_owned(),
        lang: lang.to_owned(),
        keys,
    };
    let absent: Vec<String> = TEXTS
        .iter()
        .filter(|key| !locales.has(key))
        .map(ToString::to_string)
        .collect();
    if !absent.is_empty() {
        return Err(missing_texts(crate::locales::REFERENCE, absent));
    }
    for lang in files.keys() {
        let missing = locales.missing(lang);
        if !missing.is_empty() {
            return Err(missing_texts(
                lang,
                missing.into_iter().map(str::to_owned).collect(),
            ));
        }
    }
    Ok(locales)
}

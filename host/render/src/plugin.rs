//! Templates of plugins: vendor input that runs outside the WebAssembly sandbox.

mod allowed;
mod inspect;
mod markup;

#[cfg(test)]
mod tests;

use std::collections::BTreeMap;

use serde_json::Value;

pub use inspect::{Inspection, Reference, inspect};

use crate::SafeHtml;
use crate::locales::Locales;
use crate::template::Language;
use crate::template::{Budget, Dialect, RenderError, TemplateFault, TemplateSet};

/// Bytes of one template: a page with hundreds of lines of markup has 20 KiB.
const MAX_TEMPLATE_BYTES: usize = 64 * 1024;
/// Bytes of all templates of a plugin.
const MAX_TOTAL_BYTES: usize = 512 * 1024;
/// Templates of a plugin.
const MAX_TEMPLATES: usize = 64;
/// Bytes of one rendered page (a long legal text has 600 KiB).
const MAX_PAGE_BYTES: usize = 1024 * 1024;
/// Nodes and expressions evaluated for one page: 1,000 rows of 100 each.
const MAX_STEPS: usize = 100_000;

/// A plugin's templates, checked as a whole when the plugin is loaded. Rendering is a pure function without
/// panics and with bounds on time and memory, fit for a blocking thread.
#[derive(Debug)]
pub struct PluginTemplates {
    plugin: String,
    set: TemplateSet,
    locales: Locales,
}

impl PluginTemplates {
    /// Checks and parses all files; `files` maps `templates/<name>.hbs` or `<name>.hbs` to bytes. Every fault
    /// of every file is reported, the files in order of their names.
    pub fn load(
        plugin: &str,
        files: &BTreeMap<String, Vec<u8>>,
        locales: Locales,
    ) -> Result<Self, Vec<TemplateFault>> {
        let mut faults = Vec::new();
        let mut sources = BTreeMap::new();
        let total: usize = files.values().map(Vec::len).sum();
        if total > MAX_TOTAL_BYTES || files.len() > MAX_TEMPLATES {
            return Err(vec![whole(
                "templates",
                format!(
                    "{} templates with {total} bytes in all; at most {MAX_TEMPLATES} with {MAX_TOTAL_BYTES} bytes are allowed",
                    files.len()
                ),
            )]);
        }
        for (path, bytes) in files {
            match source(path, bytes) {
                Ok((name, source)) => {
                    sources.insert(name, source);
                }
                Err(message) => faults.push(whole(path, message)),
            }
        }
        let set = TemplateSet::load(
            &sources,
            Dialect::Plugin,
            &|key| locales.has(key),
            &markup::check,
        );
        match set {
            Ok(set) if faults.is_empty() => Ok(Self {
                plugin: plugin.to_owned(),
                set,
                locales,
            }),
            Ok(_) => Err(faults),
            Err(more) => {
                faults.extend(more);
                Err(faults)
            }
        }
    }

    /// The plugin they belong to.
    pub fn plugin(&self) -> &str {
        &self.plugin
    }

    /// There is a template of this name (without folder and ending).
    pub fn has(&self, name: &str) -> bool {
        self.set.has(name)
    }

    /// Renders template `name` with `model` in `lang`.
    pub fn render(&self, name: &str, model: &Value, lang: &str) -> Result<SafeHtml, RenderError> {
        let language = Language {
            locales: &self.locales,
            lang,
        };
        let budget = Budget {
            bytes: MAX_PAGE_BYTES,
            steps: MAX_STEPS,
        };
        self.set
            .render(name, model, language, budget)
            .map(SafeHtml::rendered)
    }
}

fn whole(file: &str, message: String) -> TemplateFault {
    TemplateFault {
        file: file.to_owned(),
        line: 0,
        message,
    }
}

/// Name and text of a template file.
fn source(path: &str, bytes: &[u8]) -> Result<(String, String), String> {
    let name = path.strip_prefix("templates/").unwrap_or(path);
    let name = name
        .strip_suffix(".hbs")
        .ok_or("a template's name ends in .hbs")?;
    let plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-' || c == '_';
    if !name
        .split('/')
        .all(|part| !part.is_empty() && part.chars().all(plain))
    {
        return Err(
            "a template's name is made of a-z, 0-9, `-` and `_`, with `/` between folders".into(),
        );
    }
    if bytes.len() > MAX_TEMPLATE_BYTES {
        return Err(format!(
            "the file has {} bytes; at most {MAX_TEMPLATE_BYTES} are allowed",
            bytes.len()
        ));
    }
    let text = std::str::from_utf8(bytes)
        .map_err(|error| format!("not UTF-8 at byte {}", error.valid_up_to()))?;
    Ok((name.to_owned(), text.to_owned()))
}

//! What an author is told of templates beyond what a host would refuse.

#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, BTreeSet};

use super::{markup, source};
use crate::template::{Dialect, References, TemplateFault, build, split};

/// What a template names, and where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reference {
    /// The file: `year.hbs`.
    pub file: String,
    /// Line, from 1.
    pub line: u32,
    /// A locale key or the name of another template.
    pub name: String,
}

/// What is to be said of a plugin's templates.
#[derive(Debug, Default)]
pub struct Inspection {
    /// Names of all templates, without folder and ending.
    pub names: Vec<String>,
    /// The locale keys that they name literally.
    pub texts: Vec<Reference>,
    /// The partials that they name.
    pub partials: Vec<Reference>,
    /// Templates that break the language so that nothing can be said of what they name.
    pub unread: usize,
    /// What keeps readers out, in order of files and lines.
    pub faults: Vec<TemplateFault>,
}

/// Looks through a plugin's templates. What cannot be read is left to
/// [`super::PluginTemplates::load`], which names it.
pub fn inspect(files: &BTreeMap<String, Vec<u8>>) -> Inspection {
    let mut found = Inspection::default();
    let mut sources = BTreeMap::new();
    for (path, bytes) in files {
        match source(path, bytes) {
            Ok((name, text)) => drop(sources.insert(name, text)),
            Err(_) => found.unread += 1,
        }
    }
    for (name, text) in &sources {
        found.names.push(name.clone());
        let parsed = split(text, Dialect::Plugin).and_then(build);
        let Ok(nodes) = parsed else {
            found.unread += 1;
            continue;
        };
        let mut references = References::default();
        references.collect(&nodes);
        let reference = |(line, to): (u32, &str)| Reference {
            file: format!("{name}.hbs"),
            line,
            name: to.to_owned(),
        };
        found
            .texts
            .extend(references.texts.into_iter().map(reference));
        let partials = references.partials.into_iter().map(reference);
        found.partials.extend(partials);
    }
    let parts: BTreeSet<&str> = found.partials.iter().map(|it| it.name.as_str()).collect();
    let mut faults = Vec::new();
    for (name, text) in &sources {
        if let Ok(segments) = split(text, Dialect::Plugin) {
            let is_page = !parts.contains(name.as_str());
            let told = markup::check_access(&segments, is_page);
            let file = format!("{name}.hbs");
            faults.extend(told.into_iter().map(|fault| fault.in_file(&file)));
        }
    }
    found.faults = faults;
    found
}

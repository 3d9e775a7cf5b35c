//! From files to declarations, with faults that help.

use indexmap::IndexMap;
use serde::de::DeserializeOwned;

use super::CodeList;
use super::{Collection, Declaration, DeclarationFault, ImportMapping, Manifest, PluginFiles};
use crate::search_words::{SEARCH_WORDS_FILE, SearchWords};

/// A key is "near" when it is at least this similar (Jaro-Winkler, 0 to 1).
const NEAR: f64 = 0.75;

pub(super) fn declaration(
    files: &PluginFiles,
    faults: &mut Vec<DeclarationFault>,
) -> Option<Declaration> {
    let manifest: Option<Manifest> = one(files, "plugin.toml", faults);
    let mut collections = folder::<Collection>(files, "collections/", faults);
    // The one that stands at the mount is the first, whatever it is called.
    collections.sort_by(|_, one, _, other| one.path.is_some().cmp(&other.path.is_some()));
    let lists = folder::<CodeList>(files, "lists/", faults);
    let imports = folder::<ImportMapping>(files, "imports/", faults);
    let search_words = files
        .contains_key(SEARCH_WORDS_FILE)
        .then(|| one::<SearchWords>(files, SEARCH_WORDS_FILE, faults))
        .flatten();
    Some(Declaration {
        manifest: manifest?,
        collections,
        lists,
        imports,
        search_words: search_words.unwrap_or_default(),
    })
}

fn folder<T: DeserializeOwned>(
    files: &PluginFiles,
    folder: &str,
    faults: &mut Vec<DeclarationFault>,
) -> IndexMap<String, T> {
    let mut found = IndexMap::new();
    for path in files.keys() {
        let name = path
            .strip_prefix(folder)
            .and_then(|rest| rest.strip_suffix(".toml"));
        let Some(name) = name.filter(|name| !name.contains('/')) else {
            continue;
        };
        if let Some(value) = one(files, path, faults) {
            found.insert(name.to_owned(), value);
        }
    }
    found
}

fn one<T: DeserializeOwned>(
    files: &PluginFiles,
    path: &str,
    faults: &mut Vec<DeclarationFault>,
) -> Option<T> {
    let mut fault = |line, message| {
        faults.push(DeclarationFault {
            file: path.to_owned(),
            line,
            message,
        });
    };
    let Some(bytes) = files.get(path) else {
        fault(None, "the file is missing".to_owned());
        return None;
    };
    one_file(path, bytes, faults)
}

/// A file of our strict kind; faults name it, the line and the nearest known key.
pub fn one_file<T: DeserializeOwned>(
    path: &str,
    bytes: &[u8],
    faults: &mut Vec<DeclarationFault>,
) -> Option<T> {
    let mut fault = |line, message| {
        faults.push(DeclarationFault {
            file: path.to_owned(),
            line,
            message,
        });
    };
    let Ok(text) = std::str::from_utf8(bytes) else {
        fault(None, "the file is not UTF-8: save it as UTF-8".to_owned());
        return None;
    };
    match toml::from_str(text) {
        Ok(value) => Some(value),
        Err(error) => {
            let line = error
                .span()
                .map(|span| text[..span.start.min(text.len())].matches('\n').count() + 1);
            fault(line, explain(error.message()));
            None
        }
    }
}

/// Adds the nearest known key to serde's "unknown field `x`, expected one of `a`, `b`".
pub(crate) fn explain(message: &str) -> String {
    let mut quoted = message.split('`').skip(1).step_by(2);
    let unknown = message.starts_with("unknown field") || message.starts_with("unknown variant");
    let Some(given) = quoted.next().filter(|_| unknown) else {
        return message.to_owned();
    };
    let nearest = quoted
        .map(|known| (strsim::jaro_winkler(given, known), known))
        .filter(|(similarity, _)| *similarity >= NEAR)
        .max_by(|a, b| a.0.total_cmp(&b.0));
    match nearest {
        Some((_, known)) => format!("{message}; did you mean `{known}`?"),
        None => message.to_owned(),
    }
}

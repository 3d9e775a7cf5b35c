//! The texts that readers see: whole in each language, all of them used, none of them missing.

use std::collections::{BTreeMap, BTreeSet};

use dinh_domain::declaration::PluginFiles;

use super::code::Code;
use super::walk::{Leaf, leaves};
use super::{Finding, template};

/// Languages that every plugin has; the first is the reference.
const LANGUAGES: [&str; 2] = ["vi", "en"];
/// Keys of declarations whose value is the key of a text.
const NAMING: [&str; 7] = [
    "label",
    "plural",
    "help",
    "title",
    "description",
    "button",
    "system",
];

/// A text by its key.
type Texts = BTreeMap<String, Leaf>;

pub(super) fn check(files: &PluginFiles, code: &Code) -> Vec<Finding> {
    let mut found = Vec::new();
    let mut languages: BTreeMap<&str, Texts> = BTreeMap::new();
    for language in LANGUAGES {
        match texts(files, language, &mut found) {
            Some(texts) => drop(languages.insert(language, texts)),
            // Without it nothing can be said of the others.
            None if language == LANGUAGES[0] => return found,
            None => {}
        }
    }
    let empty = Texts::new();
    let reference = languages.get(LANGUAGES[0]).unwrap_or(&empty);
    for (language, texts) in languages.iter().filter(|(it, _)| **it != LANGUAGES[0]) {
        compare(language, texts, reference, &mut found);
    }
    found.extend(missing(files, code, reference));
    found.extend(unused(files, code, reference));
    found
}

fn file_of(language: &str) -> String {
    format!("locales/{language}.toml")
}

fn texts(files: &PluginFiles, language: &str, found: &mut Vec<Finding>) -> Option<Texts> {
    let file = file_of(language);
    let mut fault = |line, message: String| found.push(Finding::new(&file, line, message));
    let Some(bytes) = files.get(&file) else {
        fault(
            None,
            "the file is missing: every text that a reader sees stands in it".to_owned(),
        );
        return None;
    };
    let Ok(source) = std::str::from_utf8(bytes) else {
        fault(None, "the file is not UTF-8: save it as UTF-8".to_owned());
        return None;
    };
    let leaves = match leaves(source) {
        Ok(leaves) => leaves,
        Err((line, message)) => {
            fault(line, message);
            return None;
        }
    };
    let mut texts = Texts::new();
    for leaf in leaves {
        let key = leaf.key();
        match &leaf.text {
            None => fault(
                Some(leaf.line),
                format!("`{key}` is not a text: write it in quotation marks"),
            ),
            Some(text) if text.trim().is_empty() => {
                fault(Some(leaf.line), format!("`{key}` is empty: write the text"));
            }
            Some(_) => {}
        }
        texts.insert(key, leaf);
    }
    Some(texts)
}

fn compare(language: &str, texts: &Texts, reference: &Texts, found: &mut Vec<Finding>) {
    let (file, first) = (file_of(language), file_of(LANGUAGES[0]));
    for (key, leaf) in texts {
        let line = Some(leaf.line);
        let Some(model) = reference.get(key) else {
            found.push(Finding::new(
                &file,
                line,
                format!("the key `{key}` is not in {first}: add it there or remove it here"),
            ));
            continue;
        };
        let (own, wanted) = (places(leaf), places(model));
        for place in own.difference(&wanted) {
            found.push(Finding::new(
                &file,
                line,
                format!("`{key}` uses the place {{{place}}}, which {first} does not have"),
            ));
        }
        for place in wanted.difference(&own) {
            found.push(Finding::new(
                &file,
                line,
                format!("`{key}` leaves out the place {{{place}}}, which {first} has"),
            ));
        }
    }
    for (key, leaf) in reference
        .iter()
        .filter(|(key, _)| !texts.contains_key(*key))
    {
        let (line, text) = (leaf.line, leaf.text.as_deref().unwrap_or_default());
        found.push(Finding::new(
            &file,
            None,
            format!("the key `{key}` is missing: translate “{text}” ({first}:{line})"),
        ));
    }
}

/// The `{places}` of a text.
fn places(leaf: &Leaf) -> BTreeSet<&str> {
    let text = leaf.text.as_deref().unwrap_or_default();
    let inner = text
        .split('{')
        .skip(1)
        .filter_map(|rest| Some(rest.split_once('}')?.0));
    let is_name = |name: &&str| {
        !name.is_empty() && name.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_')
    };
    inner.filter(is_name).collect()
}

/// Whether the manifest, all collections and all templates can be read.
fn readable(files: &PluginFiles) -> bool {
    let is_toml = |bytes: &Vec<u8>| std::str::from_utf8(bytes).is_ok_and(|it| leaves(it).is_ok());
    files.get("plugin.toml").is_some_and(is_toml)
        && files
            .iter()
            .filter(|(path, _)| path.starts_with("collections/"))
            .all(|(_, bytes)| is_toml(bytes))
        && template::all_are_read(files)
}

/// Every text of the declarations, with its file.
fn declared(files: &PluginFiles) -> Vec<(&str, Leaf)> {
    let own = files.iter().filter(|(path, _)| {
        *path == "plugin.toml" || path.starts_with("collections/") && path.ends_with(".toml")
    });
    own.flat_map(|(path, bytes)| {
        let source = std::str::from_utf8(bytes).unwrap_or_default();
        let found = leaves(source).unwrap_or_default();
        found.into_iter().map(move |leaf| (path.as_str(), leaf))
    })
    .collect()
}

/// Whether this value of a declaration must be the key of a text.
fn names_a_text(file: &str, leaf: &Leaf) -> bool {
    let last = leaf.path.last().map_or("", String::as_str);
    let in_manifest = file == "plugin.toml";
    let is_view = leaf.path.first().is_some_and(|first| first == "view");
    match (last, leaf.path.len()) {
        ("name", 1) => in_manifest,
        ("title" | "description" | "help" | "button" | "system", _) if !in_manifest => false,
        (last, _) => NAMING.contains(&last) && !is_view,
    }
}

fn missing(files: &PluginFiles, code: &Code, reference: &Texts) -> Vec<Finding> {
    let first = file_of(LANGUAGES[0]);
    let mut found = Vec::new();
    for (file, leaf) in declared(files) {
        let key = leaf.text.as_deref().unwrap_or_default();
        if names_a_text(file, &leaf) && !reference.contains_key(key) {
            let message = format!("there is no text `{key}` in {first}: add it");
            found.push(Finding::new(file, Some(leaf.line), message));
        }
    }
    for named in template::texts(files) {
        if !reference.contains_key(&named.name) {
            let message = format!("there is no text {:?} in {first}", named.name);
            let file = format!("templates/{}", named.file);
            found.push(Finding::new(&file, Some(named.line as usize), message));
        }
    }
    for named in code.fault_keys() {
        if !reference.contains_key(&named.name) {
            let message = format!("there is no text `{}` in {first}: add it", named.name);
            found.push(Finding::new(&named.file, Some(named.line), message));
        }
    }
    found
}

/// Nothing is said where something that may use a text cannot be read.
fn unused(files: &PluginFiles, code: &Code, reference: &Texts) -> Vec<Finding> {
    if !readable(files) {
        return Vec::new();
    }
    let declared = declared(files);
    let mut used: BTreeSet<String> = declared
        .iter()
        .filter_map(|(_, it)| it.text.clone())
        .collect();
    used.extend(template::texts(files).into_iter().map(|it| it.name));
    // The host looks for what people call a mapping.
    let mappings = files.keys().filter_map(|path| {
        let name = path.strip_prefix("imports/")?.strip_suffix(".toml")?;
        Some(format!("import.{name}"))
    });
    used.extend(mappings);
    // The host looks for a name of an index of its own.
    let in_index = |leaf: &Leaf| leaf.path.first().is_some_and(|it| it == "index");
    let indexes = declared.iter().filter(|(_, leaf)| in_index(leaf));
    used.extend(indexes.filter_map(|(_, leaf)| Some(format!("index.{}", leaf.path.get(1)?))));
    let unused = reference
        .iter()
        .filter(|(key, _)| !used.contains(*key) && !code.names(key));
    let told = unused.map(|(key, leaf)| {
        Finding::new(
            &file_of(LANGUAGES[0]),
            Some(leaf.line),
            format!("nothing uses the text `{key}`: remove it, in every language"),
        )
    });
    told.collect()
}

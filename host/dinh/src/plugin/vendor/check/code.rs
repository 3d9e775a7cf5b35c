//! What the code names: locale keys and templates. Read from the sources where they are at hand, and
//! from the component's data otherwise.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use dinh_domain::declaration::PluginFiles;

use super::Finding;

const COMPONENT: &str = "plugin.wasm";
/// Deepest folder of sources.
const DEPTH_MAX: usize = 8;

/// A source file.
struct Source {
    /// Relative to the plugin's folder.
    name: String,
    text: String,
}

/// A name in a source file.
pub(super) struct Named {
    pub(super) file: String,
    pub(super) line: usize,
    pub(super) name: String,
}

/// What is known of the code.
pub(super) struct Code {
    sources: Vec<Source>,
    component: Vec<u8>,
    /// Is older than this source.
    stale: Option<String>,
    /// What is wrong with its Cargo.toml.
    cargo: Option<Finding>,
}

impl Code {
    pub(super) fn read(folder: &Path, files: &PluginFiles) -> Self {
        let mut paths = Vec::new();
        listed(&folder.join("src"), 1, &mut paths);
        paths.sort();
        let built = modified(&folder.join(COMPONENT));
        let mut stale = None;
        let mut sources = Vec::new();
        for path in paths {
            let name = path.strip_prefix(folder).unwrap_or(&path);
            let name = name.to_string_lossy().replace('\\', "/");
            let newer = built.is_some_and(|built| modified(&path).is_some_and(|it| it > built));
            let is_test = name.ends_with("tests.rs") || name.contains("/tests/");
            if is_test {
                continue;
            }
            if newer && stale.is_none() {
                stale = Some(name.clone());
            }
            if let Ok(text) = fs::read_to_string(&path) {
                sources.push(Source { name, text });
            }
        }
        Self {
            sources,
            component: files.get(COMPONENT).cloned().unwrap_or_default(),
            stale,
            cargo: cargo(folder),
        }
    }

    /// Whether the code has this text somewhere.
    pub(super) fn names(&self, text: &str) -> bool {
        let quoted = format!("\"{text}\"");
        let in_sources = self.sources.iter().any(|it| it.text.contains(&quoted));
        let bytes = text.as_bytes();
        // Texts lie beside one another in the data of a component, so this may only say yes too often.
        in_sources
            || self.sources.is_empty() && self.component.windows(bytes.len()).any(|it| it == bytes)
    }

    /// Locale keys of faults: the last text of `Fault::new(path, key)`.
    pub(super) fn fault_keys(&self) -> Vec<Named> {
        let keys = self.calls("Fault::new(");
        let is_key = |named: &Named| !named.name.is_empty() && !named.name.starts_with('/');
        keys.into_iter().filter(is_key).collect()
    }

    /// Templates that views name: `View::new("name", …)`.
    pub(super) fn views(&self) -> Vec<Named> {
        let mut found = Vec::new();
        for source in &self.sources {
            for (at, call) in source.text.match_indices("View::new(\"") {
                let rest = &source.text[at + call.len()..];
                if let Some((name, _)) = rest.split_once('"') {
                    found.push(named(source, at, name));
                }
            }
        }
        found
    }

    /// The last text among the arguments of each call.
    fn calls(&self, start: &str) -> Vec<Named> {
        let mut found = Vec::new();
        for source in &self.sources {
            for (at, _) in source.text.match_indices(start) {
                let arguments = arguments(&source.text[at + start.len()..]);
                let texts = arguments.split('"').skip(1).step_by(2);
                if let Some(text) = texts.last() {
                    found.push(named(source, at, text));
                }
            }
        }
        found
    }

    pub(super) fn faults(&self) -> Vec<Finding> {
        let stale = self.stale.iter().map(|source| {
            Finding::new(
                COMPONENT,
                None,
                format!("it is older than {source}: run `dinh plugin build`"),
            )
        });
        stale.chain(self.cargo.clone()).collect()
    }
}

fn named(source: &Source, at: usize, name: &str) -> Named {
    Named {
        file: source.name.clone(),
        line: source.text[..at].matches('\n').count() + 1,
        name: name.to_owned(),
    }
}

/// The arguments of a call up to its closing parenthesis.
fn arguments(rest: &str) -> &str {
    let (mut depth, mut quoted) = (1_usize, false);
    for (at, letter) in rest.char_indices() {
        match letter {
            '"' => quoted = !quoted,
            '(' if !quoted => depth += 1,
            ')' if !quoted => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            return &rest[..at];
        }
    }
    ""
}

fn listed(folder: &Path, depth: usize, found: &mut Vec<PathBuf>) {
    let Ok(entries) = fs::read_dir(folder) else {
        return;
    };
    let paths: BTreeSet<PathBuf> = entries.flatten().map(|entry| entry.path()).collect();
    for path in paths {
        if path.is_dir() && depth < DEPTH_MAX {
            listed(&path, depth + 1, found);
        } else if path.extension().is_some_and(|ending| ending == "rs") {
            found.push(path);
        }
    }
}

fn modified(path: &Path) -> Option<SystemTime> {
    fs::metadata(path).ok()?.modified().ok()
}

/// A library that cargo would not make a component of.
fn cargo(folder: &Path) -> Option<Finding> {
    const FILE: &str = "Cargo.toml";
    let text = fs::read_to_string(folder.join(FILE)).ok()?;
    let table: toml::Table = match toml::from_str(&text) {
        Ok(table) => table,
        Err(error) => return Some(Finding::new(FILE, None, error.message())),
    };
    let kinds = table.get("lib").and_then(|lib| lib.get("crate-type"));
    let kinds = kinds.and_then(toml::Value::as_array);
    let makes = kinds.is_some_and(|kinds| kinds.iter().any(|kind| kind.as_str() == Some("cdylib")));
    (!makes).then(|| {
        Finding::new(
            FILE,
            None,
            "no component is made of this library: write `[lib]` with `crate-type = [\"cdylib\", \"rlib\"]`",
        )
    })
}

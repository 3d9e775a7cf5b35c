//! What a new plugin has of the sample: everything but what the sample marks as its own, under its own name.

use std::collections::BTreeSet;

/// Ends a line that is of the sample alone; a line of its README, then so are the files that it names.
const ALONE: &str = "of the sample alone";
/// Ends the first and the last of several such lines.
const ALONE_FROM: &str = "of the sample alone from here";
const ALONE_TO: &str = "to here";

/// What the sample is called and where it stands.
pub(super) struct Sample {
    pub(super) id: String,
    pub(super) mount: String,
}

impl Sample {
    /// From its manifest.
    pub(super) fn read(manifest: &str) -> Result<Self, String> {
        let table: toml::Table = toml::from_str(manifest).map_err(|error| error.to_string())?;
        let word = |key: &str| {
            let found = table.get(key).and_then(toml::Value::as_str);
            found
                .map(str::to_owned)
                .ok_or_else(|| format!("the sample has no `{key}`"))
        };
        Ok(Self {
            id: word("id")?,
            mount: word("mount")?,
        })
    }

    /// The text with the sample's names replaced where they stand alone, and without what is only of it.
    pub(super) fn renamed(&self, text: &str, name: &str) -> String {
        let mount = replaced(&kept(text), &self.mount, name);
        replaced(&mount, &self.id, name)
    }
}

/// The files that are of the sample alone: what stands in backticks on the marked lines of its README.
pub(super) fn files(readme: &str) -> BTreeSet<String> {
    let marked = readme.lines().filter(|line| ends(line, ALONE));
    let named = marked.flat_map(|line| line.split('`').skip(1).step_by(2));
    named.map(str::to_owned).collect()
}

fn kept(text: &str) -> String {
    let (mut kept, mut is_alone) = (String::with_capacity(text.len()), false);
    for line in text.split_inclusive('\n') {
        if is_alone {
            is_alone = !ends(line, ALONE_TO);
        } else if ends(line, ALONE_FROM) {
            is_alone = true;
        } else if !ends(line, ALONE) {
            kept.push_str(line);
        }
    }
    kept
}

/// Whether a line ends with a mark, in a comment of whatever kind.
fn ends(line: &str, mark: &str) -> bool {
    let line = line.trim_end();
    line.strip_suffix("-->")
        .unwrap_or(line)
        .trim_end()
        .ends_with(mark)
}

fn replaced(text: &str, word: &str, by: &str) -> String {
    // A dot before it makes it a part of a host's name or of a path of Rust.
    let part = |letter: char| letter.is_alphanumeric() || matches!(letter, '-' | '_' | '.');
    let tail = |letter: char| letter.is_alphanumeric() || matches!(letter, '-' | '_');
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find(word) {
        let (before, after) = (&rest[..at], &rest[at + word.len()..]);
        let joined = before.ends_with(part) || before.is_empty() && out.ends_with(part);
        let alone = !joined && !after.starts_with(tail);
        out.push_str(before);
        out.push_str(if alone { by } else { word });
        rest = after;
    }
    out.push_str(rest);
    out
}

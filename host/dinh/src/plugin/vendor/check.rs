//! `dinh plugin check`: everything that a host checks before it installs a plugin, and what makes a
//! plugin good beyond that. All faults at once, with file and line.

mod code;
mod install;
pub(super) mod proofs;
mod template;
#[cfg(test)]
mod tests;
mod text;
mod walk;

use std::path::Path;

use dinh_portal::LoadedPlugin;
use dinh_runtime::Engine;
use serde::Serialize;

use code::Code;

/// One thing that is wrong, and what to do about it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub(super) struct Finding {
    /// File within the plugin's folder.
    file: String,
    /// Line, from 1; none where it is of the whole file.
    line: Option<usize>,
    message: String,
}

impl Finding {
    fn new(file: &str, line: Option<usize>, message: impl Into<String>) -> Self {
        let message: String = message.into();
        Self {
            file: file.to_owned(),
            line,
            // Readers of TOML put the key on a line of its own.
            message: message.replace("\nin `", " in `"),
        }
    }

    /// From `file:line: message`, as other parts of the program write faults.
    fn read(text: &str) -> Self {
        let (place, message) = text.split_once(": ").unwrap_or(("", text));
        let placed = place.rsplit_once(':').and_then(|(file, line)| {
            let line: usize = line.parse().ok()?;
            Some((file, (line > 0).then_some(line)))
        });
        let (file, line) = placed.unwrap_or((place, None));
        let is_path = !file.is_empty() && !file.contains(char::is_whitespace);
        if is_path {
            Self::new(file, line, message)
        } else {
            Self::new("", None, text)
        }
    }
}

impl std::fmt::Display for Finding {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match (self.file.as_str(), self.line) {
            ("", _) => write!(f, "{}", self.message),
            (file, Some(line)) => write!(f, "{file}:{line}: {}", self.message),
            (file, None) => write!(f, "{file}: {}", self.message),
        }
    }
}

/// What is printed with `--json`.
#[derive(Serialize)]
struct Report<'a> {
    faults: &'a [Finding],
}

/// Checks a folder and prints what is wrong with it; that is an error.
pub(super) async fn run(folder: &Path, json: bool) -> Result<(), String> {
    let found = findings(folder).await?;
    if json {
        let report = Report { faults: &found };
        let text = serde_json::to_string_pretty(&report).map_err(|error| error.to_string())?;
        println!("{text}");
    } else {
        for finding in &found {
            println!("{finding}");
        }
    }
    match found.len() {
        0 => {
            if !json {
                println!("{}: nothing is wrong", folder.display());
            }
            Ok(())
        }
        1 => Err("1 fault".to_owned()),
        many => Err(format!("{many} faults")),
    }
}

/// A folder's plugin; the error is all that a host would refuse of it, each with its place.
pub(super) async fn loaded(engine: &Engine, folder: &Path) -> Result<LoadedPlugin, String> {
    let (files, told) = dinh_package::plugin_files(folder);
    let mut faults: Vec<String> = told.iter().map(ToString::to_string).collect();
    match install::load(engine, &files).await? {
        Ok(plugin) if faults.is_empty() => return Ok(plugin),
        Ok(_) => {}
        Err(found) => faults.extend(found.iter().map(ToString::to_string)),
    }
    Err(faults.join("\n"))
}

/// Everything that is wrong, in order of files and lines.
async fn findings(folder: &Path) -> Result<Vec<Finding>, String> {
    if !folder.is_dir() {
        return Err(format!(
            "{}: there is no such folder: name the folder of a plugin",
            folder.display()
        ));
    }
    let (files, told) = dinh_package::plugin_files(folder);
    let mut found: Vec<Finding> = told
        .iter()
        .map(|it| Finding::read(&it.to_string()))
        .collect();
    let code = Code::read(folder, &files);
    found.extend(text::check(&files, &code));
    found.extend(template::check(&files, &code));
    found.extend(proofs::check(&files));
    found.extend(code.faults());
    let texts_are_bad = found.iter().any(|it| it.file.starts_with("locales/"));
    let refused = install::check(&files).await?;
    // What is wrong with texts is told above, each with its line.
    let kept = refused
        .into_iter()
        .filter(|it| !(texts_are_bad && it.file == "locales"));
    found.extend(kept);
    found.sort();
    found.dedup();
    Ok(found)
}

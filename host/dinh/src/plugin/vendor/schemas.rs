//! JSON Schemas of the TOML files of a plugin: `schemas/<kind>.json` in its folder, and the line that
//! tells an editor which is whose.

use std::fs;
use std::path::Path;

use dinh_domain::declaration::{self, PluginFiles, Schemas, schema_of};
use serde_json::{Value, json};

use super::check::proofs::{Compliance, Fixtures};

/// Where they lie in a plugin's folder; it is no part of a package.
const FOLDER: &str = "schemas";
/// What editors read at the head of a file (Even Better TOML, Taplo).
const DIRECTIVE: &str = "#:schema ";

/// `dinh plugin schemas`.
pub(super) fn run(folder: &Path) -> Result<(), String> {
    if !folder.is_dir() {
        return Err(format!(
            "{}: there is no such folder: name the folder of a plugin",
            folder.display()
        ));
    }
    let place = folder.join(FOLDER);
    let told = |error: std::io::Error| format!("{}: {error}", place.display());
    fs::create_dir_all(&place).map_err(told)?;
    for (name, schema) in all() {
        fs::write(place.join(file(name)), text(&schema)?).map_err(told)?;
    }
    println!("{}: {} schemas", place.display(), all().len());
    Ok(())
}

/// Lays the schemas among a plugin's files, and names in each TOML file the one that is its own.
pub(super) fn name(files: &mut PluginFiles) -> Result<(), String> {
    for (path, bytes) in files.iter_mut() {
        if let Some(kind) = kind(path) {
            let up = "../".repeat(path.matches('/').count());
            let here = if up.is_empty() { "./" } else { &up };
            let line = format!("{DIRECTIVE}{here}{FOLDER}/{}\n", file(kind));
            bytes.splice(..0, line.into_bytes());
        }
    }
    for (name, schema) in all() {
        let path = format!("{FOLDER}/{}", file(name));
        files.insert(path, text(&schema)?.into_bytes());
    }
    Ok(())
}

fn all() -> Schemas {
    let mut schemas = declaration::schemas();
    schemas.insert("compliance", schema_of::<Compliance>());
    schemas.insert("fixtures", schema_of::<Fixtures>());
    schemas.insert("locale", locale());
    schemas
}

/// Texts in tables of tables, none of them empty.
fn locale() -> Value {
    let one = json!({ "anyOf": [{ "type": "string", "minLength": 1 }, { "$ref": "#" }] });
    json!({
        "$schema": "http://json-schema.org/draft-07/schema#",
        "title": "Locale",
        "description": "`locales/<language>.toml`: every text that a reader sees.",
        "type": "object",
        "additionalProperties": one,
    })
}

/// Which schema a file of a plugin has.
fn kind(path: &str) -> Option<&'static str> {
    match path {
        "plugin.toml" => return Some("plugin"),
        "compliance.toml" => return Some("compliance"),
        _ => {}
    }
    let (folder, name) = path.split_once('/')?;
    if !name.ends_with(".toml") {
        return None;
    }
    match folder {
        "collections" => Some("collection"),
        "lists" => Some("list"),
        "imports" => Some("import"),
        "search" => Some("search"),
        "fixtures" => Some("fixtures"),
        "locales" => Some("locale"),
        _ => None,
    }
}

fn file(name: &str) -> String {
    format!("{name}.json")
}

fn text(schema: &Value) -> Result<String, String> {
    let text = serde_json::to_string_pretty(schema).map_err(|error| error.to_string())?;
    Ok(text + "\n")
}

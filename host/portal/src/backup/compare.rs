//! Whether what a backup says of itself is what was read.

use super::count::FilesCount;
use super::manifest::{FORMAT, HEAD_FILE, Head, Manifest, TableSum};

/// What stands at the beginning.
pub(super) fn head(bytes: &[u8]) -> Result<Head, String> {
    let text = String::from_utf8_lossy(bytes);
    let any: serde_json::Value =
        serde_json::from_str(&text).map_err(|error| format!("{HEAD_FILE}: {error}"))?;
    let format = any.get("format").and_then(serde_json::Value::as_u64);
    if format != Some(u64::from(FORMAT)) {
        let format = format.map_or("unknown".to_owned(), |it| it.to_string());
        return Err(format!(
            "it is of format {format}, this program reads format {FORMAT}: use the program that made it"
        ));
    }
    serde_json::from_value(any).map_err(|error| format!("{HEAD_FILE}: {error}"))
}

/// What the manifest says is what was read.
pub(super) fn compare(
    said: &Manifest,
    (head, tables, files): (&str, &[TableSum], FilesCount),
) -> Result<(), String> {
    if said.head != head {
        return Err(format!(
            "`{HEAD_FILE}` has another hash than the manifest says"
        ));
    }
    let mut read = tables.iter();
    for table in &said.tables {
        let is_empty = table.parts == 0 && table.rows == 0;
        if !is_empty && read.next() != Some(table) {
            let name = &table.name;
            return Err(format!(
                "the rows of `{name}` are not those that the manifest names"
            ));
        }
    }
    if let Some(more) = read.next() {
        return Err(format!(
            "the manifest does not name the rows of `{}`",
            more.name
        ));
    }
    if files.sum() == said.files {
        return Ok(());
    }
    Err("its files are not those that the manifest names".to_owned())
}

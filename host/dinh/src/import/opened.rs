//! Opening an import file as what it is: lines, separated values, a spreadsheet, one table of figures.

use std::path::Path;

use clap::ValueEnum;
use dinh_files::{Found, MAX_FILE_BYTES};
use dinh_portal::{ImportRun, PreparedRow};
use serde::{Deserialize, Serialize};

use super::source::{Lines, Separated, Sheet, Source};
use super::told::Told;
use super::{Import, told};

/// How a file is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ValueEnum)]
#[serde(rename_all = "lowercase")]
pub enum Format {
    /// A line of JSON for each row.
    Jsonl,
    /// Separated values.
    Csv,
    /// An OpenDocument spreadsheet.
    Ods,
    /// An Office Open XML spreadsheet.
    Xlsx,
}

/// Endings of names by which a file is told; others are JSON Lines.
const ENDINGS: [(&str, Format); 4] = [
    (".csv", Format::Csv),
    (".tsv", Format::Csv),
    (".ods", Format::Ods),
    (".xlsx", Format::Xlsx),
];

impl Format {
    /// By the name of a file, packed or not.
    fn of(path: &Path) -> Self {
        let name = path.to_string_lossy().to_lowercase();
        let plain = name.strip_suffix(".gz").or(name.strip_suffix(".xz"));
        let name = plain.unwrap_or(&name);
        let known = ENDINGS.iter().find(|(ending, _)| name.ends_with(ending));
        known.map_or(Self::Jsonl, |(_, format)| *format)
    }
}

/// An open file.
pub(super) enum Opened {
    /// Rows to be read.
    Rows(Source),
    /// One table, and the size of its file in bytes.
    Table(Vec<PreparedRow>, u64),
}

/// Opens a file; of a sheet its headings are read too.
pub(super) async fn open(
    run: &mut ImportRun,
    import: &Import,
    told_of: &mut Told,
) -> Result<Opened, String> {
    let path = &import.file;
    let format = import.format.unwrap_or_else(|| Format::of(path));
    if run.table_file().is_some() {
        let name = path.file_name().map(|it| it.to_string_lossy().into_owned());
        let bytes = whole(path).await?;
        let size = bytes.len() as u64;
        let rows = run.table((&name.unwrap_or_default(), bytes)).await;
        return Ok(Opened::Table(rows.map_err(told)?, size));
    }
    let heading_row = run.heading_row();
    let (headings, source) = match format {
        Format::Jsonl => return Lines::open(path).map(|it| Opened::Rows(Source::Lines(it))),
        Format::Csv => {
            let path = path.clone();
            let opened = tokio::task::spawn_blocking(move || {
                let mut rows = Separated::open(&path)?;
                let headings = rows.headings(heading_row)?;
                Ok::<_, String>((headings, rows))
            });
            let (headings, rows) = opened.await.map_err(|error| error.to_string())??;
            found(rows.found(), told_of);
            (headings, Source::Separated(Box::new(rows)))
        }
        Format::Ods | Format::Xlsx => {
            let bytes = whole(path).await?;
            let sheet = run.sheet(&bytes).await.map_err(told)?;
            let size = bytes.len() as u64;
            let (headings, rows) = Sheet::of(sheet.rows, heading_row, size)?;
            found(&sheet.found, told_of);
            (headings, Source::Sheet(rows))
        }
    };
    let notes = run.columns(&headings).map_err(told)?;
    told_of.columns("columns that nothing is taken from", &notes.unused);
    told_of.columns("columns that the file does not have", &notes.absent);
    Ok(Opened::Rows(source))
}

async fn whole(path: &Path) -> Result<Vec<u8>, String> {
    let told = |error: std::io::Error| format!("{}: {error}", path.display());
    let size = tokio::fs::metadata(path).await.map_err(told)?.len();
    if size > MAX_FILE_BYTES as u64 {
        return Err(format!(
            "{}: the file has {size} bytes, more than {MAX_FILE_BYTES}: save it as CSV, which has no such limit",
            path.display()
        ));
    }
    tokio::fs::read(path).await.map_err(told)
}

fn found(found: &Found, told_of: &mut Told) {
    if let Some(encoding) = found.encoding {
        let separator = match found.separator {
            Some('\t') | None => "tabs".to_owned(),
            Some(sign) => format!("`{sign}`"),
        };
        let name = encoding.name();
        told_of
            .notes
            .push(format!("read as {name}, columns between {separator}"));
    }
}

#[cfg(test)]
mod tests;

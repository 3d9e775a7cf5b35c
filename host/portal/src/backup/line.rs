//! A backup as operators see it.

use std::path::Path;

use dinh_store::SchemaStep;
use serde::Serialize;

use super::manifest::{Head, Manifest};

/// A whole backup as operators see it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct BackupLine {
    /// The file.
    pub file: String,
    /// SHA-256 of its manifest, which names everything else by its hash.
    pub id: String,
    /// RFC 3339.
    pub made_at: String,
    /// Version of the program that made it.
    pub dinh: String,
    /// Version of the schema.
    pub schema: i64,
    /// What it was made from.
    pub database: String,
    /// Tables.
    pub tables: u64,
    /// Rows in them.
    pub rows: u64,
    /// Stored files.
    pub files: u64,
    /// Bytes of those.
    pub file_bytes: u64,
    /// The migrations behind its schema.
    #[serde(skip)]
    pub(super) steps: Vec<SchemaStep>,
}

impl BackupLine {
    pub(super) fn new(file: &Path, id: String, head: Head, manifest: &Manifest) -> Self {
        Self {
            file: file.display().to_string(),
            id,
            made_at: head.made_at,
            dinh: head.dinh,
            schema: head.schema.last().map_or(0, |it| it.version),
            database: head.database,
            tables: manifest.tables.len() as u64,
            rows: manifest.tables.iter().map(|it| it.rows).sum(),
            files: manifest.files.count,
            file_bytes: manifest.files.bytes,
            steps: head.schema,
        }
    }

    /// In two lines.
    pub fn shown(&self) -> String {
        format!(
            "{}: {} rows of {} tables, {} files of {} bytes\n    of {}, by dinh {} on {}, schema {}; backup {}",
            self.file,
            self.rows,
            self.tables,
            self.files,
            self.file_bytes,
            self.made_at,
            self.dinh,
            self.database,
            self.schema,
            self.id
        )
    }
}

//! What a backup says of itself.

use std::path::Path;

use dinh_store::SchemaStep;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

/// The first member.
pub(super) const HEAD_FILE: &str = "dinh-backup.json";
/// The last member.
pub(super) const MANIFEST_FILE: &str = "manifest.json";
/// Folder of the tables' rows.
pub(super) const TABLES: &str = "tables";
/// Folder of the stored files.
pub(super) const FILES: &str = "files";
/// The format that this program writes and reads.
pub(super) const FORMAT: u32 = 1;

/// What must be known before anything else is read.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Head {
    pub(super) format: u32,
    /// Version of the program that made it.
    pub(super) dinh: String,
    /// RFC 3339.
    pub(super) made_at: String,
    /// Name of the database that it was made from.
    pub(super) database: String,
    pub(super) schema: Vec<SchemaStep>,
}

/// What was written, with the hash of each part.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Manifest {
    /// SHA-256 of the head.
    pub(super) head: String,
    pub(super) tables: Vec<TableSum>,
    pub(super) files: FilesSum,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct TableSum {
    pub(super) name: String,
    pub(super) rows: u64,
    pub(super) parts: u64,
    /// SHA-256 of all parts, one after the other.
    pub(super) sha256: String,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct FilesSum {
    pub(super) count: u64,
    pub(super) bytes: u64,
    /// SHA-256 of their hashes, one a line, in order.
    pub(super) sha256: String,
}

/// A table while it is written or read.
#[derive(Debug)]
pub(super) struct TableCount {
    name: String,
    rows: u64,
    pub(super) parts: u64,
    hash: Sha256,
}

/// The files while they are written or read.
#[derive(Debug, Default)]
pub(super) struct FilesCount {
    count: u64,
    bytes: u64,
    pub(super) last: String,
    hash: Sha256,
}

impl TableCount {
    pub(super) fn new(name: &str) -> Self {
        Self {
            name: name.to_owned(),
            rows: 0,
            parts: 0,
            hash: Sha256::new(),
        }
    }

    pub(super) fn name(&self) -> &str {
        &self.name
    }

    /// The name of the next part.
    pub(super) fn next(&self) -> String {
        format!("{TABLES}/{}/{:06}.jsonl", self.name, self.parts + 1)
    }

    pub(super) fn add(&mut self, part: &[u8]) {
        self.parts += 1;
        self.rows += part.iter().filter(|byte| **byte == b'\n').count() as u64;
        self.hash.update(part);
    }

    pub(super) fn sum(self) -> TableSum {
        TableSum {
            name: self.name,
            rows: self.rows,
            parts: self.parts,
            sha256: hex(&self.hash.finalize()),
        }
    }
}

impl FilesCount {
    pub(super) fn add(&mut self, hash: &str, bytes: u64) {
        self.count += 1;
        self.bytes += bytes;
        self.hash.update(hash);
        self.hash.update("\n");
        hash.clone_into(&mut self.last);
    }

    pub(super) fn sum(self) -> FilesSum {
        FilesSum {
            count: self.count,
            bytes: self.bytes,
            sha256: hex(&self.hash.finalize()),
        }
    }
}

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

/// Lower-case hexadecimal.
pub(super) fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

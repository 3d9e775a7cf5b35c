//! What a backup says of itself.

use dinh_store::SchemaStep;
use serde::{Deserialize, Serialize};

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

/// Lower-case hexadecimal.
pub(super) fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

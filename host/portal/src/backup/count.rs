//! What is counted and hashed while a backup is written or read.

use sha2::{Digest, Sha256};

use super::manifest::{FilesSum, TABLES, TableSum, hex};

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

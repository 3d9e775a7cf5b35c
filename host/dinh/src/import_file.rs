//! Rows of an import file: JSON Lines, plain, `.gz` or `.xz`, read one batch at a time.

use std::fs::File;
use std::io::{self, BufRead, BufReader, Read, Write};
use std::path::{Path, PathBuf};

use dinh_portal::{ImportRow, RowFaults};
use serde_json::{Value, json};

#[cfg(test)]
mod tests;

/// Longest row, in bytes: the longest laws have 0.5 MB of text.
const MAX_ROW_BYTES: u64 = 8 * 1024 * 1024;

/// An open import file.
pub(crate) struct Rows {
    reader: Box<dyn BufRead + Send>,
    line: u64,
}

impl Rows {
    /// Opens a file; its name tells how it is packed.
    pub(crate) fn open(path: &Path) -> Result<Self, String> {
        let file = File::open(path).map_err(|error| format!("{}: {error}", path.display()))?;
        let name = path.to_string_lossy().to_lowercase();
        let unpacked: Box<dyn Read + Send> = if name.ends_with(".gz") {
            Box::new(flate2::read::MultiGzDecoder::new(file))
        } else if name.ends_with(".xz") {
            Box::new(liblzma::read::XzDecoder::new_multi_decoder(file))
        } else {
            Box::new(file)
        };
        Ok(Self {
            reader: Box::new(BufReader::new(unpacked)),
            line: 0,
        })
    }

    /// The next rows, at most `count`; empty at the end. A line that is no row comes as its fault.
    pub(crate) fn batch(&mut self, count: usize) -> Result<Vec<ImportRow>, String> {
        let mut rows = Vec::new();
        while rows.len() < count {
            let mut bytes = Vec::new();
            let broken = |error: io::Error| {
                format!("the file cannot be read after line {}: {error}", self.line)
            };
            let mut limited = self.reader.by_ref().take(MAX_ROW_BYTES + 1);
            if limited.read_until(b'\n', &mut bytes).map_err(broken)? == 0 {
                break;
            }
            self.line += 1;
            if bytes.len() as u64 > MAX_ROW_BYTES {
                skip_line(&mut self.reader).map_err(|error| {
                    format!("the file cannot be read after line {}: {error}", self.line)
                })?;
                let told = format!("the line is longer than {MAX_ROW_BYTES} bytes");
                rows.push(ImportRow {
                    line: self.line,
                    row: Err(told),
                });
                continue;
            }
            let text = bytes
                .strip_prefix(b"\xEF\xBB\xBF")
                .unwrap_or(&bytes)
                .trim_ascii();
            if text.is_empty() {
                continue;
            }
            let row = serde_json::from_slice(text)
                .map_err(|error| format!("the line is not JSON: {error}"));
            rows.push(ImportRow {
                line: self.line,
                row,
            });
        }
        Ok(rows)
    }
}

fn skip_line(reader: &mut dyn BufRead) -> io::Result<()> {
    loop {
        let buffer = reader.fill_buf()?;
        if buffer.is_empty() {
            return Ok(());
        }
        let (used, ended) = match buffer.iter().position(|byte| *byte == b'\n') {
            Some(at) => (at + 1, true),
            None => (buffer.len(), false),
        };
        reader.consume(used);
        if ended {
            return Ok(());
        }
    }
}

/// `FILE.rejects.jsonl` (`FILE.dry-run.rejects.jsonl`), made at the first rejected row and replaced at each run.
pub(crate) struct Rejects {
    path: PathBuf,
    file: Option<File>,
}

impl Rejects {
    /// Beside the import file; what an earlier run of the same kind left there is removed.
    pub(crate) fn beside(import: &Path, dry_run: bool) -> Result<Self, String> {
        let mut name = import.as_os_str().to_owned();
        if dry_run {
            name.push(".dry-run");
        }
        name.push(".rejects.jsonl");
        let path = PathBuf::from(name);
        match std::fs::remove_file(&path) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => {
                Err(format!("{}: {error}", path.display()))
            }
            _ => Ok(Self { path, file: None }),
        }
    }

    /// Writes one rejected row with its line and every fault.
    pub(crate) fn write(&mut self, rejected: &RowFaults) -> Result<(), String> {
        let told = |error: io::Error| format!("{}: {error}", self.path.display());
        let file = match &mut self.file {
            Some(file) => file,
            none => none.insert(File::create(&self.path).map_err(told)?),
        };
        let faults: Vec<Value> = rejected
            .faults
            .iter()
            .map(|fault| json!({"path": fault.path, "fault": fault.message_key, "message": fault.message}))
            .collect();
        let line = json!({"line": rejected.line, "faults": faults, "row": rejected.row});
        writeln!(file, "{line}").map_err(told)
    }

    /// Where the rejected rows lie, if there are any.
    pub(crate) fn written(&self) -> Option<&Path> {
        self.file.as_ref().map(|_| self.path.as_path())
    }
}

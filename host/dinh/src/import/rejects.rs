//! The list of rejected rows: whole or not at all, whatever happens to the import.

use std::ffi::OsString;
use std::fs::{self, File, TryLockError};
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

use dinh_portal::RowFaults;
use serde_json::{Value, json};

/// `FILE.rejects.jsonl` (`FILE.dry-run.rejects.jsonl`). It is written beside its place and takes
/// it when the import ends: a killed run leaves the list of the run before.
pub(super) struct Rejects {
    path: PathBuf,
    part: PathBuf,
    file: Option<BufWriter<File>>,
}

impl Rejects {
    /// Beside the import file, or where it was asked for.
    pub(super) fn of(import: &Path, wanted: Option<&Path>, dry_run: bool) -> Self {
        let path = wanted.map_or_else(
            || {
                with_ending(
                    import,
                    if dry_run {
                        ".dry-run.rejects.jsonl"
                    } else {
                        ".rejects.jsonl"
                    },
                )
            },
            Path::to_owned,
        );
        Self {
            part: with_ending(&path, ".part"),
            path,
            file: None,
        }
    }

    /// Writes one rejected row with its line and every fault.
    pub(super) fn write(&mut self, rejected: &RowFaults) -> Result<(), String> {
        let faults: Vec<Value> = rejected
            .faults
            .iter()
            .map(|fault| {
                let mut told = json!({"path": fault.path, "fault": fault.message_key, "message": fault.message});
                if let Some(column) = &fault.column {
                    told["column"] = json!(column);
                }
                told
            })
            .collect();
        let line = json!({"line": rejected.line, "faults": faults, "row": rejected.row});
        let file = match &mut self.file {
            Some(file) => file,
            none => none.insert(BufWriter::new(begin(&self.part)?)),
        };
        writeln!(file, "{line}").map_err(|error| told(&self.part, &error))
    }

    /// Puts the list in its place, or removes that of an earlier run where no row was rejected.
    /// Returns where it lies.
    pub(super) fn finish(mut self) -> Result<Option<PathBuf>, String> {
        let Some(file) = self.file.take() else {
            return match fs::remove_file(&self.path) {
                Err(error) if error.kind() != io::ErrorKind::NotFound => {
                    Err(told(&self.path, &error))
                }
                _ => Ok(None),
            };
        };
        let placed = file
            .into_inner()
            .map_err(io::IntoInnerError::into_error)
            .and_then(|file| file.sync_all())
            .and_then(|()| fs::rename(&self.part, &self.path));
        if let Err(error) = placed {
            remove(&self.part);
            return Err(told(&self.part, &error));
        }
        Ok(Some(self.path.clone()))
    }
}

impl Drop for Rejects {
    fn drop(&mut self) {
        if self.file.take().is_some() {
            remove(&self.part);
        }
    }
}

/// What a killed run left there is begun anew; what a running one writes is left alone.
fn begin(part: &Path) -> Result<File, String> {
    let file = File::options()
        .create(true)
        .truncate(false)
        .write(true)
        .open(part)
        .map_err(|error| told(part, &error))?;
    match file.try_lock() {
        Ok(()) => {}
        Err(TryLockError::WouldBlock) => {
            return Err(format!(
                "{} is being written by another import of the same file",
                part.display()
            ));
        }
        Err(TryLockError::Error(error)) => return Err(told(part, &error)),
    }
    file.set_len(0).map_err(|error| told(part, &error))?;
    Ok(file)
}

fn remove(part: &Path) {
    // Nobody reads it; the next run begins it anew.
    let _gone = fs::remove_file(part);
}

fn told(path: &Path, error: &io::Error) -> String {
    let path = path.display();
    match error.kind() {
        io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => format!(
            "the disk is full: the list of rejected rows {path} cannot grow; free some space or name another place with --rejects, then run the import again"
        ),
        _ => format!("{path}: {error}; name another place with --rejects"),
    }
}

fn with_ending(path: &Path, ending: &str) -> PathBuf {
    let mut name: OsString = path.as_os_str().to_owned();
    name.push(ending);
    PathBuf::from(name)
}

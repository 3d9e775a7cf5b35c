//! A data folder into which a backup is being restored: nothing serves from it until that has ended.

use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use super::DataFolder;

/// Holds the id of the backup while it is restored.
const RESTORING: &str = "restoring";
/// What an empty folder may hold: what the program makes before there is a portal, what can be made
/// anew, and what the operator lays there. The database and the files are looked at by themselves.
const HARMLESS: [&str; 11] = [
    "lock",
    "socket",
    "compiled",
    "compiled.key",
    "index",
    "search",
    "files",
    "dinh.toml",
    "dinh.sqlite",
    "dinh.sqlite-wal",
    "dinh.sqlite-shm",
];

impl DataFolder {
    /// The backup that was begun to be restored here and not ended.
    pub(crate) fn restoring(&self) -> Result<Option<String>, String> {
        let path = marker(&self.path);
        match fs::read_to_string(&path) {
            Ok(id) => Ok(Some(id.trim().to_owned())),
            Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
            Err(error) => Err(format!("{}: {error}", path.display())),
        }
    }

    /// Refuses a folder that holds more than an empty portal does.
    pub(crate) fn refuse_filled(&self) -> Result<(), String> {
        let failed = |error| format!("{}: {error}", self.path.display());
        for entry in fs::read_dir(&self.path).map_err(failed)? {
            let entry = entry.map_err(failed)?;
            let name = entry.file_name();
            let is_harmless = HARMLESS.iter().any(|it| name == **it);
            let is_empty = || fs::read_dir(entry.path()).is_ok_and(|mut it| it.next().is_none());
            if !is_harmless && !is_empty() {
                return Err(format!(
                    "{} is there already; a backup is restored into an empty data folder only: name another one with DINH_DATA",
                    entry.path().display()
                ));
            }
        }
        Ok(())
    }

    /// From now on nothing but a restoration takes this folder.
    pub(crate) fn begin_restoring(&self, id: &str) -> Result<(), String> {
        let path = marker(&self.path);
        let written = fs::File::create(&path).and_then(|mut file| {
            std::io::Write::write_all(&mut file, id.as_bytes())?;
            file.sync_all()
        });
        written
            .and_then(|()| self.sync())
            .map_err(|error| format!("{}: {error}", path.display()))
    }

    /// The search index is of what was here before.
    pub(crate) fn forget_index(&self) -> Result<(), String> {
        let path = self.index();
        match fs::remove_dir_all(&path) {
            Err(error) if error.kind() != ErrorKind::NotFound => {
                Err(format!("{}: {error}", path.display()))
            }
            _ => Ok(()),
        }
    }

    /// All is there.
    pub(crate) fn end_restoring(&self) -> Result<(), String> {
        let path = marker(&self.path);
        let removed = fs::remove_file(&path).and_then(|()| self.sync());
        removed.map_err(|error| format!("{}: {error}", path.display()))
    }

    fn sync(&self) -> std::io::Result<()> {
        fs::File::open(&self.path)?.sync_all()
    }
}

/// The note in a folder, whether it is there or not.
pub(super) fn marker(folder: &Path) -> PathBuf {
    folder.join(RESTORING)
}

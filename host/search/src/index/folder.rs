use std::path::{Path, PathBuf};
use std::{fs, io};

use tantivy::TantivyError;
use tantivy::directory::MmapDirectory;
use tantivy::directory::error::LockError;

use super::Opened;
use crate::analysis::ANALYSIS_VERSION;
use crate::error::SearchError;
use crate::fields::{Fields, SCHEMA_VERSION};

/// Says which version made the index; written last, so that an index half made is made anew.
const VERSION_FILE: &str = "version";

/// Holds the engine's files, and nothing else.
const ENGINE_FOLDER: &str = "terms";

/// Written to see whether a disk is full, in bytes: less than any segment worth its files.
const PROBE_BYTES: usize = 4 * 1_024 * 1_024;

/// Opens the engine in a folder, or makes it.
pub(super) fn open(folder: &Path) -> Result<(tantivy::Index, Fields, Opened), SearchError> {
    let engine_folder = folder.join(ENGINE_FOLDER);
    let why = match read_version(folder)? {
        None if engine_folder.exists() => Some("it was not finished".to_owned()),
        None => None,
        Some(found) if found != version() => {
            Some(format!("it was made by `{found}`, this is `{}`", version()))
        }
        Some(_) => match open_existing(&engine_folder) {
            Ok((engine, fields)) => return Ok((engine, fields, Opened::Existing)),
            Err(error) => Some(error.to_string()),
        },
    };
    let opened = why.map_or(Opened::New, |why| {
        tracing::warn!(folder = %folder.display(), %why, "the search index is made anew");
        Opened::Rebuilt { why }
    });
    let (engine, fields) = make(folder, &engine_folder)?;
    Ok((engine, fields, opened))
}

/// Whether not even a little can be written to a folder; false where there is none.
pub(super) fn has_no_room(folder: &Path) -> bool {
    if folder.as_os_str().is_empty() {
        return false;
    }
    let probe = folder.join("probe");
    let written = fs::write(&probe, vec![0; PROBE_BYTES]);
    // What is left of it is written over by the next.
    let _gone = fs::remove_file(&probe);
    let is_full = |error: io::Error| {
        matches!(
            error.kind(),
            io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded
        )
    };
    written.is_err_and(is_full)
}

/// The engine's error, or that somebody else holds the folder.
pub(super) fn locked_or(error: SearchError, folder: &Path) -> SearchError {
    match error {
        SearchError::Engine(TantivyError::LockFailure(LockError::LockBusy, _)) => {
            SearchError::Locked {
                path: folder.to_owned(),
            }
        }
        other => other,
    }
}

fn version() -> String {
    format!("schema {SCHEMA_VERSION} analysis {ANALYSIS_VERSION}")
}

fn read_version(folder: &Path) -> Result<Option<String>, SearchError> {
    let path = folder.join(VERSION_FILE);
    match fs::read(&path) {
        Ok(bytes) => Ok(Some(String::from_utf8_lossy(&bytes).trim().to_owned())),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(source) => Err(SearchError::Folder { path, source }),
    }
}

fn open_existing(engine_folder: &Path) -> tantivy::Result<(tantivy::Index, Fields)> {
    let (schema, fields) = Fields::schema();
    let engine = tantivy::Index::open_in_dir(engine_folder)?;
    if engine.schema() != schema {
        return Err(TantivyError::SchemaError(
            "its fields are not those of its version".into(),
        ));
    }
    // Reads every segment's files once, so that a damaged one shows now.
    engine.reader()?;
    Ok((engine, fields))
}

fn make(folder: &Path, engine_folder: &Path) -> Result<(tantivy::Index, Fields), SearchError> {
    let failed = |path: PathBuf| move |source| SearchError::Folder { path, source };
    let version_path = folder.join(VERSION_FILE);
    for (path, removed) in [
        (version_path.clone(), fs::remove_file(&version_path)),
        (engine_folder.to_owned(), fs::remove_dir_all(engine_folder)),
    ] {
        match removed {
            Err(source) if source.kind() != io::ErrorKind::NotFound => {
                return Err(SearchError::Folder { path, source });
            }
            _ => {}
        }
    }
    fs::create_dir_all(engine_folder).map_err(failed(engine_folder.to_owned()))?;
    let (schema, fields) = Fields::schema();
    let directory = MmapDirectory::open(engine_folder).map_err(TantivyError::from)?;
    let engine = tantivy::Index::create(directory, schema, tantivy::IndexSettings::default())?;
    fs::write(&version_path, version() + "\n").map_err(failed(version_path.clone()))?;
    Ok((engine, fields))
}

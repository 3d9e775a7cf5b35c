//! Whose a folder is.

use std::fs::{self, DirBuilder, Metadata};
use std::io;
use std::os::unix::fs::{DirBuilderExt, MetadataExt};
use std::path::{Path, PathBuf};

use super::CodeCacheError;

/// Nobody else looks in.
const OWNER_ONLY: u32 = 0o700;
/// Permission of the group or of everybody to write.
const OTHERS_WRITE: u32 = 0o022;

/// Makes a folder of this user's own, or makes sure that it is one.
pub(super) fn own_folder(path: &Path) -> Result<(), CodeCacheError> {
    let unusable = |cause: io::Error| unusable(path, &cause);
    if !path.exists() {
        let mut new = DirBuilder::new();
        let made = new.recursive(true).mode(OWNER_ONLY).create(path);
        made.map_err(unusable)?;
    }
    // A link of the operator's counts for what it leads to.
    let found = fs::metadata(path).map_err(unusable)?;
    if !found.is_dir() {
        return Err(CodeCacheError::NotAFolder(path.to_owned()));
    }
    ensure_own(path, &found)
}

/// Makes sure that a file is this user's own and no link.
pub(super) fn ensure_own_file(path: &Path) -> Result<(), CodeCacheError> {
    let found = fs::symlink_metadata(path).map_err(|cause| unusable(path, &cause))?;
    if !found.is_file() {
        return Err(unusable(path, &io::Error::other("it is no plain file")));
    }
    ensure_own(path, &found)
}

fn ensure_own(path: &Path, found: &Metadata) -> Result<(), CodeCacheError> {
    let (owner, own) = (found.uid(), rustix::process::geteuid().as_raw());
    if owner != own {
        let path = path.to_owned();
        return Err(CodeCacheError::NotOurs { path, owner, own });
    }
    let mode = found.mode() & 0o7777;
    if mode & OTHERS_WRITE != 0 {
        let path = path.to_owned();
        return Err(CodeCacheError::Writable { path, mode });
    }
    Ok(())
}

pub(super) fn unusable(path: &Path, cause: &io::Error) -> CodeCacheError {
    CodeCacheError::Unusable {
        path: path.to_owned(),
        cause: cause.to_string(),
    }
}

/// What lies in a folder; nothing where it cannot be read.
pub(super) fn listed(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    entries.map(|entry| entry.path()).collect()
}

/// Whatever it is.
pub(super) fn remove(path: &Path) -> io::Result<()> {
    if fs::symlink_metadata(path)?.is_dir() {
        fs::remove_dir_all(path)
    } else {
        fs::remove_file(path)
    }
}

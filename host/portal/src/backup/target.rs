//! The file into which a backup is written, until it has its name.

use std::fs::{self, File, OpenOptions, TryLockError};
use std::io;
use std::os::unix::fs::{OpenOptionsExt, PermissionsExt};
use std::path::{Path, PathBuf};

use crate::failure::Failure;

/// What a backup is called until it is whole.
const UNFINISHED: &str = ".unfinished";

/// Which end broke.
pub(super) enum Broken {
    Source(Failure),
    Target(io::Error),
}

impl Broken {
    pub(super) fn told(self, target: &Path) -> Failure {
        match self {
            Self::Source(failure) => failure,
            Self::Target(error) => disk(target, error),
        }
    }
}

impl From<io::Error> for Broken {
    fn from(error: io::Error) -> Self {
        Self::Target(error)
    }
}

pub(super) fn disk(path: &Path, error: io::Error) -> Failure {
    match error.kind() {
        io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => Failure::NoSpace {
            what: format!("the backup {}", path.display()),
        },
        _ => Failure::Refused(format!("{}: {error}", path.display())),
    }
}

pub(super) fn refuse_taken(file: &Path) -> Result<(), Failure> {
    if fs::symlink_metadata(file).is_ok() {
        let told = format!("{} is there already: name another file", file.display());
        return Err(Failure::Refused(told));
    }
    Ok(())
}

pub(super) fn unfinished(file: &Path) -> PathBuf {
    let mut path = file.as_os_str().to_owned();
    path.push(UNFINISHED);
    path.into()
}

/// What a backup that was killed has left is written over; what another one is writing is not. Nobody
/// but the portal's user reads it: hashes of passwords and personal data are in it.
pub(super) fn begin(path: &Path) -> Result<File, Failure> {
    let mut options = OpenOptions::new();
    options.create(true).truncate(false).write(true).mode(0o600);
    if fs::symlink_metadata(path).is_ok_and(|it| !it.is_file()) {
        let told = format!("{} is no file: a link or a folder", path.display());
        return Err(Failure::Refused(told));
    }
    let file = options.open(path).map_err(|error| disk(path, error))?;
    // One that was there before may have been for everybody.
    let own = fs::Permissions::from_mode(0o600);
    file.set_permissions(own)
        .map_err(|error| disk(path, error))?;
    match file.try_lock() {
        Ok(()) => {}
        Err(TryLockError::WouldBlock) => {
            let told = format!("{} is being written by another backup", path.display());
            return Err(Failure::Refused(told));
        }
        Err(TryLockError::Error(error)) => return Err(disk(path, error)),
    }
    file.set_len(0).map_err(|error| disk(path, error))?;
    Ok(file)
}

//! The data folder: one process owns it.

use std::fs::{self, File, OpenOptions, TryLockError};
use std::io::{ErrorKind, Write};
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};

use dinh_domain::search_words::{SEARCH_WORDS_FILE, SearchWords};
use dinh_package::{PluginFolder, SealKeyFile};

use crate::bundle::read_words;

mod restoring;

/// Why a data folder is not ours to use.
#[derive(Debug, thiserror::Error)]
pub enum FolderError {
    /// Another process owns it.
    #[error(
        "{0} is in use by another dinh process; stop that one first, or name another folder with DINH_DATA"
    )]
    Locked(PathBuf),
    /// A backup was not restored to its end.
    #[error(
        "a backup was begun to be restored into {0} and is not all there: run the same `dinh restore` again, which goes on with it, or name another folder and another database"
    )]
    Unfinished(PathBuf),
    /// It cannot be made or written.
    #[error("{path}: {cause}; the data folder must be writable by the user that runs dinh")]
    Unusable {
        /// The folder or file.
        path: PathBuf,
        /// What the system said.
        cause: std::io::Error,
    },
}

/// An owned data folder; dropping it lets go.
#[derive(Debug)]
pub struct DataFolder {
    path: PathBuf,
    seal_key: PathBuf,
    _lock: File,
}

impl DataFolder {
    /// Makes the folder if need be and locks it.
    pub fn own(path: &Path) -> Result<Self, FolderError> {
        let folder = Self::own_to_restore(path)?;
        match restoring::marker(path).exists() {
            true => Err(FolderError::Unfinished(path.to_owned())),
            false => Ok(folder),
        }
    }

    /// The same for who goes on restoring what is not whole.
    pub(crate) fn own_to_restore(path: &Path) -> Result<Self, FolderError> {
        let unusable = |at: &Path, cause| FolderError::Unusable {
            path: at.to_owned(),
            cause,
        };
        fs::create_dir_all(path).map_err(|cause| unusable(path, cause))?;
        let file = path.join("lock");
        let mut lock = OpenOptions::new()
            .create(true)
            .truncate(false)
            .write(true)
            .open(&file)
            .map_err(|cause| unusable(&file, cause))?;
        match lock.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => return Err(FolderError::Locked(path.to_owned())),
            Err(TryLockError::Error(cause)) => return Err(unusable(&file, cause)),
        }
        let note = lock
            .set_len(0)
            .and_then(|()| writeln!(lock, "{}", std::process::id()));
        note.map_err(|cause| unusable(&file, cause))?;
        let owner_only = fs::Permissions::from_mode(0o700);
        fs::set_permissions(path, owner_only).map_err(|cause| unusable(path, cause))?;
        Ok(Self {
            path: path.to_owned(),
            seal_key: beside(path),
            _lock: lock,
        })
    }

    /// The same with the key of secrets at another place, where one is named.
    #[must_use]
    pub fn with_seal_key(mut self, path: Option<&Path>) -> Self {
        if let Some(path) = path {
            path.clone_into(&mut self.seal_key);
        }
        self
    }

    /// The key of plugins' secrets: beside the folder, so that no copy of the folder holds it.
    pub fn seal_key(&self) -> SealKeyFile {
        SealKeyFile::new(&self.seal_key)
    }

    /// Where attached files lie.
    pub fn files(&self) -> PathBuf {
        self.path.join("files")
    }

    /// Where the search index lies; it may be deleted at any time.
    pub fn index(&self) -> PathBuf {
        self.path.join("index")
    }

    /// Where installed plugins lie unpacked.
    pub fn plugins(&self) -> PluginFolder {
        PluginFolder::new(self.path.join("plugins"))
    }

    /// Where compiled code is kept; it may be deleted at any time.
    pub fn compiled(&self) -> PathBuf {
        self.path.join("compiled")
    }

    /// The key that seals it; without it everything is compiled anew.
    pub fn compiled_key(&self) -> PathBuf {
        self.path.join("compiled.key")
    }

    /// The words of the search that the operator keeps in a data folder in place of those that
    /// come with the program; none where there is no such file, an error where it is faulty.
    pub fn search_words(folder: &Path) -> Result<Option<SearchWords>, String> {
        let path = folder.join(SEARCH_WORDS_FILE);
        match fs::read(&path) {
            Ok(bytes) => {
                let words = read_words(&path, &bytes);
                words.map(Some).map_err(|error| error.to_string())
            }
            Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
            Err(error) => Err(format!("{}: {error}", path.display())),
        }
    }

    /// The folder itself.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// The socket on which commands reach a running server.
    pub fn socket(path: &Path) -> PathBuf {
        path.join("socket")
    }
}

/// `data` → `data.key`.
fn beside(folder: &Path) -> PathBuf {
    let folder = std::path::absolute(folder).unwrap_or_else(|_| folder.to_owned());
    let mut path = folder.into_os_string();
    path.push(".key");
    path.into()
}

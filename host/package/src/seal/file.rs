//! The file of the keys: read whole, and changed whole or not at all.

use std::fs::{self, OpenOptions};
use std::io::{ErrorKind, Read, Write};
use std::os::unix::fs::{OpenOptionsExt, PermissionsExt};
use std::path::{Path, PathBuf};

use super::{KEY_BYTES, SealError, SealKey, SealKeyFile, fill};
use crate::hex::{hex, unhex};

/// Most keys of a file.
const KEYS_MAX: usize = 16;

type Key = [u8; KEY_BYTES];

impl SealKeyFile {
    /// Short names of the keys, the one that seals first.
    pub fn ids(&self) -> Result<Vec<String>, SealError> {
        let keys = self.read()?;
        keys.iter().map(|it| Ok(SealKey::of(it)?.id)).collect()
    }

    /// Adds a new key as the last one: nothing is sealed with it yet, so that other nodes can get the file first.
    /// Returns its short name.
    pub fn add(&self) -> Result<String, SealError> {
        let mut keys = self.read()?;
        if keys.is_empty() {
            return Ok(SealKey::of(&self.make()?)?.id);
        }
        if keys.len() >= KEYS_MAX {
            return Err(SealError::NoKey(self.path.clone()));
        }
        let mut bytes = [0; KEY_BYTES];
        fill(&mut bytes)?;
        keys.push(bytes);
        self.replace(&keys)?;
        Ok(SealKey::of(&bytes)?.id)
    }

    /// From now on the last key seals. Returns its short name.
    pub fn use_newest(&self) -> Result<String, SealError> {
        let mut keys = self.read()?;
        let Some(newest) = keys.pop() else {
            return Ok(SealKey::of(&self.make()?)?.id);
        };
        keys.insert(0, newest);
        self.replace(&keys)?;
        Ok(SealKey::of(&newest)?.id)
    }

    /// Leaves the first key alone in the file. The caller has made sure that nothing is sealed with another one.
    /// Returns how many went.
    pub fn forget_former(&self) -> Result<usize, SealError> {
        let keys = self.read()?;
        let Some(first) = keys.first() else {
            return Ok(0);
        };
        self.replace(std::slice::from_ref(first))?;
        Ok(keys.len() - 1)
    }

    /// Notes a word beside the key, for good: what must outlast every copy of the database.
    pub fn note(&self, word: &str) -> Result<(), SealError> {
        let path = self.notes();
        let noted = OpenOptions::new()
            .append(true)
            .create(true)
            .mode(0o600)
            .open(&path)
            .and_then(|mut file| {
                // One write: two at once do not mix.
                file.write_all(format!("{word}\n").as_bytes())?;
                file.sync_all()
            });
        noted.map_err(|cause| SealError::File { path, cause })
    }

    /// The words that were noted.
    pub fn noted(&self) -> Result<Vec<String>, SealError> {
        let path = self.notes();
        match fs::read_to_string(&path) {
            Ok(text) => Ok(text.lines().map(str::to_owned).collect()),
            Err(error) if error.kind() == ErrorKind::NotFound => Ok(Vec::new()),
            Err(cause) => Err(SealError::File { path, cause }),
        }
    }

    fn notes(&self) -> PathBuf {
        let mut name = self.path.clone().into_os_string();
        name.push(".erased");
        PathBuf::from(name)
    }

    /// None where there is no file.
    pub(super) fn read(&self) -> Result<Vec<Key>, SealError> {
        let mut file = match fs::File::open(&self.path) {
            Ok(file) => file,
            Err(error) if error.kind() == ErrorKind::NotFound => return Ok(Vec::new()),
            Err(cause) => return Err(self.failed(cause)),
        };
        let mode = file.metadata().map_err(|cause| self.failed(cause))?;
        let mode = mode.permissions().mode() & 0o777;
        if mode & 0o077 != 0 {
            let path = self.path.clone();
            return Err(SealError::Open { path, mode });
        }
        let mut text = String::new();
        let most = (KEYS_MAX as u64 + 1) * (2 * KEY_BYTES as u64 + 2);
        let read = Read::by_ref(&mut file).take(most).read_to_string(&mut text);
        read.map_err(|cause| self.failed(cause))?;
        let lines = text.lines().filter(|line| !line.trim().is_empty());
        let keys: Option<Vec<Key>> = lines.map(|line| unhex(line.trim_end())).collect();
        keys.filter(|keys| (1..=KEYS_MAX).contains(&keys.len()))
            .ok_or_else(|| SealError::NoKey(self.path.clone()))
    }

    /// Makes the key whole or not at all, and takes another's who was faster.
    pub(super) fn make(&self) -> Result<Key, SealError> {
        let mut bytes = [0; KEY_BYTES];
        fill(&mut bytes)?;
        let new = self.beside()?;
        let written = write_new(&new, &[bytes]).and_then(|()| fs::hard_link(&new, &self.path));
        let removed = fs::remove_file(&new);
        match written {
            Ok(()) => removed.map_err(|cause| self.failed(cause)).map(|()| bytes),
            Err(error) if error.kind() == ErrorKind::AlreadyExists => {
                let known = self.read()?;
                let first = known.first().copied();
                first.ok_or_else(|| self.failed(ErrorKind::NotFound.into()))
            }
            Err(cause) => Err(self.failed(cause)),
        }
    }

    fn replace(&self, keys: &[Key]) -> Result<(), SealError> {
        let new = self.beside()?;
        let written = write_new(&new, keys).and_then(|()| fs::rename(&new, &self.path));
        written.map_err(|cause| {
            let _ = fs::remove_file(&new);
            self.failed(cause)
        })
    }

    /// A name in the same folder that nobody else uses.
    fn beside(&self) -> Result<PathBuf, SealError> {
        let mut name = [0; 8];
        fill(&mut name)?;
        let mut new = self.path.clone().into_os_string();
        new.push(format!(".{}", hex(&name)));
        Ok(PathBuf::from(new))
    }

    fn failed(&self, cause: std::io::Error) -> SealError {
        let path = self.path.clone();
        SealError::File { path, cause }
    }
}

fn write_new(path: &Path, keys: &[Key]) -> std::io::Result<()> {
    let mut options = OpenOptions::new();
    let mut file = options
        .write(true)
        .create_new(true)
        .mode(0o600)
        .open(path)?;
    for bytes in keys {
        writeln!(file, "{}", hex(bytes))?;
    }
    file.sync_all()
}

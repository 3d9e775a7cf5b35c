//! The file of the keys: read whole, and changed whole or not at all.

use std::fs::{self, OpenOptions};
use std::io::{ErrorKind, Read, Write};
use std::os::unix::fs::{OpenOptionsExt, PermissionsExt};
use std::path::{Path, PathBuf};

use super::{KEY_BYTES, SealError, SealKey, SealKeyFile, fill};
use crate::hex::{hex, unhex};

/// Most keys of a file.
const KEYS_MAX: usize = 16;
/// Stands before the key that waits.
const PENDING: char = '+';

type Key = [u8; KEY_BYTES];

impl SealKeyFile {
    /// Short names of the keys, the one that seals first.
    pub fn ids(&self) -> Result<Vec<String>, SealError> {
        let keys = self.read()?;
        keys.iter().map(|it| Ok(SealKey::of(it)?.id)).collect()
    }

    /// Short name of the key that was added and is not in use yet.
    pub fn pending_id(&self) -> Result<Option<String>, SealError> {
        let pending = self.pending()?;
        pending.map(|it| Ok(SealKey::of(&it)?.id)).transpose()
    }

    /// Adds a new key with which nothing is sealed yet, so that other nodes can get the file first; one that waits
    /// already is left. Returns its short name.
    pub fn add(&self) -> Result<String, SealError> {
        let (keys, pending) = self.lines()?;
        if let Some(pending) = pending {
            return Ok(SealKey::of(&pending)?.id);
        }
        if keys.is_empty() {
            return Ok(SealKey::of(&self.make()?)?.id);
        }
        if keys.len() >= KEYS_MAX {
            return Err(SealError::NoKey(self.path.clone()));
        }
        let mut bytes = [0; KEY_BYTES];
        fill(&mut bytes)?;
        self.replace(&keys, Some(&bytes))?;
        Ok(SealKey::of(&bytes)?.id)
    }

    /// From now on the key seals that was added and waits; where none waits, the one that seals already. Returns its
    /// short name.
    pub fn use_newest(&self) -> Result<String, SealError> {
        let (mut keys, pending) = self.lines()?;
        if let Some(newest) = pending {
            keys.insert(0, newest);
            self.replace(&keys, None)?;
        }
        match keys.first() {
            Some(first) => Ok(SealKey::of(first)?.id),
            None => Ok(SealKey::of(&self.make()?)?.id),
        }
    }

    /// Leaves the first key alone in the file. The caller has made sure that nothing is sealed with another one.
    /// Returns how many went.
    pub fn forget_former(&self) -> Result<usize, SealError> {
        let (keys, pending) = self.lines()?;
        let Some(first) = keys.first() else {
            return Ok(0);
        };
        self.replace(std::slice::from_ref(first), pending.as_ref())?;
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
                file.sync_all()?;
                self.keep_folder()
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

    /// The keys in use; none where there is no file.
    pub(super) fn read(&self) -> Result<Vec<Key>, SealError> {
        Ok(self.lines()?.0)
    }

    pub(super) fn pending(&self) -> Result<Option<Key>, SealError> {
        Ok(self.lines()?.1)
    }

    /// The keys in use, and the one that waits.
    fn lines(&self) -> Result<(Vec<Key>, Option<Key>), SealError> {
        let mut file = match fs::File::open(&self.path) {
            Ok(file) => file,
            Err(error) if error.kind() == ErrorKind::NotFound => return Ok((Vec::new(), None)),
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
        let bad = || SealError::NoKey(self.path.clone());
        let (mut keys, mut pending) = (Vec::new(), None);
        for line in text.lines().map(str::trim_end).filter(|it| !it.is_empty()) {
            match line.strip_prefix(PENDING) {
                None => keys.push(unhex(line).ok_or_else(bad)?),
                Some(line) if pending.is_none() => pending = Some(unhex(line).ok_or_else(bad)?),
                Some(_) => return Err(bad()),
            }
        }
        let fits = (1..=KEYS_MAX).contains(&keys.len());
        fits.then_some((keys, pending)).ok_or_else(bad)
    }

    /// Makes the key whole or not at all, and takes another's who was faster.
    pub(super) fn make(&self) -> Result<Key, SealError> {
        let mut bytes = [0; KEY_BYTES];
        fill(&mut bytes)?;
        let new = self.beside()?;
        let written =
            write_new(&new, &[bytes], None).and_then(|()| fs::hard_link(&new, &self.path));
        let removed = fs::remove_file(&new).and_then(|()| self.keep_folder());
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

    fn replace(&self, keys: &[Key], pending: Option<&Key>) -> Result<(), SealError> {
        let new = self.beside()?;
        let written = write_new(&new, keys, pending)
            .and_then(|()| fs::rename(&new, &self.path))
            .and_then(|()| self.keep_folder());
        written.map_err(|cause| {
            let _ = fs::remove_file(&new);
            self.failed(cause)
        })
    }

    /// What was made or renamed in the folder lasts.
    fn keep_folder(&self) -> std::io::Result<()> {
        match self.path.parent().filter(|it| !it.as_os_str().is_empty()) {
            Some(folder) => fs::File::open(folder)?.sync_all(),
            None => Ok(()),
        }
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

fn write_new(path: &Path, keys: &[Key], pending: Option<&Key>) -> std::io::Result<()> {
    let mut options = OpenOptions::new();
    let mut file = options
        .write(true)
        .create_new(true)
        .mode(0o600)
        .open(path)?;
    for bytes in keys {
        writeln!(file, "{}", hex(bytes))?;
    }
    if let Some(bytes) = pending {
        writeln!(file, "{PENDING}{}", hex(bytes))?;
    }
    file.sync_all()
}

//! Seals: HMAC-SHA-256 over a file's name and content, with a key that lies elsewhere.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Read, Write};
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};

use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;

use super::CodeCacheError;
use super::folder::{ensure_own_file, listed, remove, unusable};

const KEY_BYTES: usize = 32;
/// Only its user reads it.
const OWNER_ONLY: u32 = 0o600;

/// Where the system gives random bytes.
const RANDOM: &str = "/dev/urandom";

#[derive(Debug)]
pub(super) struct Seals {
    folder: PathBuf,
    /// Fed with the key alone; each seal goes on from there.
    keyed: Hmac<Sha256>,
}

impl Seals {
    pub(super) fn open(folder: PathBuf, key: &Path) -> Result<Self, CodeCacheError> {
        let path = key;
        let keyed = Hmac::new_from_slice(&key_bytes(path)?);
        let keyed = keyed.map_err(|error| unusable(path, &io::Error::other(error)))?;
        Ok(Self { folder, keyed })
    }

    pub(super) fn has(&self, name: &str) -> bool {
        self.folder.join(name).is_file()
    }

    pub(super) fn is_good(&self, name: &str, content: &[u8]) -> bool {
        let seal = fs::read(self.folder.join(name));
        seal.is_ok_and(|seal| self.over(name, content).verify_slice(&seal).is_ok())
    }

    /// Seals a file that this process has just written. Without a seal it is compiled anew the next
    /// time, and nothing worse.
    pub(super) fn put(&self, name: &str, file: &Path) {
        let put = fs::read(file).and_then(|content| {
            let seal = self.over(name, &content).finalize().into_bytes();
            let beside = self.folder.join(format!("{name}.new"));
            fs::write(&beside, seal)?;
            fs::rename(beside, self.folder.join(name))
        });
        if let Err(error) = put {
            tracing::warn!(file = %file.display(), %error, "compiled code cannot be sealed and is not used again");
        }
    }

    fn over(&self, name: &str, content: &[u8]) -> Hmac<Sha256> {
        // No name contains a line break.
        let mut over = self.keyed.clone();
        over.update(name.as_bytes());
        over.update(b"\n");
        over.update(content);
        over
    }

    pub(super) fn remove(&self, name: &str) {
        let gone = fs::remove_file(self.folder.join(name));
        if let Err(error) = gone.or_else(already_gone) {
            tracing::error!(name, %error, "the seal of compiled code cannot be removed");
        }
    }

    /// Removes the seals of all others.
    pub(super) fn keep(&self, names: &[String]) {
        for path in listed(&self.folder) {
            let name = path.file_name().and_then(|name| name.to_str());
            if name.is_none_or(|name| names.iter().all(|kept| kept != name)) {
                // One that stays seals nothing.
                let _stays = remove(&path);
            }
        }
    }
}

fn already_gone(error: io::Error) -> io::Result<()> {
    match error.kind() {
        io::ErrorKind::NotFound => Ok(()),
        _ => Err(error),
    }
}

/// The key of a file; a new one where there is none, or none that is whole.
fn key_bytes(path: &Path) -> Result<Vec<u8>, CodeCacheError> {
    match fs::read(path) {
        Ok(bytes) => {
            ensure_own_file(path)?;
            if bytes.len() == KEY_BYTES {
                return Ok(bytes);
            }
            tracing::warn!(file = %path.display(), "the key of compiled code is damaged: a new one is made, and all plugins are compiled anew");
        }
        Err(error) if error.kind() == io::ErrorKind::NotFound => {}
        Err(error) => return Err(unusable(path, &error)),
    }
    new_key(path).map_err(|error| unusable(path, &error))
}

fn new_key(path: &Path) -> io::Result<Vec<u8>> {
    let mut bytes = vec![0; KEY_BYTES];
    File::open(RANDOM)?.read_exact(&mut bytes)?;
    let beside = path.with_extension("new");
    fs::remove_file(&beside).or_else(already_gone)?;
    let mut options = OpenOptions::new();
    let file = options.write(true).create_new(true).mode(OWNER_ONLY);
    file.open(&beside)?.write_all(&bytes)?;
    fs::rename(beside, path)?;
    Ok(bytes)
}

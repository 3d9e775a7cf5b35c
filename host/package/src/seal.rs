//! Sealing of plugins' secrets: AES-256-GCM with a key that lies outside of the database.

use std::fs::{self, OpenOptions};
use std::io::{ErrorKind, Read, Write};
use std::os::unix::fs::{OpenOptionsExt, PermissionsExt};
use std::path::{Path, PathBuf};

use ring::aead::{AES_256_GCM, Aad, LessSafeKey, NONCE_LEN, Nonce, UnboundKey};
use ring::rand::{SecureRandom, SystemRandom};

use crate::hex::{hex, sha256, unhex};

const KEY_BYTES: usize = 32;
/// Letters of the key's hash that name it in sealed texts: enough to tell an operator's keys apart.
const ID_CHARS: usize = 16;
/// What a sealed text begins with.
const VERSION: &str = "1";

/// Why a secret cannot be sealed or opened. Never holds a key or a secret.
#[derive(Debug, thiserror::Error)]
pub enum SealError {
    /// The key's file cannot be read or made.
    #[error(
        "{path}: {cause}; the file with the key of secrets must be readable and, before the first secret, its folder writable; name another place with secrets.key_file"
    )]
    File {
        /// The file.
        path: PathBuf,
        /// What the system said.
        cause: std::io::Error,
    },
    /// It is no key.
    #[error(
        "{0}: the file does not hold a key of 64 letters 0-9 and a-f: restore it from its backup"
    )]
    NoKey(PathBuf),
    /// Others may read it.
    #[error("{path}: others may read the key (mode {mode:o}): chmod 600 it")]
    Open {
        /// The file.
        path: PathBuf,
        /// Its mode.
        mode: u32,
    },
    /// Another key sealed it.
    #[error(
        "it was sealed with the key {sealed}, and {path} holds the key {known}: restore the key or set the secret anew"
    )]
    OtherKey {
        /// The file.
        path: PathBuf,
        /// The key that sealed it.
        sealed: String,
        /// The key that there is.
        known: String,
    },
    /// What is stored is not what was sealed for this place.
    #[error("what is stored is damaged or belongs elsewhere: set the secret anew")]
    Damaged,
    /// The system gives no random bytes.
    #[error("the system gives no random bytes")]
    NoRandom,
}

/// The file that holds the key. Nothing is read or made before the first secret.
#[derive(Debug, Clone)]
pub struct SealKeyFile {
    path: PathBuf,
}

struct SealKey {
    key: LessSafeKey,
    id: String,
}

impl SealKeyFile {
    /// At this path.
    pub fn new(path: impl Into<PathBuf>) -> Self {
        Self { path: path.into() }
    }

    /// Seals a secret for a place, making the key (0600) where there is none.
    pub fn seal(&self, place: &str, secret: &str) -> Result<String, SealError> {
        let bytes = match self.read()? {
            Some(bytes) => bytes,
            None => self.make()?,
        };
        let known = SealKey::of(&bytes)?;
        let mut nonce = [0; NONCE_LEN];
        fill(&mut nonce)?;
        let mut sealed = secret.as_bytes().to_vec();
        let aad = Aad::from(place.as_bytes());
        let nonce_of = Nonce::assume_unique_for_key(nonce);
        let done = known
            .key
            .seal_in_place_append_tag(nonce_of, aad, &mut sealed);
        done.map_err(|_| SealError::Damaged)?;
        let (id, nonce, sealed) = (known.id, hex(&nonce), hex(&sealed));
        Ok(format!("{VERSION}:{id}:{nonce}:{sealed}"))
    }

    /// Opens what was sealed for this place.
    pub fn open(&self, place: &str, sealed: &str) -> Result<String, SealError> {
        let mut parts = sealed.split(':');
        let (Some(VERSION), Some(id), Some(nonce), Some(sealed), None) = (
            parts.next(),
            parts.next(),
            parts.next(),
            parts.next(),
            parts.next(),
        ) else {
            return Err(SealError::Damaged);
        };
        let path = self.path.clone();
        let missing = || SealError::File {
            path: path.clone(),
            cause: ErrorKind::NotFound.into(),
        };
        let known = SealKey::of(&self.read()?.ok_or_else(missing)?)?;
        if known.id != id {
            return Err(SealError::OtherKey {
                path,
                sealed: id.to_owned(),
                known: known.id,
            });
        }
        let nonce: [u8; NONCE_LEN] = unhex(nonce).ok_or(SealError::Damaged)?;
        let mut bytes = bytes_of(sealed).ok_or(SealError::Damaged)?;
        let aad = Aad::from(place.as_bytes());
        let nonce = Nonce::assume_unique_for_key(nonce);
        let opened = known.key.open_in_place(nonce, aad, &mut bytes);
        let opened = opened.map_err(|_| SealError::Damaged)?;
        String::from_utf8(opened.to_vec()).map_err(|_| SealError::Damaged)
    }

    fn read(&self) -> Result<Option<[u8; KEY_BYTES]>, SealError> {
        let mut file = match fs::File::open(&self.path) {
            Ok(file) => file,
            Err(error) if error.kind() == ErrorKind::NotFound => return Ok(None),
            Err(cause) => return Err(self.failed(cause)),
        };
        let mode = file.metadata().map_err(|cause| self.failed(cause))?;
        let mode = mode.permissions().mode() & 0o777;
        if mode & 0o077 != 0 {
            let path = self.path.clone();
            return Err(SealError::Open { path, mode });
        }
        let mut text = String::new();
        let most = 2 * KEY_BYTES as u64 + 2;
        let read = Read::by_ref(&mut file).take(most).read_to_string(&mut text);
        read.map_err(|cause| self.failed(cause))?;
        let bytes = unhex(text.trim_end());
        let bytes = bytes.ok_or_else(|| SealError::NoKey(self.path.clone()))?;
        Ok(Some(bytes))
    }

    /// Makes the key whole or not at all, and takes another's who was faster.
    fn make(&self) -> Result<[u8; KEY_BYTES], SealError> {
        let mut bytes = [0; KEY_BYTES];
        fill(&mut bytes)?;
        let mut name = [0; 8];
        fill(&mut name)?;
        let mut new = self.path.clone().into_os_string();
        new.push(format!(".{}", hex(&name)));
        let new = PathBuf::from(new);
        let written = write_new(&new, &bytes).and_then(|()| fs::hard_link(&new, &self.path));
        let removed = fs::remove_file(&new);
        match written {
            Ok(()) => removed.map_err(|cause| self.failed(cause)).map(|()| bytes),
            Err(error) if error.kind() == ErrorKind::AlreadyExists => {
                let known = self.read()?;
                known.ok_or_else(|| self.failed(ErrorKind::NotFound.into()))
            }
            Err(cause) => Err(self.failed(cause)),
        }
    }

    fn failed(&self, cause: std::io::Error) -> SealError {
        let path = self.path.clone();
        SealError::File { path, cause }
    }
}

impl SealKey {
    fn of(bytes: &[u8; KEY_BYTES]) -> Result<Self, SealError> {
        let id = sha256(bytes).chars().take(ID_CHARS).collect();
        let key = UnboundKey::new(&AES_256_GCM, bytes).map_err(|_| SealError::Damaged)?;
        let key = LessSafeKey::new(key);
        Ok(Self { key, id })
    }
}

fn write_new(path: &Path, bytes: &[u8]) -> std::io::Result<()> {
    let mut options = OpenOptions::new();
    let mut file = options
        .write(true)
        .create_new(true)
        .mode(0o600)
        .open(path)?;
    writeln!(file, "{}", hex(bytes))?;
    file.sync_all()
}

fn fill(bytes: &mut [u8]) -> Result<(), SealError> {
    let filled = SystemRandom::new().fill(bytes);
    filled.map_err(|_| SealError::NoRandom)
}

fn bytes_of(text: &str) -> Option<Vec<u8>> {
    let pairs = text.as_bytes().chunks(2);
    pairs
        .map(|pair| unhex::<1>(std::str::from_utf8(pair).ok()?).map(|[byte]| byte))
        .collect()
}

#[cfg(test)]
mod tests;

//! Sealing of secrets and of what citizens told of themselves: AES-256-GCM with keys that lie outside of the
//! database. The file holds one key a line: the first seals, the others open what was sealed before; one behind a `+`
//! was added and is not in use yet.

mod envelope;
mod file;

use std::io::ErrorKind;
use std::path::PathBuf;

use ring::aead::{AES_256_GCM, Aad, LessSafeKey, NONCE_LEN, Nonce, UnboundKey};
use ring::hmac;
use ring::rand::{SecureRandom, SystemRandom};

use crate::hex::{hex, sha256, unhex};
pub use envelope::Envelope;

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
        "{0}: the file does not hold 1 to 16 keys of 64 letters 0-9 and a-f, one a line: restore it from its backup"
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
    /// Made from the key, for what is signed and not sealed.
    mac: String,
}

impl SealKeyFile {
    /// At this path.
    pub fn new(path: impl Into<PathBuf>) -> Self {
        Self { path: path.into() }
    }

    /// Seals a secret for a place, making the key (0600) where there is none.
    pub fn seal(&self, place: &str, secret: &str) -> Result<String, SealError> {
        let known = self.first()?;
        known.seal(place, secret)
    }

    /// The key that seals, made where there is none.
    fn first(&self) -> Result<SealKey, SealError> {
        let bytes = match self.read()?.first() {
            Some(bytes) => *bytes,
            None => self.make()?,
        };
        SealKey::of(&bytes)
    }

    /// What only a holder of the key can say of a text: HMAC-SHA-256 in hexadecimal.
    pub fn mac(&self, place: &str, text: &str) -> Result<String, SealError> {
        let known = self.first()?;
        let key = hmac::Key::new(hmac::HMAC_SHA256, known.mac.as_bytes());
        let tag = hmac::sign(&key, format!("{place}\n{text}").as_bytes());
        Ok(hex(tag.as_ref()))
    }

    /// Opens what was sealed for this place.
    pub fn open(&self, place: &str, sealed: &str) -> Result<String, SealError> {
        let (id, _, _) = parts(sealed)?;
        let keys = self.read()?;
        let path = || self.path.clone();
        let Some(first) = keys.first() else {
            let cause = ErrorKind::NotFound.into();
            return Err(SealError::File {
                path: path(),
                cause,
            });
        };
        let pending = self.pending()?;
        for bytes in keys.iter().chain(&pending) {
            let key = SealKey::of(bytes)?;
            if key.id == id {
                return key.open(place, sealed);
            }
        }
        Err(SealError::OtherKey {
            path: path(),
            sealed: id.to_owned(),
            known: SealKey::of(first)?.id,
        })
    }
}

impl SealKey {
    fn of(bytes: &[u8; KEY_BYTES]) -> Result<Self, SealError> {
        let id = sha256(bytes).chars().take(ID_CHARS).collect();
        let key = UnboundKey::new(&AES_256_GCM, bytes).map_err(|_| SealError::Damaged)?;
        let key = LessSafeKey::new(key);
        let mac = sha256([b"mac", &bytes[..]].concat().as_slice());
        Ok(Self { key, id, mac })
    }

    fn seal(&self, place: &str, secret: &str) -> Result<String, SealError> {
        let mut nonce = [0; NONCE_LEN];
        fill(&mut nonce)?;
        let mut sealed = secret.as_bytes().to_vec();
        let aad = Aad::from(place.as_bytes());
        let nonce_of = Nonce::assume_unique_for_key(nonce);
        let done = self
            .key
            .seal_in_place_append_tag(nonce_of, aad, &mut sealed);
        done.map_err(|_| SealError::Damaged)?;
        let (id, nonce, sealed) = (&self.id, hex(&nonce), hex(&sealed));
        Ok(format!("{VERSION}:{id}:{nonce}:{sealed}"))
    }

    fn open(&self, place: &str, sealed: &str) -> Result<String, SealError> {
        let (id, nonce, sealed) = parts(sealed)?;
        if id != self.id {
            return Err(SealError::Damaged);
        }
        let nonce: [u8; NONCE_LEN] = unhex(nonce).ok_or(SealError::Damaged)?;
        let mut bytes = bytes_of(sealed).ok_or(SealError::Damaged)?;
        let aad = Aad::from(place.as_bytes());
        let nonce = Nonce::assume_unique_for_key(nonce);
        let opened = self.key.open_in_place(nonce, aad, &mut bytes);
        let opened = opened.map_err(|_| SealError::Damaged)?;
        String::from_utf8(opened.to_vec()).map_err(|_| SealError::Damaged)
    }
}

/// Name of the key, nonce and content of a sealed text.
fn parts(sealed: &str) -> Result<(&str, &str, &str), SealError> {
    let mut parts = sealed.split(':');
    let all = (parts.next(), parts.next(), parts.next(), parts.next());
    match (all, parts.next()) {
        ((Some(VERSION), Some(id), Some(nonce), Some(sealed)), None) => Ok((id, nonce, sealed)),
        _ => Err(SealError::Damaged),
    }
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

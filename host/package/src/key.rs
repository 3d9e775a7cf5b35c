//! Ed25519 keys and what they sign.

use std::fmt;

use ring::rand::{SecureRandom, SystemRandom};
use ring::signature::{ED25519, Ed25519KeyPair, KeyPair, UnparsedPublicKey};
use serde::{Deserialize, Serialize};

use crate::hex::{hex, sha256, unhex};

/// Letters of a key's id: 128 bits of its hash, more than anybody finds a second key for.
const ID_CHARS: usize = 32;

/// Why a signature was made. A signature for one purpose is none for another.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Purpose {
    Publish,
    Review,
    NextKey,
}

impl Purpose {
    fn message(self, about: &[u8]) -> Vec<u8> {
        let prefix: &[u8] = match self {
            Self::Publish => b"dinh package 1 published\n",
            Self::Review => b"dinh package 1 reviewed\n",
            Self::NextKey => b"dinh key 1 followed by\n",
        };
        [prefix, about].concat()
    }
}

/// The short name of a public key.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct KeyId(String);

/// A public key.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct PublicKey([u8; 32]);

/// A signature.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Signature([u8; 64]);

/// A secret key. It has no `Debug`: nobody prints it by accident.
pub struct SecretKey {
    seed: [u8; 32],
    pair: Ed25519KeyPair,
}

impl SecretKey {
    /// A new one; none where the system gives no random bytes.
    pub fn generate() -> Option<Self> {
        let mut seed = [0; 32];
        SystemRandom::new().fill(&mut seed).ok()?;
        Self::of_seed(seed)
    }

    pub(crate) fn of_seed(seed: [u8; 32]) -> Option<Self> {
        let pair = Ed25519KeyPair::from_seed_unchecked(&seed).ok()?;
        Some(Self { seed, pair })
    }

    pub(crate) fn of_hex(text: &str) -> Option<Self> {
        Self::of_seed(unhex(text)?)
    }

    pub(crate) fn to_hex(&self) -> String {
        hex(&self.seed)
    }

    /// Its public half.
    pub fn public(&self) -> PublicKey {
        let mut bytes = [0; 32];
        bytes.copy_from_slice(self.pair.public_key().as_ref());
        PublicKey(bytes)
    }

    pub(crate) fn sign(&self, purpose: Purpose, about: &[u8]) -> Signature {
        let mut bytes = [0; 64];
        bytes.copy_from_slice(self.pair.sign(&purpose.message(about)).as_ref());
        Signature(bytes)
    }
}

impl PublicKey {
    /// Its short name.
    pub fn id(&self) -> KeyId {
        KeyId(sha256(&self.0).chars().take(ID_CHARS).collect())
    }

    pub(crate) fn bytes(&self) -> &[u8] {
        &self.0
    }

    pub(crate) fn has_signed(&self, purpose: Purpose, about: &[u8], signature: &Signature) -> bool {
        UnparsedPublicKey::new(&ED25519, &self.0)
            .verify(&purpose.message(about), &signature.0)
            .is_ok()
    }
}

impl KeyId {
    /// The text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for KeyId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Display for PublicKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&hex(&self.0))
    }
}

impl TryFrom<String> for KeyId {
    type Error = String;
    fn try_from(text: String) -> Result<Self, String> {
        match unhex::<{ ID_CHARS / 2 }>(&text) {
            Some(_) => Ok(Self(text)),
            None => Err(format!("a key's id is {ID_CHARS} of 0-9 and a-f")),
        }
    }
}

impl TryFrom<String> for PublicKey {
    type Error = String;
    fn try_from(text: String) -> Result<Self, String> {
        let bytes = unhex(&text).ok_or("a public key is 64 of 0-9 and a-f")?;
        Ok(Self(bytes))
    }
}

impl TryFrom<String> for Signature {
    type Error = String;
    fn try_from(text: String) -> Result<Self, String> {
        let bytes = unhex(&text).ok_or("a signature is 128 of 0-9 and a-f")?;
        Ok(Self(bytes))
    }
}

impl From<KeyId> for String {
    fn from(id: KeyId) -> Self {
        id.0
    }
}

impl From<PublicKey> for String {
    fn from(key: PublicKey) -> Self {
        key.to_string()
    }
}

impl From<Signature> for String {
    fn from(signature: Signature) -> Self {
        hex(&signature.0)
    }
}

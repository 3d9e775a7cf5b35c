//! Envelopes: what lies in one is sealed with a key of its own, and that key with the key of the file. A new key of
//! the file then costs a line for each envelope, and not its content.

use super::{KEY_BYTES, SealError, SealKey, SealKeyFile, fill};
use crate::hex::{hex, unhex};

/// A sealed content with its sealed key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Envelope {
    /// The key of the content, sealed.
    pub data_key: String,
    /// The content, sealed with it.
    pub sealed: String,
}

impl SealKeyFile {
    /// Seals a content for a place.
    pub fn seal_envelope(&self, place: &str, content: &str) -> Result<Envelope, SealError> {
        let mut bytes = [0; KEY_BYTES];
        fill(&mut bytes)?;
        Ok(Envelope {
            data_key: self.seal(place, &hex(&bytes))?,
            sealed: SealKey::of(&bytes)?.seal(place, content)?,
        })
    }

    /// Opens what was sealed for this place.
    pub fn open_envelope(&self, place: &str, envelope: &Envelope) -> Result<String, SealError> {
        let key = self.open(place, &envelope.data_key)?;
        let bytes = unhex(&key).ok_or(SealError::Damaged)?;
        SealKey::of(&bytes)?.open(place, &envelope.sealed)
    }

    /// The same secret sealed with the key that seals now.
    pub fn sealed_anew(&self, place: &str, sealed: &str) -> Result<String, SealError> {
        let secret = self.open(place, sealed)?;
        self.seal(place, &secret)
    }
}

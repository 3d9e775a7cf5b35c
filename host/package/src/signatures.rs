//! `signatures.toml`: who stands for a manifest.

use serde::{Deserialize, Serialize};

use crate::key::{PublicKey, Purpose, SecretKey, Signature};
use crate::manifest::Manifest;
use crate::{Fault, fault};

/// The file's name in a package.
pub const SIGNATURES_FILE: &str = "signatures.toml";

/// The signatures of a package.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Signatures {
    /// The publisher's.
    pub publisher: Signed,
    /// A reviewer's, who has seen the same manifest.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reviewer: Option<Signed>,
}

/// One signature.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Signed {
    /// By whom.
    pub key: PublicKey,
    /// What.
    pub signature: Signature,
}

impl Signatures {
    pub(crate) fn by_publisher(manifest: &[u8], key: &SecretKey) -> Self {
        Self {
            publisher: signed(Purpose::Publish, manifest, key),
            reviewer: None,
        }
    }

    pub(crate) fn with_reviewer(&self, manifest: &[u8], key: &SecretKey) -> Self {
        Self {
            reviewer: Some(signed(Purpose::Review, manifest, key)),
            ..self.clone()
        }
    }

    pub(crate) fn text(&self) -> Result<String, String> {
        toml::to_string(self).map_err(|error| error.to_string())
    }

    /// What is wrong with them; `manifest` is what was read of `bytes`.
    pub(crate) fn faults(&self, manifest: &Manifest, bytes: &[u8]) -> Vec<Fault> {
        let mut faults = Vec::new();
        let Signed { key, signature } = self.publisher;
        if !key.has_signed(Purpose::Publish, bytes, &signature) {
            faults.push(fault(
                SIGNATURES_FILE,
                "[publisher]: the signature is not of this manifest: the package was changed, or its signature is another package's",
            ));
        }
        if key.id() != manifest.publisher {
            let (given, named) = (key.id(), &manifest.publisher);
            faults.push(fault(
                SIGNATURES_FILE,
                format!("[publisher]: the key is {given}, the manifest names {named}"),
            ));
        }
        if let Some(Signed { key, signature }) = self.reviewer {
            if !key.has_signed(Purpose::Review, bytes, &signature) {
                faults.push(fault(
                    SIGNATURES_FILE,
                    "[reviewer]: the signature is not of this manifest",
                ));
            }
            if key == self.publisher.key {
                faults.push(fault(
                    SIGNATURES_FILE,
                    "[reviewer]: the publisher cannot review himself",
                ));
            }
        }
        faults
    }
}

fn signed(purpose: Purpose, manifest: &[u8], key: &SecretKey) -> Signed {
    Signed {
        key: key.public(),
        signature: key.sign(purpose, manifest),
    }
}

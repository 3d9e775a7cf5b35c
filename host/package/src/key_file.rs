//! Keys as files: the secret one stays with its owner, the public one goes to operators.

use serde::{Deserialize, Serialize};

use crate::key::{PublicKey, Purpose, SecretKey, Signature};
use crate::{Fault, fault};

/// Longest name of a key's owner, in characters: it stands in one line of a list.
const NAME_CHARS_MAX: usize = 80;
const SECRET_NOTE: &str = "# Secret key for Dinh packages. Whoever has it publishes in this name: keep it away from everybody.\n";
const PUBLIC_NOTE: &str =
    "# Public key for Dinh packages. Operators take it in with `dinh plugin trust FILE`.\n";

/// What an operator is given of a publisher or a reviewer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PublicKeyFile {
    /// The owner, for people.
    pub name: String,
    /// The key.
    pub public: PublicKey,
    /// The key before it, which says that this one follows.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub follows: Option<Follows>,
}

/// A former key and its signature under the new key and name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Follows {
    /// The former key.
    pub public: PublicKey,
    /// What it signed.
    pub signature: Signature,
}

/// What its owner keeps.
pub struct SecretKeyFile {
    /// The owner, for people.
    pub name: String,
    /// The key.
    pub key: SecretKey,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct SecretText {
    name: String,
    secret: String,
}

impl PublicKeyFile {
    /// Reads a file; `path` is for faults. A former key must have signed this one.
    pub fn parse(path: &str, bytes: &[u8]) -> Result<Self, Vec<Fault>> {
        let mut faults = Vec::new();
        let read: Option<Self> = dinh_domain::declaration::one_file(path, bytes, &mut faults);
        let Some(file) = read else {
            return Err(faults);
        };
        faults.extend(name_fault(path, &file.name));
        if let Some(before) = &file.follows {
            let about = about(&file.public, &file.name);
            let signed = before.public;
            if !signed.has_signed(Purpose::NextKey, &about, &before.signature) {
                faults.push(fault(
                    path,
                    "[follows]: the former key has not signed this key and name",
                ));
            }
        }
        if faults.is_empty() {
            Ok(file)
        } else {
            Err(faults)
        }
    }

    /// As a file.
    pub fn text(&self) -> Result<String, String> {
        let text = toml::to_string(self).map_err(|error| error.to_string())?;
        Ok(format!("{PUBLIC_NOTE}{text}"))
    }
}

impl SecretKeyFile {
    /// A new key.
    pub fn generate(name: &str) -> Result<Self, String> {
        if let Some(fault) = name_fault("name", name) {
            return Err(fault.to_string());
        }
        let key = SecretKey::generate().ok_or("the system gives no random bytes")?;
        let name = name.to_owned();
        Ok(Self { name, key })
    }

    /// Reads a file; `path` is for faults.
    pub fn parse(path: &str, bytes: &[u8]) -> Result<Self, Vec<Fault>> {
        let mut faults = Vec::new();
        let read: Option<SecretText> = dinh_domain::declaration::one_file(path, bytes, &mut faults);
        let Some(file) = read else {
            return Err(faults);
        };
        faults.extend(name_fault(path, &file.name));
        let key = SecretKey::of_hex(&file.secret);
        if key.is_none() {
            faults.push(fault(path, "`secret` is not 64 of 0-9 and a-f"));
        }
        match key {
            Some(key) if faults.is_empty() => Ok(Self {
                name: file.name,
                key,
            }),
            _ => Err(faults),
        }
    }

    /// As a file.
    pub fn text(&self) -> Result<String, String> {
        let text = SecretText {
            name: self.name.clone(),
            secret: self.key.to_hex(),
        };
        let text = toml::to_string(&text).map_err(|error| error.to_string())?;
        Ok(format!("{SECRET_NOTE}{text}"))
    }

    /// Its public half; `before` signs that this key follows it.
    pub fn public(&self, before: Option<&Self>) -> PublicKeyFile {
        let public = self.key.public();
        let about = about(&public, &self.name);
        let follows = before.map(|before| Follows {
            public: before.key.public(),
            signature: before.key.sign(Purpose::NextKey, &about),
        });
        PublicKeyFile {
            name: self.name.clone(),
            public,
            follows,
        }
    }
}

fn about(key: &PublicKey, name: &str) -> Vec<u8> {
    [key.bytes(), name.as_bytes()].concat()
}

fn name_fault(path: &str, name: &str) -> Option<Fault> {
    let chars = name.chars().count();
    let good = (1..=NAME_CHARS_MAX).contains(&chars) && !name.chars().any(char::is_control);
    let wrong = || {
        fault(
            path,
            format!("the name is not 1 to {NAME_CHARS_MAX} characters of one line"),
        )
    };
    (!good || name.trim() != name).then(wrong)
}

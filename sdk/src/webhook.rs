//! What other systems send, and whether they signed it.

use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;

/// What many senders write before a signature.
const PREFIX: &str = "sha256=";

/// What another system sent to an address that plugin.toml declares under `[[webhooks]]`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Delivery {
    /// The webhook's name in the manifest.
    pub name: String,
    /// Headers that the manifest asks for, in small letters, as often as they were sent.
    pub headers: Vec<(String, String)>,
    /// Byte for byte as it was sent: check its signature before you read it.
    pub body: Vec<u8>,
    /// The site.
    pub site: String,
}

impl Delivery {
    /// One for tests.
    pub fn of(name: &str, body: impl Into<Vec<u8>>) -> Self {
        Self {
            name: name.into(),
            body: body.into(),
            site: "site".into(),
            ..Self::default()
        }
    }

    /// The same with a header.
    #[must_use]
    pub fn with(mut self, header: &str, value: &str) -> Self {
        self.headers.push((header.into(), value.into()));
        self
    }

    /// A header that was sent once; none where it was not sent, or more than once.
    pub fn header(&self, name: &str) -> Option<&str> {
        let mut sent = self.headers.iter().filter(|(known, _)| known == name);
        let (_, value) = sent.next()?;
        sent.next().is_none().then_some(value)
    }

    /// The body as text, where it is UTF-8.
    pub fn text(&self) -> Option<&str> {
        std::str::from_utf8(&self.body).ok()
    }

    /// Whether a header holds the body's HMAC-SHA256 by a secret, in hexadecimal, alone or behind
    /// `sha256=`. Compared in constant time; false without a secret. Where the sender signs more than
    /// the body, a time for instance, see [`is_hmac_sha256`].
    pub fn is_signed(&self, header: &str, secret: &str) -> bool {
        let signature = self.header(header);
        signature.is_some_and(|it| is_hmac_sha256(secret, &[&self.body], it))
    }
}

/// Whether a signature is the HMAC-SHA256 of these parts, one behind the other: `[b"1700000000", b".",
/// &delivery.body]`. It is written in hexadecimal, alone or behind `sha256=`. Compared in constant time;
/// false for an empty secret, by which anybody could sign.
pub fn is_hmac_sha256(secret: &str, parts: &[&[u8]], signature: &str) -> bool {
    let signature = signature.strip_prefix(PREFIX).unwrap_or(signature);
    let Some(signature) = bytes(signature) else {
        return false;
    };
    keyed(secret, parts).is_some_and(|mac| mac.verify_slice(&signature).is_ok())
}

/// None for an empty secret.
fn keyed(secret: &str, parts: &[&[u8]]) -> Option<Hmac<Sha256>> {
    if secret.is_empty() {
        return None;
    }
    let mut mac = Hmac::<Sha256>::new_from_slice(secret.as_bytes()).ok()?;
    for part in parts {
        mac.update(part);
    }
    Some(mac)
}

/// The bytes of a hexadecimal text.
fn bytes(text: &str) -> Option<Vec<u8>> {
    if !text.len().is_multiple_of(2) || !text.bytes().all(|it| it.is_ascii_hexdigit()) {
        return None;
    }
    let pairs = (0..text.len()).step_by(2);
    pairs
        .map(|at| u8::from_str_radix(text.get(at..at + 2)?, 16).ok())
        .collect()
}

/// The signature that a sender would send, in hexadecimal; empty without a secret.
#[cfg(not(target_arch = "wasm32"))]
pub(crate) fn signature(secret: &str, parts: &[&[u8]]) -> String {
    let mac = keyed(secret, parts).map(|mac| mac.finalize().into_bytes());
    let bytes = mac.iter().flat_map(|it| it.iter());
    bytes.map(|byte| format!("{byte:02x}")).collect()
}

/// What the sender is told.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reply {
    /// 200, 202, 400, 401, 403, 409, 413, 415, 422, or 503 for "not now: send it again".
    pub status: u16,
    /// Plain text of at most 1 KiB.
    pub text: String,
}

impl Reply {
    /// It was taken: what was written is kept.
    pub fn taken() -> Self {
        Self::with(200, "")
    }

    /// It was not, and why: nothing that was written is kept. With 503 the sender is to send it again.
    pub fn refused(status: u16, why: impl Into<String>) -> Self {
        Self::with(status, why)
    }

    /// A status and a text.
    pub fn with(status: u16, text: impl Into<String>) -> Self {
        Self {
            status,
            text: text.into(),
        }
    }

    /// Whether it was taken.
    pub fn is_taken(&self) -> bool {
        (200..300).contains(&self.status)
    }
}

#[cfg(test)]
mod tests;

//! Codes of the second factor (RFC 6238: SHA-1, six digits, every 30 seconds).

use dinh_domain::dates::Instant;
use dinh_domain::ids::AccountId;
use hmac::{Hmac, KeyInit, Mac};
use sha1::Sha1;

use super::secret::random;
use crate::failure::Failure;
use crate::portal::Portal;

const STEP_MS: i64 = 30_000;
/// Steps before and after this one whose codes are taken too: clocks differ.
const DRIFT: i64 = 1;
const DIGITS: usize = 6;
const MODULUS: u32 = 1_000_000;
/// 160 bits (RFC 4226, section 4).
const SECRET_BYTES: usize = 20;
/// Name under which authenticators list it.
const ISSUER: &str = "Dinh";
const BASE32: &[u8; 32] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

/// A second factor as its owner types it into an authenticator.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TotpShown {
    /// Base32, in groups of four.
    pub secret: String,
    /// `otpauth://totp/…`, for a program that takes addresses.
    pub address: String,
}

/// The step of a code, if it is one of this moment.
pub(super) fn step_of(secret: &[u8], code: &str, now: Instant) -> Option<i64> {
    let code: String = code.chars().filter(|it| !it.is_whitespace()).collect();
    if code.len() != DIGITS || !code.bytes().all(|it| it.is_ascii_digit()) {
        return None;
    }
    let given: u32 = code.parse().ok()?;
    let middle = now.0.div_euclid(STEP_MS);
    let steps = middle - DRIFT..=middle + DRIFT;
    // All of them are computed, so that the time says nothing.
    steps.fold(None, |found, step| {
        let is_it = code_at(secret, step) == Some(given);
        if is_it { Some(step) } else { found }
    })
}

fn code_at(secret: &[u8], step: i64) -> Option<u32> {
    let mut mac = Hmac::<Sha1>::new_from_slice(secret).ok()?;
    mac.update(&step.to_be_bytes());
    let hash = mac.finalize().into_bytes();
    let offset = usize::from(hash.last()? & 0x0f);
    let four: [u8; 4] = hash.get(offset..offset + 4)?.try_into().ok()?;
    Some((u32::from_be_bytes(four) & 0x7fff_ffff) % MODULUS)
}

fn base32(bytes: &[u8]) -> String {
    let mut text = String::new();
    let (mut held, mut bits) = (0_u32, 0);
    for byte in bytes {
        held = held << 8 | u32::from(*byte);
        bits += 8;
        while bits >= 5 {
            bits -= 5;
            text.push(char::from(BASE32[(held >> bits & 31) as usize]));
        }
    }
    text
}

fn unbase32(text: &str) -> Option<Vec<u8>> {
    let mut bytes = Vec::new();
    let (mut held, mut bits) = (0_u32, 0);
    for letter in text.bytes() {
        let value = BASE32.iter().position(|it| *it == letter)?;
        held = (held << 5 | u32::try_from(value).ok()?) & 0xfff;
        bits += 5;
        if bits >= 8 {
            bits -= 8;
            bytes.push(u8::try_from(held >> bits & 0xff).ok()?);
        }
    }
    Some(bytes)
}

pub(crate) fn place(account: &AccountId) -> String {
    format!("account/{account}/second-factor")
}

impl Portal {
    /// A new secret of an account, sealed.
    pub(super) fn new_totp(&self, account: &AccountId) -> Result<String, Failure> {
        let secret = base32(&random::<SECRET_BYTES>()?);
        let sealed = self.seal_key().seal(&place(account), &secret);
        sealed.map_err(Failure::internal)
    }

    /// The secret of an account.
    pub(super) fn open_totp(&self, account: &AccountId, sealed: &str) -> Result<Vec<u8>, Failure> {
        let secret = self.seal_key().open(&place(account), sealed);
        let secret = secret.map_err(Failure::internal)?;
        unbase32(&secret).ok_or_else(|| Failure::internal("a second factor is damaged"))
    }

    /// As its owner types it in.
    pub(super) fn shown_totp(
        &self,
        account: &AccountId,
        name: &str,
        sealed: &str,
    ) -> Result<TotpShown, Failure> {
        let secret = base32(&self.open_totp(account, sealed)?);
        let letters: Vec<char> = secret.chars().collect();
        let groups = letters.chunks(4).map(|it| it.iter().collect::<String>());
        let name: String = name.chars().filter(char::is_ascii_alphanumeric).collect();
        Ok(TotpShown {
            secret: groups.collect::<Vec<_>>().join(" "),
            address: format!("otpauth://totp/{ISSUER}:{name}?secret={secret}&issuer={ISSUER}"),
        })
    }
}

#[cfg(test)]
mod tests;

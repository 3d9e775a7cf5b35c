use std::fmt::Write as _;

use http::HeaderMap;
use http::header::{IF_NONE_MATCH, IF_RANGE};
use sha2::{Digest, Sha256};

/// Hexadecimal digits of a tag: 128 bits of the hash tell any two answers apart.
const TAG_DIGITS: usize = 32;

/// The strong tag of a body.
pub(crate) fn strong_tag(body: &[u8]) -> String {
    let mut digits = String::with_capacity(TAG_DIGITS);
    for byte in Sha256::digest(body).iter().take(TAG_DIGITS / 2) {
        // Writing to a string cannot fail.
        let _ = write!(digits, "{byte:02x}");
    }
    format!("\"{digits}\"")
}

/// Whether the reader says that it has the answer with this tag (`If-None-Match`, compared weakly).
pub(crate) fn none_match(headers: &HeaderMap, tag: &str) -> bool {
    let lines = headers
        .get_all(IF_NONE_MATCH)
        .iter()
        .filter_map(|line| line.to_str().ok());
    let mut tags = lines.flat_map(|line| line.split(',')).map(str::trim);
    tags.any(|known| known == "*" || known.strip_prefix("W/").unwrap_or(known) == tag)
}

/// Whether a range may be answered: `If-Range` is absent or names this very tag (compared strongly).
pub(crate) fn if_range(headers: &HeaderMap, tag: &str) -> bool {
    headers
        .get(IF_RANGE)
        .is_none_or(|known| known.as_bytes() == tag.as_bytes())
}

#[cfg(test)]
mod tests;

//! A place in a list as programs carry it: opaque, and good for one question alone.

use dinh_domain::ids::EntryId;
use dinh_domain::query::{Place, SortKey};
use sha2::{Digest, Sha256};

/// Bytes of the seal: nobody hits one by chance.
const SEAL_BYTES: usize = 16;
/// Longest cursor, in characters: a sort key of 1,000 bytes, an id and the seal.
const MAX_CHARS: usize = 2_400;
/// Between the parts; none of them can hold it.
const PART: char = '\0';

/// Writes a place for a question on this portal: `identity` tells its database from every other,
/// `question` is the collection with its filters, words and sort.
pub(super) fn write(identity: &str, question: &str, place: &Place) -> String {
    let key = match &place.key {
        None => "-".to_owned(),
        Some(SortKey::Text(text)) => format!("t{text}"),
        Some(SortKey::Integer(number)) => format!("i{number}"),
    };
    let told = format!("{}{PART}{key}", place.id);
    let seal = seal(identity, question, told.as_bytes());
    told.bytes()
        .chain(seal)
        .map(|byte| format!("{byte:02x}"))
        .collect()
}

/// Reads a place that [`write()`] wrote for the very same question.
pub(super) fn read(identity: &str, question: &str, text: &str) -> Option<Place> {
    if text.len() > MAX_CHARS {
        return None;
    }
    let bytes = bytes(text)?;
    let (told, sealed) = bytes.split_at(bytes.len().checked_sub(SEAL_BYTES)?);
    if seal(identity, question, told) != sealed {
        return None;
    }
    let (id, key) = std::str::from_utf8(told).ok()?.split_once(PART)?;
    let mut rest = key.chars();
    let key = match rest.next()? {
        't' => Some(SortKey::Text(rest.as_str().to_owned())),
        'i' => Some(SortKey::Integer(rest.as_str().parse().ok()?)),
        _ => None,
    };
    let id = EntryId::new(id).ok()?;
    Some(Place { key, id })
}

fn seal(identity: &str, question: &str, told: &[u8]) -> [u8; SEAL_BYTES] {
    let mut digest = Sha256::new();
    for part in [identity.as_bytes(), question.as_bytes(), told] {
        // Lengths first, so that no two triples are told alike.
        digest.update((part.len() as u64).to_be_bytes());
        digest.update(part);
    }
    let mut seal = [0; SEAL_BYTES];
    seal.copy_from_slice(&digest.finalize()[..SEAL_BYTES]);
    seal
}

/// Lower-case hexadecimal and nothing else: one place has one spelling.
fn bytes(text: &str) -> Option<Vec<u8>> {
    let digit = |byte: u8| match byte {
        b'0'..=b'9' => Some(byte - b'0'),
        b'a'..=b'f' => Some(byte - b'a' + 10),
        _ => None,
    };
    let pairs = text.as_bytes().chunks(2).map(|pair| match pair {
        [high, low] => Some(digit(*high)? * 16 + digit(*low)?),
        _ => None,
    });
    pairs.collect()
}

//! Tokens: 32 random bytes, in hexadecimal. The database has their SHA-256, which needs no salt: nobody
//! guesses what is random.

use sha2::{Digest, Sha256};

use crate::failure::Failure;

const TOKEN_BYTES: usize = 32;

/// Random bytes of the system.
pub(crate) fn random<const N: usize>() -> Result<[u8; N], Failure> {
    let mut bytes = [0; N];
    getrandom::fill(&mut bytes).map_err(Failure::internal)?;
    Ok(bytes)
}

/// A new token, and its hash.
pub(crate) fn token() -> Result<(String, String), Failure> {
    let token = hexadecimal(&random::<TOKEN_BYTES>()?);
    let hash = hexadecimal(&Sha256::digest(token.as_bytes()));
    Ok((token, hash))
}

/// The hash of what may be a token; none of what cannot be one.
pub(crate) fn hash_of(token: &str) -> Option<String> {
    let digit = |byte: u8| byte.is_ascii_digit() || (b'a'..=b'f').contains(&byte);
    let fits = token.len() == 2 * TOKEN_BYTES && token.bytes().all(digit);
    fits.then(|| hexadecimal(&Sha256::digest(token.as_bytes())))
}

fn hexadecimal(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

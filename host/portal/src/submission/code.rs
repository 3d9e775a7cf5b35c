//! Codes of receipts, which people read out at a counter.

use dinh_domain::site::Site;
use dinh_store::WriteTx;

use crate::failure::Failure;
use crate::people::secret;

/// Letters of codes: none that is taken for another one.
const LETTERS: &[u8; 31] = b"23456789ABCDEFGHJKMNPQRSTUVWXYZ";
/// Letters of a code: 31^8 of them, some 8 * 10^11.
const CODE_LETTERS: usize = 8;
/// How often a code is made anew that another sending has.
const CODE_TRIES_MAX: usize = 8;

/// A code that no other sending of a site has.
pub(super) async fn free_code(tx: &mut WriteTx, site: &Site) -> Result<String, Failure> {
    for _ in 0..CODE_TRIES_MAX {
        let code = code()?;
        if tx.code_is_free(&site.id, &code).await? {
            return Ok(code);
        }
    }
    Err(Failure::internal("no free code was found"))
}

/// Letters of a code from random bytes: those beyond the last whole round of letters are passed over.
fn code() -> Result<String, Failure> {
    let mut letters = String::new();
    while letters.len() < CODE_LETTERS {
        for byte in secret::random::<16>()? {
            let round = usize::from(u8::MAX) / LETTERS.len() * LETTERS.len();
            let place = usize::from(byte);
            if place < round && letters.len() < CODE_LETTERS {
                letters.push(char::from(LETTERS[place % LETTERS.len()]));
            }
        }
    }
    letters.insert(CODE_LETTERS / 2, '-');
    Ok(letters)
}

/// A code as it is kept, from how somebody typed it; none where it cannot be one.
pub(super) fn typed_code(text: &str) -> Option<String> {
    let letters = text.chars().filter(|it| !it.is_whitespace() && *it != '-');
    let mut code: String = letters.map(|it| it.to_ascii_uppercase()).collect();
    let fits = code.len() == CODE_LETTERS && code.bytes().all(|it| LETTERS.contains(&it));
    if fits {
        code.insert(CODE_LETTERS / 2, '-');
    }
    fits.then_some(code)
}

#[cfg(test)]
mod tests {
    use super::{code, typed_code};

    #[test]
    fn codes_are_read_as_people_type_them() {
        for _ in 0..100 {
            let code = code().unwrap();
            assert_eq!(code.len(), 9, "{code}");
            assert_eq!(
                typed_code(&code.to_lowercase().replace('-', " ")),
                Some(code)
            );
        }
        for bad in ["", "K7M2-PQ9", "K7M2-PQ9A2", "K7M2-PQ0A", "K7M2-PQ9É"] {
            assert_eq!(typed_code(bad), None, "{bad}");
        }
    }
}

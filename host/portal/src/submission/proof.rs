//! A puzzle that a browser with scripts solves unasked: whoever solved one may send more often. It costs a machine that
//! floods the forms what one reader does not notice; it names nobody, and no other service is asked.

use dinh_domain::dates::Instant;
use dinh_domain::ids::SiteId;
use sha2::{Digest, Sha256};

use crate::failure::Failure;
use crate::people::secret;
use crate::portal::Portal;

/// The field of a form that carries the solution: the puzzle, `:`, and a number.
pub(super) const PROOF_FIELD: &str = "bang-chung";
/// The field of a form that says which version of it was filled.
pub(crate) const VERSION_FIELD: &str = "bieu-mau";
/// Leading zero bits that the SHA-256 of a solution has: 2^16 tries, a second or two on a cheap phone.
const BITS: u32 = 16;
/// How long a puzzle is good for: somebody writes an hour at a long text.
const GOOD_FOR_MS: i64 = 3 * 60 * 60 * 1_000;
/// Longest solution, in bytes.
const SOLUTION_BYTES_MAX: usize = 200;
/// Random bytes of a puzzle.
const RANDOM_BYTES: usize = 12;

/// A puzzle.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Puzzle {
    /// What a solution begins with.
    pub text: String,
    /// Leading zero bits.
    pub bits: u32,
}

impl Portal {
    /// A new puzzle for the forms of a site. Nothing of it is kept: it carries its own seal.
    pub fn puzzle(&self, site: &SiteId) -> Result<Puzzle, Failure> {
        let random = secret::random::<RANDOM_BYTES>()?;
        let random: String = random.iter().map(|byte| format!("{byte:02x}")).collect();
        let until = self.now().0 + GOOD_FOR_MS;
        let text = format!("{until}.{random}");
        let mac = self.puzzle_mac(site, &text)?;
        Ok(Puzzle {
            text: format!("{text}.{mac}"),
            bits: BITS,
        })
    }

    /// What names the puzzle of a good solution; none of everything else.
    pub(super) fn solved(&self, site: &SiteId, solution: &str) -> Option<String> {
        if solution.len() > SOLUTION_BYTES_MAX {
            return None;
        }
        let (puzzle, _) = solution.split_once(':')?;
        let (text, mac) = puzzle.rsplit_once('.')?;
        let (until, _) = text.split_once('.')?;
        let is_in_time = Instant(until.parse().ok()?) >= self.now();
        let hash = Sha256::digest(solution.as_bytes());
        let is_good = is_in_time && zero_bits(&hash) >= BITS;
        (is_good && self.puzzle_mac(site, text).ok()? == mac).then(|| mac.to_owned())
    }

    fn puzzle_mac(&self, site: &SiteId, text: &str) -> Result<String, Failure> {
        let mac = self.seal_key().mac(&format!("puzzle/{site}"), text);
        mac.map_err(Failure::internal)
    }
}

fn zero_bits(hash: &[u8]) -> u32 {
    let mut bits = 0;
    for byte in hash {
        bits += byte.leading_zeros();
        if *byte != 0 {
            break;
        }
    }
    bits
}

#[cfg(test)]
mod tests {
    use super::zero_bits;

    #[test]
    fn zero_bits_are_those_before_the_first_one() {
        assert_eq!(zero_bits(&[0, 0, 0x80]), 16);
        assert_eq!(zero_bits(&[0, 1, 0]), 15);
        assert_eq!(zero_bits(&[0xff]), 0);
    }
}

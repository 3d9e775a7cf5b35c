//! Whether a saved copy says what is published.

use dinh_domain::visibility::Purpose;
use dinh_store::FoundPublication;

use crate::failure::Failure;
use crate::portal::Portal;
use crate::shown::{Verdict, Verified, Way};
use crate::visit::Visit;

/// Hexadecimal digits of a SHA-256.
const HASH_DIGITS: usize = 64;
/// Longest text that is read as a hash, in characters; people paste with blanks and a prefix.
const ASKED_CHARS_MAX: usize = 200;

impl Portal {
    /// Says what a hash belongs to. One of what the visitor may not see is unknown.
    pub async fn verify(&self, visit: &Visit, asked: &str) -> Result<Verified, Failure> {
        let shown: String = asked.trim().chars().take(ASKED_CHARS_MAX).collect();
        let verdict = match hash(&shown) {
            _ if shown.is_empty() => Verdict::NotAsked,
            None => Verdict::Malformed,
            Some(hash) => self.verdict(visit, &hash).await?,
        };
        Ok(Verified {
            asked: shown,
            verdict,
        })
    }

    async fn verdict(&self, visit: &Visit, hash: &str) -> Result<Verdict, Failure> {
        let scope = visit.scope(Purpose::Search);
        let found = self.store().publications_of_hash(&scope, hash).await?;
        let rank = |it: &FoundPublication| (it.withdrawn.is_none() && it.is_current, it.at);
        let Some(found) = found.into_iter().max_by_key(rank) else {
            return Ok(Verdict::Unknown);
        };
        let zone = visit.zone();
        let published_at = found.at.rfc3339_in(&zone);
        if let Some(withdrawal) = found.withdrawn {
            let successor = match withdrawal.successor {
                Some(id) => self.way_to(visit, &id).await?,
                None => None,
            };
            return Ok(Verdict::Withdrawn {
                published_at,
                at: withdrawal.at.rfc3339_in(&zone),
                reason: withdrawal.reason,
                successor,
            });
        }
        let Some(way) = self.way_to(visit, &found.entry).await? else {
            return Ok(Verdict::Unknown);
        };
        Ok(if found.is_current {
            Verdict::Current { way, published_at }
        } else {
            Verdict::Former {
                way,
                published_at,
                replaced_at: found.replaced_at.rfc3339_in(&zone),
            }
        })
    }

    /// How a public entry is reached, if the visitor may see it.
    pub(crate) async fn way_to(
        &self,
        visit: &Visit,
        entry: &dinh_domain::ids::EntryId,
    ) -> Result<Option<Way>, Failure> {
        let scope = visit.scope(Purpose::Link);
        let ids = std::slice::from_ref(entry);
        let found = self.store().headlines(&scope, ids).await?;
        Ok(found
            .first()
            .and_then(|it| visit.way(&it.site, &it.collection, it.slug.as_str(), &it.title)))
    }
}

/// A hash as people paste it: in capitals, in groups, behind `sha256:`.
fn hash(asked: &str) -> Option<String> {
    let lower = asked.to_lowercase();
    let bare = lower
        .trim_start_matches("sha-256")
        .trim_start_matches("sha256");
    let digits: String = bare
        .chars()
        .filter(|c| !c.is_whitespace() && !matches!(c, ':' | '-' | '='))
        .collect();
    let fits = digits.len() == HASH_DIGITS && digits.bytes().all(|byte| byte.is_ascii_hexdigit());
    fits.then_some(digits)
}

#[cfg(test)]
mod tests;

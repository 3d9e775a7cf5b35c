//! Hashes of passwords: argon2id, off the async threads, a few at a time.

use std::sync::Arc;
use std::time::Duration;

use argon2::{Algorithm, Argon2, Params, Version};
use base64::Engine;
use base64::engine::general_purpose::STANDARD_NO_PAD;
use dinh_domain::people::composed_password;
use tokio::sync::Semaphore;

use super::secret::random;
use crate::failure::Failure;
use crate::portal::Portal;

/// Memory in KiB, passes and lanes.
type Cost = (u32, u32, u32);

/// OWASP, Password Storage Cheat Sheet: argon2id.
const COST: Cost = (19 * 1024, 2, 1);
const SALT_BYTES: usize = 16;
const HASH_BYTES: usize = 32;
/// Hashes at once: each holds 19 MiB and a processor.
const AT_ONCE: usize = 4;
/// Longest wait for a turn.
const PATIENCE: Duration = Duration::from_secs(10);

/// Turns for hashing.
#[derive(Debug, Clone)]
pub(crate) struct Hashing(Arc<Semaphore>);

impl Default for Hashing {
    fn default() -> Self {
        Self(Arc::new(Semaphore::new(AT_ONCE)))
    }
}

impl Portal {
    /// The hash of a password, to keep.
    pub(super) async fn hashed(&self, password: &str) -> Result<String, Failure> {
        let password = composed_password(password);
        self.hashing(move || {
            let salt = random::<SALT_BYTES>()?;
            let hash = computed(&password, &salt, COST)?;
            let (m, t, p) = COST;
            let (salt, hash) = (STANDARD_NO_PAD.encode(salt), STANDARD_NO_PAD.encode(hash));
            Ok(format!("$argon2id$v=19$m={m},t={t},p={p}${salt}${hash}"))
        })
        .await
    }

    /// Whether a password has this hash. Without a hash it takes as long, and is false.
    pub(super) async fn matches(
        &self,
        password: &str,
        hash: Option<String>,
    ) -> Result<bool, Failure> {
        let password = composed_password(password);
        self.hashing(move || {
            let Some(hash) = hash else {
                computed(&password, &[0; SALT_BYTES], COST)?;
                return Ok(false);
            };
            let (cost, salt, kept) =
                parts(&hash).ok_or_else(|| Failure::internal("a password's hash is damaged"))?;
            Ok(same(&computed(&password, &salt, cost)?, &kept))
        })
        .await
    }

    async fn hashing<T: Send + 'static>(
        &self,
        work: impl FnOnce() -> Result<T, Failure> + Send + 'static,
    ) -> Result<T, Failure> {
        let turns = self.hashing_turns().0.clone();
        let turn = tokio::time::timeout(PATIENCE, turns.acquire_owned()).await;
        let busy = || Failure::Unavailable {
            cause: "too many passwords are looked at".to_owned(),
        };
        let turn = turn.map_err(|_| busy())?.map_err(|_| busy())?;
        // The turn ends with the work, not with whoever waits for it.
        let worked = tokio::task::spawn_blocking(move || {
            let worked = work();
            drop(turn);
            worked
        });
        worked.await.map_err(Failure::internal)?
    }
}

fn computed(password: &str, salt: &[u8], (m, t, p): Cost) -> Result<[u8; HASH_BYTES], Failure> {
    let params = Params::new(m, t, p, Some(HASH_BYTES)).map_err(Failure::internal)?;
    let argon2 = Argon2::new(Algorithm::Argon2id, Version::V0x13, params);
    let mut hash = [0; HASH_BYTES];
    let made = argon2.hash_password_into(password.as_bytes(), salt, &mut hash);
    made.map_err(Failure::internal)?;
    Ok(hash)
}

/// Cost, salt and hash of the usual form.
fn parts(text: &str) -> Option<(Cost, Vec<u8>, Vec<u8>)> {
    let rest = text.strip_prefix("$argon2id$v=19$")?;
    let mut parts = rest.split('$');
    let (cost, salt, hash) = (parts.next()?, parts.next()?, parts.next()?);
    let mut figures = cost.split(',').zip(["m=", "t=", "p="]).map(|(it, name)| {
        let figure = it.strip_prefix(name)?;
        figure.parse().ok()
    });
    let cost = (figures.next()??, figures.next()??, figures.next()??);
    let decoded = |it| STANDARD_NO_PAD.decode(it).ok();
    Some((cost, decoded(salt)?, decoded(hash)?))
}

/// Compares without telling by its time where they differ.
fn same(a: &[u8], b: &[u8]) -> bool {
    a.len() == b.len() && a.iter().zip(b).fold(0, |all, (a, b)| all | (a ^ b)) == 0
}

#[cfg(test)]
mod tests;

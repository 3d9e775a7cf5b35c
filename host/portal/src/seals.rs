//! The key of secrets: a new one, and everything sealed anew with it.

use dinh_store::{Sealed, SealedPlace};
use serde::Serialize;
use serde_json::json;

use crate::audit::Act;
use crate::failure::Failure;
use crate::portal::Portal;
use crate::{people, settings, submission};

/// Texts that are sealed anew in one transaction.
const BATCH: u32 = 200;

/// A key of the file, as operators see it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct SealLine {
    /// Its short name.
    pub key: String,
    /// `seals`, `opens`, or `missing`: the file does not have it, and what it sealed cannot be opened.
    pub state: &'static str,
    /// How many texts it sealed.
    pub sealed: u64,
}

impl Portal {
    /// The keys of the file, and those that it lacks.
    pub async fn seals(&self) -> Result<Vec<SealLine>, Failure> {
        let keys = self.seal_key().ids().map_err(Failure::internal)?;
        let counts = self.store().sealed_counts().await?;
        let sealed = |key: &str| {
            let found = counts.iter().find(|(known, _)| known == key);
            found.map_or(0, |(_, count)| *count)
        };
        let mut lines: Vec<SealLine> = keys
            .iter()
            .enumerate()
            .map(|(at, key)| SealLine {
                key: key.clone(),
                state: if at == 0 { "seals" } else { "opens" },
                sealed: sealed(key),
            })
            .collect();
        let missing = counts.iter().filter(|(key, _)| !keys.contains(key));
        lines.extend(missing.map(|(key, sealed)| SealLine {
            key: key.clone(),
            state: "missing",
            sealed: *sealed,
        }));
        Ok(lines)
    }

    /// Adds a key that seals nothing yet, so that other nodes and the backup of keys get it first. Its short name.
    pub async fn add_seal(&self, by: &str) -> Result<String, Failure> {
        let key = self.seal_key().add().map_err(Failure::internal)?;
        self.record_seal(by, "seal-added", &key, 0).await?;
        Ok(key)
    }

    /// From now on the newest key seals, and seals everything anew. Killed midway it goes on where it was when it is
    /// asked again. Its short name, and how many texts it sealed anew.
    pub async fn renew_seals(&self, by: &str) -> Result<(String, u64), Failure> {
        let keys = self.seal_key().ids().map_err(Failure::internal)?;
        let counts = self.store().sealed_counts().await?;
        let others = counts.iter().any(|(key, _)| Some(key) != keys.first());
        // What was begun is finished before the next key is taken.
        let key = match keys.first() {
            Some(first) if others => first.clone(),
            _ => self.seal_key().use_newest().map_err(Failure::internal)?,
        };
        let mut done = 0;
        loop {
            let batch = self.store().sealed_by_others(&key, BATCH).await?;
            if batch.is_empty() {
                break;
            }
            let mut tx = self.store().begin_write().await?;
            for sealed in &batch {
                if let Some(text) = self.sealed_anew(sealed)? {
                    tx.seal_anew(sealed, &text).await?;
                    done += 1;
                }
            }
            tx.commit().await?;
        }
        self.record_seal(by, "seals-renewed", &key, done).await?;
        Ok((key, done))
    }

    /// Takes the keys out of the file that seal nothing any more. How many went.
    pub async fn forget_seals(&self, by: &str) -> Result<usize, Failure> {
        let keys = self.seal_key().ids().map_err(Failure::internal)?;
        let first = keys.first().cloned().unwrap_or_default();
        let counts = self.store().sealed_counts().await?;
        if let Some((key, count)) = counts.iter().find(|(key, _)| *key != first) {
            return Err(Failure::Refused(format!(
                "{count} texts are sealed with the key {key}: seal them anew first (dinh seal renew)"
            )));
        }
        let gone = self.seal_key().forget_former().map_err(Failure::internal)?;
        self.record_seal(by, "seals-forgotten", &first, gone as u64).await?;
        Ok(gone)
    }

    fn sealed_anew(&self, sealed: &Sealed) -> Result<Option<String>, Failure> {
        let place = match &sealed.place {
            SealedPlace::Setting(plugin, site, name) => settings::place(plugin, site, name),
            SealedPlace::SecondFactor(account) | SealedPlace::PendingFactor(account) => {
                people::totp::place(account)
            }
            SealedPlace::Private(entry) => submission::sealed_for(entry),
        };
        let anew = self.seal_key().sealed_anew(&place, &sealed.text);
        anew.map_err(|error| Failure::Refused(format!("{place:?}: {error}")))
    }

    async fn record_seal(&self, by: &str, what: &str, key: &str, count: u64) -> Result<(), Failure> {
        let act = Act {
            what,
            kind: "seal",
            subject: key,
            before: None,
            after: Some(json!({"count": count})),
        };
        let mut tx = self.store().begin_write().await?;
        tx.audit(self.act(by, act));
        tx.commit().await?;
        Ok(())
    }
}

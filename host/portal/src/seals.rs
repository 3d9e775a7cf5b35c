//! The key of secrets: a new one, and everything sealed anew with it.

use dinh_store::{Sealed, SealedPlace};
use serde::Serialize;
use serde_json::json;

use crate::audit::Act;
use crate::failure::Failure;
use crate::portal::Portal;
use crate::{mail, people, settings, submission, subscription};

/// Texts that are sealed anew in one transaction.
const BATCH: u32 = 200;

/// A key of the file, as operators see it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct SealLine {
    /// Its short name.
    pub key: String,
    /// `seals`, `opens`, `waits` for `dinh seal renew`, or `missing`: the file does not have it, and what it sealed cannot be opened.
    pub state: &'static str,
    /// How many texts it sealed.
    pub sealed: u64,
}

/// What came of a new key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Renewed {
    /// Short name of the key that seals.
    pub key: String,
    /// Texts that were sealed anew.
    pub done: u64,
    /// What cannot be opened, and why.
    pub closed: Vec<String>,
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
        let waiting = self.seal_key().pending_id().map_err(Failure::internal)?;
        lines.extend(waiting.iter().map(|key| SealLine {
            key: key.clone(),
            state: "waits",
            sealed: sealed(key),
        }));
        let keys = [keys, waiting.into_iter().collect()].concat();
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

    /// From now on the key seals that was added and waits, and everything is sealed anew with it. Asked again it goes on
    /// where it was, and never back to a former key. What cannot be opened stays as it is and is named.
    pub async fn renew_seals(&self, by: &str) -> Result<Renewed, Failure> {
        let key = self.seal_key().use_newest().map_err(Failure::internal)?;
        let mut renewed = Renewed {
            key,
            done: 0,
            closed: Vec::new(),
        };
        loop {
            let passed = renewed.closed.len();
            let batch = self.store().sealed_by_others(&renewed.key, (passed, BATCH));
            let batch = batch.await?;
            if batch.is_empty() {
                break;
            }
            let mut tx = self.store().begin_write().await?;
            for sealed in &batch {
                match self.sealed_anew(sealed) {
                    Ok(text) => {
                        tx.seal_anew(sealed, &text).await?;
                        renewed.done += 1;
                    }
                    Err(why) => renewed.closed.push(why),
                }
            }
            tx.commit().await?;
        }
        self.record_seal(by, "seals-renewed", &renewed.key, renewed.done)
            .await?;
        Ok(renewed)
    }

    /// Takes the keys out of the file that seal nothing any more. How many went.
    pub async fn forget_seals(&self, by: &str) -> Result<usize, Failure> {
        let keys = self.seal_key().ids().map_err(Failure::internal)?;
        let counts = self.store().sealed_counts().await?;
        let mut former = keys.iter().skip(1);
        let needed = former.find_map(|key| counts.iter().find(|(known, _)| known == key));
        if let Some((key, count)) = needed {
            return Err(Failure::Refused(format!(
                "{count} texts are sealed with the key {key}: seal them anew first (dinh seal renew)"
            )));
        }
        let gone = self.seal_key().forget_former().map_err(Failure::internal)?;
        let first = keys.first().cloned().unwrap_or_default();
        self.record_seal(by, "seals-forgotten", &first, gone as u64)
            .await?;
        Ok(gone)
    }

    fn sealed_anew(&self, sealed: &Sealed) -> Result<String, String> {
        let place = match &sealed.place {
            SealedPlace::Setting(plugin, site, name) => settings::place(plugin, site, name),
            SealedPlace::SecondFactor(account) | SealedPlace::PendingFactor(account) => {
                people::totp::place(account)
            }
            SealedPlace::Private(entry) => submission::sealed_for(entry),
            SealedPlace::Mail(id) => mail::sealed_for(id),
            SealedPlace::Subscription(id) => subscription::sealed_for(id),
        };
        let anew = self.seal_key().sealed_anew(&place, &sealed.text);
        anew.map_err(|error| format!("{}: {error}", place.replace('\n', " ")))
    }

    async fn record_seal(
        &self,
        by: &str,
        what: &str,
        key: &str,
        count: u64,
    ) -> Result<(), Failure> {
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

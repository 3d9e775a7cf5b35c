//! What one call of a plugin reads and writes of its values by key. Nothing lasts before
//! [`Portal::keep_writes`]: a call that ends badly leaves everything as it was.

use std::collections::BTreeMap;

use dinh_runtime::{KvError, KvItem, KvPage};
use dinh_store::{KvBatch, KvEntry, KvKept, KvOwner, KvUse, StoreError, WriteTx};
use tokio::sync::Mutex;

use crate::allowance::{Limit, Writes};
use crate::failure::Failure;
use crate::portal::Portal;

/// As much as one plugin keeps on one site: the drafts and counters of a busy form, not its archive.
pub(crate) const KV_MOST: KvUse = KvUse {
    keys: 10_000,
    bytes: 4 << 20,
};

/// The values as one call sees them.
pub(crate) struct CallValues {
    portal: Portal,
    owner: KvOwner,
    writes: Writes,
    seen: Mutex<Seen>,
}

#[derive(Default)]
struct Seen {
    /// What is stored of each key that was asked for: value and step.
    stored: BTreeMap<String, Option<KvEntry>>,
    /// What the call wrote; none deletes.
    puts: BTreeMap<String, Option<String>>,
    /// How much is stored in all, as soon as that matters.
    usage: Option<KvUse>,
}

impl CallValues {
    pub(crate) fn new(portal: Portal, owner: KvOwner, writes: Writes) -> Self {
        Self {
            portal,
            owner,
            writes,
            seen: Mutex::default(),
        }
    }

    pub(crate) async fn get(&self, key: &str) -> Result<Option<String>, KvError> {
        let mut seen = self.seen.lock().await;
        if let Some(value) = seen.puts.get(key) {
            return Ok(value.clone());
        }
        let stored = self.stored(&mut seen, key).await?;
        Ok(stored.map(|entry| entry.value))
    }

    pub(crate) async fn set(&self, key: &str, value: Option<&str>) -> Result<(), KvError> {
        if self.writes == Writes::Refused {
            return Err(KvError::ReadOnly);
        }
        let (plugin, site) = (&self.owner.plugin, &self.owner.site);
        let (allowances, now) = (self.portal.allowances(), self.portal.now());
        if !allowances.may_write(plugin, site, self.writes, now) {
            return Err(KvError::Rate(Limit::Writes.words()));
        }
        let mut seen = self.seen.lock().await;
        self.stored(&mut seen, key).await?;
        let usage = match seen.usage {
            Some(usage) => usage,
            None => {
                let usage = self.portal.store().kv_use(&self.owner).await;
                *seen.usage.insert(usage.map_err(away)?)
            }
        };
        let before = seen.puts.insert(key.to_owned(), value.map(str::to_owned));
        let then = seen.then(usage);
        // What shrinks is taken however much there is.
        if value.is_some() && (then.keys > KV_MOST.keys || then.bytes > KV_MOST.bytes) {
            match before {
                Some(before) => seen.puts.insert(key.to_owned(), before),
                None => seen.puts.remove(key),
            };
            allowances.is_full(plugin, site, Limit::Values, now);
            return Err(KvError::Quota(too_much()));
        }
        Ok(())
    }

    pub(crate) async fn scan(
        &self,
        prefix: &str,
        cursor: Option<&str>,
        limit: u32,
    ) -> Result<KvPage, KvError> {
        let mut seen = self.seen.lock().await;
        let after = cursor.unwrap_or_default();
        // As many more as this call may have deleted, and one that says whether there is a next page.
        let written = u32::try_from(seen.puts.len()).unwrap_or(u32::MAX);
        let most = limit.saturating_add(written).saturating_add(1);
        let store = self.portal.store();
        let found = store.kv_scan(&self.owner, prefix, after, most).await;
        let mut values = BTreeMap::new();
        for entry in found.map_err(away)? {
            values.insert(entry.key.clone(), entry.value.clone());
            // What was read first stays what the call saw.
            seen.stored.entry(entry.key.clone()).or_insert(Some(entry));
        }
        let puts = seen.puts.iter();
        let puts = puts.filter(|(key, _)| key.starts_with(prefix) && key.as_str() > after);
        for (key, value) in puts {
            match value {
                Some(value) => values.insert(key.clone(), value.clone()),
                None => values.remove(key),
            };
        }
        let is_last = values.len() <= limit as usize;
        let items = values.into_iter().take(limit as usize);
        let items: Vec<KvItem> = items.map(|(key, value)| KvItem { key, value }).collect();
        let last = items.last().filter(|_| !is_last);
        Ok(KvPage {
            next: last.map(|item| item.key.clone()),
            items,
        })
    }

    async fn stored(&self, seen: &mut Seen, key: &str) -> Result<Option<KvEntry>, KvError> {
        if let Some(known) = seen.stored.get(key) {
            return Ok(known.clone());
        }
        let found = self.portal.store().kv_get(&self.owner, key).await;
        let found = found.map_err(away)?;
        seen.stored.insert(key.to_owned(), found.clone());
        Ok(found)
    }
}

impl Seen {
    /// How much there will be.
    fn then(&self, mut usage: KvUse) -> KvUse {
        for (key, value) in &self.puts {
            if let Some(Some(entry)) = self.stored.get(key) {
                usage.keys -= 1;
                usage.bytes -= size(key, &entry.value);
            }
            if let Some(value) = value {
                usage.keys += 1;
                usage.bytes += size(key, value);
            }
        }
        usage
    }
}

/// What became of a call's writes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Keeping {
    /// They last.
    Kept,
    /// Another call has changed what this one had read: it is to run again.
    Changed,
    /// More than may be kept, by another call's doing meanwhile.
    TooMuch,
    /// The step of a job is no longer this call's to end.
    Lost,
}

impl CallValues {
    /// Writes what the call wrote. Unless it is kept, the transaction must be dropped.
    pub(crate) async fn write(&self, tx: &mut WriteTx) -> Result<Keeping, Failure> {
        let batch = {
            let seen = self.seen.lock().await;
            let step = |entry: &Option<KvEntry>| entry.as_ref().map_or(0, |entry| entry.step);
            let stored = seen.stored.iter();
            KvBatch {
                seen: stored
                    .map(|(key, entry)| (key.clone(), step(entry)))
                    .collect(),
                puts: seen.puts.clone(),
                most: KV_MOST,
            }
        };
        if batch.puts.is_empty() {
            return Ok(Keeping::Kept);
        }
        let now = self.portal.now();
        match tx.kv_write(&self.owner, &batch, now).await? {
            KvKept::Kept => Ok(Keeping::Kept),
            KvKept::Changed => Ok(Keeping::Changed),
            KvKept::TooMuch => {
                let (plugin, site) = (&self.owner.plugin, &self.owner.site);
                self.portal
                    .allowances()
                    .is_full(plugin, site, Limit::Values, now);
                Ok(Keeping::TooMuch)
            }
        }
    }

    pub(crate) async fn is_untouched(&self) -> bool {
        self.seen.lock().await.puts.is_empty()
    }
}

fn too_much() -> String {
    format!(
        "at most {} keys and {} bytes are kept on a site",
        KV_MOST.keys, KV_MOST.bytes
    )
}

fn size(key: &str, value: &str) -> i64 {
    i64::try_from(key.len() + value.len()).unwrap_or(i64::MAX)
}

/// Vendors never read the database's own words.
fn away(error: StoreError) -> KvError {
    tracing::error!(%error, "a plugin's value cannot be read");
    KvError::Unavailable("the portal cannot read this now".to_owned())
}

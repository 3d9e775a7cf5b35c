//! The one way to change the data: a transaction.

use std::collections::{BTreeMap, BTreeSet};

use dinh_domain::dates::Instant;
use dinh_domain::ids::{EntryId, SiteId};
use sqlx::AnyConnection;
use sqlx::{Any, Transaction};

use crate::dialect::Dialect;
use crate::error::StoreError;
use crate::log::{self, NewChange};
use crate::sql::Sql;

/// A write transaction. Dropped without [`WriteTx::commit`], nothing of it remains.
#[derive(Debug)]
pub struct WriteTx {
    tx: Transaction<'static, Any>,
    dialect: Dialect,
    changes: Vec<NewChange>,
    touched: BTreeMap<EntryId, (SiteId, Instant)>,
}

impl WriteTx {
    pub(crate) fn new(tx: Transaction<'static, Any>, dialect: Dialect) -> Self {
        Self {
            tx,
            dialect,
            changes: Vec::new(),
            touched: BTreeMap::new(),
        }
    }

    /// Notes a change; its number comes at commit.
    pub fn log_change(&mut self, change: NewChange) {
        self.changes.push(change);
    }

    /// Makes everything last. Returns the number of this transaction's last change, or the log's
    /// highest number when it changed nothing.
    ///
    /// An entry whose public face this transaction touched is always in the log, named by the use
    /// case or, failing that, by the store: indexes and caches follow the log.
    pub async fn commit(mut self) -> Result<i64, StoreError> {
        let named: BTreeSet<EntryId> = self
            .changes
            .iter()
            .filter_map(|it| it.entry.clone())
            .collect();
        for (entry, (site, at)) in std::mem::take(&mut self.touched) {
            if !named.contains(&entry) {
                self.changes.push(NewChange::touched(&site, &entry, at));
            }
        }
        let number = if self.changes.is_empty() {
            log::last_number(&mut self.tx).await?
        } else {
            let number = log::append(&mut self.tx, &self.changes).await?;
            if let Some(statement) = self.dialect.announcement() {
                Sql::new(statement).all(&mut self.tx).await?;
            }
            number
        };
        self.tx.commit().await?;
        Ok(number)
    }

    pub(crate) fn on(&mut self) -> &mut AnyConnection {
        &mut self.tx
    }

    pub(crate) fn dialect(&self) -> Dialect {
        self.dialect
    }

    /// Notes that the public face of an entry may have changed.
    pub(crate) fn touch(&mut self, site: &SiteId, entry: &EntryId, at: Instant) {
        self.touched.insert(entry.clone(), (site.clone(), at));
    }
}

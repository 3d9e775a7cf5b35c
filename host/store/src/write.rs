//! The one way to change the data: a transaction.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use dinh_domain::dates::Instant;
use dinh_domain::ids::{CollectionId, EntryId, SiteId};
use sqlx::{Any, AnyConnection, Transaction};

use crate::audit::{self, NewAudit};
use crate::dialect::Dialect;
use crate::error::StoreError;
use crate::index::pointer;
use crate::index::shape::Shape;
use crate::later::Later;
use crate::log::{self, NewChange};
use crate::sql::Sql;

/// A write transaction. Dropped without [`WriteTx::commit`], nothing of it remains.
#[derive(Debug)]
pub struct WriteTx {
    tx: Transaction<'static, Any>,
    dialect: Dialect,
    changes: Vec<NewChange>,
    pub(crate) audits: Vec<NewAudit>,
    touched: BTreeMap<EntryId, (SiteId, Instant)>,
    committed: Arc<AtomicI64>,
    /// Index tables, by the hash of their declaration: kept in use until the transaction ends.
    index_tables: HashMap<String, String>,
    /// Other tables of those collections, by the same hash: each needs to know of every row.
    pub(crate) other_tables: HashMap<String, Vec<String>>,
    pub(crate) later: Later,
}

impl WriteTx {
    pub(crate) fn new(
        tx: Transaction<'static, Any>,
        dialect: Dialect,
        committed: Arc<AtomicI64>,
    ) -> Self {
        Self {
            tx,
            dialect,
            committed,
            changes: Vec::new(),
            audits: Vec::new(),
            touched: BTreeMap::new(),
            index_tables: HashMap::new(),
            other_tables: HashMap::new(),
            later: Later::default(),
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
        self.write_later().await?;
        // Lock order: counters, entries, audit, change log.
        if !self.audits.is_empty() {
            let acts = std::mem::take(&mut self.audits);
            audit::append(&mut self.tx, self.dialect, &acts).await?;
        }
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
        // Before anybody is told: what was kept of earlier answers is now known to be old.
        self.committed.fetch_max(number, Ordering::SeqCst);
        Ok(number)
    }

    pub(crate) fn on(&mut self) -> &mut AnyConnection {
        &mut self.tx
    }

    /// The table that holds the index of a declaration; asked for once in a transaction, which
    /// keeps it from being switched.
    pub(crate) async fn index_table(
        &mut self,
        id: &CollectionId,
        shape: &Shape,
    ) -> Result<String, StoreError> {
        if let Some(table) = self.index_tables.get(&shape.hash) {
            return Ok(table.clone());
        }
        let keep = self.dialect.keep();
        let table = pointer::table(self.on(), id, shape, keep).await?;
        self.index_tables.insert(shape.hash.clone(), table.clone());
        Ok(table)
    }

    pub(crate) fn dialect(&self) -> Dialect {
        self.dialect
    }

    /// Notes that the public face of an entry may have changed.
    pub(crate) fn touch(&mut self, site: &SiteId, entry: &EntryId, at: Instant) {
        self.touched.insert(entry.clone(), (site.clone(), at));
    }
}

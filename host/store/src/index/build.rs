//! Building an index beside the one in use, and switching to it.

use std::collections::BTreeSet;

use dinh_domain::dates::LocalTime;
use dinh_domain::declaration::Collection;
use dinh_domain::ids::{CollectionId, EntryId};
use sqlx::{AssertSqlSafe, raw_sql};

use super::pointer::{self, Pointer};
use super::row;
use super::shape::Shape;
use super::{IndexBuild, behind, former, shape};
use crate::entry::{Which, public_bodies};
use crate::error::StoreError;
use crate::log;
use crate::sql::{Columns, Sql};
use crate::store::Store;
use crate::write::WriteTx;

/// Entries indexed in one transaction: other writers wait no longer than it lasts, and bodies of a
/// megabyte each still fit in memory.
const BATCH: u32 = 200;
/// Changes read at once when the build catches up.
const CATCH_UP: u32 = 1_000;

/// One build under way.
struct Build<'a> {
    store: &'a Store,
    id: &'a CollectionId,
    collection: &'a Collection,
    shape: Shape,
    table: String,
    now: LocalTime,
}

impl Store {
    /// Sees to it that a collection's index is the one its declaration asks for. Call it before
    /// anything else is done with the collection.
    pub async fn ensure_index(
        &self,
        id: &CollectionId,
        collection: &Collection,
        now: LocalTime,
    ) -> Result<IndexBuild, StoreError> {
        let shape = Shape::of(id, collection)?;
        if !self.is_there(id, &shape).await? {
            let _lock = self.schema_lock().await?;
            // Another node may have built it while we waited.
            if !self.is_there(id, &shape).await? {
                return self.build(id, collection, shape, now).await;
            }
        }
        self.use_index(id, collection, now.date()).await?;
        self.mend_index(id, collection, now).await?;
        Ok(IndexBuild::Ready)
    }

    /// Builds a collection's index anew, whatever is there.
    pub async fn rebuild_index(
        &self,
        id: &CollectionId,
        collection: &Collection,
        now: LocalTime,
    ) -> Result<IndexBuild, StoreError> {
        let shape = Shape::of(id, collection)?;
        let _lock = self.schema_lock().await?;
        self.build(id, collection, shape, now).await
    }

    async fn is_there(&self, id: &CollectionId, shape: &Shape) -> Result<bool, StoreError> {
        let mut on = self.reader().await?;
        let known = pointer::known(&mut on, id).await?;
        Ok(known.iter().any(|it| it.hash == shape.hash))
    }

    async fn build(
        &self,
        id: &CollectionId,
        collection: &Collection,
        shape: Shape,
        now: LocalTime,
    ) -> Result<IndexBuild, StoreError> {
        let known = pointer::known(&mut *self.reader().await?, id).await?;
        let [first, second] = shape.tables();
        let is_taken = known.iter().any(|it| it.table == first);
        let table = if is_taken { second } else { first };
        let build = Build {
            store: self,
            id,
            collection,
            shape,
            table,
            now,
        };
        let since = build.create().await?;
        build.fill().await?;
        build.switch(since).await
    }
}

impl Build<'_> {
    /// Makes the empty tables; what a build left that never ended is dropped. Returns the number
    /// of the last change before the first row is read.
    async fn create(&self) -> Result<i64, StoreError> {
        let mut tx = self.begin().await?;
        sweep(&mut tx).await?;
        let ddl = tx.dialect().ddl(&self.shape.creation(&self.table));
        raw_sql(AssertSqlSafe(ddl)).execute(tx.on()).await?;
        pointer::reserve(tx.on(), self.id, self.now.date()).await?;
        let since = log::last_number(tx.on()).await?;
        tx.commit().await?;
        Ok(since)
    }

    async fn fill(&self) -> Result<(), StoreError> {
        let mut cursor: Option<EntryId> = None;
        loop {
            let mut tx = self.begin().await?;
            let which = Which::After(cursor.as_ref(), BATCH);
            let batch = public_bodies(tx.on(), self.id, which).await?;
            for public in &batch {
                self.put(&mut tx, public).await?;
            }
            tx.commit().await?;
            match batch.last() {
                Some(last) => cursor = Some(last.id.clone()),
                None => return Ok(()),
            }
        }
    }

    /// In one transaction: waits for the writers that still use the old table, takes in what they
    /// changed since the build began and points to the new table. The old one is dropped if it was
    /// made for the same declaration, and kept for a while if it was made for another.
    async fn switch(&self, since: i64) -> Result<IndexBuild, StoreError> {
        let mut tx = self.begin().await?;
        let lock = tx.dialect().lock();
        let former = pointer::find(tx.on(), self.id, lock).await?;
        for entry in self.changed(&mut tx, since).await? {
            row::delete(tx.on(), &self.table, &entry).await?;
            for public in public_bodies(tx.on(), self.id, Which::Only(&entry)).await? {
                self.put(&mut tx, &public).await?;
            }
        }
        let count = Sql::new(format!("select count(*) as n from {}", self.table))
            .optional(tx.on())
            .await?;
        let rows = count.map_or(Ok(0), |row| row.integer("n"))?;
        let to = Pointer {
            hash: self.shape.hash.clone(),
            table: self.table.clone(),
        };
        pointer::switch(tx.on(), self.id, &to, self.now.date()).await?;
        former::forget(tx.on(), self.id, &to.hash).await?;
        let is_other = |it: &Pointer| it.hash != to.hash && !it.table.is_empty();
        if let Some(former) = former.filter(is_other) {
            former::keep(tx.on(), self.id, &former, self.now.date()).await?;
        }
        behind::forget(tx.on(), self.id, &to.hash).await?;
        sweep(&mut tx).await?;
        tx.commit().await?;
        tracing::info!(collection = %self.id, rows, table = self.table, "index built");
        Ok(IndexBuild::Built {
            rows: u64::try_from(rows).unwrap_or_default(),
        })
    }

    async fn changed(&self, tx: &mut WriteTx, since: i64) -> Result<BTreeSet<EntryId>, StoreError> {
        let mut number = since;
        let mut entries = BTreeSet::new();
        loop {
            let changes = log::since(tx.on(), number, CATCH_UP).await?;
            let Some(last) = changes.last() else {
                return Ok(entries);
            };
            number = last.number;
            entries.extend(changes.into_iter().filter_map(|change| change.entry));
        }
    }

    async fn put(
        &self,
        tx: &mut WriteTx,
        public: &crate::entry::PublicBody,
    ) -> Result<(), StoreError> {
        row::put(
            tx.on(),
            &self.shape,
            &self.table,
            self.collection,
            public,
            self.now,
        )
        .await
    }

    async fn begin(&self) -> Result<WriteTx, StoreError> {
        let mut tx = self.store.begin_write().await?;
        let dialect = tx.dialect();
        dialect.no_timeout(tx.on()).await?;
        Ok(tx)
    }
}

/// Drops every index table that no pointer leads to: the one replaced just now, and what builds
/// that never ended have left. The schema lock sees to it that no other build is under way.
pub(super) async fn sweep(tx: &mut WriteTx) -> Result<(), StoreError> {
    let in_use: BTreeSet<String> = pointer::all(tx.on()).await?.into_iter().collect();
    let mut unused = Vec::new();
    let list = tx.dialect().list_tables();
    for row in Sql::new(list).all(tx.on()).await? {
        let name = row.text("name")?;
        let is_in_use = shape::main_table(&name).is_none_or(|main| in_use.contains(main));
        if !is_in_use {
            unused.push(name);
        }
    }
    unused.sort_by_key(String::len);
    // Readers open a main table before its side tables: who drops those of a collection waits in the same order, so
    // that nobody waits for a reader who waits for them.
    if !tx.dialect().writes_alone() && !unused.is_empty() {
        let names = unused.join(", ");
        raw_sql(AssertSqlSafe(format!(
            "lock table {names} in access exclusive mode"
        )))
        .execute(tx.on())
        .await?;
    }
    // Side tables, whose names are longer, refer to their main table.
    for name in unused.iter().rev() {
        raw_sql(AssertSqlSafe(format!("drop table {name}")))
            .execute(tx.on())
            .await?;
    }
    Ok(())
}

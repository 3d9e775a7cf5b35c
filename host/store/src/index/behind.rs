//! Rows of index tables that fell behind: a node of one declaration published, and could not make
//! the row that a table of another declaration needs. The nodes that know that declaration do.

use dinh_domain::dates::LocalTime;
use dinh_domain::declaration::Collection;
use dinh_domain::ids::{CollectionId, EntryId};
use sqlx::AnyConnection;

use super::shape::Shape;
use super::{pointer, row};
use crate::entry::{Which, public_bodies};
use crate::error::StoreError;
use crate::sql::{Columns, Sql};
use crate::store::Store;
use crate::write::WriteTx;

/// Rows mended in one transaction: publishers wait for it.
const BATCH: i64 = 100;

impl Store {
    /// Makes those rows of a collection's index anew that nodes of another declaration have
    /// changed. How many there were.
    pub async fn mend_index(
        &self,
        id: &CollectionId,
        collection: &Collection,
        now: LocalTime,
    ) -> Result<u64, StoreError> {
        let shape = Shape::of(id, collection)?;
        let mut mended = 0;
        while !next(&mut *self.reader().await?, id, &shape)
            .await?
            .is_empty()
        {
            let mut tx = self.begin_write().await?;
            mended += tx.mend_index(id, collection, now).await?;
            tx.commit().await?;
        }
        Ok(mended)
    }
}

impl WriteTx {
    /// The same for a batch of rows at most, in this transaction.
    pub async fn mend_index(
        &mut self,
        id: &CollectionId,
        collection: &Collection,
        now: LocalTime,
    ) -> Result<u64, StoreError> {
        let shape = Shape::of(id, collection)?;
        if next(self.on(), id, &shape).await?.is_empty() {
            return Ok(0);
        }
        // Whoever publishes keeps this row: what they noted is there once we have it.
        let lock = self.dialect().lock();
        let table = pointer::table(self.on(), id, &shape, lock).await?;
        let behind = next(self.on(), id, &shape).await?;
        for entry in &behind {
            row::delete(self.on(), &table, entry).await?;
            for public in public_bodies(self.on(), id, Which::Only(entry)).await? {
                row::put(self.on(), &shape, &table, collection, &public, now).await?;
            }
            Sql::new(
                "delete from index_behind where collection = $1 and hash = $2 and entry_id = $3",
            )
            .with(id)
            .with(&shape.hash)
            .with(entry)
            .run(self.on())
            .await?;
        }
        Ok(behind.len() as u64)
    }
}

async fn next(
    on: &mut AnyConnection,
    id: &CollectionId,
    shape: &Shape,
) -> Result<Vec<EntryId>, StoreError> {
    let rows = Sql::new(
        "select entry_id from index_behind where collection = $1 and hash = $2
         order by entry_id limit $3",
    )
    .with(id)
    .with(&shape.hash)
    .with(BATCH)
    .all(on)
    .await?;
    rows.iter().map(|row| row.read("entry_id")).collect()
}

/// Notes that all tables of a collection but that of one declaration need this entry's row anew.
/// Which tables there are is asked once in a transaction, which keeps them from being switched.
pub(super) async fn note(
    tx: &mut WriteTx,
    id: &CollectionId,
    shape: &Shape,
    entry: &EntryId,
) -> Result<(), StoreError> {
    if !tx.other_tables.contains_key(&shape.hash) {
        let known = pointer::known(tx.on(), id).await?.into_iter();
        let others = known.map(|it| it.hash).filter(|hash| *hash != shape.hash);
        tx.other_tables.insert(shape.hash.clone(), others.collect());
    }
    for hash in tx
        .other_tables
        .get(&shape.hash)
        .cloned()
        .unwrap_or_default()
    {
        Sql::new(
            "insert into index_behind (collection, hash, entry_id) values ($1, $2, $3)
             on conflict (collection, hash, entry_id) do nothing",
        )
        .with(id)
        .with(hash)
        .with(entry)
        .run(tx.on())
        .await?;
    }
    Ok(())
}

/// A table that was just built has every row.
pub(super) async fn forget(
    on: &mut AnyConnection,
    id: &CollectionId,
    hash: &String,
) -> Result<(), StoreError> {
    Sql::new("delete from index_behind where collection = $1 and hash = $2")
        .with(id)
        .with(hash)
        .run(on)
        .await?;
    Ok(())
}

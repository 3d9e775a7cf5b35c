//! Tables of former declarations: kept for nodes of the version before, which go on reading them,
//! and for a way back, until nobody has used them for the rollback window.

use dinh_domain::dates::LocalDate;
use dinh_domain::declaration::Collection;
use dinh_domain::ids::CollectionId;
use sqlx::AnyConnection;

use super::pointer::Pointer;
use super::shape::Shape;
use super::{build, pointer};
use crate::error::StoreError;
use crate::sql::{Columns, Sql};
use crate::store::Store;

/// Tables of former declarations kept for one collection: two updates in one night can be undone.
const FORMER_MAX: usize = 2;

impl Store {
    /// Says that a node reads the index of this declaration today. Without it a former one is
    /// dropped after the rollback window.
    pub async fn use_index(
        &self,
        id: &CollectionId,
        collection: &Collection,
        today: LocalDate,
    ) -> Result<(), StoreError> {
        let shape = Shape::of(id, collection)?;
        let mut on = self.reader().await?;
        let is_noted = Sql::new(
            "select 1 as n from index_former where collection = $1 and hash = $2 and used_on < $3",
        )
        .with(id)
        .with(&shape.hash)
        .with(today)
        .optional(&mut on)
        .await?;
        drop(on);
        if is_noted.is_none() {
            return Ok(());
        }
        let mut tx = self.begin_write().await?;
        Sql::new("update index_former set used_on = $1 where collection = $2 and hash = $3")
            .with(today)
            .with(id)
            .with(&shape.hash)
            .run(tx.on())
            .await?;
        tx.commit().await?;
        Ok(())
    }

    /// Drops the tables of former declarations that nobody has used since a day. How many.
    pub async fn drop_former_indexes(&self, unused_since: LocalDate) -> Result<u64, StoreError> {
        if unused(&mut *self.reader().await?, unused_since)
            .await?
            .is_empty()
        {
            return Ok(0);
        }
        let _lock = self.schema_lock().await?;
        let mut tx = self.begin_write().await?;
        let dialect = tx.dialect();
        dialect.no_timeout(tx.on()).await?;
        let mut dropped = 0;
        for id in unused(tx.on(), unused_since).await? {
            // Publishers keep this row while they write to the tables.
            pointer::find(tx.on(), &id, dialect.lock()).await?;
            dropped += Sql::new("delete from index_former where collection = $1 and used_on < $2")
                .with(&id)
                .with(unused_since)
                .run(tx.on())
                .await?;
            forget_behind(tx.on(), &id).await?;
        }
        build::sweep(&mut tx).await?;
        tx.commit().await?;
        Ok(dropped)
    }
}

/// Collections that have former tables which nobody has used since a day.
async fn unused(on: &mut AnyConnection, since: LocalDate) -> Result<Vec<CollectionId>, StoreError> {
    let rows = Sql::new(
        "select distinct collection from index_former where used_on < $1 order by collection",
    )
    .with(since)
    .all(on)
    .await?;
    rows.iter().map(|row| row.read("collection")).collect()
}

/// Keeps the table that was in use until now, and no more than [`FORMER_MAX`] in all.
pub(super) async fn keep(
    on: &mut AnyConnection,
    id: &CollectionId,
    former: &Pointer,
    today: LocalDate,
) -> Result<(), StoreError> {
    Sql::new(
        "insert into index_former (collection, hash, table_name, used_on) values ($1, $2, $3, $4)
         on conflict (collection, hash) do update
         set table_name = excluded.table_name, used_on = excluded.used_on",
    )
    .with(id)
    .with(&former.hash)
    .with(&former.table)
    .with(today)
    .run(on)
    .await?;
    let rows = Sql::new(
        "select hash from index_former where collection = $1 order by used_on desc, hash = $2 desc, hash",
    )
    .with(id)
    .with(&former.hash)
    .all(on)
    .await?;
    for row in rows.iter().skip(FORMER_MAX) {
        forget(on, id, &row.text("hash")?).await?;
    }
    Ok(())
}

/// A table is no longer a former one: it is in use again, or goes.
pub(super) async fn forget(
    on: &mut AnyConnection,
    id: &CollectionId,
    hash: &str,
) -> Result<(), StoreError> {
    Sql::new("delete from index_former where collection = $1 and hash = $2")
        .with(id)
        .with(hash)
        .run(on)
        .await?;
    forget_behind(on, id).await
}

/// Nothing is behind in tables that are no more.
async fn forget_behind(on: &mut AnyConnection, id: &CollectionId) -> Result<(), StoreError> {
    Sql::new(
        "delete from index_behind where collection = $1
         and hash not in (select hash from index_former where collection = $1)
         and hash not in (select hash from index_pointer where collection = $1)",
    )
    .with(id)
    .run(on)
    .await?;
    Ok(())
}

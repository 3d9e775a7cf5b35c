//! The row that says which table answers for a collection.

use dinh_domain::dates::LocalDate;
use dinh_domain::ids::CollectionId;
use sqlx::AnyConnection;

use super::shape::{Shape, is_name};
use crate::error::StoreError;
use crate::sql::{Columns, Sql, damaged};

/// A collection's table in use.
#[derive(Debug, Clone)]
pub(crate) struct Pointer {
    pub(crate) hash: String,
    /// Empty until the first build is done.
    pub(crate) table: String,
}

/// Reads the pointer; `locking` is what the dialect puts behind the `select`.
pub(crate) async fn find(
    on: &mut AnyConnection,
    collection: &CollectionId,
    locking: &str,
) -> Result<Option<Pointer>, StoreError> {
    let select =
        format!("select hash, table_name from index_pointer where collection = $1{locking}");
    let row = Sql::new(select).with(collection).optional(on).await?;
    let read = row.map(|row| {
        let table = row.text("table_name")?;
        if !table.is_empty() && !is_name(&table) {
            return Err(damaged("table_name", format!("`{table}` is no table")));
        }
        let hash = row.text("hash")?;
        Ok(Pointer { hash, table })
    });
    read.transpose()
}

/// Tables of all declarations of a collection: the newest, and former ones that are kept.
pub(crate) async fn known(
    on: &mut AnyConnection,
    collection: &CollectionId,
) -> Result<Vec<Pointer>, StoreError> {
    let rows = Sql::new(
        "select hash, table_name from index_pointer where collection = $1 and table_name <> ''
         union all select hash, table_name from index_former where collection = $1",
    )
    .with(collection)
    .all(on)
    .await?;
    let mut known = Vec::new();
    for row in &rows {
        let table = row.text("table_name")?;
        if is_name(&table) {
            let hash = row.text("hash")?;
            known.push(Pointer { hash, table });
        }
    }
    Ok(known)
}

/// The table that holds the index of this very declaration. `locking` is for the row of the newest
/// one, which stands for all of a collection.
pub(crate) async fn table(
    on: &mut AnyConnection,
    collection: &CollectionId,
    shape: &Shape,
    locking: &str,
) -> Result<String, StoreError> {
    let found = find(on, collection, locking).await?;
    match found {
        Some(pointer) if pointer.hash == shape.hash && !pointer.table.is_empty() => {
            Ok(pointer.table)
        }
        _ => {
            let known = known(on, collection).await?;
            let former = known.into_iter().find(|it| it.hash == shape.hash);
            former
                .map(|it| it.table)
                .ok_or_else(|| StoreError::IndexNotReady {
                    collection: collection.clone(),
                })
        }
    }
}

/// Makes sure that there is a row to lock.
pub(crate) async fn reserve(
    on: &mut AnyConnection,
    collection: &CollectionId,
    today: LocalDate,
) -> Result<(), StoreError> {
    Sql::new(
        "insert into index_pointer (collection, hash, table_name, built_at)
         values ($1, '', '', $2) on conflict (collection) do nothing",
    )
    .with(collection)
    .with(today)
    .run(on)
    .await?;
    Ok(())
}

/// Switches to another table.
pub(crate) async fn switch(
    on: &mut AnyConnection,
    collection: &CollectionId,
    to: &Pointer,
    today: LocalDate,
) -> Result<(), StoreError> {
    Sql::new(
        "update index_pointer set hash = $1, table_name = $2, built_at = $3 where collection = $4",
    )
    .with(&to.hash)
    .with(&to.table)
    .with(today)
    .with(collection)
    .run(on)
    .await?;
    Ok(())
}

/// All tables that are read.
pub(crate) async fn all(on: &mut AnyConnection) -> Result<Vec<String>, StoreError> {
    let rows = Sql::new(
        "select table_name from index_pointer where table_name <> ''
         union all select table_name from index_former",
    )
    .all(on)
    .await?;
    rows.iter().map(|row| row.text("table_name")).collect()
}

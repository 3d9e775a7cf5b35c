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

/// The table that holds the index of this very declaration.
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
        _ => Err(StoreError::IndexNotReady {
            collection: collection.clone(),
        }),
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

/// All tables in use.
pub(crate) async fn all(on: &mut AnyConnection) -> Result<Vec<(CollectionId, String)>, StoreError> {
    let rows = Sql::new(
        "select collection, table_name from index_pointer where table_name <> '' order by collection",
    )
    .all(on)
    .await?;
    let mut tables = Vec::new();
    for row in &rows {
        let table = row.text("table_name")?;
        if is_name(&table) {
            tables.push((row.read("collection")?, table));
        }
    }
    Ok(tables)
}

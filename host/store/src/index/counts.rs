//! Facet counts: how many entries each value of an index has.

use dinh_domain::declaration::Collection;
use dinh_domain::ids::CollectionId;
use dinh_domain::query::Query;
use dinh_domain::visibility::Scope;
use sqlx::AnyConnection;

use super::filter::Table;
use super::pointer;
use super::shape::Shape;
use crate::error::StoreError;
use crate::sql::{Columns, Sql};
use crate::store::Store;

/// Most values counted: beyond it a reader types instead of choosing.
pub const MAX_COUNTS: u32 = 500;

/// A value with the number of entries that have it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Count {
    /// What it is compared by; a number as text.
    pub key: String,
    /// What people read: the first spelling, bytewise.
    pub shown: String,
    /// Entries.
    pub count: u64,
}

impl Store {
    /// Values of an index among the public entries that meet all filters but those on this index;
    /// the most frequent first, then by key; at most [`MAX_COUNTS`].
    pub async fn counts(
        &self,
        scope: &Scope,
        id: &CollectionId,
        collection: &Collection,
        query: &Query,
        index: &str,
    ) -> Result<Vec<Count>, StoreError> {
        let shape = Shape::of(id, collection)?;
        let mut on = self.reader().await?;
        match counted(&mut on, scope, id, &shape, query, index).await {
            // The table was switched between looking it up and reading it.
            Err(StoreError::TableGone { .. }) => {
                counted(&mut on, scope, id, &shape, query, index).await
            }
            other => other,
        }
    }
}

async fn counted(
    on: &mut AnyConnection,
    scope: &Scope,
    id: &CollectionId,
    shape: &Shape,
    query: &Query,
    index: &str,
) -> Result<Vec<Count>, StoreError> {
    let column = shape.column(index)?;
    let name = pointer::table(on, id, shape, "").await?;
    let table = Table {
        collection: id,
        shape,
        name: &name,
    };
    let (key, shown) = if column.is_list() {
        ("l.key".to_owned(), "l.shown".to_owned())
    } else {
        (
            format!("i.{}", column.key()),
            format!("i.{}", column.shown()),
        )
    };
    let mut sql = Sql::new(format!(
        "select {key} as counted, min({shown}) as shown, count(*) as total from {name} i"
    ));
    if column.is_list() {
        let side = column.side(&name);
        sql.push(&format!(" join {side} l on l.entry_id = i.entry_id"));
    }
    table.push_where(&mut sql, scope, query, Some(index))?;
    sql.push(&format!(
        " and {key} is not null group by {key} order by total desc, counted"
    ));
    sql.limit(MAX_COUNTS);
    let rows = sql.all(on).await?;
    let read = rows.iter().map(|row| {
        let (key, shown) = if column.is_integer() {
            let number = row.integer("counted")?.to_string();
            (number.clone(), number)
        } else {
            (row.text("counted")?, row.text("shown")?)
        };
        let count = u64::try_from(row.integer("total")?).unwrap_or_default();
        Ok(Count { key, shown, count })
    });
    read.collect()
}

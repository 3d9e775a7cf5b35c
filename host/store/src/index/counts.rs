//! Facet counts: how many entries each value of an index has.

use dinh_domain::declaration::Collection;
use dinh_domain::ids::CollectionId;
use dinh_domain::query::Query;
use dinh_domain::visibility::Scope;

use super::filter::Table;
use super::shape::{Column, Shape};
use crate::error::StoreError;
use crate::sql::{Columns, Packed, Sql};
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
        let mut counts = self
            .counts_by(scope, (id, collection), query, &[index])
            .await?;
        Ok(counts.pop().unwrap_or_default())
    }

    /// The same of several indexes, in one statement.
    pub async fn counts_by(
        &self,
        scope: &Scope,
        (id, collection): (&CollectionId, &Collection),
        query: &Query,
        indexes: &[&str],
    ) -> Result<Vec<Vec<Count>>, StoreError> {
        let shape = Shape::of(id, collection)?;
        let columns = indexes.iter().map(|it| shape.column(it));
        let columns = columns.collect::<Result<Vec<_>, _>>()?;
        if columns.is_empty() {
            return Ok(Vec::new());
        }
        let mut on = self.reader().await?;
        let push = |tables: &[Table<'_>], sql: &mut Sql| match tables.first() {
            Some(table) => push_counts(sql, *table, scope, query, &columns),
            None => Ok(()),
        };
        let row = self.answer(&mut on, &[(id, &shape)], push).await?;
        let read = columns.iter().enumerate();
        read.map(|(at, column)| read_counts(column, row.text_or_none(&format!("counts{at}"))?))
            .collect()
    }
}

fn push_counts(
    sql: &mut Sql,
    table: Table<'_>,
    scope: &Scope,
    query: &Query,
    columns: &[&Column],
) -> Result<(), StoreError> {
    let is_own = |column: &Column| query.filters.iter().any(|it| it.index == column.name);
    // What the filters leave is gone through once; without any, database indexes hold the counts.
    let is_narrowed = query.among.is_some() || !query.filters.is_empty();
    if is_narrowed {
        sql.push(", left_over as materialized (select i.entry_id");
        for column in columns.iter().filter(|it| !it.is_list()) {
            for (name, _) in column.stored() {
                sql.push(&format!(", i.{name}"));
            }
        }
        sql.push(&format!(" from {} i", table.name));
        table.push_where(sql, scope, query, None)?;
        sql.push(")");
    }
    sql.push(" select stand");
    for (at, column) in columns.iter().enumerate() {
        let from_all = !is_narrowed || is_own(column);
        let names = ["counted", "shown", "total"].map(str::to_owned);
        let (before, after) = table.dialect.packing(&names);
        let (key, shown) = match column.is_list() {
            true => ("l.key".to_owned(), "l.shown".to_owned()),
            false => (
                format!("i.{}", column.key()),
                format!("i.{}", column.shown()),
            ),
        };
        let from = if from_all { table.name } else { "left_over" };
        sql.push(&format!(
            ", {before}select {key} as counted, min({shown}) as shown, count(*) as total from {from} i"
        ));
        if column.is_list() {
            let side = column.side(table.name);
            sql.push(&format!(" join {side} l on l.entry_id = i.entry_id"));
        }
        if from_all {
            table.push_where(sql, scope, query, Some(&column.name))?;
            sql.push(" and ");
        } else {
            sql.push(" where ");
        }
        sql.push(&format!(
            "{key} is not null group by {key} order by total desc, counted"
        ));
        sql.limit(MAX_COUNTS);
        sql.push(&format!("{after} as counts{at}"));
    }
    sql.push(" from stand");
    Ok(())
}

/// The order is that of the statement: the rows were packed as they came.
fn read_counts(column: &Column, counts: Option<String>) -> Result<Vec<Count>, StoreError> {
    let read = Packed::rows(counts)?.map(|mut row| {
        let (key, shown) = if column.is_integer() {
            let number = row.integer()?.to_string();
            row.integer()?;
            (number.clone(), number)
        } else {
            (row.text()?, row.text()?)
        };
        let count = u64::try_from(row.integer()?).unwrap_or_default();
        Ok(Count { key, shown, count })
    });
    read.collect()
}

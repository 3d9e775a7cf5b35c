//! Lists, and the rows that the calendar makes stale.

use std::collections::{HashMap, HashSet};

use dinh_domain::dates::LocalTime;
use dinh_domain::declaration::{Collection, IndexType};
use dinh_domain::ids::{CollectionId, EntryId};
use dinh_domain::index::{self, IndexRow, IndexValue};
use dinh_domain::query::{Among, Query};
use dinh_domain::visibility::Scope;
use sqlx::AnyConnection;

use super::filter::Table;
use super::shape::Shape;
use super::{ListPage, Summary, pointer};
use crate::entry::headlines_of;
use crate::error::StoreError;
use crate::sql::{Columns, Sql};
use crate::store::Store;
use crate::write::WriteTx;

impl Store {
    /// One page of the public entries of a collection.
    pub async fn list(
        &self,
        scope: &Scope,
        id: &CollectionId,
        collection: &Collection,
        query: &Query,
    ) -> Result<ListPage, StoreError> {
        let shape = Shape::of(id, collection)?;
        let mut on = self.reader().await?;
        match page(&mut on, scope, id, &shape, query).await {
            // The table was switched between looking it up and reading it.
            Err(StoreError::TableGone { .. }) => page(&mut on, scope, id, &shape, query).await,
            other => other,
        }
    }

    /// What a list shows of those entries that are in the scope, in the order of the ids. Asks for
    /// nothing but them: no count, no place among others.
    pub async fn list_of(
        &self,
        scope: &Scope,
        id: &CollectionId,
        collection: &Collection,
        ids: &[EntryId],
    ) -> Result<Vec<Summary>, StoreError> {
        let shape = Shape::of(id, collection)?;
        let mut on = self.reader().await?;
        match summaries_of(&mut on, scope, id, &shape, ids).await {
            // The table was switched between looking it up and reading it.
            Err(StoreError::TableGone { .. }) => {
                summaries_of(&mut on, scope, id, &shape, ids).await
            }
            other => other,
        }
    }

    /// Public entries of a collection whose index rows the calendar has changed by a day.
    pub async fn stale(
        &self,
        id: &CollectionId,
        collection: &Collection,
        now: LocalTime,
        limit: u32,
    ) -> Result<Vec<EntryId>, StoreError> {
        let shape = Shape::of(id, collection)?;
        stale(&mut *self.reader().await?, id, &shape, now, limit).await
    }
}

impl WriteTx {
    /// The same, as this transaction sees it.
    pub async fn stale(
        &mut self,
        id: &CollectionId,
        collection: &Collection,
        now: LocalTime,
        limit: u32,
    ) -> Result<Vec<EntryId>, StoreError> {
        let shape = Shape::of(id, collection)?;
        stale(self.on(), id, &shape, now, limit).await
    }
}

async fn stale(
    on: &mut AnyConnection,
    id: &CollectionId,
    shape: &Shape,
    now: LocalTime,
    limit: u32,
) -> Result<Vec<EntryId>, StoreError> {
    let table = pointer::table(on, id, shape, "").await?;
    let mut sql = Sql::new(format!("select entry_id from {table} where stale_on <= "));
    sql.bind(now).push(" order by entry_id").limit(limit);
    let rows = sql.all(on).await?;
    rows.iter().map(|row| row.read("entry_id")).collect()
}

async fn page(
    on: &mut AnyConnection,
    scope: &Scope,
    id: &CollectionId,
    shape: &Shape,
    query: &Query,
) -> Result<ListPage, StoreError> {
    let name = pointer::table(on, id, shape, "").await?;
    let table = Table {
        collection: id,
        shape,
        name: &name,
    };
    let total = count(on, table, scope, query).await?;
    let ids = ids(on, table, scope, query).await?;
    let entries = summaries(on, table, scope, &ids).await?;
    Ok(ListPage { entries, total })
}

async fn summaries_of(
    on: &mut AnyConnection,
    scope: &Scope,
    id: &CollectionId,
    shape: &Shape,
    ids: &[EntryId],
) -> Result<Vec<Summary>, StoreError> {
    let name = pointer::table(on, id, shape, "").await?;
    let table = Table {
        collection: id,
        shape,
        name: &name,
    };
    summaries(on, table, scope, ids).await
}

/// How many entries a query finds.
pub(super) async fn total(
    on: &mut AnyConnection,
    scope: &Scope,
    id: &CollectionId,
    shape: &Shape,
    query: &Query,
) -> Result<u64, StoreError> {
    let name = pointer::table(on, id, shape, "").await?;
    let table = Table {
        collection: id,
        shape,
        name: &name,
    };
    count(on, table, scope, query).await
}

pub(super) async fn count(
    on: &mut AnyConnection,
    table: Table<'_>,
    scope: &Scope,
    query: &Query,
) -> Result<u64, StoreError> {
    let mut sql = Sql::new(format!("select count(*) as total from {} i", table.name));
    table.push_where(&mut sql, scope, query, None)?;
    let row = sql.optional(on).await?;
    let total = row.map_or(Ok(0), |row| row.integer("total"))?;
    Ok(u64::try_from(total).unwrap_or_default())
}

async fn ids(
    on: &mut AnyConnection,
    table: Table<'_>,
    scope: &Scope,
    query: &Query,
) -> Result<Vec<EntryId>, StoreError> {
    let mut sql = Sql::new(format!("select i.entry_id from {} i", table.name));
    table.push_where(&mut sql, scope, query, None)?;
    if let Some(Among::Ranked(order)) = &query.among {
        return ranked(on, sql, order, query).await;
    }
    table.push_order(&mut sql, &query.sort)?;
    let skip = i64::from(query.page.max(1) - 1) * i64::from(query.per_page);
    sql.limit(query.per_page);
    sql.push(" offset ").bind(skip);
    let rows = sql.all(on).await?;
    rows.iter().map(|row| row.read("entry_id")).collect()
}

/// The page in the order of a search, which no column holds.
async fn ranked(
    on: &mut AnyConnection,
    sql: Sql,
    order: &[EntryId],
    query: &Query,
) -> Result<Vec<EntryId>, StoreError> {
    let rows = sql.all(on).await?;
    let found = rows.iter().map(|row| row.read("entry_id"));
    let found = found.collect::<Result<HashSet<EntryId>, _>>()?;
    let (page, per_page) = (query.page.max(1) as usize, query.per_page as usize);
    let ranked = order.iter().filter(|id| found.contains(*id));
    Ok(ranked
        .skip((page - 1) * per_page)
        .take(per_page)
        .cloned()
        .collect())
}

pub(super) async fn summaries(
    on: &mut AnyConnection,
    table: Table<'_>,
    scope: &Scope,
    ids: &[EntryId],
) -> Result<Vec<Summary>, StoreError> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let mut headlines = headlines_of(on, scope, ids).await?;
    let mut rows = rows(on, table, ids).await?;
    let found = ids.iter().filter_map(|id| {
        let headline = headlines.remove(id)?;
        let (summary, row) = rows.remove(id)?;
        Some(Summary {
            headline,
            summary,
            row,
        })
    });
    Ok(found.collect())
}

async fn rows(
    on: &mut AnyConnection,
    table: Table<'_>,
    ids: &[EntryId],
) -> Result<HashMap<EntryId, (String, IndexRow)>, StoreError> {
    let mut sql = Sql::new(format!(
        "select i.* from {} i where i.entry_id in ",
        table.name
    ));
    sql.bind_all(ids);
    let mut lists = HashMap::new();
    for column in table.shape.lists() {
        let mut values = list_values(on, &column.side(table.name), ids).await?;
        for (id, values) in values.drain() {
            lists.insert((column.name.clone(), id), values);
        }
    }
    let mut found = HashMap::new();
    for read in sql.all(on).await? {
        let id: EntryId = read.read("entry_id")?;
        let mut row = IndexRow {
            values: Vec::new(),
            stale_on: read.read_or_none("stale_on")?,
        };
        for column in &table.shape.columns {
            let values = if column.is_list() {
                lists.remove(&(column.name.clone(), id.clone()))
            } else {
                column.read(&read)?.map(|value| vec![value])
            };
            row.values
                .push((column.name.clone(), values.unwrap_or_default()));
        }
        found.insert(id, (read.text("summary")?, row));
    }
    Ok(found)
}

/// Values of a list; their keys are made from what is shown, as they were.
async fn list_values(
    on: &mut AnyConnection,
    side: &str,
    ids: &[EntryId],
) -> Result<HashMap<EntryId, Vec<IndexValue>>, StoreError> {
    let mut sql = Sql::new(format!(
        "select entry_id, shown from {side} where entry_id in "
    ));
    sql.bind_all(ids).push(" order by entry_id, place");
    let mut found: HashMap<EntryId, Vec<IndexValue>> = HashMap::new();
    for row in sql.all(on).await? {
        let value = index::key(IndexType::Texts, &row.text("shown")?);
        let id = row.read("entry_id")?;
        found.entry(id).or_default().extend(value);
    }
    Ok(found)
}

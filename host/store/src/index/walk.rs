//! Reading a list from a place on: no page number, no connection held between two readings, and
//! as much memory as one reading takes.

use dinh_domain::declaration::Collection;
use dinh_domain::ids::{CollectionId, EntryId};
use dinh_domain::query::{BadQuery, Place, Query, Sort, SortKey};
use dinh_domain::visibility::Scope;
use sqlx::AnyConnection;
use sqlx::any::AnyRow;

use super::filter::Table;
use super::shape::{Column, Shape};
use super::{Stretch, Summary, list, pointer};
use crate::dialect::Dialect;
use crate::error::StoreError;
use crate::path::bounded;
use crate::scope;
use crate::sql::{Columns, Sql};
use crate::store::Store;

impl Store {
    /// The public entries behind a place in the order of the query's sort, or the first of all; at
    /// most `limit`. The query's page says nothing here, nor does the order of a search.
    pub async fn after(
        &self,
        scope: &Scope,
        id: &CollectionId,
        collection: &Collection,
        query: &Query,
        (place, limit): (Option<&Place>, u32),
    ) -> Result<Stretch, StoreError> {
        let shape = Shape::of(id, collection)?;
        let mut on = self.reader().await?;
        match stretch(&mut on, scope, id, &shape, query, (place, limit)).await {
            // The table was switched between looking it up and reading it.
            Err(StoreError::TableGone { .. }) => {
                stretch(&mut on, scope, id, &shape, query, (place, limit)).await
            }
            other => other,
        }
    }

    /// The same without what lists show: the entries' ids, and where to go on.
    pub async fn ids_after(
        &self,
        scope: &Scope,
        id: &CollectionId,
        collection: &Collection,
        query: &Query,
        (place, limit): (Option<&Place>, u32),
    ) -> Result<(Vec<EntryId>, Option<Place>), StoreError> {
        let shape = Shape::of(id, collection)?;
        let mut on = self.reader().await?;
        let found = match found(&mut on, scope, id, &shape, query, (place, limit)).await {
            Err(StoreError::TableGone { .. }) => {
                found(&mut on, scope, id, &shape, query, (place, limit)).await
            }
            other => other,
        };
        let (_, ids, next) = found?;
        Ok((ids, next))
    }

    /// How many public entries a query finds.
    pub async fn total(
        &self,
        scope: &Scope,
        id: &CollectionId,
        collection: &Collection,
        query: &Query,
    ) -> Result<u64, StoreError> {
        let shape = Shape::of(id, collection)?;
        let mut on = self.reader().await?;
        match list::total(&mut on, scope, id, &shape, query).await {
            Err(StoreError::TableGone { .. }) => {
                list::total(&mut on, scope, id, &shape, query).await
            }
            other => other,
        }
    }

    /// The entries of a query that became public last, the newest first.
    pub async fn newest_of(
        &self,
        scope: &Scope,
        id: &CollectionId,
        collection: &Collection,
        query: &Query,
        limit: u32,
    ) -> Result<Vec<Summary>, StoreError> {
        let shape = Shape::of(id, collection)?;
        let mut on = self.reader().await?;
        match newest(&mut on, scope, id, &shape, query, limit).await {
            Err(StoreError::TableGone { .. }) => {
                newest(&mut on, scope, id, &shape, query, limit).await
            }
            other => other,
        }
    }
}

async fn stretch(
    on: &mut AnyConnection,
    scope: &Scope,
    id: &CollectionId,
    shape: &Shape,
    query: &Query,
    read: (Option<&Place>, u32),
) -> Result<Stretch, StoreError> {
    let (name, ids, next) = found(on, scope, id, shape, query, read).await?;
    let table = Table {
        collection: id,
        shape,
        name: &name,
        dialect: Dialect::of(on),
    };
    Ok(Stretch {
        entries: list::summaries(on, table, scope, &ids).await?,
        next,
    })
}

/// The table that was read, the ids, and where to go on.
async fn found(
    on: &mut AnyConnection,
    scope: &Scope,
    id: &CollectionId,
    shape: &Shape,
    query: &Query,
    (place, limit): (Option<&Place>, u32),
) -> Result<(String, Vec<EntryId>, Option<Place>), StoreError> {
    let name = pointer::table(on, id, shape, "").await?;
    let table = Table {
        collection: id,
        shape,
        name: &name,
        dialect: Dialect::of(on),
    };
    let column = sortable(shape, &query.sort)?;
    let mut found: Vec<Place> = Vec::new();
    // Two readings, each of which a database index answers: those with a value, then those without.
    if place.is_none_or(|place| place.key.is_some()) {
        let mut sql = beginning(table, column, scope, query)?;
        let sort = column.sort();
        sql.push(&format!(" and i.{sort} is not null"));
        if let Some(place) = place {
            push_behind(&mut sql, &sort, query.sort.descending, place);
        }
        let direction = if query.sort.descending { "desc" } else { "asc" };
        sql.push(&format!(" order by i.{sort} {direction}, i.entry_id"));
        sql.limit(limit);
        found = places(column, &sql.all(on).await?)?;
    }
    let left = i64::from(limit) - i64::try_from(found.len()).unwrap_or(i64::MAX);
    if left > 0 {
        let mut sql = beginning(table, column, scope, query)?;
        sql.push(&format!(" and i.{} is null", column.sort()));
        if let Some(Place { key: None, id }) = place {
            sql.push(" and i.entry_id > ").bind(id);
        }
        sql.push(" order by i.entry_id limit ").bind(left);
        found.extend(places(column, &sql.all(on).await?)?);
    }
    let ids: Vec<EntryId> = found.iter().map(|place| place.id.clone()).collect();
    let is_full = found.len() as u64 >= u64::from(limit);
    let next = found.pop().filter(|_| is_full);
    Ok((name, ids, next))
}

fn sortable<'a>(shape: &'a Shape, sort: &Sort) -> Result<&'a Column, StoreError> {
    let column = shape.column(&sort.index)?;
    if column.is_list() {
        return Err(BadQuery::Unfit(sort.index.clone()).into());
    }
    Ok(column)
}

fn beginning(
    table: Table<'_>,
    column: &Column,
    scope: &Scope,
    query: &Query,
) -> Result<Sql, StoreError> {
    let mut sql = Sql::new(format!(
        "select i.entry_id, i.{} as sort_key from {} i",
        column.sort(),
        table.name
    ));
    table.push_where(&mut sql, scope, query, None)?;
    Ok(sql)
}

/// ` and …`: behind the place. The first comparison alone bounds the range of an index.
fn push_behind(sql: &mut Sql, sort: &str, descending: bool, place: &Place) {
    let sign = if descending { "<" } else { ">" };
    let key = || match &place.key {
        Some(SortKey::Integer(number)) => crate::sql::Argument::from(*number),
        Some(SortKey::Text(text)) => bounded(text).into(),
        None => "".into(),
    };
    sql.push(&format!(" and i.{sort} {sign}= ")).bind(key());
    sql.push(&format!(" and (i.{sort} {sign} ")).bind(key());
    sql.push(" or i.entry_id > ").bind(&place.id).push(")");
}

fn places(column: &Column, rows: &[AnyRow]) -> Result<Vec<Place>, StoreError> {
    let read = rows.iter().map(|row| {
        let key = if column.is_integer() {
            row.integer_or_none("sort_key")?.map(SortKey::Integer)
        } else {
            row.text_or_none("sort_key")?.map(SortKey::Text)
        };
        Ok(Place {
            key,
            id: row.read("entry_id")?,
        })
    });
    read.collect()
}

async fn newest(
    on: &mut AnyConnection,
    scope: &Scope,
    id: &CollectionId,
    shape: &Shape,
    query: &Query,
    limit: u32,
) -> Result<Vec<Summary>, StoreError> {
    let name = pointer::table(on, id, shape, "").await?;
    let table = Table {
        collection: id,
        shape,
        name: &name,
        dialect: Dialect::of(on),
    };
    let mut sql = Sql::new(format!(
        "select i.entry_id from entry e join {name} i on i.entry_id = e.id"
    ));
    table.push_where(&mut sql, scope, query, None)?;
    sql.push(" and ");
    scope::on_entries(scope, &mut sql);
    sql.push(" order by e.first_published_at desc nulls last, e.id desc")
        .limit(limit);
    let rows = sql.all(on).await?;
    let ids = rows.iter().map(|row| row.read("entry_id"));
    let ids: Vec<EntryId> = ids.collect::<Result<_, _>>()?;
    list::summaries(on, table, scope, &ids).await
}

//! Lists, and the rows that the calendar makes stale.

use dinh_domain::dates::{LocalDate, LocalTime};
use dinh_domain::declaration::{Collection, IndexType};
use dinh_domain::ids::{CollectionId, EntryId};
use dinh_domain::index::{self, IndexRow, IndexValue};
use dinh_domain::query::{Among, Query};
use dinh_domain::visibility::Scope;
use sqlx::AnyConnection;

use super::filter::Table;
use super::shape::{Column, Shape};
use super::{ListPage, Summary, pointer};
use crate::dialect::Dialect;
use crate::entry::Headline;
use crate::error::StoreError;
use crate::scope;
use crate::sql::{Columns, Packed, Sql};
use crate::store::Store;
use crate::write::WriteTx;

/// A list that somebody asks for.
#[derive(Debug, Clone, Copy)]
pub struct ListAsked<'a> {
    /// What whoever asks may see.
    pub scope: &'a Scope,
    /// Of which collection.
    pub id: &'a CollectionId,
    /// Its declaration.
    pub collection: &'a Collection,
    /// Filters, order and page.
    pub query: &'a Query,
    /// The indexes whose values are wanted; none for all.
    pub values: Option<&'a [&'a str]>,
    /// By how often each was read since the first day of a month, and in the query's own order where that is the
    /// same.
    pub popular_since: Option<LocalDate>,
}

impl Store {
    /// One page of the public entries of a collection.
    pub async fn list(
        &self,
        scope: &Scope,
        id: &CollectionId,
        collection: &Collection,
        query: &Query,
    ) -> Result<ListPage, StoreError> {
        let asked = ListAsked {
            scope,
            id,
            collection,
            query,
            values: None,
            popular_since: None,
        };
        let mut pages = self.lists(&[asked]).await?;
        Ok(pages.pop().unwrap_or_default())
    }

    /// A page of each of several lists, in one statement.
    pub async fn lists(&self, asked: &[ListAsked<'_>]) -> Result<Vec<ListPage>, StoreError> {
        if asked.is_empty() {
            return Ok(Vec::new());
        }
        let shapes = asked.iter().map(|it| Shape::of(it.id, it.collection));
        let shapes = shapes.collect::<Result<Vec<_>, _>>()?;
        let declared = asked.iter().zip(&shapes).map(|(it, shape)| (it.id, shape));
        let declared: Vec<_> = declared.collect();
        let mut on = self.reader().await?;
        let push = |tables: &[Table<'_>], sql: &mut Sql| {
            sql.push(" select stand");
            for (at, (it, table)) in asked.iter().zip(tables).enumerate() {
                sql.push(&format!(", (select count(*) from {} i", table.name));
                table.push_where(sql, it.scope, it.query, None)?;
                sql.push(&format!(") as total{at}, "));
                let columns = wanted(table.shape, it.values);
                push_summaries(sql, (*table, &columns), it.scope, |sql| {
                    push_page(sql, *table, it)
                })?;
                sql.push(&format!(" as page{at}"));
            }
            sql.push(" from stand");
            Ok(())
        };
        let row = self.answer(&mut on, &declared, push).await?;
        let pages = asked.iter().zip(&shapes).enumerate();
        let pages = pages.map(|(at, (it, shape))| {
            let total = row.integer(&format!("total{at}"))?;
            let page = row.text_or_none(&format!("page{at}"))?;
            Ok(ListPage {
                entries: read_summaries(&wanted(shape, it.values), page)?,
                total: u64::try_from(total).unwrap_or_default(),
            })
        });
        pages.collect()
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
        if ids.is_empty() {
            return Ok(Vec::new());
        }
        let shape = Shape::of(id, collection)?;
        let mut on = self.reader().await?;
        let push = |tables: &[Table<'_>], sql: &mut Sql| {
            sql.push(" select stand, ");
            for table in tables {
                let columns = wanted(table.shape, None);
                push_summaries(sql, (*table, &columns), scope, |sql| {
                    push_ids(sql, table.dialect, ids)
                })?;
            }
            sql.push(" as page from stand");
            Ok(())
        };
        let row = self.answer(&mut on, &[(id, &shape)], push).await?;
        read_summaries(&wanted(&shape, None), row.text_or_none("page")?)
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
        dialect: Dialect::of(on),
    };
    count(on, table, scope, query).await
}

async fn count(
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

/// The ids of a page in their order.
fn push_page(sql: &mut Sql, table: Table<'_>, asked: &ListAsked<'_>) -> Result<(), StoreError> {
    let query = asked.query;
    let name = table.name;
    if let Some(among @ Among::Ranked(_)) = &query.among {
        // The order of a search, which no column holds. Left to itself SQLite goes through the table and, for each of its
        // rows, through what was found.
        let found = table.among(sql, among)?;
        sql.push(&format!(
            "select i.entry_id from {found} found cross join {name} i"
        ));
        table.push_where_of_all(sql, asked.scope, query, None)?;
        sql.push(" and i.entry_id = found.value order by found.place");
    } else {
        sql.push(&format!("select i.entry_id from {name} i"));
        if let Some(since) = asked.popular_since {
            sql.push(
                " left join (select entry_id, sum(views) as views from entry_usage where month >= ",
            );
            sql.bind(since)
                .push(" group by entry_id) u on u.entry_id = i.entry_id");
        }
        table.push_where(sql, asked.scope, query, None)?;
        sql.push(" order by ");
        if asked.popular_since.is_some() {
            sql.push("coalesce(u.views, 0) desc, ");
        }
        sql.push(&table.order(&query.sort)?);
    }
    sql.limit(query.per_page);
    let skip = i64::from(query.page.max(1) - 1) * i64::from(query.per_page);
    if skip > 0 {
        sql.push(" offset ").bind(skip);
    }
    Ok(())
}

fn push_ids(sql: &mut Sql, dialect: Dialect, ids: &[EntryId]) -> Result<(), StoreError> {
    let ids: Vec<&str> = ids.iter().map(EntryId::as_str).collect();
    let given = dialect.elements(&sql.bind_array(&ids)?);
    sql.push(&format!(
        "select value as entry_id from {given} given order by place"
    ));
    Ok(())
}

/// What lists show of entries, in their order.
pub(super) async fn summaries(
    on: &mut AnyConnection,
    table: Table<'_>,
    scope: &Scope,
    ids: &[EntryId],
) -> Result<Vec<Summary>, StoreError> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let mut sql = Sql::new("select ");
    let columns = wanted(table.shape, None);
    push_summaries(&mut sql, (table, &columns), scope, |sql| {
        push_ids(sql, table.dialect, ids)
    })?;
    sql.push(" as page");
    let row = sql.optional(on).await?;
    let page = row.map_or(Ok(None), |row| row.text_or_none("page"))?;
    read_summaries(&columns, page)
}

fn wanted<'a>(shape: &'a Shape, values: Option<&[&str]>) -> Vec<&'a Column> {
    let is_wanted = |it: &&Column| values.is_none_or(|names| names.contains(&it.name.as_str()));
    shape.columns.iter().filter(is_wanted).collect()
}

/// One text of what lists show of the entries whose ids are chosen, which [`read_summaries`] reads.
fn push_summaries(
    sql: &mut Sql,
    (table, columns): (Table<'_>, &[&Column]),
    scope: &Scope,
    push_chosen: impl FnOnce(&mut Sql) -> Result<(), StoreError>,
) -> Result<(), StoreError> {
    let stored = columns.iter().flat_map(|it| it.stored());
    let stored: Vec<String> = stored.map(|(name, _)| name).collect();
    let lists = columns.iter().filter(|it| it.is_list()).enumerate();
    let lists = lists.map(|(at, column)| (format!("list{at}"), column.side(table.name)));
    let lists: Vec<(String, String)> = lists.collect();
    let own = ["place", "summary", "stale_on"].map(str::to_owned);
    let headline = Headline::COLUMNS.map(|(name, _)| name.to_owned());
    let packed: Vec<String> = (own.into_iter().chain(headline))
        .chain(stored.iter().cloned())
        .chain(lists.iter().map(|(name, _)| name.clone()))
        .collect();
    let (before, after) = table.dialect.packing(&packed);
    sql.push(&before)
        .push("select p.place, i.summary, i.stale_on");
    for (name, from) in Headline::COLUMNS {
        sql.push(&format!(", {from} as {name}"));
    }
    for name in &stored {
        sql.push(&format!(", i.{name}"));
    }
    for (name, side) in &lists {
        let (before, after) = table.dialect.packing(&["shown".to_owned()]);
        sql.push(&format!(
            ", {before}select l.shown from {side} l where l.entry_id = i.entry_id order by l.place{after} as {name}"
        ));
    }
    let place = table.dialect.place();
    sql.push(&format!(" from (select entry_id, {place} as place from ("));
    push_chosen(sql)?;
    sql.push(&format!(
        ") chosen) p cross join {} i cross join entry e cross join entry_revision r
         where i.entry_id = p.entry_id and e.id = p.entry_id and r.id = e.published_revision and ",
        table.name
    ));
    scope::on_named_entries(scope, sql);
    sql.push(after);
    Ok(())
}

fn read_summaries(columns: &[&Column], page: Option<String>) -> Result<Vec<Summary>, StoreError> {
    let mut found = Vec::new();
    for mut row in Packed::rows(page)? {
        let place = row.integer()?;
        let summary = row.text()?;
        let stale_on = row.read_or_none()?;
        let headline = Headline::read(&mut row)?;
        let mut values = Vec::with_capacity(columns.len());
        for column in columns {
            let value = match column.is_list() {
                true => Vec::new(),
                false => column.read(&mut row)?.into_iter().collect(),
            };
            values.push((column.name.clone(), value));
        }
        let lists = columns.iter().zip(&mut values);
        for (_, (_, value)) in lists.filter(|(column, _)| column.is_list()) {
            *value = list_values(row.text_or_none()?)?;
        }
        let row = IndexRow { values, stale_on };
        let summary = Summary {
            headline,
            summary,
            row,
        };
        found.push((place, summary));
    }
    found.sort_by_key(|(place, _)| *place);
    Ok(found.into_iter().map(|(_, it)| it).collect())
}

/// Values of a list; their keys are made from what is shown, as they were.
fn list_values(shown: Option<String>) -> Result<Vec<IndexValue>, StoreError> {
    let mut values = Vec::new();
    for mut row in Packed::rows(shown)? {
        values.extend(index::key(IndexType::Texts, &row.text()?));
    }
    Ok(values)
}

//! What is read most.

use dinh_domain::dates::LocalDate;
use dinh_domain::declaration::Collection;
use dinh_domain::ids::{CollectionId, EntryId};
use dinh_domain::query::Query;
use dinh_domain::visibility::Scope;
use sqlx::AnyConnection;

use super::ListPage;
use super::filter::Table;
use super::list::{count, summaries};
use super::pointer;
use super::shape::Shape;
use crate::error::StoreError;
use crate::sql::{Columns, Sql};
use crate::store::Store;

impl Store {
    /// The first page of a query in another order: by how often each entry was read since the first day of a month, and
    /// in the query's own order where that is the same.
    pub async fn popular(
        &self,
        scope: &Scope,
        (id, collection): (&CollectionId, &Collection),
        query: &Query,
        since: LocalDate,
    ) -> Result<ListPage, StoreError> {
        let shape = Shape::of(id, collection)?;
        let mut on = self.reader().await?;
        match page(&mut on, scope, (id, &shape), query, since).await {
            // The table was switched between looking it up and reading it.
            Err(StoreError::TableGone { .. }) => {
                page(&mut on, scope, (id, &shape), query, since).await
            }
            other => other,
        }
    }
}

async fn page(
    on: &mut AnyConnection,
    scope: &Scope,
    (id, shape): (&CollectionId, &Shape),
    query: &Query,
    since: LocalDate,
) -> Result<ListPage, StoreError> {
    let name = pointer::table(on, id, shape, "").await?;
    let table = Table {
        collection: id,
        shape,
        name: &name,
    };
    let total = count(on, table, scope, query).await?;
    let mut sql = Sql::new(format!(
        "select i.entry_id from {name} i left join
         (select entry_id, sum(views) as views from entry_usage where month >= "
    ));
    sql.bind(since)
        .push(" group by entry_id) u on u.entry_id = i.entry_id");
    table.push_where(&mut sql, scope, query, None)?;
    let order = table.order(&query.sort)?;
    sql.push(&format!(" order by coalesce(u.views, 0) desc, {order}"));
    sql.limit(query.per_page);
    let rows = sql.all(on).await?;
    let ids = rows.iter().map(|row| row.read("entry_id"));
    let ids = ids.collect::<Result<Vec<EntryId>, _>>()?;
    let entries = summaries(on, table, scope, &ids).await?;
    Ok(ListPage { entries, total })
}

//! Totals of a list: how many entries each value of an index has, and what their numbers come to.

use dinh_domain::declaration::Collection;
use dinh_domain::ids::CollectionId;
use dinh_domain::query::{BadQuery, Query};
use dinh_domain::visibility::Scope;
use sqlx::AnyConnection;

use super::counts::MAX_COUNTS;
use super::filter::Table;
use super::pointer;
use super::shape::Shape;
use crate::dialect::Dialect;
use crate::error::StoreError;
use crate::sql::{Columns, Sql};
use crate::store::Store;

/// Numbers are added in two parts, so that no sum is more than a database's whole number holds.
const PART: i64 = 1_000_000;

/// A value with its entries.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Total {
    /// What it is compared by, a number as text, and what people read; none for the entries that have no value.
    pub value: Option<(String, String)>,
    /// Entries.
    pub count: u64,
    /// What their numbers come to, in the order that was asked for; an entry without a number adds nothing.
    pub sums: Vec<i128>,
}

impl Store {
    /// The public entries that meet all filters, by the values of an index or, without one, as a whole; the most
    /// frequent value first, then by key; at most [`MAX_COUNTS`] of them.
    pub async fn totals(
        &self,
        scope: &Scope,
        (id, collection): (&CollectionId, &Collection),
        query: &Query,
        (by, sums): (Option<&str>, &[String]),
    ) -> Result<Vec<Total>, StoreError> {
        let shape = Shape::of(id, collection)?;
        let mut on = self.reader().await?;
        match added(&mut on, scope, (id, &shape), query, (by, sums)).await {
            // The table was switched between looking it up and reading it.
            Err(StoreError::TableGone { .. }) => {
                added(&mut on, scope, (id, &shape), query, (by, sums)).await
            }
            other => other,
        }
    }
}

async fn added(
    on: &mut AnyConnection,
    scope: &Scope,
    (id, shape): (&CollectionId, &Shape),
    query: &Query,
    (by, sums): (Option<&str>, &[String]),
) -> Result<Vec<Total>, StoreError> {
    let by = by.map(|name| shape.column(name)).transpose()?;
    if let Some(list) = by.filter(|it| it.is_list()) {
        return Err(BadQuery::Unfit(list.name.clone()).into());
    }
    let name = pointer::table(on, id, shape, "").await?;
    let table = Table {
        collection: id,
        shape,
        name: &name,
        dialect: Dialect::of(on),
    };
    let mut sql = Sql::new("select count(*) as total");
    for (at, sum) in sums.iter().enumerate() {
        let column = shape.column(sum)?;
        if !column.is_integer() {
            return Err(BadQuery::Unfit(sum.clone()).into());
        }
        let number = format!("i.{}", column.key());
        sql.push(&format!(
            ", cast(sum({number} / {PART}) as bigint) as high{at}, cast(sum({number} % {PART}) as bigint) as low{at}"
        ));
    }
    if let Some(column) = by {
        let (key, shown) = (column.key(), column.shown());
        sql.push(&format!(", i.{key} as counted, min(i.{shown}) as shown"));
    }
    sql.push(&format!(" from {name} i"));
    table.push_where(&mut sql, scope, query, None)?;
    if let Some(column) = by {
        let key = column.key();
        sql.push(&format!(
            " group by i.{key} order by total desc, counted nulls last"
        ));
        sql.limit(MAX_COUNTS);
    }
    let rows = sql.all(on).await?;
    let read = rows.iter().map(|row| {
        let value = match by {
            None => None,
            Some(column) if column.is_integer() => row
                .integer_or_none("counted")?
                .map(|number| (number.to_string(), number.to_string())),
            Some(_) => row.text_or_none("counted")?.zip(row.text_or_none("shown")?),
        };
        let added = (0..sums.len()).map(|at| {
            let part = |name: &str| row.integer_or_none(&format!("{name}{at}"));
            let (high, low) = (part("high")?.unwrap_or(0), part("low")?.unwrap_or(0));
            Ok(i128::from(high) * i128::from(PART) + i128::from(low))
        });
        Ok(Total {
            value,
            count: u64::try_from(row.integer("total")?).unwrap_or_default(),
            sums: added.collect::<Result<_, StoreError>>()?,
        })
    });
    read.collect()
}

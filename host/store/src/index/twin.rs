//! Whether another entry already is what a new one would be.

use dinh_domain::declaration::Collection;
use dinh_domain::ids::{CollectionId, EntryId, SiteId};
use dinh_domain::index::{IndexRow, IndexValue};
use sqlx::AnyConnection;

use super::pointer;
use super::shape::Shape;
use crate::error::StoreError;
use crate::path::bounded;
use crate::sql::{Columns, Sql};
use crate::store::Store;
use crate::write::WriteTx;

impl WriteTx {
    /// A public entry of the site that equals a row in all indexes which together name an entry
    /// (`unique` of the declaration). None where one of those values is missing.
    pub async fn twin(
        &mut self,
        site: &SiteId,
        id: &CollectionId,
        collection: &Collection,
        row: &IndexRow,
        except: Option<&EntryId>,
    ) -> Result<Option<EntryId>, StoreError> {
        if collection.unique.is_empty() {
            return Ok(None);
        }
        let shape = Shape::of(id, collection)?;
        let table = self.index_table(id, &shape).await?;
        let named = named((table, site), (&shape, collection), row, except)?;
        first(named, self.on()).await
    }
}

impl Store {
    /// The same outside of a transaction: what is told while nothing is decided.
    pub async fn twin(
        &self,
        (site, id): (&SiteId, &CollectionId),
        collection: &Collection,
        row: &IndexRow,
        except: Option<&EntryId>,
    ) -> Result<Option<EntryId>, StoreError> {
        if collection.unique.is_empty() {
            return Ok(None);
        }
        let shape = Shape::of(id, collection)?;
        let mut on = self.reader().await?;
        let table = pointer::table(&mut on, id, &shape, "").await?;
        let named = named((table, site), (&shape, collection), row, except)?;
        first(named, &mut on).await
    }
}

/// None where one of the values is missing that together name an entry.
fn named(
    (table, site): (String, &SiteId),
    (shape, collection): (&Shape, &Collection),
    row: &IndexRow,
    except: Option<&EntryId>,
) -> Result<Option<Sql>, StoreError> {
    let mut sql = Sql::new(format!(
        "select i.entry_id from {table} i where i.site_id = "
    ));
    sql.bind(site);
    for name in &collection.unique {
        let column = shape.column(name)?;
        let Some(value) = row.get(name).first().filter(|_| !column.is_list()) else {
            return Ok(None);
        };
        sql.push(&format!(" and i.{} = ", column.key()));
        match value {
            IndexValue::Text { key, .. } => sql.bind(bounded(key)),
            IndexValue::Integer(number) => sql.bind(*number),
        };
    }
    if let Some(except) = except {
        sql.push(" and i.entry_id <> ").bind(except);
    }
    sql.push(" order by i.entry_id limit 1");
    Ok(Some(sql))
}

async fn first(named: Option<Sql>, on: &mut AnyConnection) -> Result<Option<EntryId>, StoreError> {
    let Some(sql) = named else {
        return Ok(None);
    };
    let found = sql.optional(on).await?;
    found.map(|row| row.read("entry_id")).transpose()
}

//! Writing one entry's index row.

use dinh_domain::dates::LocalTime;
use dinh_domain::declaration::Collection;
use dinh_domain::ids::{CollectionId, EntryId, SiteId};
use dinh_domain::index::{self, IndexRow, IndexValue};
use serde_json::Value;
use sqlx::AnyConnection;

use super::shape::{Column, Shape};
use super::{behind, pointer};
use crate::entry::{PublicBody, Which, public_bodies};
use crate::error::StoreError;
use crate::path::bounded;
use crate::sql::{Argument, Packed, ROWS_PER_STATEMENT, Sql};
use crate::write::WriteTx;

/// Longest summary kept for lists, in characters: more than any list shows.
pub const SUMMARY_CHARS_MAX: usize = 2_000;

/// Writes the row of an entry that has just become public.
pub(crate) async fn replace_row(
    tx: &mut WriteTx,
    id: &CollectionId,
    collection: &Collection,
    public: &PublicBody,
    now: LocalTime,
) -> Result<(), StoreError> {
    let shape = Shape::of(id, collection)?;
    let table = tx.index_table(id, &shape).await?;
    put(tx.on(), &shape, &table, collection, public, now).await?;
    behind::note(tx, id, &shape, &public.id).await
}

/// The same for an entry that has none yet.
pub(crate) async fn insert_row(
    tx: &mut WriteTx,
    id: &CollectionId,
    collection: &Collection,
    public: &PublicBody,
    now: LocalTime,
) -> Result<(), StoreError> {
    let shape = Shape::of(id, collection)?;
    let table = tx.index_table(id, &shape).await?;
    let row = add(tx.on(), &shape, &table, collection, public, now).await?;
    for column in shape.lists() {
        let values = tx.later.list_values.entry(column.side(&table)).or_default();
        values.extend(list_values(column, &public.id, &row));
    }
    behind::note(tx, id, &shape, &public.id).await
}

/// Writes the row of an entry anew, if it is public; removes it otherwise. Tables of other
/// declarations stay as they are: their own nodes see the same day.
pub(crate) async fn refresh_row(
    tx: &mut WriteTx,
    id: &CollectionId,
    collection: &Collection,
    entry: &EntryId,
    now: LocalTime,
) -> Result<(), StoreError> {
    let mut found = public_bodies(tx.on(), id, Which::Only(entry)).await?;
    match found.pop() {
        Some(public) => {
            let shape = Shape::of(id, collection)?;
            let keep = tx.dialect().keep();
            let table = pointer::table(tx.on(), id, &shape, keep).await?;
            put(tx.on(), &shape, &table, collection, &public, now).await
        }
        None => delete_row(tx, id, entry).await,
    }
}

/// Removes an entry's row from the tables of all declarations.
pub(crate) async fn delete_row(
    tx: &mut WriteTx,
    collection: &CollectionId,
    entry: &EntryId,
) -> Result<(), StoreError> {
    let keep = tx.dialect().keep();
    pointer::find(tx.on(), collection, keep).await?;
    for pointer in pointer::known(tx.on(), collection).await? {
        delete(tx.on(), &pointer.table, entry).await?;
    }
    Ok(())
}

/// Side tables follow by their foreign key.
pub(super) async fn delete(
    on: &mut AnyConnection,
    table: &str,
    entry: &EntryId,
) -> Result<(), StoreError> {
    Sql::new(format!("delete from {table} where entry_id = $1"))
        .with(entry)
        .run(on)
        .await?;
    Ok(())
}

/// Puts a row into a table that may hold an older one.
pub(super) async fn put(
    on: &mut AnyConnection,
    shape: &Shape,
    table: &str,
    collection: &Collection,
    public: &PublicBody,
    now: LocalTime,
) -> Result<(), StoreError> {
    delete(on, table, &public.id).await?;
    let row = add(on, shape, table, collection, public, now).await?;
    for column in shape.lists() {
        let values = list_values(column, &public.id, &row);
        insert_list_values(on, &column.side(table), &values).await?;
    }
    Ok(())
}

/// Adds the row alone; the values of its lists are left to the caller.
async fn add(
    on: &mut AnyConnection,
    shape: &Shape,
    table: &str,
    collection: &Collection,
    public: &PublicBody,
    now: LocalTime,
) -> Result<IndexRow, StoreError> {
    let row = index::row(collection, &public.body, now);
    let field = collection.view.summary.as_ref();
    let summary = field.and_then(|field| public.body.get(field));
    let summary = summary.and_then(Value::as_str).unwrap_or_default();
    let summary: String = summary.chars().take(SUMMARY_CHARS_MAX).collect();
    insert(on, shape, table, (&public.id, &public.site), &row, summary).await?;
    Ok(row)
}

async fn insert(
    on: &mut AnyConnection,
    shape: &Shape,
    table: &str,
    (id, site): (&EntryId, &SiteId),
    row: &IndexRow,
    summary: String,
) -> Result<(), StoreError> {
    let mut names = String::new();
    let mut values: Vec<Argument> = Vec::new();
    for column in shape.columns.iter().filter(|column| !column.is_list()) {
        for (name, _) in column.stored() {
            names.push_str(", ");
            names.push_str(&name);
        }
        values.extend(column.values(row.get(&column.name).first()));
    }
    let mut sql = Sql::new(format!(
        "insert into {table} (entry_id, site_id, summary, stale_on{names}) values "
    ));
    let base: [Argument; 4] = [id.into(), site.into(), summary.into(), row.stale_on.into()];
    sql.bind_all(base.into_iter().chain(values));
    sql.run(on).await?;
    Ok(())
}

/// One value of a list, for its side table.
#[derive(Debug)]
pub(crate) struct ListValue {
    entry: EntryId,
    place: i64,
    key: String,
    shown: String,
}

fn list_values(column: &Column, id: &EntryId, row: &IndexRow) -> Vec<ListValue> {
    let values = (0_i64..).zip(row.get(&column.name));
    let texts = values.filter_map(|(place, value)| match value {
        IndexValue::Text { key, shown, .. } => Some(ListValue {
            entry: id.clone(),
            place,
            key: bounded(key),
            shown: shown.clone(),
        }),
        IndexValue::Integer(_) => None,
    });
    texts.collect()
}

pub(crate) async fn insert_list_values(
    on: &mut AnyConnection,
    side: &str,
    values: &[ListValue],
) -> Result<(), StoreError> {
    for some in values.chunks(ROWS_PER_STATEMENT) {
        let mut sql = Sql::new(format!(
            "insert into {side} (entry_id, place, key, shown) values "
        ));
        sql.rows(some, |it| -> [Argument; 4] {
            [
                (&it.entry).into(),
                it.place.into(),
                (&it.key).into(),
                (&it.shown).into(),
            ]
        });
        sql.run(on).await?;
    }
    Ok(())
}

impl Column {
    /// The values of [`Column::stored`].
    fn values(&self, value: Option<&IndexValue>) -> Vec<Argument> {
        if self.is_integer() {
            let number = match value {
                Some(IndexValue::Integer(number)) => Some(*number),
                _ => None,
            };
            return vec![Argument::Integer(number)];
        }
        let texts = match value {
            Some(IndexValue::Text { key, sort, shown }) => {
                [Some(bounded(key)), Some(bounded(sort)), Some(shown.clone())]
            }
            _ => [None, None, None],
        };
        let kept = self.stored().len();
        texts.into_iter().take(kept).map(Argument::Text).collect()
    }

    /// What [`Column::values`] wrote, of a row that has the columns of [`Column::stored`] next.
    pub(super) fn read(&self, row: &mut Packed) -> Result<Option<IndexValue>, StoreError> {
        if self.is_integer() {
            return Ok(row.integer_or_none()?.map(IndexValue::Integer));
        }
        let key = row.text_or_none()?;
        let (sort, shown) = match self.is_threefold() {
            true => (row.text_or_none()?, row.text_or_none()?),
            false => (key.clone(), key.clone()),
        };
        Ok(key.map(|key| IndexValue::Text {
            key,
            sort: sort.unwrap_or_default(),
            shown: shown.unwrap_or_default(),
        }))
    }
}

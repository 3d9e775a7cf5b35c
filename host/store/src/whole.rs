//! The whole of the data: read at one instant for a backup, and written into an empty database.
//! Tables and columns are those of the schema, so that a new table is in the backup from its first day.

mod found;
mod put;

use std::collections::BTreeMap;

use futures_util::{Stream, TryStreamExt};
use serde_json::{Map, Value};
use sqlx::any::AnyRow;
use sqlx::{Any, AnyConnection, AssertSqlSafe, Transaction};

use crate::dialect::Dialect;
use crate::error::StoreError;
use crate::index::shape::{is_name, main_table};
use crate::migration;
use crate::sql::{Columns, Sql, damaged};
use crate::store::Store;

pub use found::{FoundPlace, HeldContent};
pub use migration::{SchemaStep, schema_steps};
pub use put::Restoration;

/// Not in a backup: what is derived from the rest, and what lets somebody in (sessions, links of
/// invitations): a copy must not bring back to life what was ended since.
pub(crate) const LEFT_OUT: [&str; 6] = [
    "schema_migration",
    "index_pointer",
    "index_former",
    "index_behind",
    "session",
    "invitation",
];

/// A table with its columns, in order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WholeTable {
    /// Its name.
    pub name: String,
    columns: Vec<(String, Kind)>,
}

/// What a column holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Text,
    Integer,
}

/// The data as it was at one instant, whoever writes meanwhile. It keeps SQLite from clearing its
/// journal: let go of it soon.
#[derive(Debug)]
pub struct Snapshot {
    tx: Transaction<'static, Any>,
    dialect: Dialect,
}

impl Store {
    /// The data as it is now.
    pub async fn snapshot(&self) -> Result<Snapshot, StoreError> {
        let dialect = self.dialect();
        let mut tx = self.readers().begin_with(dialect.begin_snapshot()).await?;
        dialect.no_timeout(&mut tx).await?;
        // The instant is that of the first look.
        migration::version(&mut tx).await?;
        Ok(Snapshot { tx, dialect })
    }
}

impl Snapshot {
    /// The migrations that made its tables.
    pub async fn schema(&mut self) -> Result<Vec<SchemaStep>, StoreError> {
        migration::applied(&mut self.tx).await
    }

    /// Everything but what can be made anew and what lets somebody in.
    pub async fn tables(&mut self) -> Result<Vec<WholeTable>, StoreError> {
        tables(&mut self.tx, self.dialect).await
    }

    /// All rows of a table, one after the other.
    pub fn rows<'a>(
        &'a mut self,
        table: &'a WholeTable,
    ) -> impl Stream<Item = Result<Map<String, Value>, StoreError>> + Send + 'a {
        let columns: Vec<&str> = table
            .columns
            .iter()
            .map(|(name, _)| name.as_str())
            .collect();
        let select = format!("select {} from {}", columns.join(", "), table.name);
        let rows = sqlx::query(AssertSqlSafe(select)).fetch(&mut *self.tx);
        let rows = rows.map_err(StoreError::from);
        rows.and_then(move |row| std::future::ready(table.read(&row)))
    }

    /// What is kept beside the database for these rows.
    pub async fn contents(&mut self) -> Result<Vec<HeldContent>, StoreError> {
        found::contents(&mut self.tx).await
    }
}

impl WholeTable {
    fn read(&self, row: &AnyRow) -> Result<Map<String, Value>, StoreError> {
        let values = self.columns.iter().map(|(name, kind)| {
            let value = match kind {
                Kind::Text => row.text_or_none(name)?.map(Value::from),
                Kind::Integer => row.integer_or_none(name)?.map(Value::from),
            };
            Ok((name.clone(), value.unwrap_or_default()))
        });
        values.collect()
    }
}

/// All tables of a backup. One with a column that a backup cannot hold is an error: better none
/// than one that lacks something.
async fn tables(on: &mut AnyConnection, dialect: Dialect) -> Result<Vec<WholeTable>, StoreError> {
    let mut found: BTreeMap<String, Vec<(String, Kind)>> = BTreeMap::new();
    for row in Sql::new(dialect.list_columns()).all(on).await? {
        let (table, column) = (row.text("table_name")?, row.text("column_name")?);
        let is_left_out = LEFT_OUT.contains(&table.as_str())
            || table.starts_with("sqlite_")
            || main_table(&table).is_some();
        if is_left_out {
            continue;
        }
        if !is_name(&table) || !is_name(&column) {
            return Err(damaged(
                &column,
                format!("`{table}` is no table of a portal"),
            ));
        }
        let kind = match row.text("type")?.as_str() {
            "text" => Kind::Text,
            "bigint" => Kind::Integer,
            other => {
                return Err(damaged(
                    &column,
                    format!("no backup holds the type `{other}` of `{table}`"),
                ));
            }
        };
        found.entry(table).or_default().push((column, kind));
    }
    let tables = found
        .into_iter()
        .map(|(name, columns)| WholeTable { name, columns });
    Ok(tables.collect())
}

//! The whole of the data: read at one instant for a backup, and written into an empty database.
//! Tables and columns are those of the schema, so that a new table is in the backup from its first day.

mod found;
mod put;
mod row;
mod tables;

use futures_util::{Stream, TryStreamExt};
use serde_json::{Map, Value};
use sqlx::any::AnyRow;
use sqlx::{Any, AssertSqlSafe, Transaction};

use crate::dialect::Dialect;
use crate::error::StoreError;
use crate::migration;
use crate::sql::Columns;
use crate::store::Store;

use tables::tables;

pub use found::{FoundPlace, HeldContent};
pub use migration::{SchemaStep, schema_steps};
pub use put::Restoration;

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

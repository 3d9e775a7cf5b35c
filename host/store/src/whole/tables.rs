//! Which tables a backup holds.

use std::collections::BTreeMap;

use sqlx::AnyConnection;

use super::{Kind, WholeTable};
use crate::dialect::Dialect;
use crate::error::StoreError;
use crate::index::shape::{is_name, main_table};
use crate::sql::{Columns, Sql, damaged};

/// Not in a backup: what is derived from the rest, what lets somebody in (sessions, links of
/// invitations), and messages that wait to be sent: a copy must not bring back to life what was ended since, nor
/// send again what was sent.
const LEFT_OUT: [&str; 8] = [
    "schema_migration",
    "index_pointer",
    "index_former",
    "index_behind",
    "session",
    "session_elsewhere",
    "invitation",
    "outbox",
];

/// All tables of a backup. One with a column that a backup cannot hold is an error: better none
/// than one that lacks something.
pub(super) async fn tables(
    on: &mut AnyConnection,
    dialect: Dialect,
) -> Result<Vec<WholeTable>, StoreError> {
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

//! What lies in a place before anything is restored into it, and beside it.

use sqlx::any::AnyConnectOptions;
use sqlx::{AnyConnection, ConnectOptions, Connection};

use super::tables;
use crate::dialect::{Dialect, Role};
use crate::error::StoreError;
use crate::migration;
use crate::options::StoreOptions;
use crate::sql::{Columns, Sql};

/// Tables that have rows in an empty portal, too.
pub(super) const SEEDED: [&str; 2] = ["counter", "audit_head"];

/// A content of the shelf that rows name.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct HeldContent {
    /// SHA-256, hexadecimal.
    pub hash: String,
    /// Its size.
    pub size_bytes: i64,
}

/// What a database holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FoundPlace {
    /// No table at all.
    Nothing,
    /// Tables that are not a portal's; the first of them.
    Foreign(String),
    /// The tables of a portal.
    Portal {
        /// Version of their schema.
        schema: i64,
        /// The first that has a row.
        filled: Option<String>,
        /// The backup that was restored into it last.
        restored: Option<String>,
    },
}

impl FoundPlace {
    /// Looks at a database and changes nothing. `act` is what the audit calls a restoration.
    pub async fn look(options: &StoreOptions, act: &str) -> Result<Self, StoreError> {
        sqlx::any::install_default_drivers();
        let dialect = Dialect::of_url(&options.url);
        let failed = |source| StoreError::opening(options.shown_url(), source);
        let address: AnyConnectOptions = options.url.parse().map_err(failed)?;
        let address = address.disable_statement_logging();
        let mut on = AnyConnection::connect_with(&address)
            .await
            .map_err(failed)?;
        let set_up = dialect.set_up(&mut on, Role::Write, options).await;
        set_up.map_err(failed)?;
        let found = found(&mut on, dialect, act).await;
        on.close().await.map_err(failed)?;
        found.map_err(|error| error.while_opening(options.shown_url()))
    }
}

async fn found(
    on: &mut AnyConnection,
    dialect: Dialect,
    act: &str,
) -> Result<FoundPlace, StoreError> {
    let rows = Sql::new(dialect.list_tables()).all(on).await?;
    let names: Result<Vec<String>, _> = rows.iter().map(|row| row.text("name")).collect();
    let names = names?;
    let Some(first) = names.first() else {
        return Ok(FoundPlace::Nothing);
    };
    let has = |table: &str| names.iter().any(|it| it == table);
    if !has("schema_migration") {
        return Ok(FoundPlace::Foreign(first.clone()));
    }
    let schema = migration::version(on).await?;
    let mut filled = None;
    for table in tables(on, dialect).await? {
        if SEEDED.contains(&table.name.as_str()) {
            continue;
        }
        let row = Sql::new(format!("select 1 as n from {} limit 1", table.name));
        if row.optional(on).await?.is_some() {
            filled = Some(table.name);
            break;
        }
    }
    let mut restored = None;
    if has("audit") {
        let last = "select subject from audit where act = $1 order by number desc limit 1";
        let row = Sql::new(last).with(act).optional(on).await?;
        restored = row.map(|row| row.text("subject")).transpose()?;
    }
    Ok(FoundPlace::Portal {
        schema,
        filled,
        restored,
    })
}

/// Attached files and packages of plugins, each once, in the order of their hashes.
pub(super) async fn contents(on: &mut AnyConnection) -> Result<Vec<HeldContent>, StoreError> {
    let rows = Sql::new(
        "select hash, size_bytes from file where erased_at is null
         union select package_hash, package_bytes from plugin_version
         union select package_hash, package_bytes from plugin_waiting order by 1, 2",
    );
    let rows = rows.all(on).await?;
    let read = rows.iter().map(|row| {
        Ok(HeldContent {
            hash: row.text("hash")?,
            size_bytes: row.integer("size_bytes")?,
        })
    });
    read.collect()
}

//! Schema migrations: forward only, each in one transaction, when the store is opened.

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use sqlx::AnyConnection;
use sqlx::{AssertSqlSafe, Connection, raw_sql};

use crate::dialect::Dialect;
use crate::error::StoreError;
use crate::sql::{Columns, Sql};

/// One migration. Its version is its place in the list, from 1.
struct Migration {
    name: &'static str,
    sql: &'static str,
}

/// All of them, in order. Never changed, only added to.
const MIGRATIONS: [Migration; 26] = [
    Migration {
        name: "places",
        sql: include_str!("../../../migrations/0001_places.sql"),
    },
    Migration {
        name: "entries",
        sql: include_str!("../../../migrations/0002_entries.sql"),
    },
    Migration {
        name: "change_log",
        sql: include_str!("../../../migrations/0003_change_log.sql"),
    },
    Migration {
        name: "indexes",
        sql: include_str!("../../../migrations/0004_indexes.sql"),
    },
    Migration {
        name: "relation_proposals",
        sql: include_str!("../../../migrations/0005_relation_proposals.sql"),
    },
    Migration {
        name: "nodes",
        sql: include_str!("../../../migrations/0006_nodes.sql"),
    },
    Migration {
        name: "publications",
        sql: include_str!("../../../migrations/0007_publications.sql"),
    },
    Migration {
        name: "file_texts",
        sql: include_str!("../../../migrations/0008_file_texts.sql"),
    },
    Migration {
        name: "plugins",
        sql: include_str!("../../../migrations/0009_plugins.sql"),
    },
    Migration {
        name: "plugin_values",
        sql: include_str!("../../../migrations/0010_plugin_values.sql"),
    },
    Migration {
        name: "audit",
        sql: include_str!("../../../migrations/0011_audit.sql"),
    },
    Migration {
        name: "jobs",
        sql: include_str!("../../../migrations/0012_jobs.sql"),
    },
    Migration {
        name: "people",
        sql: include_str!("../../../migrations/0013_people.sql"),
    },
    Migration {
        name: "desk",
        sql: include_str!("../../../migrations/0014_desk.sql"),
    },
    Migration {
        name: "office",
        sql: include_str!("../../../migrations/0015_office.sql"),
    },
    Migration {
        name: "uploads",
        sql: include_str!("../../../migrations/0016_uploads.sql"),
    },
    Migration {
        name: "submissions",
        sql: include_str!("../../../migrations/0017_submissions.sql"),
    },
    Migration {
        name: "rooms",
        sql: include_str!("../../../migrations/0018_rooms.sql"),
    },
    Migration {
        name: "scale",
        sql: include_str!("../../../migrations/0019_scale.sql"),
    },
    Migration {
        name: "elsewhere",
        sql: include_str!("../../../migrations/0020_elsewhere.sql"),
    },
    Migration {
        name: "opinions",
        sql: include_str!("../../../migrations/0021_opinions.sql"),
    },
    Migration {
        name: "home",
        sql: include_str!("../../../migrations/0022_home.sql"),
    },
    Migration {
        name: "mail",
        sql: include_str!("../../../migrations/0023_mail.sql"),
    },
    Migration {
        name: "versions",
        sql: include_str!("../../../migrations/0024_versions.sql"),
    },
    Migration {
        name: "senders",
        sql: include_str!("../../../migrations/0026_senders.sql"),
    },
    Migration {
        name: "waiting",
        sql: include_str!("../../../migrations/0027_waiting.sql"),
    },
];

const LOG_TABLE: &str = "create table if not exists schema_migration (
    version bigint not null primary key,
    name text not null,
    applied_at bigint not null,
    hash text not null
)";

/// When the first migration was applied, in milliseconds.
pub(crate) async fn made_at(connection: &mut AnyConnection) -> Result<String, StoreError> {
    let row = Sql::new("select min(applied_at) as at from schema_migration")
        .optional(connection)
        .await?;
    row.map_or_else(
        || Ok(String::new()),
        |row| Ok(row.integer("at")?.to_string()),
    )
}

/// Brings the data to this program's version, or no further than one that is named. The connection is
/// closed afterwards: on PostgreSQL it holds the lock that keeps other nodes from doing the same.
pub(crate) async fn run(
    connection: &mut AnyConnection,
    dialect: Dialect,
    until: Option<i64>,
) -> Result<(), StoreError> {
    dialect.lock_schema(connection).await?;
    let known = Sql::new(dialect.count_tables()).with("schema_migration");
    let has_log = match known.optional(connection).await? {
        Some(row) => row.integer("n")? > 0,
        None => false,
    };
    if !has_log {
        raw_sql(AssertSqlSafe(dialect.ddl(LOG_TABLE)))
            .execute(&mut *connection)
            .await?;
    }
    let done = check(applied(connection).await?)?;
    for (at, migration) in MIGRATIONS.iter().enumerate().skip(done) {
        let version = version_at(at);
        if until.is_some_and(|until| version > until) {
            break;
        }
        apply(connection, dialect, version, migration)
            .await
            .map_err(|source| StoreError::MigrationFailed {
                version,
                name: migration.name,
                source,
            })?;
        tracing::info!(version, name = migration.name, "migrated");
    }
    try_writing(connection, dialect).await
}

/// SQLite opens a file that may only be read without a word; better refused now than at the first
/// publication.
async fn try_writing(connection: &mut AnyConnection, dialect: Dialect) -> Result<(), StoreError> {
    let mut tx = connection.begin_with(dialect.begin()).await?;
    Sql::new("update counter set value = value where name = 'change'")
        .run(&mut tx)
        .await?;
    Ok(tx.rollback().await?)
}

/// The highest version in the data; 0 in an empty database.
pub(crate) async fn version(connection: &mut AnyConnection) -> Result<i64, StoreError> {
    let applied = applied(connection).await?;
    Ok(applied.last().map_or(0, |it| it.version))
}

/// A migration, as it was applied or as this program has it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SchemaStep {
    /// Its place in the order, from 1.
    pub version: i64,
    /// Its name.
    pub name: String,
    /// SHA-256 of its text.
    pub hash: String,
}

/// All that this program has, in order.
pub fn schema_steps() -> Vec<SchemaStep> {
    let steps = MIGRATIONS.iter().enumerate().map(|(at, it)| SchemaStep {
        version: version_at(at),
        name: it.name.to_owned(),
        hash: hash(it),
    });
    steps.collect()
}

pub(crate) async fn applied(connection: &mut AnyConnection) -> Result<Vec<SchemaStep>, StoreError> {
    let rows = Sql::new("select version, name, hash from schema_migration order by version")
        .all(connection)
        .await?;
    let read = rows.iter().map(|row| {
        Ok(SchemaStep {
            version: row.integer("version")?,
            name: row.text("name")?,
            hash: row.text("hash")?,
        })
    });
    read.collect()
}

/// The newest schema with which this program works: its own, and the one after it, which only adds
/// (architecture, section 3).
pub(crate) fn newest_usable() -> i64 {
    version_at(MIGRATIONS.len() - 1) + 1
}

/// How many of ours have run; refuses what we do not know.
fn check(applied: Vec<SchemaStep>) -> Result<usize, StoreError> {
    let known = version_at(MIGRATIONS.len() - 1);
    if let Some(newer) = applied.iter().rfind(|it| it.version > newest_usable()) {
        return Err(StoreError::NewerData {
            applied: newer.version,
            name: newer.name.clone(),
            known,
        });
    }
    for (row, migration) in applied.iter().zip(&MIGRATIONS) {
        if row.hash != hash(migration) {
            return Err(StoreError::OtherMigration {
                version: row.version,
                name: migration.name,
            });
        }
    }
    if let Some(next) = applied.iter().find(|it| it.version > known) {
        let (version, name) = (next.version, next.name.as_str());
        tracing::warn!(
            version,
            name,
            "the schema is one step ahead of this program: update it"
        );
    }
    Ok(applied.len())
}

async fn apply(
    connection: &mut AnyConnection,
    dialect: Dialect,
    version: i64,
    migration: &Migration,
) -> Result<(), sqlx::Error> {
    let mut tx = connection.begin_with(dialect.begin()).await?;
    raw_sql(AssertSqlSafe(dialect.ddl(migration.sql)))
        .execute(&mut *tx)
        .await?;
    sqlx::query(
        "insert into schema_migration (version, name, applied_at, hash) values ($1, $2, $3, $4)",
    )
    .bind(version)
    .bind(migration.name)
    .bind(now_ms())
    .bind(hash(migration))
    .execute(&mut *tx)
    .await?;
    tx.commit().await
}

fn version_at(place: usize) -> i64 {
    i64::try_from(place + 1).unwrap_or(i64::MAX)
}

fn hash(migration: &Migration) -> String {
    crate::path::hex(&Sha256::digest(migration.sql.as_bytes()))
}

/// The clock, for the record of migrations alone; every other time is given in.
fn now_ms() -> i64 {
    let since = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH);
    since.map_or(0, |it| i64::try_from(it.as_millis()).unwrap_or(i64::MAX))
}

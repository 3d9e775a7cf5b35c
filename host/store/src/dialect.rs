//! What differs between the two databases. No other file asks which one it is.

mod ear;
mod guard;
mod whole;

use sqlx::AnyConnection;
use sqlx::sqlite::SqliteError;
use sqlx::{AssertSqlSafe, raw_sql};

use crate::options::StoreOptions;
use crate::sql::Sql;

pub(crate) use ear::Ear;

/// Longest wait for others who publish, in milliseconds: the longest transaction of an import takes
/// some seconds, and a request has 30 s.
const PUBLISH_WAIT_MS: u32 = 20_000;

/// Values of one JSON array: PostgreSQL takes a hundred arguments of a function.
const ARRAY_VALUES_MAX: usize = 100;

/// Which database holds the data.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Dialect {
    Sqlite,
    Postgres,
}

/// What a connection is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Role {
    Read,
    Write,
}

/// What an error of a driver means to us.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Symptom {
    Busy,
    Away,
    Taken,
    ReadOnly,
    NotADatabase,
    TableGone,
    Full,
    Other,
}

/// Advisory locks of PostgreSQL; any number that nobody else uses.
const SCHEMA_LOCK: i64 = 0x6469_6e68_0001;

impl Dialect {
    pub(crate) fn of_url(url: &str) -> Self {
        if url.starts_with("postgres:") || url.starts_with("postgresql:") {
            Self::Postgres
        } else {
            Self::Sqlite
        }
    }

    /// The database behind a connection.
    pub(crate) fn of(on: &AnyConnection) -> Self {
        match on.backend_name() {
            "SQLite" => Self::Sqlite,
            _ => Self::Postgres,
        }
    }

    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Sqlite => "SQLite",
            Self::Postgres => "PostgreSQL",
        }
    }

    /// One writer with a connection of its own, readers beside it.
    pub(crate) fn writes_alone(self) -> bool {
        self == Self::Sqlite
    }

    /// Prepares a new connection.
    pub(crate) async fn set_up(
        self,
        connection: &mut AnyConnection,
        role: Role,
        options: &StoreOptions,
    ) -> Result<(), sqlx::Error> {
        let statements = match self {
            Self::Sqlite => sqlite_pragmas(role, options),
            Self::Postgres => format!(
                "set statement_timeout = {}; set lock_timeout = {}; set time zone 'UTC'",
                options.statement_timeout.as_millis(),
                options.wait.as_millis()
            ),
        };
        // The statements hold nothing but our words and two numbers.
        raw_sql(AssertSqlSafe(statements))
            .execute(connection)
            .await?;
        Ok(())
    }

    /// Opens a write transaction.
    pub(crate) fn begin(self) -> &'static str {
        match self {
            Self::Sqlite => "begin immediate",
            Self::Postgres => "begin",
        }
    }

    /// Lets one transaction take its time.
    pub(crate) async fn no_timeout(
        self,
        connection: &mut AnyConnection,
    ) -> Result<(), sqlx::Error> {
        if self == Self::Postgres {
            let all = "set local statement_timeout = 0; set local lock_timeout = 0;
                set local idle_in_transaction_session_timeout = 0";
            raw_sql(all).execute(connection).await?;
        }
        Ok(())
    }

    /// Lets one transaction wait longer than others for its next lock.
    pub(crate) async fn wait_to_publish(
        self,
        connection: &mut AnyConnection,
    ) -> Result<(), sqlx::Error> {
        if self == Self::Postgres {
            let wait = format!("set local lock_timeout = {PUBLISH_WAIT_MS}");
            raw_sql(AssertSqlSafe(wait)).execute(connection).await?;
        }
        Ok(())
    }

    /// Keeps other nodes from changing tables until the connection is closed.
    pub(crate) async fn lock_schema(
        self,
        connection: &mut AnyConnection,
    ) -> Result<(), sqlx::Error> {
        if self == Self::Postgres {
            let lock = format!(
                "set statement_timeout = 0; set lock_timeout = 0; select pg_advisory_lock({SCHEMA_LOCK})"
            );
            raw_sql(AssertSqlSafe(lock)).execute(connection).await?;
        }
        Ok(())
    }

    /// Behind a `select` of a row that must stay as it is until the transaction ends.
    pub(crate) fn keep(self) -> &'static str {
        match self {
            Self::Sqlite => "",
            Self::Postgres => " for share",
        }
    }

    /// Behind a `select` of a row that this transaction will change.
    pub(crate) fn lock(self) -> &'static str {
        match self {
            Self::Sqlite => "",
            Self::Postgres => " for update",
        }
    }

    /// Table definitions: texts are compared bytewise on both. `--! append-only TABLE` and
    /// `--! rising TABLE` stand for triggers, which the two write differently.
    pub(crate) fn ddl(self, sql: &str) -> String {
        let lines = sql.lines().filter_map(|line| {
            if let Some(rule) = line.strip_prefix("--! ") {
                return Some(guard::triggers(self, rule));
            }
            (!line.starts_with("--")).then(|| match self {
                Self::Sqlite => line.to_owned(),
                Self::Postgres => line.replace(" text", " text collate \"C\""),
            })
        });
        lines.collect::<Vec<_>>().join("\n")
    }

    /// What stands before and behind a select to make one text of all its rows, which [`Packed`](crate::sql::Packed)
    /// reads: SQLite's driver sends every row from one thread to another, and this is one.
    pub(crate) fn packing(self, columns: &[String]) -> (String, &'static str) {
        let (array, gathered) = match self {
            Self::Sqlite => ("json_array", "json_group_array"),
            Self::Postgres => ("json_build_array", "json_agg"),
        };
        let parts = columns.chunks(ARRAY_VALUES_MAX);
        let parts = parts.map(|some| format!("{array}({})", some.join(", ")));
        let row = format!("{array}({})", parts.collect::<Vec<_>>().join(", "));
        let before = format!("(select cast({gathered}({row}) as text) from (");
        (before, ") packed)")
    }

    /// The place of a row of an ordered select, for what is joined to it to be put in that order. SQLite goes through
    /// a `cross join` from left to right and keeps it: a number would cost a table of its own.
    pub(crate) fn place(self) -> &'static str {
        match self {
            Self::Sqlite => "0",
            Self::Postgres => "row_number() over ()",
        }
    }

    /// A column of an index that is looked through by the columns before it. SQLite, which knows no shares, would take
    /// another index for the name of the column itself.
    pub(crate) fn within_index(self, column: &str) -> String {
        match self {
            Self::Sqlite => format!("{column} || ''"),
            Self::Postgres => column.to_owned(),
        }
    }

    /// A select of the texts in a JSON array, in no order: `value`.
    pub(crate) fn values(self, array: &str) -> String {
        match self {
            Self::Sqlite => format!("select value from json_each({array})"),
            Self::Postgres => {
                format!(
                    "select value from json_array_elements_text(cast({array} as json)) as element (value)"
                )
            }
        }
    }

    /// A table of the texts in a JSON array: `value`, and `place` in their order.
    pub(crate) fn elements(self, array: &str) -> String {
        match self {
            Self::Sqlite => format!("(select value, key as place from json_each({array}))"),
            Self::Postgres => format!(
                "(select value, place from json_array_elements_text(cast({array} as json))
                 with ordinality as element (value, place))"
            ),
        }
    }

    /// A member of the JSON object in a text column, as text; none where it is not there.
    pub(crate) fn member(self, sql: &mut Sql, (column, name): (&str, &str), called: &str) {
        match self {
            Self::Sqlite => sql
                .push(&format!("cast(json_extract({column}, "))
                .bind(format!("$.\"{name}\""))
                .push(") as text)"),
            Self::Postgres => sql
                .push(&format!("cast({column} as json) ->> "))
                .bind(name)
                .push("::text"),
        };
        sql.push(&format!(" as {called}"));
    }

    /// Names of all tables.
    pub(crate) fn list_tables(self) -> &'static str {
        match self {
            Self::Sqlite => "select name from sqlite_master where type = 'table' order by name",
            Self::Postgres => {
                "select tablename::text as name from pg_catalog.pg_tables where schemaname = current_schema() order by 1"
            }
        }
    }

    /// How many tables of a name there are in the database (`$1`).
    pub(crate) fn count_tables(self) -> &'static str {
        match self {
            Self::Sqlite => {
                "select count(*) as n from sqlite_master where type = 'table' and name = $1"
            }
            Self::Postgres => {
                "select count(*) as n from pg_catalog.pg_tables where schemaname = current_schema() and tablename = $1::text"
            }
        }
    }
}

fn sqlite_pragmas(role: Role, options: &StoreOptions) -> String {
    let wait = options.wait.as_millis();
    let common = format!(
        "pragma busy_timeout = {wait}; pragma foreign_keys = on; pragma temp_store = memory; pragma cache_size = -16000;"
    );
    match role {
        Role::Read => format!("{common} pragma query_only = on;"),
        Role::Write => {
            format!(
                "{common} pragma journal_mode = wal; pragma synchronous = full; \
                 pragma secure_delete = on;"
            )
        }
    }
}

/// Reads a driver's error.
pub(crate) fn symptom(error: &sqlx::Error) -> Symptom {
    match error {
        sqlx::Error::Database(inner) => {
            if inner.is_unique_violation() {
                return Symptom::Taken;
            }
            let code = inner.code().unwrap_or_default();
            match inner.try_downcast_ref::<SqliteError>() {
                Some(_) => of_sqlite(&code, inner.message()),
                None => of_sqlstate(&code),
            }
        }
        sqlx::Error::PoolTimedOut => Symptom::Busy,
        sqlx::Error::Io(_) | sqlx::Error::PoolClosed | sqlx::Error::WorkerCrashed => Symptom::Away,
        _ => Symptom::Other,
    }
}

/// The low byte is the class: <https://www.sqlite.org/rescode.html>.
fn of_sqlite(code: &str, message: &str) -> Symptom {
    match code.parse::<i64>().unwrap_or_default() & 0xff {
        5 | 6 => Symptom::Busy,
        8 => Symptom::ReadOnly,
        13 => Symptom::Full,
        26 => Symptom::NotADatabase,
        1 if message.starts_with("no such table") => Symptom::TableGone,
        _ => Symptom::Other,
    }
}

fn of_sqlstate(code: &str) -> Symptom {
    match code {
        "40001" | "40P01" | "55P03" | "57014" | "53300" => Symptom::Busy,
        "57P01" | "57P02" | "57P03" => Symptom::Away,
        "25006" => Symptom::ReadOnly,
        "53100" => Symptom::Full,
        "42P01" => Symptom::TableGone,
        _ => Symptom::Other,
    }
}

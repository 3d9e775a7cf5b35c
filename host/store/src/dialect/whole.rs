//! Reading and writing all tables, whatever their columns.

use sqlx::{AnyConnection, raw_sql};

use super::Dialect;

/// References are checked when the transaction ends: rows come in any order.
const DEFER: &str = "do $all$ declare it record; begin
    for it in select conrelid::regclass as place, conname from pg_catalog.pg_constraint
        where contype = 'f' and connamespace = current_schema()::regnamespace
    loop execute format('alter table %s alter constraint %I deferrable initially deferred', it.place, it.conname);
    end loop; end $all$";
/// All of them now, and from now on at every statement.
const CHECK: &str = "set constraints all immediate;
    do $all$ declare it record; begin
    for it in select conrelid::regclass as place, conname from pg_catalog.pg_constraint
        where contype = 'f' and connamespace = current_schema()::regnamespace
    loop execute format('alter table %s alter constraint %I not deferrable', it.place, it.conname);
    end loop; end $all$";

impl Dialect {
    /// Opens a transaction whose reads are all of one instant.
    pub(crate) fn begin_snapshot(self) -> &'static str {
        match self {
            Self::Sqlite => "begin",
            Self::Postgres => "begin isolation level repeatable read read only",
        }
    }

    /// Table, column and type of all columns.
    pub(crate) fn list_columns(self) -> &'static str {
        match self {
            Self::Sqlite => {
                "select t.name as table_name, c.name as column_name, lower(c.type) as type
                 from sqlite_master t join pragma_table_info(t.name) c where t.type = 'table'
                 order by t.name, c.cid"
            }
            Self::Postgres => {
                "select table_name::text as table_name, column_name::text as column_name, data_type::text as type
                 from information_schema.columns join information_schema.tables
                 using (table_schema, table_name)
                 where table_schema = current_schema() and table_type = 'BASE TABLE'
                 order by 1, ordinal_position"
            }
        }
    }

    /// Lets rows of this transaction refer to rows that come later.
    pub(crate) async fn defer_references(self, on: &mut AnyConnection) -> Result<(), sqlx::Error> {
        let statement = match self {
            Self::Sqlite => "pragma defer_foreign_keys = on",
            Self::Postgres => DEFER,
        };
        raw_sql(statement).execute(on).await?;
        Ok(())
    }

    /// Fails where a row refers to nothing; SQLite looks when the transaction ends.
    pub(crate) async fn check_references(self, on: &mut AnyConnection) -> Result<(), sqlx::Error> {
        if self == Self::Postgres {
            raw_sql(CHECK).execute(on).await?;
        }
        Ok(())
    }
}

//! Writing a whole portal into an empty database: one transaction, or nothing.

use std::collections::BTreeMap;

use serde_json::{Map, Value};

use super::found::SEEDED;
use super::row::placeholders;
use super::{WholeTable, tables};
use crate::audit::NewAudit;
use crate::error::StoreError;
use crate::log::NewChange;
use crate::sql::{Argument, Sql, damaged};
use crate::store::Store;
use crate::write::WriteTx;

/// Rows of one statement.
const ROWS_AT_ONCE: usize = 50;

/// A restoration under way. Dropped, nothing of it remains.
#[derive(Debug)]
pub struct Restoration {
    tx: WriteTx,
    tables: BTreeMap<String, WholeTable>,
}

impl Store {
    /// Begins to write a whole portal into this database, which must be empty.
    pub async fn begin_restoration(&self) -> Result<Restoration, StoreError> {
        let mut tx = self.begin_write().await?;
        let dialect = tx.dialect();
        dialect.no_timeout(tx.on()).await?;
        dialect.defer_references(tx.on()).await?;
        let tables = tables(tx.on(), dialect).await?;
        for table in &tables {
            let row = Sql::new(format!("select 1 as n from {} limit 1", table.name));
            let is_filled = row.optional(tx.on()).await?.is_some();
            if is_filled && !SEEDED.contains(&table.name.as_str()) {
                return Err(damaged(&table.name, "the database is not empty"));
            }
        }
        // What an empty portal has of its own; index tables are built anew.
        for table in ["counter", "index_pointer", "index_former", "index_behind"] {
            Sql::new(format!("delete from {table}"))
                .run(tx.on())
                .await?;
        }
        let tables = tables.into_iter().map(|it| (it.name.clone(), it));
        let tables = tables.collect();
        Ok(Restoration { tx, tables })
    }
}

impl Restoration {
    /// Adds rows of a table.
    pub async fn put(
        &mut self,
        table: &str,
        rows: Vec<Map<String, Value>>,
    ) -> Result<(), StoreError> {
        let known = self.tables.get(table);
        let known = known.ok_or_else(|| damaged(table, "this schema has no such table"))?;
        let columns = known.columns.len();
        let mut values = Vec::with_capacity(rows.len());
        for mut row in rows {
            values.push(known.arguments(&mut row)?);
        }
        if table == "audit_head" {
            return self.put_head(values).await;
        }
        let names: Vec<&str> = known
            .columns
            .iter()
            .map(|(name, _)| name.as_str())
            .collect();
        let insert = format!("insert into {table} ({}) values ", names.join(", "));
        let mut values = values.into_iter().peekable();
        while values.peek().is_some() {
            let batch: Vec<_> = values.by_ref().take(ROWS_AT_ONCE).collect();
            // Two statements a table, that of a whole batch and that of one row, are prepared once.
            let size = if batch.len() == ROWS_AT_ONCE {
                ROWS_AT_ONCE
            } else {
                1
            };
            let text = format!("{insert}{}", placeholders(size, columns));
            let mut batch = batch.into_iter().peekable();
            while batch.peek().is_some() {
                let rows = batch.by_ref().take(size).flatten();
                let sql = rows.fold(Sql::new(text.as_str()), Sql::with);
                sql.run(self.tx.on()).await?;
            }
        }
        Ok(())
    }

    /// The head of the audit is there from the beginning and only rises.
    async fn put_head(&mut self, rows: Vec<Vec<Argument>>) -> Result<(), StoreError> {
        for row in rows {
            let update =
                "update audit_head set number = $2, hash = $3 where id = $1 and number < $2";
            // In the order of the columns: id, number, hash.
            let sql = row.into_iter().fold(Sql::new(update), Sql::with);
            sql.run(self.tx.on()).await?;
        }
        Ok(())
    }

    /// Makes all of it last, and records it.
    pub async fn commit(mut self, act: NewAudit) -> Result<(), StoreError> {
        let dialect = self.tx.dialect();
        let checked = dialect.check_references(self.tx.on()).await;
        checked.map_err(dangling)?;
        let (at, kind) = (act.at, act.act.clone());
        self.tx.log_change(NewChange {
            at,
            kind,
            site: None,
            entry: None,
            actor: act.actor.clone(),
            detail: act.subject.clone(),
        });
        self.tx.audit(act);
        self.tx.commit().await?;
        Ok(())
    }
}

fn dangling(source: sqlx::Error) -> StoreError {
    damaged("references", source)
}

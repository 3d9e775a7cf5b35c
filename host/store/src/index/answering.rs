//! Which tables answer: those that did last are asked without looking them up, and the statement itself says
//! whether they still do.

use std::collections::{BTreeSet, HashMap};
use std::sync::{Mutex, PoisonError};

use dinh_domain::ids::CollectionId;
use sqlx::AnyConnection;
use sqlx::any::AnyRow;

use super::filter::Table;
use super::pointer;
use super::shape::Shape;
use crate::error::StoreError;
use crate::sql::{Columns, Sql, damaged};
use crate::store::Store;

/// Times that a table is looked up which is switched meanwhile.
const LOOKED_UP_MAX: u32 = 2;

/// Tables that answered last, by the hashes of their declarations.
#[derive(Debug, Default)]
pub(crate) struct Answering(Mutex<HashMap<String, String>>);

impl Answering {
    fn known(&self, shape: &Shape) -> Option<String> {
        let known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        known.get(&shape.hash).cloned()
    }

    fn keep(&self, shape: &Shape, table: &str) {
        let mut known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        known.insert(shape.hash.clone(), table.to_owned());
    }
}

impl Store {
    /// Asks one question, of one row, of the tables of some declarations. `push` writes it behind
    /// `with stand as (…)`, whose only column it has to select: `select stand, … from stand`.
    pub(super) async fn answer(
        &self,
        on: &mut AnyConnection,
        declared: &[(&CollectionId, &Shape)],
        push: impl Fn(&[Table<'_>], &mut Sql) -> Result<(), StoreError>,
    ) -> Result<AnyRow, StoreError> {
        let mut looked_up = 0;
        loop {
            let names = self.tables(on, declared, looked_up > 0).await?;
            let named: BTreeSet<&String> = names.iter().collect();
            let mut sql = Sql::new("with stand as (select");
            sql.push(" (select count(*) from index_pointer where table_name in ")
                .bind_all(named.iter().copied());
            sql.push(") + (select count(*) from index_former where table_name in ")
                .bind_all(named.iter().copied());
            sql.push(") as stand)");
            let dialect = self.dialect();
            let tables = declared
                .iter()
                .zip(&names)
                .map(|((id, shape), name)| Table {
                    collection: id,
                    shape,
                    name,
                    dialect,
                });
            push(&tables.collect::<Vec<_>>(), &mut sql)?;
            let is_last = looked_up == LOOKED_UP_MAX;
            match sql.optional(on).await {
                // The table was switched between looking it up and reading it, or is being dropped while it is read together
                // with others, so that the server gave up the reader.
                Err(StoreError::TableGone { .. } | StoreError::Busy { .. }) if !is_last => {}
                Err(error) => return Err(error),
                Ok(row) => {
                    let row = row.ok_or_else(|| damaged("stand", "no row"))?;
                    if row.integer("stand")? == named.len() as i64 || is_last {
                        return Ok(row);
                    }
                }
            }
            looked_up += 1;
        }
    }

    async fn tables(
        &self,
        on: &mut AnyConnection,
        declared: &[(&CollectionId, &Shape)],
        anew: bool,
    ) -> Result<Vec<String>, StoreError> {
        let mut names = Vec::with_capacity(declared.len());
        for (id, shape) in declared {
            let known = self.answering().known(shape).filter(|_| !anew);
            names.push(match known {
                Some(name) => name,
                None => {
                    let name = pointer::table(on, id, shape, "").await?;
                    self.answering().keep(shape, &name);
                    name
                }
            });
        }
        Ok(names)
    }
}

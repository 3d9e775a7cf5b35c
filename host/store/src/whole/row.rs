//! A row on its way into the database.

use serde_json::{Map, Value};

use super::{Kind, WholeTable};
use crate::error::StoreError;
use crate::sql::{Argument, damaged};

impl WholeTable {
    /// The values of a row, in the order of the columns.
    pub(super) fn arguments(
        &self,
        row: &mut Map<String, Value>,
    ) -> Result<Vec<Argument>, StoreError> {
        let values = self.columns.iter().map(|(name, kind)| {
            let place = || format!("{}.{name}", self.name);
            let missing = || damaged(&place(), "a row lacks it");
            match (kind, row.remove(name).ok_or_else(missing)?) {
                (Kind::Text, Value::Null) => Ok(Argument::Text(None)),
                (Kind::Text, Value::String(text)) => Ok(Argument::Text(Some(text))),
                (Kind::Integer, Value::Null) => Ok(Argument::Integer(None)),
                (Kind::Integer, Value::Number(it)) => match it.as_i64() {
                    Some(it) => Ok(Argument::Integer(Some(it))),
                    None => Err(damaged(&place(), format!("`{it}` is no integer"))),
                },
                (_, other) => Err(damaged(
                    &place(),
                    format!("`{other}` does not belong there"),
                )),
            }
        });
        let values = values.collect::<Result<Vec<_>, _>>()?;
        match row.keys().next() {
            None => Ok(values),
            Some(name) => Err(damaged(
                &self.name,
                format!("this schema has no column `{name}`"),
            )),
        }
    }
}

/// `($1, $2), ($3, $4)`
pub(super) fn placeholders(rows: usize, columns: usize) -> String {
    let row = |at: usize| {
        let values = (1..=columns).map(|column| format!("${}", at * columns + column));
        format!("({})", values.collect::<Vec<_>>().join(", "))
    };
    (0..rows).map(row).collect::<Vec<_>>().join(", ")
}

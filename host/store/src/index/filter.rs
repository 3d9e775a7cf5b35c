//! The query in SQL: filters and order on an index table named `i`.

use dinh_domain::declaration::IndexType;
use dinh_domain::ids::{CollectionId, EntryId};
use dinh_domain::index::IndexValue;
use dinh_domain::query::{Among, BadQuery, Filter, Query, Sort, Test};
use dinh_domain::visibility::Scope;

use super::shape::{Column, Shape};
use crate::dialect::Dialect;
use crate::error::StoreError;
use crate::path::bounded;
use crate::scope;
use crate::sql::{Argument, Sql};

/// An index table that answers for a collection.
#[derive(Debug, Clone, Copy)]
pub(super) struct Table<'a> {
    pub(super) collection: &'a CollectionId,
    pub(super) shape: &'a Shape,
    pub(super) name: &'a str,
    pub(super) dialect: Dialect,
}

impl Table<'_> {
    /// ` where …`: the scope, what a search found, and all filters but those on one index.
    pub(super) fn push_where(
        self,
        sql: &mut Sql,
        scope: &Scope,
        query: &Query,
        but: Option<&str>,
    ) -> Result<(), StoreError> {
        self.push_where_of_all(sql, scope, query, but)?;
        if let Some(among) = &query.among {
            let array = self.found(sql, among)?;
            let values = self.dialect.values(&array);
            sql.push(&format!(" and i.entry_id in ({values})"));
        }
        Ok(())
    }

    /// The table of what a search found: `value`, in the order of `place`.
    pub(super) fn among(self, sql: &mut Sql, among: &Among) -> Result<String, StoreError> {
        let array = self.found(sql, among)?;
        Ok(self.dialect.elements(&array))
    }

    /// The placeholder of the ids that a search found.
    fn found(self, sql: &mut Sql, among: &Among) -> Result<String, StoreError> {
        let ids: Vec<&str> = among.ids().iter().map(EntryId::as_str).collect();
        sql.bind_array(&ids)
    }

    /// The same without what a search found.
    pub(super) fn push_where_of_all(
        self,
        sql: &mut Sql,
        scope: &Scope,
        query: &Query,
        but: Option<&str>,
    ) -> Result<(), StoreError> {
        sql.push(" where ");
        scope::on_index(scope, self.collection, sql);
        for filter in &query.filters {
            if but == Some(filter.index.as_str()) {
                continue;
            }
            sql.push(" and ");
            self.push_filter(sql, filter)?;
        }
        Ok(())
    }

    /// What stands behind `order by`: missing values last, the id at the end.
    pub(super) fn order(self, sort: &Sort) -> Result<String, StoreError> {
        let column = self.shape.column(&sort.index)?;
        if column.is_list() {
            return Err(BadQuery::Unfit(sort.index.clone()).into());
        }
        let direction = if sort.descending { "desc" } else { "asc" };
        Ok(format!(
            "i.{} {direction} nulls last, i.entry_id",
            column.sort()
        ))
    }

    fn push_filter(self, sql: &mut Sql, filter: &Filter) -> Result<(), StoreError> {
        let column = self.shape.column(&filter.index)?;
        match &filter.test {
            Test::AnyOf(wanted) if column.is_list() => {
                let side = column.side(self.name);
                sql.push(&format!(
                    "exists (select 1 from {side} l where l.entry_id = i.entry_id and l.key in "
                ));
                sql.bind_all(keys(column, wanted)).push(")");
            }
            Test::AnyOf(wanted) => {
                sql.push(&format!("i.{} in ", column.key()));
                sql.bind_all(keys(column, wanted));
            }
            Test::From(limit) => {
                sql.push(&format!("i.{} >= ", column.sort()));
                sql.bind(bound(column, limit)?);
            }
            Test::To(limit) => {
                sql.push(&format!("i.{} <= ", column.sort()));
                sql.bind(bound(column, limit)?);
            }
        }
        Ok(())
    }
}

/// Values of another type equal nothing.
fn keys(column: &Column, wanted: &[IndexValue]) -> Vec<Argument> {
    let fitting = wanted.iter().filter_map(|value| match value {
        IndexValue::Integer(number) if column.is_integer() => Some(Argument::from(*number)),
        IndexValue::Text { key, .. } if !column.is_integer() => Some(Argument::from(bounded(key))),
        _ => None,
    });
    fitting.collect()
}

fn bound(column: &Column, limit: &IndexValue) -> Result<Argument, StoreError> {
    match (column.kind, limit) {
        (IndexType::Integer | IndexType::Year, IndexValue::Integer(number)) => Ok((*number).into()),
        (IndexType::Date, IndexValue::Text { sort, .. }) => Ok(sort.into()),
        _ => Err(BadQuery::Unfit(column.name.clone()).into()),
    }
}

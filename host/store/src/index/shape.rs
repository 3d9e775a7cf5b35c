//! The tables that a declaration asks for.

use std::fmt::Write as _;

use dinh_domain::declaration::{Collection, FieldKind, IndexType};
use dinh_domain::ids::CollectionId;
use dinh_domain::query::BadQuery;
use sha2::{Digest, Sha256};

use crate::error::StoreError;
use crate::path::hex;
use crate::sql::damaged;

/// Raised whenever the making of keys changes, so that every index is built anew.
const FORMAT: u32 = 1;
/// Bytes of the hash in a table's name.
const HASH_BYTES: usize = 6;
/// Longest name of an index: with what stands around it, a table's name stays below PostgreSQL's 63.
const NAME_BYTES_MAX: usize = 40;

/// The index tables of one declaration.
#[derive(Debug, Clone)]
pub(crate) struct Shape {
    pub(crate) hash: String,
    pub(crate) columns: Vec<Column>,
}

/// One index.
#[derive(Debug, Clone)]
pub(crate) struct Column {
    pub(crate) name: String,
    pub(crate) kind: IndexType,
}

impl Shape {
    /// Checks every name: they become part of SQL.
    pub(crate) fn of(id: &CollectionId, collection: &Collection) -> Result<Self, StoreError> {
        let mut told = format!("{FORMAT} {id} {:?}\n", collection.view.summary);
        let mut columns = Vec::new();
        for (name, index) in &collection.index {
            if !is_name(name) {
                return Err(damaged(
                    name,
                    "the name of an index is 1 to 40 of a-z, 0-9 and _",
                ));
            }
            let from = index.from.as_deref().unwrap_or(name);
            let calendar = match collection.schema.get(from).map(|field| &field.kind) {
                Some(FieldKind::Choice { by_date, .. }) => format!("{by_date:?}"),
                _ => String::new(),
            };
            // Writing to a string cannot fail.
            let _ = writeln!(told, "{name} {:?} {from} {calendar}", index.kind);
            columns.push(Column {
                name: name.clone(),
                kind: index.kind,
            });
        }
        let digest = Sha256::digest(told.as_bytes());
        let hash = hex(&digest[..HASH_BYTES]);
        Ok(Self { hash, columns })
    }

    /// Both names its table may have; a rebuild takes the one that is not in use.
    pub(crate) fn tables(&self) -> [String; 2] {
        [format!("ix_{}", self.hash), format!("iy_{}", self.hash)]
    }

    pub(crate) fn column(&self, name: &str) -> Result<&Column, StoreError> {
        let found = self.columns.iter().find(|column| column.name == name);
        Ok(found.ok_or_else(|| BadQuery::Unknown(name.to_owned()))?)
    }

    pub(crate) fn lists(&self) -> impl Iterator<Item = &Column> {
        self.columns.iter().filter(|column| column.is_list())
    }

    /// Statements that make the tables and their database indexes.
    pub(crate) fn creation(&self, table: &str) -> String {
        let mut columns = String::new();
        let mut after = String::new();
        let single = self.columns.iter().filter(|column| !column.is_list());
        for (at, column) in single.enumerate() {
            for (name, sql_type) in column.stored() {
                let _ = write!(columns, ",\n{name} {sql_type}");
            }
            let (key, sort) = (column.key(), column.sort());
            let _ = writeln!(
                after,
                "create index i{at}_{table} on {table} (site_id, {key});"
            );
            if key != sort {
                let _ = writeln!(
                    after,
                    "create index j{at}_{table} on {table} (site_id, {sort});"
                );
            }
        }
        for column in self.lists() {
            let side = column.side(table);
            let _ = writeln!(
                after,
                "create table {side} (
entry_id text not null references {table} (entry_id) on delete cascade,
place bigint not null,
key text not null,
shown text not null,
primary key (entry_id, place)
);
create index k_{side} on {side} (key, entry_id);"
            );
        }
        format!(
            "create table {table} (
entry_id text not null primary key,
site_id text not null,
summary text not null,
stale_on text{columns}
);
create index s_{table} on {table} (site_id);
create index d_{table} on {table} (stale_on);
{after}"
        )
    }
}

impl Column {
    pub(crate) fn is_list(&self) -> bool {
        self.kind == IndexType::Texts
    }

    pub(crate) fn is_integer(&self) -> bool {
        matches!(self.kind, IndexType::Integer | IndexType::Year)
    }

    /// Texts and codes are compared, sorted and shown by three different texts; the other types by
    /// one value.
    pub(crate) fn is_threefold(&self) -> bool {
        matches!(self.kind, IndexType::Text | IndexType::Code)
    }

    pub(crate) fn key(&self) -> String {
        format!("k_{}", self.name)
    }

    pub(crate) fn sort(&self) -> String {
        let prefix = if self.is_threefold() { "s" } else { "k" };
        format!("{prefix}_{}", self.name)
    }

    pub(crate) fn shown(&self) -> String {
        let prefix = if self.is_threefold() { "t" } else { "k" };
        format!("{prefix}_{}", self.name)
    }

    /// The side table of a list.
    pub(crate) fn side(&self, table: &str) -> String {
        format!("{table}_{}", self.name)
    }

    /// Columns of the main table, with their types.
    pub(crate) fn stored(&self) -> Vec<(String, &'static str)> {
        if self.is_list() {
            Vec::new()
        } else if self.is_integer() {
            vec![(self.key(), "bigint")]
        } else if self.is_threefold() {
            vec![
                (self.key(), "text"),
                (self.sort(), "text"),
                (self.shown(), "text"),
            ]
        } else {
            vec![(self.key(), "text")]
        }
    }
}

/// The main table to which an index table belongs, or which it is; none for any other table.
pub(crate) fn main_table(name: &str) -> Option<&str> {
    let hash = name.strip_prefix("ix_").or(name.strip_prefix("iy_"))?;
    let digits = HASH_BYTES * 2;
    let is_hash = hash.len() >= digits && hash.bytes().take(digits).all(|b| b.is_ascii_hexdigit());
    let rest = is_hash.then(|| &hash[digits..])?;
    let is_ours = rest.is_empty() || rest.strip_prefix('_').is_some_and(is_name);
    is_ours.then(|| &name[..name.len() - rest.len()])
}

/// Whether a text may be a part of SQL as a name.
pub(crate) fn is_name(text: &str) -> bool {
    !text.is_empty()
        && text.len() <= NAME_BYTES_MAX
        && text
            .bytes()
            .all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_')
}

//! The change log: what happened, in the order of commits.

use dinh_domain::dates::Instant;
use dinh_domain::ids::{CollectionId, EntryId, SiteId};
use sqlx::AnyConnection;
use sqlx::any::AnyRow;

use crate::error::StoreError;
use crate::sql::{Argument, Columns, Sql, damaged};
use crate::store::Store;

/// Changes of one insert: their arguments stay far below what both databases take in a statement.
const ROWS_PER_STATEMENT: usize = 100;
/// Kind of the changes that the store logs itself, for entries that a transaction touched and
/// did not name.
const TOUCHED: &str = "entry";

/// One change to log; its number comes at commit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewChange {
    /// When.
    pub at: Instant,
    /// What: a word of the use case.
    pub kind: String,
    /// On which site.
    pub site: Option<SiteId>,
    /// On which entry.
    pub entry: Option<EntryId>,
    /// Who.
    pub actor: String,
    /// Anything else; may be empty.
    pub detail: String,
}

/// One logged change.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// Its place in the order of commits, from 1, without repetition.
    pub number: i64,
    /// When.
    pub at: Instant,
    /// What.
    pub kind: String,
    /// On which site; the entry's where the use case named none.
    pub site: Option<SiteId>,
    /// On which entry.
    pub entry: Option<EntryId>,
    /// The entry's collection.
    pub collection: Option<CollectionId>,
    /// Who.
    pub actor: String,
    /// Anything else.
    pub detail: String,
}

impl NewChange {
    pub(crate) fn touched(site: &SiteId, entry: &EntryId, at: Instant) -> Self {
        Self {
            at,
            kind: TOUCHED.to_owned(),
            site: Some(site.clone()),
            entry: Some(entry.clone()),
            actor: "system".to_owned(),
            detail: String::new(),
        }
    }
}

impl Store {
    /// Changes with a higher number, in order.
    pub async fn changes_since(&self, number: i64, limit: u32) -> Result<Vec<Change>, StoreError> {
        let mut on = self.reader().await?;
        since(&mut on, number, limit).await
    }

    /// The highest number; 0 before the first change.
    pub async fn last_change_number(&self) -> Result<i64, StoreError> {
        let mut on = self.reader().await?;
        last_number(&mut on).await
    }
}

pub(crate) async fn since(
    on: &mut AnyConnection,
    number: i64,
    limit: u32,
) -> Result<Vec<Change>, StoreError> {
    let mut sql = Sql::new(
        "select l.number, l.at, l.kind, coalesce(l.site_id, e.site_id) as site_id, l.entry_id,
         e.collection, l.actor, l.detail
         from change_log l left join entry e on e.id = l.entry_id
         where l.number > ",
    );
    sql.bind(number).push(" order by l.number").limit(limit);
    let rows = sql.all(on).await?;
    rows.iter().map(read).collect()
}

fn read(row: &AnyRow) -> Result<Change, StoreError> {
    Ok(Change {
        number: row.integer("number")?,
        at: row.instant("at")?,
        kind: row.text("kind")?,
        site: row.read_or_none("site_id")?,
        entry: row.read_or_none("entry_id")?,
        collection: row.read_or_none("collection")?,
        actor: row.text("actor")?,
        detail: row.text("detail")?,
    })
}

pub(crate) async fn last_number(on: &mut AnyConnection) -> Result<i64, StoreError> {
    let row = Sql::new("select value from counter where name = 'change'")
        .optional(on)
        .await?;
    row.ok_or_else(|| damaged("counter.value", "there is no counter `change`"))?
        .integer("value")
}

/// Writes changes with the numbers that follow. The counter's row is locked from here to the
/// commit, so numbers are given in the order of commits.
pub(crate) async fn append(
    on: &mut AnyConnection,
    changes: &[NewChange],
) -> Result<i64, StoreError> {
    let count = i64::try_from(changes.len()).unwrap_or(i64::MAX);
    let row =
        Sql::new("update counter set value = value + $1 where name = 'change' returning value")
            .with(count)
            .optional(on)
            .await?;
    let last = row
        .ok_or_else(|| damaged("counter.value", "there is no counter `change`"))?
        .integer("value")?;
    let mut number = last - count;
    for some in changes.chunks(ROWS_PER_STATEMENT) {
        let mut sql = Sql::new(
            "insert into change_log (number, at, kind, site_id, entry_id, actor, detail) values ",
        );
        for (place, change) in some.iter().enumerate() {
            if place > 0 {
                sql.push(", ");
            }
            number += 1;
            let values: [Argument; 7] = [
                number.into(),
                change.at.into(),
                (&change.kind).into(),
                change.site.as_ref().into(),
                change.entry.as_ref().into(),
                (&change.actor).into(),
                (&change.detail).into(),
            ];
            sql.bind_all(values);
        }
        sql.run(on).await?;
    }
    Ok(last)
}

//! How often entries are read: sums by month.

use dinh_domain::dates::LocalDate;
use dinh_domain::ids::EntryId;

use crate::error::StoreError;
use crate::sql::{Columns, Sql};
use crate::store::Store;
use crate::write::WriteTx;

/// Views of an entry's page in a month.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EntryViews {
    /// The entry.
    pub entry: EntryId,
    /// The month's first day.
    pub month: LocalDate,
    /// How many; more than none.
    pub views: i64,
}

impl Store {
    /// How often an entry was read in a month that begins on a day.
    pub async fn views(&self, entry: &EntryId, month: LocalDate) -> Result<u64, StoreError> {
        let sql = Sql::new("select views from entry_usage where entry_id = $1 and month = $2");
        let mut on = self.reader().await?;
        let row = sql.with(entry).with(month).optional(&mut on).await?;
        let views = row.map_or(Ok(0), |row| row.integer("views"))?;
        Ok(u64::try_from(views).unwrap_or_default())
    }
}

impl WriteTx {
    /// Adds to what is there, whoever counted that; an entry that is gone counts nothing. Nodes wait for each other on
    /// rows, so all of them come by entry and month.
    pub async fn add_views(&mut self, counted: &[EntryViews]) -> Result<(), StoreError> {
        for it in counted {
            Sql::new(
                "insert into entry_usage (entry_id, month, views)
                 select id, $2, cast($3 as bigint) from entry where id = $1
                 on conflict (entry_id, month) do update
                 set views = entry_usage.views + excluded.views",
            )
            .with(&it.entry)
            .with(it.month)
            .with(it.views)
            .run(self.on())
            .await?;
        }
        Ok(())
    }
}

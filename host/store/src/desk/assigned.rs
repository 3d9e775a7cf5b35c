use dinh_domain::ids::{AccountId, EntryId};
use sqlx::any::AnyRow;

use crate::error::StoreError;
use crate::sql::{Columns, Sql};
use crate::write::WriteTx;

impl WriteTx {
    /// Entries that are assigned to somebody, with the account.
    pub async fn assigned(&mut self) -> Result<Vec<(EntryId, AccountId)>, StoreError> {
        let rows = Sql::new(
            "select d.entry_id, d.assignee from desk d join entry e on e.id = d.entry_id
             where d.assignee is not null and e.deleted_at is null order by d.entry_id",
        );
        let rows = rows.all(self.on()).await?;
        let read = |row: &AnyRow| Ok((row.read("entry_id")?, row.read("assignee")?));
        rows.iter().map(read).collect()
    }
}

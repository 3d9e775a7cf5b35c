//! Messages written, retried and forgotten.

use dinh_domain::dates::Instant;
use dinh_domain::ids::EntryId;

use super::{COLUMNS, StoredMail, mail};
use crate::error::StoreError;
use crate::sql::Sql;
use crate::write::WriteTx;

impl WriteTx {
    /// Writes a new message.
    pub async fn put_mail(&mut self, new: &StoredMail) -> Result<(), StoreError> {
        Sql::new(
            "insert into outbox (id, kind, site_id, entry_id, subscription_id, data_key, sealed, place,
             state, due_at, attempt, leased_by, lease_until, last_error, written_at)
             values ($1, $2, $3, $4, $5, $6, $7, $8, 'waiting', $9, 0, '', 0, '', $10)",
        )
        .with(&new.id)
        .with(&new.kind)
        .with(&new.site)
        .with(new.entry.as_ref())
        .with(new.subscription.as_ref())
        .with(&new.data_key)
        .with(&new.sealed)
        .with(i64::from(!new.is_urgent))
        .with(new.due_at)
        .with(new.written_at)
        .run(self.on())
        .await?;
        Ok(())
    }

    /// Lets a message be tried again from now on, also one that was given up; as it was before.
    pub async fn retry_mail(
        &mut self,
        id: &str,
        now: Instant,
    ) -> Result<Option<StoredMail>, StoreError> {
        let Some(found) = self.mail(id).await? else {
            return Ok(None);
        };
        Sql::new("update outbox set state = 'waiting', attempt = 0, due_at = $1 where id = $2")
            .with(now)
            .with(id)
            .run(self.on())
            .await?;
        Ok(Some(found))
    }

    /// Drops a message; as it was.
    pub async fn forget_mail(&mut self, id: &str) -> Result<Option<StoredMail>, StoreError> {
        let found = self.mail(id).await?;
        let sql = Sql::new("delete from outbox where id = $1").with(id);
        sql.run(self.on()).await?;
        Ok(found)
    }

    /// Drops everything that waits for whoever sent an entry.
    pub(crate) async fn forget_mail_of(&mut self, entry: &EntryId) -> Result<(), StoreError> {
        let sql = Sql::new("delete from outbox where entry_id = $1").with(entry);
        sql.run(self.on()).await?;
        Ok(())
    }

    /// Drops what was given up before an instant; how many.
    pub async fn forget_mail_before(&mut self, before: Instant) -> Result<u64, StoreError> {
        Sql::new("delete from outbox where state = 'given-up' and due_at < $1")
            .with(before)
            .run(self.on())
            .await
    }

    async fn mail(&mut self, id: &str) -> Result<Option<StoredMail>, StoreError> {
        let lock = self.dialect().lock();
        let row = Sql::new(format!("{COLUMNS}id = $1{lock}"))
            .with(id)
            .optional(self.on())
            .await?;
        row.as_ref().map(mail).transpose()
    }
}

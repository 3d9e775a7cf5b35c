//! Keeping a sending.

use dinh_domain::dates::Instant;
use dinh_domain::ids::{CollectionId, EntryId, SiteId};

use super::Submission;
use crate::error::StoreError;
use crate::sql::{Columns, Sql};
use crate::write::WriteTx;

impl WriteTx {
    /// Whether no sending of a site has a code.
    pub async fn code_is_free(&mut self, site: &SiteId, code: &str) -> Result<bool, StoreError> {
        let row = Sql::new("select 1 as one from submission where site_id = $1 and code = $2")
            .with(site)
            .with(code)
            .optional(self.on())
            .await?;
        Ok(row.is_none())
    }

    /// The entry that a sending is about; none where it is about none, or was not sent.
    pub async fn about(&mut self, entry: &EntryId) -> Result<Option<EntryId>, StoreError> {
        let row = Sql::new("select about from submission where entry_id = $1")
            .with(entry)
            .optional(self.on())
            .await?;
        row.map_or(Ok(None), |row| row.read_or_none("about"))
    }

    /// How many sendings of a collection about an entry are in one of these states.
    pub async fn unanswered(
        &mut self,
        about: &EntryId,
        collection: &CollectionId,
        states: &[String],
    ) -> Result<u64, StoreError> {
        let mut sql = Sql::new(
            "select count(*) as n from submission s join entry e on e.id = s.entry_id where s.about = ",
        );
        sql.bind(about)
            .push(" and e.collection = ")
            .bind(collection);
        sql.push(" and e.state in ").bind_all(states);
        let row = sql.optional(self.on()).await?;
        row.map_or(Ok(0), |row| Ok(row.integer("n")?.unsigned_abs()))
    }

    /// Keeps how an entry was sent. False where another sending has used its proof, and nothing was kept.
    pub async fn put_submission(&mut self, new: &Submission) -> Result<bool, StoreError> {
        let kept = Sql::new(
            "insert into submission (entry_id, site_id, code, token_hash, sent_at, form, consent,
             proof, about, channel, recorded_by, alike)
             values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)
             on conflict (proof) do nothing",
        )
        .with(&new.entry)
        .with(&new.site)
        .with(&new.code)
        .with(&new.token_hash)
        .with(new.sent_at)
        .with(&new.form)
        .with(&new.consent)
        .with(new.proof.as_ref())
        .with(new.about.as_ref())
        .with(&new.channel)
        .with(new.recorded_by.as_ref())
        .with(new.alike.as_ref())
        .run(self.on())
        .await?;
        Ok(kept == 1)
    }

    /// The sender of an entry has confirmed the address that they gave.
    pub async fn confirm_mail(&mut self, entry: &EntryId, at: Instant) -> Result<(), StoreError> {
        Sql::new(
            "update submission set mail_confirmed_at = $1
             where entry_id = $2 and mail_confirmed_at is null",
        )
        .with(at)
        .with(entry)
        .run(self.on())
        .await?;
        Ok(())
    }

    /// Whether an entry was sent by somebody of whom something private is kept.
    pub async fn has_known_sender(&mut self, entry: &EntryId) -> Result<bool, StoreError> {
        let row = Sql::new(
            "select 1 as one from submission s join entry_private p on p.entry_id = s.entry_id
             where s.entry_id = $1 and s.channel = 'web'",
        );
        let row = row.with(entry).optional(self.on()).await?;
        Ok(row.is_some())
    }
}

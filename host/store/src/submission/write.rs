//! Keeping a sending.

use dinh_domain::ids::{EntryId, SiteId};

use super::Submission;
use crate::error::StoreError;
use crate::sql::Sql;
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

    /// Keeps how an entry was sent. False where another sending has used its proof, and nothing was kept.
    pub async fn put_submission(&mut self, new: &Submission) -> Result<bool, StoreError> {
        let kept = Sql::new(
            "insert into submission (entry_id, site_id, code, token_hash, sent_at, form, consent,
             proof, about) values ($1, $2, $3, $4, $5, $6, $7, $8, $9)
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
        .run(self.on())
        .await?;
        Ok(kept == 1)
    }

    /// Whether an entry was sent by somebody of whom something private is kept.
    pub async fn has_known_sender(&mut self, entry: &EntryId) -> Result<bool, StoreError> {
        let row = Sql::new(
            "select 1 as one from submission s join entry_private p on p.entry_id = s.entry_id
             where s.entry_id = $1",
        );
        let row = row.with(entry).optional(self.on()).await?;
        Ok(row.is_some())
    }
}

//! Contents that no file has any more. One is taken off the shelf in two steps, so that what is sent meanwhile with the
//! same content is never left without it: while it is going, no file with it is kept.

use dinh_domain::dates::Instant;
use dinh_domain::ids::{EntryId, FileId};

use crate::error::StoreError;
use crate::sql::{Columns, Sql};
use crate::store::Store;
use crate::write::WriteTx;

impl Store {
    /// Contents that have been loose since before an instant, or are half gone; at most `limit`.
    pub async fn loose_contents(
        &self,
        before: Instant,
        limit: u32,
    ) -> Result<Vec<String>, StoreError> {
        let mut sql = Sql::new("select hash from loose_content where going = 1 or since < ");
        sql.bind(before).push(" order by hash").limit(limit);
        let rows = sql.all(&mut *self.reader().await?).await?;
        rows.iter().map(|row| row.text("hash")).collect()
    }

    /// A content is about to be put on the shelf: whoever finds it loose lets it lie from now on as long as one that has just
    /// become loose, so that there is time to keep a file with it.
    ///
    /// # Errors
    /// [`StoreError::Going`] where it is being taken off the shelf at this moment.
    pub async fn claim_content(&self, hash: &str, now: Instant) -> Result<(), StoreError> {
        let known = Sql::new("select going from loose_content where hash = $1").with(hash);
        if known.optional(&mut *self.reader().await?).await?.is_none() {
            return Ok(());
        }
        let mut tx = self.begin_write().await?;
        Sql::new(
            "update loose_content set since = $1 where hash = $2 and going = 0 and since < $1",
        )
        .with(now)
        .with(hash)
        .run(tx.on())
        .await?;
        let going = Sql::new("select 1 as one from loose_content where hash = $1 and going = 1");
        let is_going = going.with(hash).optional(tx.on()).await?.is_some();
        tx.commit().await?;
        match is_going {
            true => Err(StoreError::Going),
            false => Ok(()),
        }
    }
}

impl WriteTx {
    /// Erases the files with which an entry was sent: their content, their names and the words that were read of them.
    /// Their numbers stay, which immutable texts name. How many there were.
    pub async fn erase_sent_files(
        &mut self,
        entry: &EntryId,
        at: Instant,
    ) -> Result<u64, StoreError> {
        let rows = Sql::new(
            "select f.id, f.hash from file f join entry_file l on l.file_id = f.id
             join entry_revision r on r.id = l.revision_id
             where l.entry_id = $1 and r.number = 1 and f.erased_at is null order by f.id",
        )
        .with(entry)
        .all(self.on())
        .await?;
        for row in &rows {
            let (file, hash): (FileId, String) = (row.read("id")?, row.text("hash")?);
            for statement in [
                "delete from entry_file where file_id = $1",
                "delete from upload where file_id = $1",
            ] {
                Sql::new(statement).with(&file).run(self.on()).await?;
            }
            Sql::new(
                "update file set hash = '', name = '', media_type = '', size_bytes = 0, erased_at = $1
                 where id = $2",
            )
            .with(at)
            .with(&file)
            .run(self.on())
            .await?;
            self.loosen(&hash, at).await?;
        }
        Ok(rows.len() as u64)
    }

    /// Notes that a content may have become loose; what was read of it goes at once.
    pub(crate) async fn loosen(&mut self, hash: &str, at: Instant) -> Result<(), StoreError> {
        if self.has_holder(hash).await? {
            return Ok(());
        }
        Sql::new("delete from file_text where hash = $1")
            .with(hash)
            .run(self.on())
            .await?;
        Sql::new(
            "insert into loose_content (hash, since, going) values ($1, $2, 0)
             on conflict (hash) do nothing",
        )
        .with(hash)
        .with(at)
        .run(self.on())
        .await?;
        Ok(())
    }

    /// Begins to take a content off the shelf that is loose since before an instant, with what was read of it meanwhile.
    /// False where a file has it again, so that it is loose no more, or where somebody has just claimed it.
    pub async fn let_go(&mut self, hash: &str, before: Instant) -> Result<bool, StoreError> {
        let held = Sql::new(
            "delete from loose_content where hash = $1
             and exists (select 1 from file f where f.hash = loose_content.hash)",
        );
        held.with(hash).run(self.on()).await?;
        let going = Sql::new(
            "update loose_content set going = 1 where hash = $1 and (going = 1 or since < $2)",
        );
        let going = going.with(hash).with(before).run(self.on()).await?;
        if going > 0 {
            Sql::new("delete from file_text where hash = $1")
                .with(hash)
                .run(self.on())
                .await?;
        }
        Ok(going > 0)
    }

    /// A loose content is off the shelf, or loose no more.
    pub async fn gone(&mut self, hash: &str) -> Result<(), StoreError> {
        Sql::new("delete from loose_content where hash = $1")
            .with(hash)
            .run(self.on())
            .await?;
        Ok(())
    }

    /// A file with this content is about to be kept: it is loose no more.
    pub(crate) async fn keep_content(&mut self, hash: &str) -> Result<(), StoreError> {
        let held = Sql::new("delete from loose_content where hash = $1 and going = 0")
            .with(hash)
            .run(self.on())
            .await?;
        if held > 0 {
            return Ok(());
        }
        let going = Sql::new("select hash from loose_content where hash = $1")
            .with(hash)
            .optional(self.on())
            .await?;
        match going {
            Some(_) => Err(StoreError::Going),
            None => Ok(()),
        }
    }

    pub(crate) async fn has_holder(&mut self, hash: &str) -> Result<bool, StoreError> {
        let row = Sql::new("select 1 as one from file where hash = $1 limit 1")
            .with(hash)
            .optional(self.on())
            .await?;
        Ok(row.is_some())
    }
}

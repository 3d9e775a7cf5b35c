//! Files that came with a form that was not saved yet. Whoever sent one may name it in an entry of the
//! same site, once; nobody else may, and nobody is shown it before. What no entry names in time is swept.

use dinh_domain::dates::Instant;
use dinh_domain::ids::{EntryId, FileId, SiteId};
use dinh_domain::visibility::Scope;

use crate::error::StoreError;
use crate::file::{COLUMNS, StoredFile, stored_file};
use crate::scope;
use crate::sql::{Columns, Sql};
use crate::store::Store;
use crate::write::WriteTx;

impl Store {
    /// Those of some files that an account (or what stands for those without one) sent for a site and that no entry names
    /// yet.
    pub async fn uploads(
        &self,
        (account, site): (&str, &SiteId),
        files: &[FileId],
    ) -> Result<Vec<StoredFile>, StoreError> {
        if files.is_empty() {
            return Ok(Vec::new());
        }
        let mut sql = Sql::new(format!(
            "select {COLUMNS} from file f join upload u on u.file_id = f.id where u.account = "
        ));
        sql.bind(account).push(" and f.site_id = ").bind(site);
        sql.push(
            " and not exists (select 1 from entry_file l where l.file_id = f.id) and f.id in ",
        )
        .bind_all(files);
        let rows = sql.all(&mut *self.reader().await?).await?;
        rows.iter().map(stored_file).collect()
    }

    /// Bytes that came to a site from an account since some instant, as far as they were not swept or erased.
    pub async fn uploaded_since(
        &self,
        (account, site): (&str, &SiteId),
        since: Instant,
    ) -> Result<u64, StoreError> {
        let row = Sql::new(
            "select cast(coalesce(sum(f.size_bytes), 0) as bigint) as n from upload u
             join file f on f.id = u.file_id where u.at >= $1 and u.account = $2 and f.site_id = $3",
        )
        .with(since)
        .with(account)
        .with(site)
        .optional(&mut *self.reader().await?)
        .await?;
        row.map_or(Ok(0), |row| Ok(row.integer("n")?.unsigned_abs()))
    }

    /// Those of some files that any revision of an entry holds; the caller may see the entry.
    pub async fn entry_files(
        &self,
        entry: &EntryId,
        files: &[FileId],
    ) -> Result<Vec<StoredFile>, StoreError> {
        if files.is_empty() {
            return Ok(Vec::new());
        }
        let mut sql = Sql::new(format!("select {COLUMNS} from file f where f.id in "));
        sql.bind_all(files);
        sql.push(
            " and exists (select 1 from entry_file l where l.file_id = f.id and l.entry_id = ",
        );
        sql.bind(entry).push(")");
        let rows = sql.all(&mut *self.reader().await?).await?;
        rows.iter().map(stored_file).collect()
    }

    /// A file that any revision of an entry in the scope holds.
    pub async fn desk_file(
        &self,
        scope: &Scope,
        (entry, id): (&EntryId, &FileId),
    ) -> Result<Option<StoredFile>, StoreError> {
        let mut sql = Sql::new(format!("select {COLUMNS} from file f where f.id = "));
        sql.bind(id).push(
            " and exists (select 1 from entry_file l join entry e on e.id = l.entry_id
             where l.file_id = f.id and e.id = ",
        );
        sql.bind(entry).push(" and ");
        scope::on_named_entries(scope, &mut sql);
        sql.push(")");
        let row = sql.optional(&mut *self.reader().await?).await?;
        row.as_ref().map(stored_file).transpose()
    }
}

impl WriteTx {
    /// Keeps whose a file is, until an entry names it.
    pub async fn put_upload(
        &mut self,
        file: &FileId,
        account: &str,
        at: Instant,
    ) -> Result<(), StoreError> {
        Sql::new("insert into upload (file_id, account, at) values ($1, $2, $3)")
            .with(file)
            .with(account)
            .with(at)
            .run(self.on())
            .await?;
        Ok(())
    }

    /// Gives a file to the entry that is about to name it, under a name of ours; false where another entry has it, or
    /// nobody sent it.
    pub async fn take_upload(
        &mut self,
        (file, account): (&FileId, &str),
        name: &str,
        at: Instant,
    ) -> Result<bool, StoreError> {
        let taken = Sql::new(
            "update upload set taken_at = $1 where file_id = $2 and account = $3 and taken_at is null
             and not exists (select 1 from entry_file l where l.file_id = upload.file_id)",
        )
        .with(at)
        .with(file)
        .with(account)
        .run(self.on())
        .await?;
        if taken == 0 {
            return Ok(false);
        }
        Sql::new("update file set name = $1 where id = $2")
            .with(name)
            .with(file)
            .run(self.on())
            .await?;
        Ok(true)
    }

    /// Takes away files of forms that were never saved: those of one account that came before an instant, or those of
    /// everybody else. Of those that an entry names only the note goes by whose they were. How many notes went, at most
    /// `limit`.
    pub async fn sweep_uploads(
        &mut self,
        (account, is_its): (&str, bool),
        (before, now): (Instant, Instant),
        limit: u32,
    ) -> Result<u64, StoreError> {
        let mut sql = Sql::new("select u.file_id from upload u where u.at < ");
        sql.bind(before);
        sql.push(if is_its {
            " and u.account = "
        } else {
            " and u.account <> "
        });
        sql.bind(account)
            .push(" order by u.at, u.file_id")
            .limit(limit);
        let rows = sql.all(self.on()).await?;
        let mut swept = 0;
        for row in &rows {
            let file: FileId = row.read("file_id")?;
            swept += Sql::new("delete from upload where file_id = $1")
                .with(&file)
                .run(self.on())
                .await?;
            let gone = Sql::new(
                "delete from file where id = $1
                 and not exists (select 1 from entry_file l where l.file_id = $2) returning hash",
            )
            .with(&file)
            .with(&file)
            .optional(self.on())
            .await?;
            if let Some(gone) = gone {
                self.loosen(&gone.text("hash")?, now).await?;
            }
        }
        Ok(swept)
    }
}

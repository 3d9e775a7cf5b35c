//! Files that came with a form that was not saved yet. Whoever sent one may name it in an entry of the
//! same site, once; nobody else may, and nobody is shown it before.

use dinh_domain::dates::Instant;
use dinh_domain::ids::{AccountId, EntryId, FileId, SiteId};
use dinh_domain::visibility::Scope;

use crate::error::StoreError;
use crate::file::{COLUMNS, StoredFile, stored_file};
use crate::scope;
use crate::sql::Sql;
use crate::store::Store;
use crate::write::WriteTx;

impl Store {
    /// Those of some files that an account sent for a site and that no entry names yet.
    pub async fn uploads(
        &self,
        (account, site): (&AccountId, &SiteId),
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
        account: &AccountId,
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
}

//! Stored files: what is known of them. Their bytes lie in the object store, by hash.

use dinh_domain::dates::Instant;
use dinh_domain::file_text::TextState;
use dinh_domain::ids::{EntryId, FileId, SiteId};
use dinh_domain::visibility::Scope;
use sqlx::any::AnyRow;

use crate::error::StoreError;
use crate::scope;
use crate::sql::{Columns, Sql};
use crate::store::Store;
use crate::write::WriteTx;

/// Media type of a table of figures: no file that somebody uploads has it.
pub const TABLE_MEDIA_TYPE: &str = "application/json";

/// A stored file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredFile {
    /// For ever the same.
    pub id: FileId,
    /// The site that keeps it.
    pub site: SiteId,
    /// SHA-256 of its bytes, hexadecimal.
    pub hash: String,
    /// Name to save under.
    pub name: String,
    /// Media type.
    pub media_type: String,
    /// Size.
    pub size_bytes: i64,
    /// When it came.
    pub created_at: Instant,
}

/// A file that a public entry holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HeldFile {
    /// The file.
    pub file: StoredFile,
    /// What came of reading its text; none before it was read.
    pub read: Option<TextState>,
}

pub(crate) const COLUMNS: &str =
    "f.id, f.site_id, f.hash, f.name, f.media_type, f.size_bytes, f.created_at";

pub(crate) fn stored_file(row: &AnyRow) -> Result<StoredFile, StoreError> {
    Ok(StoredFile {
        id: row.read("id")?,
        site: row.read("site_id")?,
        hash: row.text("hash")?,
        name: row.text("name")?,
        media_type: row.text("media_type")?,
        size_bytes: row.integer("size_bytes")?,
        created_at: row.instant("created_at")?,
    })
}

impl Store {
    /// The files that the published revision of an entry in the scope holds.
    pub async fn files_of(
        &self,
        scope: &Scope,
        entry: &EntryId,
    ) -> Result<Vec<HeldFile>, StoreError> {
        let mut sql = Sql::new(format!(
            "select {COLUMNS}, t.state from entry e
             join entry_file l on l.entry_id = e.id and l.revision_id = e.published_revision
             join file f on f.id = l.file_id left join file_text t on t.hash = f.hash
             where e.id = "
        ));
        sql.bind(entry).push(" and ");
        scope::on_named_entries(scope, &mut sql);
        let mut on = self.reader().await?;
        let rows = sql.all(&mut on).await?;
        let read = rows.iter().map(|row| {
            Ok(HeldFile {
                file: stored_file(row)?,
                read: row.read_or_none("state")?,
            })
        });
        read.collect()
    }

    /// A file that a published revision in the scope holds.
    pub async fn file(&self, scope: &Scope, id: &FileId) -> Result<Option<StoredFile>, StoreError> {
        let mut sql = Sql::new(format!("select {COLUMNS} from file f where f.id = "));
        sql.bind(id).push(
            " and exists (select 1 from entry_file l
             join entry e on e.id = l.entry_id and e.published_revision = l.revision_id
             where l.file_id = f.id and ",
        );
        scope::on_named_entries(scope, &mut sql);
        sql.push(")");
        let mut on = self.reader().await?;
        let row = sql.optional(&mut on).await?;
        row.as_ref().map(stored_file).transpose()
    }
}

impl WriteTx {
    /// Adds a file, before the revision that names it. A second time the same id changes nothing.
    pub async fn put_file(&mut self, file: &StoredFile) -> Result<(), StoreError> {
        self.keep_content(&file.hash).await?;
        Sql::new(
            "insert into file (id, site_id, hash, name, media_type, size_bytes, created_at)
             values ($1, $2, $3, $4, $5, $6, $7) on conflict (id) do nothing",
        )
        .with(&file.id)
        .with(&file.site)
        .with(&file.hash)
        .with(&file.name)
        .with(&file.media_type)
        .with(file.size_bytes)
        .with(file.created_at)
        .run(self.on())
        .await?;
        Ok(())
    }
}

//! Reading for those who work on entries: imports and indexing. No scope, so never behind a
//! reader's request.

use dinh_domain::entry::Entry;
use dinh_domain::ids::{CollectionId, EntryId, SiteId};
use sqlx::AnyConnection;
use sqlx::any::AnyRow;

use super::{ENTRY_COLUMNS, Working, entry, withdrawal};
use crate::error::StoreError;
use crate::scope;
use crate::sql::{Columns, Sql};
use crate::store::Store;
use crate::write::WriteTx;

impl Store {
    /// The entry that was imported under a key.
    pub async fn entry_by_import_key(
        &self,
        site: &SiteId,
        collection: &CollectionId,
        key: &str,
    ) -> Result<Option<Working>, StoreError> {
        by_import_key(&mut *self.reader().await?, site, collection, key).await
    }

    /// An entry with its working revision.
    pub async fn working(&self, id: &EntryId) -> Result<Option<Working>, StoreError> {
        by_id(&mut *self.reader().await?, id).await
    }

    /// Those of the entries that are public, with their fields. Whatever is missing from the
    /// answer is not public and leaves the search index.
    pub async fn documents_for_search(&self, ids: &[EntryId]) -> Result<Vec<Entry>, StoreError> {
        let mut sql = Sql::new(format!(
            "select {ENTRY_COLUMNS} e.published_at as shown_changed_at
             from entry e join entry_revision r on r.id = e.published_revision where {} and e.id in ",
            scope::PUBLIC
        ));
        sql.bind_all(ids).push(" order by e.id");
        let mut on = self.reader().await?;
        sql.all(&mut on).await?.iter().map(entry).collect()
    }

    /// Public entries of all collections, in the order of their ids, behind a cursor.
    pub async fn published_after(
        &self,
        cursor: Option<&EntryId>,
        limit: u32,
    ) -> Result<Vec<EntryId>, StoreError> {
        let mut sql = Sql::new(format!("select e.id from entry e where {}", scope::PUBLIC));
        if let Some(cursor) = cursor {
            sql.push(" and e.id > ").bind(cursor);
        }
        sql.push(" order by e.id").limit(limit);
        let mut on = self.reader().await?;
        let rows = sql.all(&mut on).await?;
        rows.iter().map(|row| row.read("id")).collect()
    }
}

impl WriteTx {
    /// The entry that was imported under a key, as this transaction sees it.
    pub async fn entry_by_import_key(
        &mut self,
        site: &SiteId,
        collection: &CollectionId,
        key: &str,
    ) -> Result<Option<Working>, StoreError> {
        self.write_later().await?;
        by_import_key(self.on(), site, collection, key).await
    }

    /// An entry with its working revision, as this transaction sees it.
    pub async fn working(&mut self, id: &EntryId) -> Result<Option<Working>, StoreError> {
        self.write_later().await?;
        by_id(self.on(), id).await
    }
}

fn selected() -> Sql {
    Sql::new(format!(
        "select {ENTRY_COLUMNS} r.made_at as shown_changed_at, e.published_revision, e.withdrawn_at,
         e.withdrawn_reason, e.withdrawn_successor, e.organisation_id, e.deleted_at
         from entry e join entry_revision r on r.id = e.working_revision where "
    ))
}

pub(crate) async fn by_id(
    on: &mut AnyConnection,
    id: &EntryId,
) -> Result<Option<Working>, StoreError> {
    let mut sql = selected();
    sql.push("e.id = ").bind(id);
    sql.optional(on).await?.as_ref().map(read).transpose()
}

async fn by_import_key(
    on: &mut AnyConnection,
    site: &SiteId,
    collection: &CollectionId,
    key: &str,
) -> Result<Option<Working>, StoreError> {
    let mut sql = selected();
    sql.push("e.site_id = ").bind(site);
    sql.push(" and e.collection = ").bind(collection);
    sql.push(" and e.import_key = ").bind(key);
    sql.optional(on).await?.as_ref().map(read).transpose()
}

fn read(row: &AnyRow) -> Result<Working, StoreError> {
    Ok(Working {
        entry: entry(row)?,
        published: row.read_or_none("published_revision")?,
        withdrawn: withdrawal(row)?,
        organisation: row.read("organisation_id")?,
        deleted: row.integer_or_none("deleted_at")?.is_some(),
    })
}

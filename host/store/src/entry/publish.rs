//! What changes the public face of an entry: each step takes index, codes and edges along.

use dinh_domain::canonical::Content;
use dinh_domain::dates::{Instant, LocalTime};
use dinh_domain::declaration::Collection;
use dinh_domain::entry::Withdrawal;
use dinh_domain::ids::{CollectionId, EntryId, SiteId};

use super::{NewEntry, NewRevision, PublicBody, Publication};
use crate::error::StoreError;
use crate::publication::Record;
use crate::sql::{Columns, Sql};
use crate::write::WriteTx;
use crate::{index, link, path};

impl WriteTx {
    /// Makes a revision public. The first time, its instant, person and clock are recorded for
    /// ever (architecture, section 5); a withdrawal ends.
    pub async fn publish(
        &mut self,
        it: &Publication,
        collection: &Collection,
        now: LocalTime,
    ) -> Result<(), StoreError> {
        let (site, collection_id) = self.locked(&it.entry).await?;
        let body = self
            .record_publication(&it.entry, &it.revision, Some(collection), it.at)
            .await?;
        Sql::new(
            "update entry set published_revision = $1, published_at = $2, state = $3,
             changed_at = $2, withdrawn_at = null, withdrawn_reason = null,
             withdrawn_successor = null,
             clock_started_on = case when first_published_at is null then $4 else clock_started_on end,
             first_published_by = case when first_published_at is null then $5 else first_published_by end,
             first_published_at = coalesce(first_published_at, $2)
             where id = $6",
        )
        .with(&it.revision)
        .with(it.at)
        .with(&it.state)
        .with(it.clock_started_on)
        .with(&it.by)
        .with(&it.entry)
        .run(self.on())
        .await?;
        // What was taken down and is let back is shown again.
        Sql::new("update publication set withdrawn_at = null where revision_id = $1")
            .with(&it.revision)
            .run(self.on())
            .await?;
        let public = PublicBody {
            id: it.entry.clone(),
            site,
            body,
        };
        index::replace_row(self, &collection_id, collection, &public, now).await?;
        link::replace(self, &collection_id, collection, &public).await?;
        self.touch(&public.site, &it.entry, it.at);
        Ok(())
    }

    /// Makes an entry with its first revision, public at once. What follows from its fields is
    /// written with that of others, at the latest when the transaction ends.
    pub async fn create_public(
        &mut self,
        new: &NewEntry,
        first: NewRevision,
        it: &Publication,
        collection: &Collection,
        now: LocalTime,
    ) -> Result<(), StoreError> {
        self.create_shown(new, &first, it).await?;
        let content = Content {
            entry: &new.id,
            collection: &new.collection,
            language: &new.language,
            title: &first.title,
            author: &first.author,
            source: &first.source,
            body: &first.body,
        };
        let record = Record::of((&first.id, &new.site), &content, Some(collection), it.at);
        self.later.records.push(record);
        let public = PublicBody {
            id: new.id.clone(),
            site: new.site.clone(),
            body: first.body,
        };
        index::insert_row(self, &new.collection, collection, &public, now).await?;
        link::insert(self, &new.collection, collection, &public)?;
        self.touch(&new.site, &new.id, it.at);
        Ok(())
    }

    /// Takes an entry out of sight, with a reason.
    pub async fn withdraw(
        &mut self,
        entry: &EntryId,
        why: &Withdrawal,
        state: &str,
    ) -> Result<(), StoreError> {
        let (site, collection) = self.locked(entry).await?;
        Sql::new(
            "update entry set withdrawn_at = $1, withdrawn_reason = $2, withdrawn_successor = $3,
             state = $4, changed_at = $1 where id = $5",
        )
        .with(why.at)
        .with(&why.reason)
        .with(why.successor.as_ref())
        .with(state)
        .with(entry)
        .run(self.on())
        .await?;
        Sql::new(
            "update publication set withdrawn_at = $1 where revision_id =
             (select published_revision from entry where id = $2)",
        )
        .with(why.at)
        .with(entry)
        .run(self.on())
        .await?;
        self.hide(&site, &collection, entry, why.at).await
    }

    /// Deletes an entry softly: its revisions stay, and its slug is never used again.
    pub async fn delete_entry(&mut self, entry: &EntryId, at: Instant) -> Result<(), StoreError> {
        let (site, collection) = self.locked(entry).await?;
        Sql::new("update entry set deleted_at = $1, changed_at = $1 where id = $2")
            .with(at)
            .with(entry)
            .run(self.on())
            .await?;
        self.hide(&site, &collection, entry, at).await
    }

    /// Makes the index row anew as it stands on a day: for rows that the calendar changed.
    pub async fn refresh_index_row(
        &mut self,
        entry: &EntryId,
        collection: &Collection,
        now: LocalTime,
    ) -> Result<(), StoreError> {
        let (_, collection_id) = self.locked(entry).await?;
        index::refresh_row(self, &collection_id, collection, entry, now).await
    }

    async fn hide(
        &mut self,
        site: &SiteId,
        collection: &CollectionId,
        entry: &EntryId,
        at: Instant,
    ) -> Result<(), StoreError> {
        index::delete_row(self, collection, entry).await?;
        link::forget_codes(self, entry).await?;
        self.touch(site, entry, at);
        Ok(())
    }

    /// Holds an entry against other writers until the transaction ends.
    async fn locked(&mut self, entry: &EntryId) -> Result<(SiteId, CollectionId), StoreError> {
        let select = format!(
            "select site_id, collection from entry where id = $1{}",
            self.dialect().lock()
        );
        let row = Sql::new(select)
            .with(entry)
            .optional(self.on())
            .await?
            .ok_or_else(|| path::missing("entry", entry))?;
        Ok((row.read("site_id")?, row.read("collection")?))
    }
}

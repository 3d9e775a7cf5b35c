//! What was ever published: hashes of contents and addresses of legislation, kept for ever.

use dinh_domain::canonical::Content;
use dinh_domain::dates::Instant;
use dinh_domain::declaration::Collection;
use dinh_domain::eli;
use dinh_domain::entry::{Body, Withdrawal};
use dinh_domain::ids::{CollectionId, EntryId, RevisionId, SiteId};
use dinh_domain::visibility::Scope;
use sha2::{Digest, Sha256};
use sqlx::AnyConnection;
use sqlx::any::AnyRow;

use crate::entry::withdrawal;
use crate::error::StoreError;
use crate::path::hex;
use crate::scope;
use crate::sql::{Argument, Columns, ROWS_PER_STATEMENT, Sql};
use crate::store::Store;
use crate::write::WriteTx;

/// Most publications told of one hash or address: the same content is published again when a change
/// is taken back, and no more often than people do that.
const FOUND_MAX: u32 = 100;

/// A publication that was asked for, with what became of its entry.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FoundPublication {
    /// The entry.
    pub entry: EntryId,
    /// Its site.
    pub site: SiteId,
    /// Its type.
    pub collection: CollectionId,
    /// When this text became public.
    pub at: Instant,
    /// The text that is public now has the same content.
    pub is_current: bool,
    /// When the text that is public now became so.
    pub replaced_at: Instant,
    /// Why the entry is no longer shown.
    pub withdrawn: Option<Withdrawal>,
}

/// A revision whose publication is not yet recorded.
#[derive(Debug, Clone, PartialEq)]
pub struct Unrecorded {
    /// The entry.
    pub entry: EntryId,
    /// Its type.
    pub collection: CollectionId,
}

/// SHA-256 of a content's canonical text, hexadecimal.
pub fn content_hash(content: &Content<'_>) -> String {
    hex(&Sha256::digest(content.text().as_bytes()))
}

const FOUND: &str = "select p.entry_id, p.at, p.hash, e.site_id, e.collection, e.published_at,
     e.withdrawn_at, e.withdrawn_reason, e.withdrawn_successor, c.hash as current_hash
     from publication p join entry e on e.id = p.entry_id
     left join publication c on c.revision_id = e.published_revision where ";

impl Store {
    /// Publications of a content, newest first: of entries in the scope, and of those that would be
    /// in it had they not been withdrawn.
    pub async fn publications_of_hash(
        &self,
        scope: &Scope,
        hash: &str,
    ) -> Result<Vec<FoundPublication>, StoreError> {
        let mut sql = Sql::new(FOUND);
        sql.push("p.hash = ").bind(hash);
        self.found(scope, sql).await
    }

    /// Publications under an address of legislation (without the leading `/eli/`), the same way.
    pub async fn publications_of_eli(
        &self,
        scope: &Scope,
        site: &SiteId,
        address: &str,
    ) -> Result<Vec<FoundPublication>, StoreError> {
        let mut sql = Sql::new(FOUND);
        sql.push("p.site_id = ").bind(site);
        sql.push(" and p.eli = ").bind(address);
        self.found(scope, sql).await
    }

    async fn found(
        &self,
        scope: &Scope,
        mut sql: Sql,
    ) -> Result<Vec<FoundPublication>, StoreError> {
        sql.push(" and (");
        scope::on_named_entries(scope, &mut sql);
        sql.push(" or ");
        scope::on_withdrawn(scope, &mut sql);
        sql.push(") order by p.at desc, p.revision_id desc")
            .limit(FOUND_MAX);
        let mut on = self.reader().await?;
        sql.all(&mut on).await?.iter().map(read).collect()
    }

    /// Entries that were published before publications were recorded, or by a program that does not
    /// record them; after a cursor, in the order of their ids.
    pub async fn unrecorded(
        &self,
        after: Option<&EntryId>,
        limit: u32,
    ) -> Result<Vec<Unrecorded>, StoreError> {
        let mut sql = Sql::new(
            "select e.id, e.collection from entry e where e.published_revision is not null
             and not exists (select 1 from publication p where p.revision_id = e.published_revision)",
        );
        if let Some(after) = after {
            sql.push(" and e.id > ").bind(after);
        }
        sql.push(" order by e.id").limit(limit);
        let mut on = self.reader().await?;
        let rows = sql.all(&mut on).await?;
        let read = rows.iter().map(|row| {
            Ok(Unrecorded {
                entry: row.read("id")?,
                collection: row.read("collection")?,
            })
        });
        read.collect()
    }
}

fn read(row: &AnyRow) -> Result<FoundPublication, StoreError> {
    let hash = row.text("hash")?;
    Ok(FoundPublication {
        entry: row.read("entry_id")?,
        site: row.read("site_id")?,
        collection: row.read("collection")?,
        at: row.instant("at")?,
        is_current: row.text_or_none("current_hash")? == Some(hash),
        replaced_at: row.instant("published_at")?,
        withdrawn: withdrawal(row)?,
    })
}

/// What is kept of a publication.
#[derive(Debug)]
pub(crate) struct Record {
    revision: RevisionId,
    entry: EntryId,
    site: SiteId,
    at: Instant,
    hash: String,
    eli: Option<String>,
}

impl Record {
    pub(crate) fn of(
        (revision, site): (&RevisionId, &SiteId),
        content: &Content<'_>,
        collection: Option<&Collection>,
        at: Instant,
    ) -> Self {
        let declared = collection.and_then(|it| it.view.eli.as_ref());
        Self {
            revision: revision.clone(),
            entry: content.entry.clone(),
            site: site.clone(),
            at,
            hash: content_hash(content),
            eli: declared.and_then(|declared| eli::local(declared, content.body)),
        }
    }
}

/// Keeps publications; those that are kept already stay as they are.
pub(crate) async fn insert(on: &mut AnyConnection, records: &[Record]) -> Result<(), StoreError> {
    for some in records.chunks(ROWS_PER_STATEMENT) {
        let mut sql = Sql::new(
            "insert into publication (revision_id, entry_id, site_id, at, hash, eli) values ",
        );
        sql.rows(some, |it| -> [Argument; 6] {
            [
                (&it.revision).into(),
                (&it.entry).into(),
                (&it.site).into(),
                it.at.into(),
                (&it.hash).into(),
                it.eli.as_ref().into(),
            ]
        });
        sql.push(" on conflict (revision_id) do nothing");
        sql.run(on).await?;
    }
    Ok(())
}

impl WriteTx {
    /// Records that a revision became public, and returns its fields. A second time changes nothing.
    pub(crate) async fn record_publication(
        &mut self,
        entry: &EntryId,
        revision: &RevisionId,
        collection: Option<&Collection>,
        at: Instant,
    ) -> Result<Body, StoreError> {
        let row = Sql::new(
            "select e.site_id, e.collection, e.language, r.title, r.author, r.source, r.body
             from entry_revision r join entry e on e.id = r.entry_id
             where r.id = $1 and r.entry_id = $2",
        )
        .with(revision)
        .with(entry)
        .optional(self.on())
        .await?
        .ok_or_else(|| crate::path::missing("revision", revision))?;
        let body: Body = row.json("body")?;
        let (site, id): (SiteId, CollectionId) = (row.read("site_id")?, row.read("collection")?);
        let content = Content {
            entry,
            collection: &id,
            language: &row.text("language")?,
            title: &row.text("title")?,
            author: &row.text("author")?,
            source: &row.text("source")?,
            body: &body,
        };
        self.record_content((revision, &site), &content, collection, at)
            .await?;
        Ok(body)
    }

    /// The same for a content that the caller holds.
    async fn record_content(
        &mut self,
        (revision, site): (&RevisionId, &SiteId),
        content: &Content<'_>,
        collection: Option<&Collection>,
        at: Instant,
    ) -> Result<(), StoreError> {
        let record = Record::of((revision, site), content, collection, at);
        insert(self.on(), &[record]).await
    }

    /// Records what an entry published before: its published revision and those behind it, which
    /// were public in their turn as long as posting is publishing.
    pub async fn record_former_publications(
        &mut self,
        entry: &EntryId,
        collection: Option<&Collection>,
    ) -> Result<(), StoreError> {
        let rows = Sql::new(
            "select r.id, r.made_at, e.published_at, p.id as published
             from entry e join entry_revision p on p.id = e.published_revision
             join entry_revision r on r.entry_id = e.id and r.number <= p.number
             where e.id = $1 order by r.number",
        )
        .with(entry)
        .all(self.on())
        .await?;
        for row in rows {
            let revision: RevisionId = row.read("id")?;
            let published: RevisionId = row.read("published")?;
            let column = if revision == published {
                "published_at"
            } else {
                "made_at"
            };
            let at = row.instant(column)?;
            self.record_publication(entry, &revision, collection, at)
                .await?;
        }
        Ok(())
    }
}

//! The texts of an entry that were public, by their numbers; their words are read one at a time.

use dinh_domain::dates::Instant;
use dinh_domain::ids::{CollectionId, EntryId, FileId, RevisionId};
use dinh_domain::visibility::Scope;

use crate::error::StoreError;
use crate::file::{COLUMNS, HeldFile, StoredFile, stored_file};
use crate::scope;
use crate::sql::{Columns, Sql};
use crate::store::Store;

/// A text that was public.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PublishedLine {
    /// The revision.
    pub revision: RevisionId,
    /// When it became public.
    pub at: Instant,
    /// Whether it was taken down, and not let back.
    pub is_withdrawn: bool,
    /// Its title.
    pub title: String,
    /// Its number, where it has one.
    pub number: Option<i64>,
    /// What is different in it.
    pub note: Option<String>,
}

/// A file that an entry in the scope holds in some of its texts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FormerFile {
    /// The file.
    pub file: StoredFile,
    /// The entry.
    pub entry: EntryId,
    /// Its type.
    pub collection: CollectionId,
    /// The texts that hold it.
    pub revisions: Vec<RevisionId>,
}

impl Store {
    /// The texts of an entry that were public, the first one first; at most the last `limit`. Their number and note stand in
    /// these fields of their bodies. Whether somebody may read the entry is the caller's to ask.
    pub async fn published_lines(
        &self,
        entry: &EntryId,
        (number, note): (&str, Option<&str>),
        limit: u32,
    ) -> Result<Vec<PublishedLine>, StoreError> {
        let dialect = self.dialect();
        let mut sql = Sql::new("select r.id, p.at, p.withdrawn_at, r.title, ");
        dialect.member(&mut sql, ("r.body", number), "number");
        sql.push(", ");
        dialect.member(&mut sql, ("r.body", note.unwrap_or(number)), "note");
        sql.push(
            " from publication p join entry_revision r on r.id = p.revision_id where p.entry_id = ",
        );
        sql.bind(entry).push(" order by r.number desc").limit(limit);
        let rows = sql.all(&mut *self.reader().await?).await?;
        let read = rows.iter().rev().map(|row| {
            let number = row.text_or_none("number")?;
            Ok(PublishedLine {
                revision: row.read("id")?,
                at: row.instant("at")?,
                is_withdrawn: row.instant_or_none("withdrawn_at")?.is_some(),
                title: row.text("title")?,
                number: number.and_then(|it| it.parse().ok()),
                note: row.text_or_none("note")?.filter(|_| note.is_some()),
            })
        });
        read.collect()
    }

    /// The files that one text of an entry in the scope holds. Whether that text may be read is the caller's to ask.
    pub async fn files_of_text(
        &self,
        scope: &Scope,
        (entry, revision): (&EntryId, &RevisionId),
    ) -> Result<Vec<HeldFile>, StoreError> {
        let mut sql = Sql::new(format!(
            "select {COLUMNS}, t.state from entry e join entry_file l on l.entry_id = e.id
             join file f on f.id = l.file_id left join file_text t on t.hash = f.hash
             where e.id = "
        ));
        sql.bind(entry)
            .push(" and l.revision_id = ")
            .bind(revision)
            .push(" and ");
        scope::on_named_entries(scope, &mut sql);
        let rows = sql.all(&mut *self.reader().await?).await?;
        let read = rows.iter().map(|row| {
            Ok(HeldFile {
                file: stored_file(row)?,
                read: row.read_or_none("state")?,
            })
        });
        read.collect()
    }

    /// A file with the texts that hold it, of a public entry in the scope. Whether any of these texts may be read is the
    /// caller's to ask.
    pub async fn former_file(
        &self,
        scope: &Scope,
        id: &FileId,
    ) -> Result<Option<FormerFile>, StoreError> {
        let mut sql = Sql::new(format!(
            "select {COLUMNS}, e.id as entry_id, e.collection, l.revision_id
             from file f join entry_file l on l.file_id = f.id join entry e on e.id = l.entry_id
             where f.id = "
        ));
        sql.bind(id).push(" and ");
        scope::on_named_entries(scope, &mut sql);
        let rows = sql.all(&mut *self.reader().await?).await?;
        let Some(first) = rows.first() else {
            return Ok(None);
        };
        let revisions = rows.iter().map(|row| row.read("revision_id"));
        Ok(Some(FormerFile {
            file: stored_file(first)?,
            entry: first.read("entry_id")?,
            collection: first.read("collection")?,
            revisions: revisions.collect::<Result<_, _>>()?,
        }))
    }
}

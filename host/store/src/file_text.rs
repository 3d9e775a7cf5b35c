//! What was read of attached files, by the hash of their content.

mod lines;

use std::collections::{BTreeMap, HashMap};

use dinh_domain::dates::Instant;
use dinh_domain::file_text::TextState;
use dinh_domain::ids::{EntryId, FileId, SiteId};

use crate::error::StoreError;
use crate::file::TABLE_MEDIA_TYPE;
use crate::scope;
use crate::sql::{Columns, Sql};
use crate::store::Store;
use crate::write::WriteTx;

pub use lines::FileLine;

/// Hashes and ids asked for in one statement.
const PER_STATEMENT: usize = 500;

/// What was read of a content.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FileText {
    /// SHA-256 of the content, hexadecimal.
    pub hash: String,
    /// Version of the reader.
    pub version: i64,
    /// What came of it.
    pub state: TextState,
    /// When.
    pub read_at: Instant,
    /// What was read; there may be some in any state.
    pub text: String,
}

/// The text of a file that a public entry holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HeldText {
    /// The file.
    pub file: FileId,
    /// Its name.
    pub name: String,
    /// What was read.
    pub text: String,
}

/// A content that no reader of a version has read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnreadFile {
    /// SHA-256 of the content, hexadecimal.
    pub hash: String,
    /// Its size.
    pub size_bytes: i64,
}

impl Store {
    /// What is known of contents, for those that a reader of this version or a later one has read.
    pub async fn text_states(
        &self,
        hashes: &[String],
        version: i64,
    ) -> Result<BTreeMap<String, TextState>, StoreError> {
        let mut on = self.reader().await?;
        let mut states = BTreeMap::new();
        for part in hashes.chunks(PER_STATEMENT) {
            let mut sql = Sql::new("select hash, state from file_text where version >= ");
            sql.bind(version).push(" and hash in ").bind_all(part);
            for row in sql.all(&mut on).await? {
                states.insert(row.text("hash")?, row.read("state")?);
            }
        }
        Ok(states)
    }

    /// Contents of files that a public or a working revision holds and that no reader of this
    /// version has read, by hash, behind a cursor.
    pub async fn unread_files(
        &self,
        version: i64,
        after: Option<&String>,
        limit: u32,
    ) -> Result<Vec<UnreadFile>, StoreError> {
        let mut sql = Sql::new(
            "select f.hash, max(f.size_bytes) as size_bytes from file f
             where not exists (select 1 from file_text t where t.hash = f.hash and t.version >= ",
        );
        sql.bind(version).push(
            ") and exists (select 1 from entry_file l join entry e on e.id = l.entry_id
             and (e.published_revision = l.revision_id or e.working_revision = l.revision_id)
             where l.file_id = f.id and e.deleted_at is null)",
        );
        sql.push(" and f.media_type <> ").bind(TABLE_MEDIA_TYPE);
        if let Some(after) = after {
            sql.push(" and f.hash > ").bind(after);
        }
        sql.push(" group by f.hash order by f.hash").limit(limit);
        let mut on = self.reader().await?;
        let rows = sql.all(&mut on).await?;
        let read = rows.iter().map(|row| {
            Ok(UnreadFile {
                hash: row.text("hash")?,
                size_bytes: row.integer("size_bytes")?,
            })
        });
        read.collect()
    }

    /// The texts of the files that the public revisions of entries hold. For indexing, never behind
    /// a reader's request.
    pub async fn texts_for_search(
        &self,
        entries: &[EntryId],
    ) -> Result<HashMap<EntryId, Vec<HeldText>>, StoreError> {
        let mut sql = Sql::new(format!(
            "select l.entry_id, f.id, f.name, t.content from entry e
             join entry_file l on l.entry_id = e.id and l.revision_id = e.published_revision
             join file f on f.id = l.file_id join file_text t on t.hash = f.hash
             where {} and t.content <> '' and e.id in ",
            scope::PUBLIC
        ));
        sql.bind_all(entries).push(" order by l.entry_id, f.id");
        let mut on = self.reader().await?;
        let mut texts: HashMap<EntryId, Vec<HeldText>> = HashMap::new();
        for row in sql.all(&mut on).await? {
            texts
                .entry(row.read("entry_id")?)
                .or_default()
                .push(HeldText {
                    file: row.read("id")?,
                    name: row.text("name")?,
                    text: row.text("content")?,
                });
        }
        Ok(texts)
    }
}

impl WriteTx {
    /// Keeps what was read of a content that a file still has. What a later version has read stays.
    pub async fn put_file_text(&mut self, read: &FileText) -> Result<(), StoreError> {
        if !self.has_holder(&read.hash).await? {
            return Ok(());
        }
        let chars = i64::try_from(read.text.chars().count()).unwrap_or(i64::MAX);
        Sql::new(
            "insert into file_text (hash, version, state, chars, read_at, content)
             values ($1, $2, $3, $4, $5, $6)
             on conflict (hash) do update set version = excluded.version, state = excluded.state,
             chars = excluded.chars, read_at = excluded.read_at, content = excluded.content
             where file_text.version < excluded.version",
        )
        .with(&read.hash)
        .with(read.version)
        .with(read.state.as_str())
        .with(chars)
        .with(read.read_at)
        .with(&read.text)
        .run(self.on())
        .await?;
        Ok(())
    }

    /// Public entries that hold a content: their documents in the search index change with it.
    pub async fn holders(&mut self, hash: &str) -> Result<Vec<(SiteId, EntryId)>, StoreError> {
        let mut sql = Sql::new(format!(
            "select distinct e.id, e.site_id from entry e
             join entry_file l on l.entry_id = e.id and l.revision_id = e.published_revision
             join file f on f.id = l.file_id where {} and f.hash = ",
            scope::PUBLIC
        ));
        sql.bind(hash).push(" order by e.id");
        let rows = sql.all(self.on()).await?;
        rows.iter()
            .map(|row| Ok((row.read("site_id")?, row.read("id")?)))
            .collect()
    }
}

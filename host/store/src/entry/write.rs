//! Making entries and revisions.

use dinh_domain::dates::Instant;
use dinh_domain::ids::{EntryId, RevisionId};
use sqlx::AnyConnection;

use super::{NewEntry, NewRevision, Publication};
use crate::error::{Conflict, StoreError};
use crate::path::{self, IMPORT_KEY_BYTES_MAX};
use crate::sql::{Argument, Columns, Sql, to_json};
use crate::write::WriteTx;

/// Revisions of one insert: a body has up to 4 MiB.
const REVISIONS_PER_STATEMENT: usize = 20;

impl WriteTx {
    /// Makes an entry; the revision is its working one and nothing is public yet.
    pub async fn create_entry(
        &mut self,
        new: &NewEntry,
        first: &NewRevision,
    ) -> Result<(), StoreError> {
        if let Some(key) = &new.import_key {
            path::fits("import key", key, IMPORT_KEY_BYTES_MAX)?;
            self.refuse_taken_key(new, key).await?;
        }
        if !self
            .slug_is_free(&new.site, &new.collection, &new.slug)
            .await?
        {
            return Err(StoreError::Conflict(Conflict::Slug));
        }
        let insert = Sql::new(
            "insert into entry (id, site_id, collection, slug, language, translation_of, import_key,
             organisation_id, created_at, changed_at, state, working_revision)
             values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)
             on conflict (site_id, collection, slug) do nothing",
        )
        .with(&new.id)
        .with(&new.site)
        .with(&new.collection)
        .with(&new.slug)
        .with(&new.language)
        .with(new.translation_of.as_ref())
        .with(new.import_key.as_ref())
        .with(&new.organisation)
        .with(new.created_at)
        .with(first.made_at)
        .with(&first.state)
        .with(&first.id);
        if insert.run(self.on()).await? == 0 {
            return Err(StoreError::Conflict(Conflict::Slug));
        }
        path::claim(self.on(), &new.site, &new.collection, &new.slug, &new.id).await?;
        self.insert_revision(&new.id, 1, first).await
    }

    /// The same for an entry that is public from the first; the caller has seen that nobody has its
    /// import key.
    pub(super) async fn create_shown(
        &mut self,
        new: &NewEntry,
        first: &NewRevision,
        it: &Publication,
    ) -> Result<(), StoreError> {
        if let Some(key) = &new.import_key {
            path::fits("import key", key, IMPORT_KEY_BYTES_MAX)?;
        }
        let insert = Sql::new(
            "insert into entry (id, site_id, collection, slug, language, translation_of, import_key,
             organisation_id, created_at, changed_at, state, working_revision, published_revision,
             published_at, clock_started_on, first_published_by, first_published_at)
             values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $12, $10, $13, $14, $10)
             on conflict (site_id, collection, slug) do nothing",
        )
        .with(&new.id)
        .with(&new.site)
        .with(&new.collection)
        .with(&new.slug)
        .with(&new.language)
        .with(new.translation_of.as_ref())
        .with(new.import_key.as_ref())
        .with(&new.organisation)
        .with(new.created_at)
        .with(it.at)
        .with(&it.state)
        .with(&first.id)
        .with(it.clock_started_on)
        .with(&it.by);
        if insert.run(self.on()).await? == 0 {
            return Err(StoreError::Conflict(Conflict::Slug));
        }
        path::claim(self.on(), &new.site, &new.collection, &new.slug, &new.id).await?;
        if !first.files.is_empty() {
            return self.insert_revision(&new.id, 1, first).await;
        }
        self.later.revisions.push(FirstRevision {
            entry: new.id.clone(),
            row: RevisionRow::of(first)?,
        });
        Ok(())
    }

    /// Adds a revision, which becomes the working one; what is public stays. Returns its number.
    pub async fn add_revision(
        &mut self,
        entry: &EntryId,
        revision: &NewRevision,
    ) -> Result<i64, StoreError> {
        self.write_later().await?;
        let lock = format!(
            "select id from entry where id = $1{}",
            self.dialect().lock()
        );
        Sql::new(lock)
            .with(entry)
            .optional(self.on())
            .await?
            .ok_or_else(|| path::missing("entry", entry))?;
        let row = Sql::new(
            "select coalesce(max(number), 0) as number from entry_revision where entry_id = $1",
        )
        .with(entry)
        .optional(self.on())
        .await?;
        let number = row.map_or(Ok(0), |row| row.integer("number"))? + 1;
        self.insert_revision(entry, number, revision).await?;
        Sql::new(
            "update entry set working_revision = $1, state = $2, changed_at = $3 where id = $4",
        )
        .with(&revision.id)
        .with(&revision.state)
        .with(revision.made_at)
        .with(entry)
        .run(self.on())
        .await?;
        Ok(number)
    }

    async fn refuse_taken_key(&mut self, new: &NewEntry, key: &str) -> Result<(), StoreError> {
        let taken = Sql::new(
            "select id from entry where site_id = $1 and collection = $2 and import_key = $3",
        )
        .with(&new.site)
        .with(&new.collection)
        .with(key)
        .optional(self.on())
        .await?;
        match taken {
            Some(_) => Err(StoreError::Conflict(Conflict::ImportKey)),
            None => Ok(()),
        }
    }

    async fn insert_revision(
        &mut self,
        entry: &EntryId,
        number: i64,
        revision: &NewRevision,
    ) -> Result<(), StoreError> {
        let row = RevisionRow::of(revision)?;
        insert_revisions(self.on(), &[(entry, number, &row)]).await?;
        for file in &revision.files {
            let known = Sql::new("select erased_at from file where id = $1")
                .with(file)
                .optional(self.on())
                .await?
                .ok_or_else(|| path::missing("file", file))?;
            // A text that was written on names what was erased of it.
            if known.integer_or_none("erased_at")?.is_some() {
                continue;
            }
            Sql::new(
                "insert into entry_file (revision_id, file_id, entry_id) values ($1, $2, $3)
                 on conflict (revision_id, file_id) do nothing",
            )
            .with(&revision.id)
            .with(file)
            .with(entry)
            .run(self.on())
            .await?;
        }
        Ok(())
    }
}

/// The first revision of an entry, to be written with those of others.
#[derive(Debug)]
pub(crate) struct FirstRevision {
    entry: EntryId,
    row: RevisionRow,
}

/// A revision as its table has it.
#[derive(Debug)]
struct RevisionRow {
    id: RevisionId,
    title: String,
    author: String,
    source: String,
    lifted_gates: String,
    made_at: Instant,
    made_by: String,
    body: String,
}

impl RevisionRow {
    fn of(revision: &NewRevision) -> Result<Self, StoreError> {
        Ok(Self {
            id: revision.id.clone(),
            title: revision.title.clone(),
            author: revision.author.clone(),
            source: revision.source.clone(),
            lifted_gates: to_json("lifted_gates", &revision.lifted_gates)?,
            made_at: revision.made_at,
            made_by: revision.made_by.clone(),
            body: to_json("body", &revision.body)?,
        })
    }
}

pub(crate) async fn insert_first_revisions(
    on: &mut AnyConnection,
    first: &[FirstRevision],
) -> Result<(), StoreError> {
    let rows: Vec<_> = first.iter().map(|it| (&it.entry, 1, &it.row)).collect();
    for some in rows.chunks(REVISIONS_PER_STATEMENT) {
        insert_revisions(on, some).await?;
    }
    Ok(())
}

async fn insert_revisions(
    on: &mut AnyConnection,
    rows: &[(&EntryId, i64, &RevisionRow)],
) -> Result<(), StoreError> {
    let mut sql = Sql::new(
        "insert into entry_revision (id, entry_id, number, title, author, source, lifted_gates,
         made_at, made_by, body) values ",
    );
    sql.rows(rows, |(entry, number, row)| -> [Argument; 10] {
        [
            (&row.id).into(),
            (*entry).into(),
            (*number).into(),
            (&row.title).into(),
            (&row.author).into(),
            (&row.source).into(),
            (&row.lifted_gates).into(),
            row.made_at.into(),
            (&row.made_by).into(),
            (&row.body).into(),
        ]
    });
    sql.run(on).await?;
    Ok(())
}

//! One entry and its history.

use dinh_domain::entry::Body;
use dinh_domain::ids::{AccountId, EntryId, RevisionId, SiteId};
use dinh_domain::visibility::Scope;
use sqlx::AnyConnection;
use sqlx::any::AnyRow;

use super::{DESK_COLUMNS, Desk, DeskEntry, RevisionLine, Transition, WholeRevision};
use crate::entry::working_of;
use crate::error::StoreError;
use crate::path;
use crate::scope;
use crate::sql::{Columns, Sql};
use crate::store::Store;
use crate::write::WriteTx;

impl Store {
    /// The fields of a revision.
    pub async fn body_of(&self, revision: &RevisionId) -> Result<Body, StoreError> {
        let row = Sql::new("select body from entry_revision where id = $1")
            .with(revision)
            .optional(&mut *self.reader().await?)
            .await?
            .ok_or_else(|| path::missing("revision", revision))?;
        row.json("body")
    }

    /// An entry within a scope.
    pub async fn desk_entry(
        &self,
        scope: &Scope,
        id: &EntryId,
    ) -> Result<Option<DeskEntry>, StoreError> {
        let mut on = self.reader().await?;
        let mut sql = Sql::new("select e.id from entry e where e.id = ");
        sql.bind(id).push(" and ");
        scope::on_entries(scope, &mut sql);
        match sql.optional(&mut on).await? {
            Some(_) => whole(&mut on, id).await,
            None => Ok(None),
        }
    }

    /// The site that an entry lives on, whatever became of it: where to look for somebody's rights.
    pub async fn site_of_entry(&self, id: &EntryId) -> Result<Option<SiteId>, StoreError> {
        let mut on = self.reader().await?;
        let row = Sql::new("select site_id from entry where id = $1");
        let row = row.with(id).optional(&mut on).await?;
        row.map(|row| row.read("site_id")).transpose()
    }

    /// An entry, whoever asks: for who has another right to it than one of the desk's.
    pub async fn whole_desk_entry(&self, id: &EntryId) -> Result<Option<DeskEntry>, StoreError> {
        whole(&mut *self.reader().await?, id).await
    }

    /// The steps taken with an entry, in order.
    pub async fn transitions(&self, entry: &EntryId) -> Result<Vec<Transition>, StoreError> {
        let rows = Sql::new(
            "select number, revision_id, at, actor, action, from_state, to_state, reason,
             reason_kind
             from transition where entry_id = $1 order by number",
        )
        .with(entry)
        .all(&mut *self.reader().await?)
        .await?;
        rows.iter().map(transition).collect()
    }

    /// The revisions of an entry, the newest first.
    pub async fn revision_lines(&self, entry: &EntryId) -> Result<Vec<RevisionLine>, StoreError> {
        let rows = Sql::new(
            "select id, number, title, made_at, made_by from entry_revision
             where entry_id = $1 order by number desc",
        )
        .with(entry)
        .all(&mut *self.reader().await?)
        .await?;
        rows.iter().map(line).collect()
    }

    /// A revision of an entry by its number. Who may see the entry on the desk may see all of them;
    /// the caller has asked.
    pub async fn revision_of(
        &self,
        entry: &EntryId,
        number: i64,
    ) -> Result<Option<WholeRevision>, StoreError> {
        let row = Sql::new(
            "select id, number, title, made_at, made_by, source, body from entry_revision
             where entry_id = $1 and number = $2",
        )
        .with(entry)
        .with(number)
        .optional(&mut *self.reader().await?)
        .await?;
        let whole = |row: &AnyRow| {
            Ok(WholeRevision {
                line: line(row)?,
                source: row.text("source")?,
                body: row.json("body")?,
            })
        };
        row.as_ref().map(whole).transpose()
    }

    /// Entries whose instant to become public has come, the longest due first, behind some of them.
    pub async fn due_publications(
        &self,
        now: dinh_domain::dates::Instant,
        (skipped, limit): (u32, u32),
    ) -> Result<Vec<EntryId>, StoreError> {
        let mut rows = Sql::new(
            "select d.entry_id from desk d join entry e on e.id = d.entry_id
             where d.publish_at <= $1 and e.deleted_at is null order by d.publish_at, d.entry_id",
        )
        .with(now);
        rows.limit(limit).push(&format!(" offset {skipped}"));
        let rows = rows.all(&mut *self.reader().await?).await?;
        rows.iter().map(|row| row.read("entry_id")).collect()
    }
}

impl WriteTx {
    /// An entry, held against other writers until the transaction ends.
    pub async fn desk_entry(&mut self, id: &EntryId) -> Result<Option<DeskEntry>, StoreError> {
        self.hold(id).await?;
        whole(self.on(), id).await
    }

    /// Holds an entry against others that hold it, until the transaction ends; nothing where there is none.
    pub async fn hold(&mut self, id: &EntryId) -> Result<(), StoreError> {
        let lock = format!(
            "select id from entry where id = $1{}",
            self.dialect().lock()
        );
        Sql::new(lock).with(id).optional(self.on()).await?;
        Ok(())
    }
}

fn line(row: &AnyRow) -> Result<RevisionLine, StoreError> {
    Ok(RevisionLine {
        id: row.read("id")?,
        number: row.integer("number")?,
        title: row.text("title")?,
        at: row.instant("made_at")?,
        by: row.text("made_by")?,
    })
}

async fn whole(on: &mut AnyConnection, id: &EntryId) -> Result<Option<DeskEntry>, StoreError> {
    let Some(working) = working_of(on, id).await? else {
        return Ok(None);
    };
    let row = Sql::new(format!(
        "select {DESK_COLUMNS} from desk d where d.entry_id = $1"
    ))
    .with(id)
    .optional(on)
    .await?;
    let desk = row.as_ref().map(desk).transpose()?.unwrap_or_default();
    Ok(Some(DeskEntry {
        hands: hands(on, id).await?,
        working,
        desk,
    }))
}

/// Who wrote a revision behind the public one, or sent one of them.
async fn hands(on: &mut AnyConnection, id: &EntryId) -> Result<Vec<String>, StoreError> {
    let rows = Sql::new(
        "select distinct who from (
           select r.made_by as who, r.number as number from entry_revision r where r.entry_id = $1
           union all
           select t.actor as who, r.number as number from transition t
           join entry_revision r on r.id = t.revision_id
           where t.entry_id = $1 and t.action = 'submit'
         ) w where number > coalesce((select p.number from entry e
           join entry_revision p on p.id = e.published_revision where e.id = $1), 0)
         order by who",
    )
    .with(id)
    .all(on)
    .await?;
    rows.iter().map(|row| row.text("who")).collect()
}

pub(super) fn desk(row: &AnyRow) -> Result<Desk, StoreError> {
    let author = row.text("author")?;
    Ok(Desk {
        author: (!author.is_empty())
            .then(|| AccountId::new(&author).map_err(|error| crate::sql::damaged("author", error)))
            .transpose()?,
        assignee: row.read_or_none("assignee")?,
        waiting_since: row.instant_or_none("waiting_since")?,
        due_at: row.instant_or_none("due_at")?,
        express: row.flag("express")?,
        publish_at: row.instant_or_none("publish_at")?,
        publish_by: row.read_or_none("publish_by")?,
    })
}

fn transition(row: &AnyRow) -> Result<Transition, StoreError> {
    Ok(Transition {
        number: row.integer("number")?,
        revision: row.read("revision_id")?,
        at: row.instant("at")?,
        actor: row.text("actor")?,
        action: row.text("action")?,
        from: row.text("from_state")?,
        to: row.text("to_state")?,
        reason: row.text("reason")?,
        reason_kind: row.text("reason_kind")?,
    })
}

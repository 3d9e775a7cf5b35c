//! What the desk writes.

use dinh_domain::dates::Instant;
use dinh_domain::entry::Body;
use dinh_domain::ids::{AccountId, EntryId, RevisionId, Slug};

use super::{Desk, Transition};
use crate::error::{Conflict, StoreError};
use crate::path;
use crate::sql::{Columns, Sql};
use crate::write::WriteTx;

impl WriteTx {
    /// Keeps what the desk knows of an entry.
    pub async fn set_desk(&mut self, entry: &EntryId, desk: &Desk) -> Result<(), StoreError> {
        let author = desk.author.as_ref().map_or("", |it| it.as_str());
        Sql::new(
            "insert into desk (entry_id, author, assignee, waiting_since, due_at, express,
             publish_at, publish_by) values ($1, $2, $3, $4, $5, $6, $7, $8)
             on conflict (entry_id) do update set assignee = excluded.assignee,
             waiting_since = excluded.waiting_since, due_at = excluded.due_at,
             express = excluded.express, publish_at = excluded.publish_at,
             publish_by = excluded.publish_by",
        )
        .with(entry)
        .with(author)
        .with(desk.assignee.as_ref())
        .with(desk.waiting_since)
        .with(desk.due_at)
        .with(desk.express)
        .with(desk.publish_at)
        .with(desk.publish_by.as_ref())
        .run(self.on())
        .await?;
        Ok(())
    }

    /// Adds a step to an entry's history; its number is the next one.
    pub async fn add_transition(
        &mut self,
        entry: &EntryId,
        step: &Transition,
    ) -> Result<(), StoreError> {
        add(self, entry, step, None).await
    }

    /// The fields of a revision.
    pub async fn body_of(&mut self, revision: &RevisionId) -> Result<Body, StoreError> {
        let row = Sql::new("select body from entry_revision where id = $1")
            .with(revision)
            .optional(self.on())
            .await?
            .ok_or_else(|| path::missing("revision", revision))?;
        row.json("body")
    }

    /// The fields of a revision, and the gates that were lifted for it.
    pub async fn text_of(
        &mut self,
        revision: &RevisionId,
    ) -> Result<(Body, Vec<String>), StoreError> {
        let row = Sql::new("select body, lifted_gates from entry_revision where id = $1")
            .with(revision)
            .optional(self.on())
            .await?
            .ok_or_else(|| path::missing("revision", revision))?;
        Ok((row.json("body")?, row.json("lifted_gates")?))
    }

    /// Moves an entry to a state; nothing public changes.
    pub async fn set_state(
        &mut self,
        entry: &EntryId,
        state: &str,
        at: Instant,
    ) -> Result<(), StoreError> {
        Sql::new("update entry set state = $1, changed_at = $2 where id = $3")
            .with(state)
            .with(at)
            .with(entry)
            .run(self.on())
            .await?;
        Ok(())
    }

    /// Makes the public revision of an entry its working one again, in a state; which one that is. Later revisions
    /// stay in its history.
    pub async fn abandon_working(
        &mut self,
        entry: &EntryId,
        state: &str,
        at: Instant,
    ) -> Result<RevisionId, StoreError> {
        let row = Sql::new("select published_revision from entry where id = $1")
            .with(entry)
            .optional(self.on())
            .await?;
        let public: Option<RevisionId> = match row {
            Some(row) => row.read_or_none("published_revision")?,
            None => None,
        };
        let public = public.ok_or_else(|| path::missing("public revision of entry", entry))?;
        Sql::new(
            "update entry set working_revision = $1, state = $2, changed_at = $3 where id = $4",
        )
        .with(&public)
        .with(state)
        .with(at)
        .with(entry)
        .run(self.on())
        .await?;
        Ok(public)
    }

    /// Gives an entry that was never public its address; the one that stood for it meanwhile was
    /// nowhere shown and is forgotten.
    pub async fn set_slug(&mut self, entry: &EntryId, slug: &Slug) -> Result<(), StoreError> {
        let row =
            Sql::new("select site_id, collection, first_published_at from entry where id = $1")
                .with(entry)
                .optional(self.on())
                .await?
                .ok_or_else(|| path::missing("entry", entry))?;
        if row.integer_or_none("first_published_at")?.is_some() {
            return Err(StoreError::Conflict(Conflict::Slug));
        }
        let (site, collection) = (row.read("site_id")?, row.read("collection")?);
        if !self.slug_is_free(&site, &collection, slug).await? {
            return Err(StoreError::Conflict(Conflict::Slug));
        }
        Sql::new("delete from slug_claim where entry_id = $1")
            .with(entry)
            .run(self.on())
            .await?;
        path::claim(self.on(), &site, &collection, slug, entry).await?;
        Sql::new("update entry set slug = $1 where id = $2")
            .with(slug)
            .with(entry)
            .run(self.on())
            .await?;
        Ok(())
    }
}

/// Adds a step to an entry's history, taken in somebody's place or one's own.
pub(super) async fn add(
    tx: &mut WriteTx,
    entry: &EntryId,
    step: &Transition,
    acting_for: Option<&AccountId>,
) -> Result<(), StoreError> {
    // A step names its revision.
    tx.write_later().await?;
    let row =
        Sql::new("select coalesce(max(number), 0) as number from transition where entry_id = $1")
            .with(entry)
            .optional(tx.on())
            .await?;
    let number = row.map_or(Ok(0), |row| row.integer("number"))? + 1;
    Sql::new(
        "insert into transition (entry_id, number, revision_id, at, actor, action, from_state,
         to_state, reason, reason_kind, acting_for)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)",
    )
    .with(entry)
    .with(number)
    .with(&step.revision)
    .with(step.at)
    .with(&step.actor)
    .with(&step.action)
    .with(&step.from)
    .with(&step.to)
    .with(&step.reason)
    .with(&step.reason_kind)
    .with(acting_for)
    .run(tx.on())
    .await?;
    Ok(())
}

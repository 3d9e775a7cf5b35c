//! Work that goes from one to another.

use std::collections::BTreeMap;

use dinh_domain::ids::{AccountId, EntryId};
use sqlx::AnyConnection;
use sqlx::any::AnyRow;

use super::{HeldWork, Transition};
use crate::error::StoreError;
use crate::sql::{Columns, Sql};
use crate::store::Store;
use crate::write::WriteTx;

impl Store {
    /// Entries that somebody made or that are assigned to them, in whatever state.
    pub async fn held_work(&self, account: &AccountId) -> Result<Vec<HeldWork>, StoreError> {
        held(&mut *self.reader().await?, account).await
    }

    /// Steps of an entry that were taken in another's place, by their numbers.
    pub async fn steps_for_others(
        &self,
        entry: &EntryId,
    ) -> Result<BTreeMap<i64, AccountId>, StoreError> {
        let rows = Sql::new(
            "select number, acting_for from transition
             where entry_id = $1 and acting_for is not null",
        );
        let rows = rows.with(entry).all(&mut *self.reader().await?).await?;
        let read = |row: &AnyRow| Ok((row.integer("number")?, row.read("acting_for")?));
        rows.iter().map(read).collect()
    }
}

impl WriteTx {
    /// Entries that somebody made or that are assigned to them, in whatever state.
    pub async fn held_work(&mut self, account: &AccountId) -> Result<Vec<HeldWork>, StoreError> {
        held(self.on(), account).await
    }

    /// Assigns an entry to somebody, or to nobody.
    pub async fn assign(
        &mut self,
        entry: &EntryId,
        to: Option<&AccountId>,
    ) -> Result<(), StoreError> {
        let sql = Sql::new("update desk set assignee = $1 where entry_id = $2");
        sql.with(to).with(entry).run(self.on()).await?;
        Ok(())
    }

    /// Makes an entry somebody's own, as if they had begun it.
    pub async fn set_desk_author(
        &mut self,
        entry: &EntryId,
        to: &AccountId,
    ) -> Result<(), StoreError> {
        let sql = Sql::new("update desk set author = $1 where entry_id = $2");
        sql.with(to).with(entry).run(self.on()).await?;
        Ok(())
    }

    /// Takes back what is assigned to somebody: it waits for whoever may do it. How many entries.
    pub async fn unassign(&mut self, account: &AccountId) -> Result<u64, StoreError> {
        let sql = Sql::new("update desk set assignee = null where assignee = $1");
        sql.with(account).run(self.on()).await
    }

    /// Adds a step that was taken in another's place.
    pub async fn add_transition_for(
        &mut self,
        entry: &EntryId,
        step: &Transition,
        acting_for: Option<&AccountId>,
    ) -> Result<(), StoreError> {
        super::write::add(self, entry, step, acting_for).await
    }
}

async fn held(on: &mut AnyConnection, account: &AccountId) -> Result<Vec<HeldWork>, StoreError> {
    let rows = Sql::new(
        "select e.id, e.site_id, e.collection, e.organisation_id, e.state, r.title, d.author,
         d.assignee from desk d join entry e on e.id = d.entry_id
         join entry_revision r on r.id = e.working_revision
         where (d.author = $1 or d.assignee = $1) and e.deleted_at is null order by e.id",
    );
    let rows = rows.with(account).all(on).await?;
    let read = |row: &AnyRow| {
        Ok(HeldWork {
            id: row.read("id")?,
            site: row.read("site_id")?,
            collection: row.read("collection")?,
            organisation: row.read("organisation_id")?,
            state: row.text("state")?,
            title: row.text("title")?,
            is_author: row.text("author")? == account.as_str(),
            is_assignee: row.text_or_none("assignee")?.as_deref() == Some(account.as_str()),
        })
    };
    rows.iter().map(read).collect()
}

//! Fields that lie apart, sealed: kept, read, sealed anew, and erased.

use dinh_domain::dates::Instant;
use dinh_domain::ids::EntryId;
use sqlx::any::AnyRow;

use crate::error::StoreError;
use crate::sql::{Columns, Sql};
use crate::store::Store;
use crate::write::WriteTx;

/// The private fields of an entry, as they lie.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SealedPrivate {
    /// Whose.
    pub entry: EntryId,
    /// Their key, sealed.
    pub data_key: String,
    /// A JSON object by field, sealed with it.
    pub sealed: String,
}

/// That the private fields of an entry were erased.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Erasure {
    /// Whose.
    pub entry: EntryId,
    /// When.
    pub at: Instant,
    /// By whom: an account, an operator, or `sender`.
    pub actor: String,
    /// On what ground.
    pub ground: String,
    /// Whether the sender took back all of it.
    pub taken_back: bool,
}

impl Store {
    /// The private fields of an entry; none where there are none, or no more.
    pub async fn private_of(&self, entry: &EntryId) -> Result<Option<SealedPrivate>, StoreError> {
        let row =
            Sql::new("select entry_id, data_key, sealed from entry_private where entry_id = $1")
                .with(entry)
                .optional(&mut *self.reader().await?)
                .await?;
        row.as_ref().map(private).transpose()
    }

    /// Everything that was erased.
    pub async fn erasures(&self) -> Result<Vec<Erasure>, StoreError> {
        let rows = Sql::new(
            "select entry_id, at, actor, ground, taken_back from erasure order by entry_id",
        )
        .all(&mut *self.reader().await?)
        .await?;
        rows.iter().map(erasure).collect()
    }

    /// That the private fields of an entry were erased.
    pub async fn erasure_of(&self, entry: &EntryId) -> Result<Option<Erasure>, StoreError> {
        let row = Sql::new(
            "select entry_id, at, actor, ground, taken_back from erasure where entry_id = $1",
        )
        .with(entry)
        .optional(&mut *self.reader().await?)
        .await?;
        row.as_ref().map(erasure).transpose()
    }
}

impl WriteTx {
    /// Keeps the private fields of a new entry.
    pub async fn put_private(&mut self, new: &SealedPrivate) -> Result<(), StoreError> {
        Sql::new("insert into entry_private (entry_id, data_key, sealed) values ($1, $2, $3)")
            .with(&new.entry)
            .with(&new.data_key)
            .with(&new.sealed)
            .run(self.on())
            .await?;
        Ok(())
    }

    /// Erases the private fields of an entry for good with every message that waits for its sender, and remembers that;
    /// whether there were any.
    pub async fn erase_private(&mut self, erasure: &Erasure) -> Result<bool, StoreError> {
        self.forget_mail_of(&erasure.entry).await?;
        let gone = Sql::new("delete from entry_private where entry_id = $1")
            .with(&erasure.entry)
            .run(self.on())
            .await?;
        Sql::new(
            "insert into erasure (entry_id, at, actor, ground, taken_back)
             values ($1, $2, $3, $4, $5)
             on conflict (entry_id) do update set taken_back =
             case when erasure.taken_back = 1 then 1 else excluded.taken_back end",
        )
        .with(&erasure.entry)
        .with(erasure.at)
        .with(&erasure.actor)
        .with(&erasure.ground)
        .with(erasure.taken_back)
        .run(self.on())
        .await?;
        Ok(gone > 0)
    }
}

fn private(row: &AnyRow) -> Result<SealedPrivate, StoreError> {
    Ok(SealedPrivate {
        entry: row.read("entry_id")?,
        data_key: row.text("data_key")?,
        sealed: row.text("sealed")?,
    })
}

fn erasure(row: &AnyRow) -> Result<Erasure, StoreError> {
    Ok(Erasure {
        entry: row.read("entry_id")?,
        at: row.instant("at")?,
        actor: row.text("actor")?,
        ground: row.text("ground")?,
        taken_back: row.flag("taken_back")?,
    })
}

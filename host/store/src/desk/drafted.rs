//! What plugins drafted: who wrote which text of an entry, and how much of theirs waits for officers.

use dinh_domain::body::Said;
use dinh_domain::ids::{CollectionId, EntryId, SiteId};
use sqlx::AnyConnection;

use crate::error::StoreError;
use crate::sql::{Columns, Sql};
use crate::store::Store;
use crate::write::WriteTx;

/// Revisions of an entry that are looked at: what a source wrote before them is an old story.
const SAID_MAX: u32 = 50;

impl Store {
    /// The newest revisions of an entry, the oldest first, with whether `by` wrote them.
    pub async fn said_by(&self, entry: &EntryId, by: &str) -> Result<Vec<Said>, StoreError> {
        let mut sql = Sql::new(
            "select made_by, body from entry_revision where entry_id = $1 order by number desc",
        )
        .with(entry);
        sql.limit(SAID_MAX);
        let rows = sql.all(&mut *self.reader().await?).await?;
        let said = rows.iter().rev().map(|row| {
            Ok(Said {
                is_own: row.text("made_by")? == by,
                body: row.json("body")?,
            })
        });
        said.collect()
    }

    /// How many entries of a site are in one of these states with a text that `by` wrote last; counted to `most`.
    pub async fn drafts_by(
        &self,
        by: &str,
        place: (&SiteId, &[CollectionId]),
        states: &[String],
        most: u32,
    ) -> Result<u64, StoreError> {
        count(&mut *self.reader().await?, by, (place, states), most).await
    }
}

impl WriteTx {
    /// The same, as this transaction sees it.
    pub async fn drafts_by(
        &mut self,
        by: &str,
        place: (&SiteId, &[CollectionId]),
        states: &[String],
        most: u32,
    ) -> Result<u64, StoreError> {
        count(self.on(), by, (place, states), most).await
    }
}

async fn count(
    on: &mut AnyConnection,
    by: &str,
    ((site, collections), states): ((&SiteId, &[CollectionId]), &[String]),
    most: u32,
) -> Result<u64, StoreError> {
    if collections.is_empty() || states.is_empty() {
        return Ok(0);
    }
    let mut sql = Sql::new(
        "select count(*) as n from (select 1 as one from entry e
         join entry_revision r on r.id = e.working_revision where e.site_id = ",
    );
    sql.bind(site).push(" and e.state in ").bind_all(states);
    sql.push(" and e.collection in ").bind_all(collections);
    sql.push(" and e.deleted_at is null and r.made_by = ")
        .bind(by);
    sql.limit(most).push(") c");
    let row = sql.optional(on).await?;
    let counted = row.map_or(Ok(0), |row| row.integer("n"))?;
    Ok(u64::try_from(counted).unwrap_or_default())
}

//! Addresses of all public entries, in the order of their ids, for site maps.

use dinh_domain::dates::Instant;
use dinh_domain::ids::{CollectionId, EntryId, Slug};
use dinh_domain::visibility::Scope;

use crate::error::StoreError;
use crate::scope;
use crate::sql::{Columns, Sql};
use crate::store::Store;

/// An entry as a site map names it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Listed {
    /// The entry.
    pub id: EntryId,
    /// Its type.
    pub collection: CollectionId,
    /// Last part of its address.
    pub slug: Slug,
    /// When the shown text became public.
    pub published_at: Instant,
}

/// Entries that follow each other.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ListedStretch {
    /// How many.
    pub count: u64,
    /// The last of them.
    pub last: EntryId,
    /// The newest of their texts.
    pub newest: Instant,
}

impl Store {
    /// Public entries behind a cursor.
    pub async fn listed(
        &self,
        scope: &Scope,
        after: Option<&EntryId>,
        limit: u32,
    ) -> Result<Vec<Listed>, StoreError> {
        let mut sql =
            Sql::new("select e.id, e.collection, e.slug, e.published_at from entry e where ");
        stretch(scope, after, limit, &mut sql);
        let mut on = self.reader().await?;
        let rows = sql.all(&mut on).await?;
        let read = rows.iter().map(|row| {
            Ok(Listed {
                id: row.read("id")?,
                collection: row.read("collection")?,
                slug: row.read("slug")?,
                published_at: row.instant("published_at")?,
            })
        });
        read.collect()
    }

    /// The next entries behind a cursor as a whole; none where there are no more.
    pub async fn stretch(
        &self,
        scope: &Scope,
        after: Option<&EntryId>,
        limit: u32,
    ) -> Result<Option<ListedStretch>, StoreError> {
        let mut sql = Sql::new(
            "select count(*) as n, max(s.id) as last, max(s.published_at) as newest from
             (select e.id, e.published_at from entry e where ",
        );
        stretch(scope, after, limit, &mut sql);
        sql.push(") s");
        let mut on = self.reader().await?;
        let Some(row) = sql.optional(&mut on).await? else {
            return Ok(None);
        };
        let Some(last) = row.read_or_none("last")? else {
            return Ok(None);
        };
        Ok(Some(ListedStretch {
            count: u64::try_from(row.integer("n")?).unwrap_or_default(),
            last,
            newest: row.instant("newest")?,
        }))
    }
}

fn stretch(scope: &Scope, after: Option<&EntryId>, limit: u32, sql: &mut Sql) {
    scope::on_entries(scope, sql);
    if let Some(after) = after {
        sql.push(" and e.id > ").bind(after);
    }
    sql.push(" order by e.id").limit(limit);
}

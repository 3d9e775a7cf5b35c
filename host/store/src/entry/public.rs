//! Reading of published revisions, always within a scope.

use std::collections::HashMap;

use dinh_domain::dates::Instant;
use dinh_domain::entry::{Body, Entry, Withdrawal};
use dinh_domain::ids::{CollectionId, EntryId, SiteId, Slug};
use dinh_domain::visibility::Scope;
use sqlx::AnyConnection;
use sqlx::any::AnyRow;

use super::{ENTRY_COLUMNS, Headline, entry, part, withdrawal};
use crate::error::StoreError;
use crate::scope;
use crate::sql::{Columns, Packed, Sql};
use crate::store::Store;

/// Ids asked for in one statement: both databases take many more, but a statement stays small.
const IDS_PER_STATEMENT: usize = 500;
/// Whole rows read at once for a part of them: a body has up to 4 MiB, and a dozen exports read.
const PARTS_PER_STATEMENT: usize = 20;

impl Store {
    /// A public entry by its address.
    pub async fn entry_by_slug(
        &self,
        scope: &Scope,
        site: &SiteId,
        collection: &CollectionId,
        slug: &Slug,
    ) -> Result<Option<Entry>, StoreError> {
        let mut on = self.reader().await?;
        entry_by_slug(&mut on, scope, (site, collection, slug)).await
    }

    /// A public entry by its id.
    pub async fn entry_by_id(
        &self,
        scope: &Scope,
        id: &EntryId,
    ) -> Result<Option<Entry>, StoreError> {
        let mut found = self.entries_by_ids(scope, std::slice::from_ref(id)).await?;
        Ok(found.pop())
    }

    /// Public entries in the order of the ids; what is not in the scope is left out.
    pub async fn entries_by_ids(
        &self,
        scope: &Scope,
        ids: &[EntryId],
    ) -> Result<Vec<Entry>, StoreError> {
        let mut on = self.reader().await?;
        let mut found = HashMap::new();
        for part in ids.chunks(IDS_PER_STATEMENT) {
            let mut sql = published();
            sql.push("e.id in ").bind_all(part).push(" and ");
            scope::on_named_entries(scope, &mut sql);
            for row in sql.all(&mut on).await? {
                let entry = entry(&row)?;
                found.insert(entry.id.clone(), entry);
            }
        }
        Ok(in_order(ids, found))
    }

    /// Public entries with some of their fields, in the order of the ids.
    pub async fn parts_by_ids(
        &self,
        scope: &Scope,
        ids: &[EntryId],
        fields: &[&str],
    ) -> Result<Vec<Entry>, StoreError> {
        let mut on = self.reader().await?;
        let mut found = HashMap::new();
        for chunk in ids.chunks(PARTS_PER_STATEMENT) {
            let mut sql = published();
            sql.push("e.id in ").bind_all(chunk).push(" and ");
            scope::on_named_entries(scope, &mut sql);
            for row in sql.all(&mut on).await? {
                let entry = part(&row, fields)?;
                found.insert(entry.id.clone(), entry);
            }
        }
        Ok(in_order(ids, found))
    }

    /// Public entries without their fields, in the order of the ids.
    pub async fn headlines(
        &self,
        scope: &Scope,
        ids: &[EntryId],
    ) -> Result<Vec<Headline>, StoreError> {
        let mut on = self.reader().await?;
        Ok(in_order(ids, headlines_of(&mut on, scope, ids).await?))
    }

    /// The entries that became public last, over all collections.
    pub async fn newest(&self, scope: &Scope, limit: u32) -> Result<Vec<Headline>, StoreError> {
        // Titles lie beside bodies: they are read for the chosen ones alone.
        let mut sql = Sql::new("select e.id from entry e where ");
        scope::on_entries(scope, &mut sql);
        sql.push(" order by e.first_published_at desc nulls last, e.id desc")
            .limit(limit);
        let mut on = self.reader().await?;
        let rows = sql.all(&mut on).await?;
        let ids: Vec<EntryId> = rows
            .iter()
            .map(|row| row.read("id"))
            .collect::<Result<_, _>>()?;
        Ok(in_order(&ids, headlines_of(&mut on, scope, &ids).await?))
    }

    /// Why an entry that was public is no longer shown.
    pub async fn withdrawn(
        &self,
        site: &SiteId,
        collection: &CollectionId,
        slug: &Slug,
    ) -> Result<Option<Withdrawal>, StoreError> {
        self.withdrawal_where(site, collection, ("slug", slug.as_str()))
            .await
    }

    /// The same by the entry's id.
    pub async fn withdrawn_by_id(
        &self,
        site: &SiteId,
        collection: &CollectionId,
        id: &EntryId,
    ) -> Result<Option<Withdrawal>, StoreError> {
        self.withdrawal_where(site, collection, ("id", id.as_str()))
            .await
    }

    async fn withdrawal_where(
        &self,
        site: &SiteId,
        collection: &CollectionId,
        (column, value): (&'static str, &str),
    ) -> Result<Option<Withdrawal>, StoreError> {
        let mut on = self.reader().await?;
        let row = Sql::new(format!(
            "select withdrawn_at, withdrawn_reason, withdrawn_successor from entry
             where site_id = $1 and collection = $2 and {column} = $3 and deleted_at is null
             and first_published_at is not null"
        ))
        .with(site)
        .with(collection)
        .with(value)
        .optional(&mut on)
        .await?;
        Ok(row.as_ref().map(withdrawal).transpose()?.flatten())
    }
}

pub(crate) async fn entry_by_slug(
    on: &mut AnyConnection,
    scope: &Scope,
    (site, collection, slug): (&SiteId, &CollectionId, &Slug),
) -> Result<Option<Entry>, StoreError> {
    let mut sql = published();
    sql.push("e.site_id = ").bind(site);
    sql.push(" and e.collection = ").bind(collection);
    sql.push(" and e.slug = ").bind(slug).push(" and ");
    scope::on_entries(scope, &mut sql);
    let row = sql.optional(on).await?;
    row.as_ref().map(entry).transpose()
}

fn published() -> Sql {
    Sql::new(format!(
        "select {ENTRY_COLUMNS} e.published_at as shown_changed_at
         from entry e join entry_revision r on r.id = e.published_revision where "
    ))
}

impl Headline {
    /// Its columns, with what they are of `entry e` and its published `entry_revision r`.
    pub(crate) const COLUMNS: [(&str, &str); 9] = [
        ("id", "e.id"),
        ("site_id", "e.site_id"),
        ("collection", "e.collection"),
        ("slug", "e.slug"),
        ("language", "e.language"),
        ("title", "r.title"),
        ("import_key", "e.import_key"),
        ("first_published_at", "e.first_published_at"),
        ("published_at", "e.published_at"),
    ];

    /// Reads a packed row that has these columns next.
    pub(crate) fn read(row: &mut Packed) -> Result<Self, StoreError> {
        Ok(Self {
            id: row.read()?,
            site: row.read()?,
            collection: row.read()?,
            slug: row.read()?,
            language: row.text()?,
            title: row.text()?,
            import_key: row.text_or_none()?,
            first_published_at: Instant(row.integer()?),
            published_at: Instant(row.integer()?),
        })
    }
}

fn headline() -> Sql {
    let columns = Headline::COLUMNS.map(|(_, from)| from).join(", ");
    Sql::new(format!(
        "select {columns}
         from entry e join entry_revision r on r.id = e.published_revision where "
    ))
}

fn read_headline(row: &AnyRow) -> Result<Headline, StoreError> {
    Ok(Headline {
        id: row.read("id")?,
        site: row.read("site_id")?,
        collection: row.read("collection")?,
        slug: row.read("slug")?,
        language: row.text("language")?,
        title: row.text("title")?,
        import_key: row.text_or_none("import_key")?,
        first_published_at: row.instant("first_published_at")?,
        published_at: row.instant("published_at")?,
    })
}

/// Headlines of those entries that are in the scope.
async fn headlines_of(
    on: &mut AnyConnection,
    scope: &Scope,
    ids: &[EntryId],
) -> Result<HashMap<EntryId, Headline>, StoreError> {
    let mut found = HashMap::new();
    for part in ids.chunks(IDS_PER_STATEMENT) {
        let mut sql = headline();
        sql.push("e.id in ").bind_all(part).push(" and ");
        scope::on_named_entries(scope, &mut sql);
        for row in sql.all(on).await? {
            let headline = read_headline(&row)?;
            found.insert(headline.id.clone(), headline);
        }
    }
    Ok(found)
}

fn in_order<T>(ids: &[EntryId], mut found: HashMap<EntryId, T>) -> Vec<T> {
    ids.iter().filter_map(|id| found.remove(id)).collect()
}

/// A public entry as its index row is made from it.
pub(crate) struct PublicBody {
    pub(crate) id: EntryId,
    pub(crate) site: SiteId,
    pub(crate) body: Body,
}

/// Which public entries an index is made from.
pub(crate) enum Which<'a> {
    /// The next of a collection.
    After(Option<&'a EntryId>, u32),
    /// One.
    Only(&'a EntryId),
}

/// Published bodies of a collection in the order of their ids, for the making of indexes.
pub(crate) async fn public_bodies(
    on: &mut AnyConnection,
    collection: &CollectionId,
    which: Which<'_>,
) -> Result<Vec<PublicBody>, StoreError> {
    let mut sql = Sql::new(format!(
        "select e.id, e.site_id, r.body from entry e
         join entry_revision r on r.id = e.published_revision where {} and e.collection = ",
        scope::PUBLIC
    ));
    sql.bind(collection);
    match which {
        Which::After(cursor, limit) => {
            if let Some(cursor) = cursor {
                sql.push(" and e.id > ").bind(cursor);
            }
            sql.push(" order by e.id").limit(limit);
        }
        Which::Only(id) => {
            sql.push(" and e.id = ").bind(id);
        }
    }
    let rows = sql.all(on).await?;
    let read = rows.iter().map(|row| {
        Ok(PublicBody {
            id: row.read("id")?,
            site: row.read("site_id")?,
            body: row.json("body")?,
        })
    });
    read.collect()
}

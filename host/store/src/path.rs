//! Addresses: every slug and path that was ever used leads to one entry for ever.

use dinh_domain::dates::Instant;
use dinh_domain::ids::{CollectionId, EntryId, SiteId, Slug};
use sha2::{Digest, Sha256};
use sqlx::AnyConnection;

use crate::error::{Conflict, StoreError};
use crate::sql::{Columns, Sql};
use crate::store::Store;
use crate::write::WriteTx;

/// Longest former path, in bytes: PostgreSQL indexes no row beyond 2,704, and the site is in it.
pub const PATH_BYTES_MAX: usize = 2_000;
/// Longest import key, in bytes, for the same reason.
pub const IMPORT_KEY_BYTES_MAX: usize = 1_000;
/// Longest key kept as it is in a database index; longer ones end in a hash of the whole.
const KEY_BYTES_MAX: usize = 1_000;

impl Store {
    /// The entry that a former full path (without leading slash) of a site led to.
    pub async fn alias(&self, site: &SiteId, path: &str) -> Result<Option<EntryId>, StoreError> {
        let mut on = self.reader().await?;
        let row = Sql::new("select entry_id from path_alias where site_id = $1 and path = $2")
            .with(site)
            .with(path)
            .optional(&mut on)
            .await?;
        row.map(|row| row.read("entry_id")).transpose()
    }

    /// The entry that had a slug before it moved to another, whatever the section's mount was.
    pub async fn former_slug(
        &self,
        site: &SiteId,
        collection: &CollectionId,
        slug: &Slug,
    ) -> Result<Option<EntryId>, StoreError> {
        let mut on = self.reader().await?;
        let row = Sql::new(
            "select c.entry_id from slug_claim c join entry e on e.id = c.entry_id
             where c.site_id = $1 and c.collection = $2 and c.slug = $3 and e.slug <> c.slug",
        )
        .with(site)
        .with(collection)
        .with(slug)
        .optional(&mut on)
        .await?;
        row.map(|row| row.read("entry_id")).transpose()
    }
}

impl WriteTx {
    /// Whether nobody ever had a slug.
    pub async fn slug_is_free(
        &mut self,
        site: &SiteId,
        collection: &CollectionId,
        slug: &Slug,
    ) -> Result<bool, StoreError> {
        Ok(owner(self.on(), site, collection, slug).await?.is_none())
    }

    /// Gives an entry another slug; the former path leads to it from now on.
    pub async fn move_slug(
        &mut self,
        id: &EntryId,
        to: &Slug,
        former_path: &str,
        at: Instant,
    ) -> Result<(), StoreError> {
        let row = Sql::new("select site_id, collection from entry where id = $1")
            .with(id)
            .optional(self.on())
            .await?
            .ok_or_else(|| missing("entry", id))?;
        let (site, collection): (SiteId, CollectionId) =
            (row.read("site_id")?, row.read("collection")?);
        claim(self.on(), &site, &collection, to, id).await?;
        Sql::new("update entry set slug = $1, changed_at = $2 where id = $3")
            .with(to)
            .with(at)
            .with(id)
            .run(self.on())
            .await?;
        self.put_alias(&site, former_path, id, at).await?;
        self.touch(&site, id, at);
        Ok(())
    }

    /// Lets a former full path (without leading slash) lead to an entry.
    pub async fn put_alias(
        &mut self,
        site: &SiteId,
        path: &str,
        entry: &EntryId,
        at: Instant,
    ) -> Result<(), StoreError> {
        fits("path", path, PATH_BYTES_MAX)?;
        Sql::new(
            "insert into path_alias (site_id, path, entry_id, at) values ($1, $2, $3, $4)
             on conflict (site_id, path) do update set entry_id = excluded.entry_id, at = excluded.at",
        )
        .with(site)
        .with(path)
        .with(entry)
        .with(at)
        .run(self.on())
        .await?;
        Ok(())
    }
}

/// Takes a slug for an entry for ever.
pub(crate) async fn claim(
    on: &mut AnyConnection,
    site: &SiteId,
    collection: &CollectionId,
    slug: &Slug,
    entry: &EntryId,
) -> Result<(), StoreError> {
    let claimed = Sql::new(
        "insert into slug_claim (site_id, collection, slug, entry_id) values ($1, $2, $3, $4)
         on conflict (site_id, collection, slug) do nothing",
    )
    .with(site)
    .with(collection)
    .with(slug)
    .with(entry)
    .run(on)
    .await?;
    if claimed == 1 || owner(on, site, collection, slug).await?.as_ref() == Some(entry) {
        Ok(())
    } else {
        Err(StoreError::Conflict(Conflict::Slug))
    }
}

async fn owner(
    on: &mut AnyConnection,
    site: &SiteId,
    collection: &CollectionId,
    slug: &Slug,
) -> Result<Option<EntryId>, StoreError> {
    let row = Sql::new(
        "select entry_id from slug_claim where site_id = $1 and collection = $2 and slug = $3",
    )
    .with(site)
    .with(collection)
    .with(slug)
    .optional(on)
    .await?;
    row.map(|row| row.read("entry_id")).transpose()
}

pub(crate) fn missing(what: &'static str, id: impl ToString) -> StoreError {
    StoreError::Missing {
        what,
        id: id.to_string(),
    }
}

/// Refuses a text that a database index cannot hold.
pub(crate) fn fits(what: &'static str, text: &str, limit: usize) -> Result<(), StoreError> {
    if text.len() <= limit {
        return Ok(());
    }
    Err(StoreError::TooLong {
        what,
        bytes: text.len(),
        limit,
    })
}

/// A key that a database index can hold: equal texts stay equal, different ones different.
pub(crate) fn bounded(key: &str) -> String {
    if key.len() <= KEY_BYTES_MAX {
        return key.to_owned();
    }
    let kept = key.floor_char_boundary(KEY_BYTES_MAX / 2);
    format!("{} {}", &key[..kept], hex(&Sha256::digest(key.as_bytes())))
}

/// Lower-case hexadecimal.
pub(crate) fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

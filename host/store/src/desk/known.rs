//! Which entries of a collection on a site there are already: what a batch of texts may be another text of.

use dinh_domain::entry::Body;
use dinh_domain::ids::{CollectionId, EntryId, SiteId};
use dinh_domain::workflow::DISCARDED;

use crate::entry::part;
use crate::error::StoreError;
use crate::sql::{Columns, ROWS_PER_STATEMENT, Sql, damaged};
use crate::write::WriteTx;

impl WriteTx {
    /// Entries whose working text is not the public one, or was taken down, with some of its fields; the first of them. What is
    /// public is found by its index, and what was given up is nobody's.
    pub async fn under_way(
        &mut self,
        (site, collection): (&SiteId, &CollectionId),
        fields: &[&str],
        limit: u32,
    ) -> Result<Vec<(EntryId, Body)>, StoreError> {
        let mut sql = Sql::new(
            "select e.id, r.body from entry e join entry_revision r on r.id = e.working_revision
             where (e.published_revision is null or e.published_revision <> e.working_revision
             or e.withdrawn_at is not null)
             and e.deleted_at is null and e.state <> ",
        );
        sql.bind(DISCARDED).push(" and e.site_id = ").bind(site);
        sql.push(" and e.collection = ").bind(collection);
        sql.push(" order by e.id").limit(limit);
        let rows = sql.all(self.on()).await?;
        let read = rows.iter().map(|row| {
            let body = part::Only(fields).read(&row.text("body")?);
            Ok((
                row.read("id")?,
                body.map_err(|error| damaged("body", error))?,
            ))
        });
        read.collect()
    }

    /// Entries whose working or published title is one of these, with it.
    pub async fn titled_among(
        &mut self,
        (site, collection): (&SiteId, &CollectionId),
        titles: &[&str],
    ) -> Result<Vec<(EntryId, String)>, StoreError> {
        let mut found = Vec::new();
        for some in titles.chunks(ROWS_PER_STATEMENT) {
            let mut sql = Sql::new(
                "select e.id, r.title from entry e
                 join entry_revision r on r.id = e.working_revision or r.id = e.published_revision
                 where e.deleted_at is null and e.state <> ",
            );
            sql.bind(DISCARDED).push(" and r.title in ");
            sql.bind_all(some.iter().copied());
            sql.push(" and e.site_id = ").bind(site);
            sql.push(" and e.collection = ").bind(collection);
            sql.push(" order by e.id");
            for row in sql.all(self.on()).await? {
                found.push((row.read("id")?, row.text("title")?));
            }
        }
        Ok(found)
    }
}

use dinh_domain::file_text::TextState;
use dinh_domain::ids::{CollectionId, FileId, SiteId, Slug};
use serde::Serialize;

use crate::error::StoreError;
use crate::file::TABLE_MEDIA_TYPE;
use crate::sql::{Columns, Sql};
use crate::store::Store;

/// A file of a public entry, as those see it who look after files.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct FileLine {
    /// The file.
    pub file: FileId,
    /// Its site.
    pub site: SiteId,
    /// The collection of the entry that holds it.
    pub collection: CollectionId,
    /// The slug of that entry.
    pub slug: Slug,
    /// The title of that entry.
    pub title: String,
    /// Its name.
    pub name: String,
    /// Media type.
    pub media_type: String,
    /// Size.
    pub size_bytes: i64,
    /// What came of reading it; none where it has not been read yet.
    pub state: Option<TextState>,
    /// Characters read.
    pub chars: i64,
}

impl Store {
    /// Files of public entries, of a state and of a site if these are given: the first so many.
    pub async fn file_lines(
        &self,
        state: Option<TextState>,
        site: Option<&SiteId>,
        limit: u32,
    ) -> Result<Vec<FileLine>, StoreError> {
        let mut sql = Sql::new(
            "select f.id, e.site_id, e.collection, e.slug, r.title, f.name, f.media_type,
             f.size_bytes, t.state, coalesce(t.chars, 0) as chars
             from entry e join entry_revision r on r.id = e.published_revision
             join entry_file l on l.entry_id = e.id and l.revision_id = e.published_revision
             join file f on f.id = l.file_id left join file_text t on t.hash = f.hash
             where e.deleted_at is null and e.withdrawn_at is null and f.media_type <> ",
        );
        // A table is read as figures, not as words.
        sql.bind(TABLE_MEDIA_TYPE);
        if let Some(state) = state {
            sql.push(" and t.state = ").bind(state.as_str());
        }
        if let Some(site) = site {
            sql.push(" and e.site_id = ").bind(site);
        }
        sql.push(" order by e.site_id, e.collection, e.slug, f.name, f.id")
            .limit(limit);
        let mut on = self.reader().await?;
        let rows = sql.all(&mut on).await?;
        let read = rows.iter().map(|row| {
            Ok(FileLine {
                file: row.read("id")?,
                site: row.read("site_id")?,
                collection: row.read("collection")?,
                slug: row.read("slug")?,
                title: row.text("title")?,
                name: row.text("name")?,
                media_type: row.text("media_type")?,
                size_bytes: row.integer("size_bytes")?,
                state: row.read_or_none("state")?,
                chars: row.integer("chars")?,
            })
        });
        read.collect()
    }
}

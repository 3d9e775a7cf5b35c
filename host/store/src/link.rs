//! Edges between entries: one row an edge, read from both ends.

mod write;

use std::collections::HashMap;

use dinh_domain::entry::{Entry, Link};
use dinh_domain::ids::{CollectionId, EntryId, SiteId, Slug};
use dinh_domain::visibility::Scope;
use sqlx::AnyConnection;
use sqlx::any::AnyRow;

use crate::entry::{Headline, entry_by_slug, headlines_of};
use crate::error::StoreError;
use crate::scope;
use crate::sql::{Columns, Sql};
use crate::store::Store;

pub(crate) use write::{NewCode, forget_codes, insert, insert_codes, replace};

/// Most edges read from one end: a law that thousands of documents rest on stays a page.
const LINKS_MAX: u32 = 500;

/// An edge with what is known of its other end.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FoundLink {
    /// The edge, seen from the entry asked for.
    pub link: Link,
    /// The other end, if the portal has it and the reader may see it.
    pub other: Option<Headline>,
}

impl Store {
    /// Edges from and to a public entry, those it holds first. An end that is not in the scope is
    /// known by code and label alone, and says nothing of its own edges.
    pub async fn links(&self, scope: &Scope, id: &EntryId) -> Result<Vec<FoundLink>, StoreError> {
        links(&mut *self.reader().await?, scope, id).await
    }

    /// A public entry by its address, with its edges as another scope sees them: what a page shows.
    pub async fn entry_with_links(
        &self,
        (scope, links_scope): (&Scope, &Scope),
        site: &SiteId,
        collection: &CollectionId,
        slug: &Slug,
    ) -> Result<Option<(Entry, Vec<FoundLink>)>, StoreError> {
        let mut on = self.reader().await?;
        let Some(entry) = entry_by_slug(&mut on, scope, (site, collection, slug)).await? else {
            return Ok(None);
        };
        let links = links(&mut on, links_scope, &entry.id).await?;
        Ok(Some((entry, links)))
    }
}

async fn links(
    on: &mut AnyConnection,
    scope: &Scope,
    id: &EntryId,
) -> Result<Vec<FoundLink>, StoreError> {
    let edges = edges(on, scope, id).await?;
    if edges.is_empty() {
        return Ok(Vec::new());
    }
    // The entry itself and all others in one question: no edge of what is not in the scope.
    let mut ids = vec![id.clone()];
    for row in &edges {
        ids.extend(row.read_or_none("other")?);
    }
    let known = headlines_of(on, scope, &ids).await?;
    if !known.contains_key(id) {
        return Ok(Vec::new());
    }
    let mut links = Vec::new();
    for row in &edges {
        if row.flag("outgoing")? {
            links.push(outgoing_link(row, &known)?);
        } else {
            links.extend(incoming_link(row, &known)?);
        }
    }
    Ok(links)
}

/// Those it holds in their order, then those that others hold, the newest first.
async fn edges(
    on: &mut AnyConnection,
    scope: &Scope,
    id: &EntryId,
) -> Result<Vec<AnyRow>, StoreError> {
    let mut sql = Sql::new(
        "select * from (select 1 as outgoing, field, kind, to_code as code, label,
         to_entry as other, '' as holder, 0 as at, place from entry_link where entry_id = ",
    );
    sql.bind(id).push(" order by place").limit(LINKS_MAX);
    sql.push(
        ") held union all select * from (select 0, l.field, l.kind, c.code, '', l.entry_id,
         l.entry_id, e.first_published_at, l.place from entry_link l
         join entry e on e.id = l.entry_id
         left join entry_code c on c.entry_id = l.entry_id and c.field = l.to_field
         where l.to_entry = ",
    );
    sql.bind(id).push(" and ");
    scope::on_named_entries(scope, &mut sql);
    sql.push(" order by e.first_published_at desc nulls last, l.entry_id, l.place");
    sql.limit(LINKS_MAX);
    sql.push(") pointing order by outgoing desc, at desc nulls last, holder, place");
    sql.all(on).await
}

fn outgoing_link(
    row: &AnyRow,
    known: &HashMap<EntryId, Headline>,
) -> Result<FoundLink, StoreError> {
    let to: Option<EntryId> = row.read_or_none("other")?;
    let other = to.and_then(|to| known.get(&to).cloned());
    let code = row.text("code")?;
    let label = row.text("label")?;
    let named = [Some(label), other.as_ref().map(|it| it.title.clone())];
    let label = named.into_iter().flatten().find(|it| !it.is_empty());
    let link = Link {
        field: row.text("field")?,
        kind: row.text("kind")?,
        outgoing: true,
        other: other.as_ref().map(|it| it.id.clone()),
        label: label.unwrap_or_else(|| code.clone()),
        code,
    };
    Ok(FoundLink { link, other })
}

/// None where the other end is not in the scope.
fn incoming_link(
    row: &AnyRow,
    known: &HashMap<EntryId, Headline>,
) -> Result<Option<FoundLink>, StoreError> {
    let id: EntryId = row.read("other")?;
    let Some(other) = known.get(&id).cloned() else {
        return Ok(None);
    };
    let link = Link {
        field: row.text("field")?,
        kind: row.text("kind")?,
        outgoing: false,
        other: Some(id),
        code: row.text_or_none("code")?.unwrap_or_default(),
        label: other.title.clone(),
    };
    Ok(Some(FoundLink {
        link,
        other: Some(other),
    }))
}

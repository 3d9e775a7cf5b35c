//! Edges between entries: one row an edge, read from both ends.

mod write;

use dinh_domain::entry::{Entry, Link};
use dinh_domain::ids::{CollectionId, EntryId, SiteId, Slug};
use dinh_domain::visibility::Scope;
use sqlx::AnyConnection;

use crate::dialect::Dialect;
use crate::entry::{Headline, entry_by_slug};
use crate::error::StoreError;
use crate::scope;
use crate::sql::{Columns, Packed, Sql};
use crate::store::Store;

pub(crate) use write::{
    NewCode, NewEdge, forget_codes, insert, insert_codes, insert_edges, replace,
};

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
    let own = ["outgoing", "field", "kind", "code", "label", "is_known"];
    let other = Headline::COLUMNS.map(|(name, _)| name);
    let columns: Vec<String> = own.into_iter().chain(other).map(str::to_owned).collect();
    let (before, after) = Dialect::of(on).packing(&columns);
    let mut sql = Sql::new("select ");
    sql.push(&before);
    push_edges(&mut sql, scope, id);
    sql.push(after).push(" as edges");
    let row = sql.optional(on).await?;
    let edges = row.map_or(Ok(None), |row| row.text_or_none("edges"))?;
    Packed::rows(edges)?.map(found_link).collect()
}

/// Those it holds in their order, then those that others hold, the newest first; each with what the scope shows of
/// its other end. None of an entry that is not in the scope itself.
fn push_edges(sql: &mut Sql, scope: &Scope, id: &EntryId) {
    let other = Headline::COLUMNS.map(|(name, from)| format!("{from} as {name}"));
    let other = other.join(", ");
    sql.push(&format!(
        "select * from (select 1 as outgoing, l.field, l.kind, l.to_code as code, l.label, 0 as at,
         '' as holder, l.place, case when e.id is null then 0 else 1 end as is_known, {other}
         from (select * from entry_link where entry_id = "
    ));
    sql.bind(id).push(" order by place").limit(LINKS_MAX);
    sql.push(") l left join entry e on e.id = l.to_entry and ");
    scope::on_named_entries(scope, sql);
    sql.push(&format!(
        " left join entry_revision r on r.id = e.published_revision
         union all select 0, l.field, l.kind, l.code, '', l.at, l.entry_id, l.place, 1, {other}
         from (select l.field, l.kind, coalesce(c.code, '') as code, l.entry_id, l.place,
         e.first_published_at as at from entry_link l join entry e on e.id = l.entry_id
         left join entry_code c on c.entry_id = l.entry_id and c.field = l.to_field
         where l.to_entry = "
    ));
    sql.bind(id).push(" and ");
    scope::on_named_entries(scope, sql);
    sql.push(" order by e.first_published_at desc nulls last, l.entry_id, l.place");
    sql.limit(LINKS_MAX);
    sql.push(
        ") l join entry e on e.id = l.entry_id
         join entry_revision r on r.id = e.published_revision) edges
         where exists (select 1 from entry e where e.id = ",
    );
    sql.bind(id).push(" and ");
    scope::on_named_entries(scope, sql);
    sql.push(") order by outgoing desc, at desc nulls last, holder, place");
}

fn found_link(mut row: Packed) -> Result<FoundLink, StoreError> {
    let outgoing = row.integer()? != 0;
    let (field, kind, code) = (row.text()?, row.text()?, row.text()?);
    let label = row.text()?;
    let other = match row.integer()? {
        0 => None,
        _ => Some(Headline::read(&mut row)?),
    };
    let named = [Some(label), other.as_ref().map(|it| it.title.clone())];
    let label = named.into_iter().flatten().find(|it| !it.is_empty());
    let link = Link {
        field,
        kind,
        outgoing,
        other: other.as_ref().map(|it| it.id.clone()),
        label: label.unwrap_or_else(|| code.clone()),
        code,
    };
    Ok(FoundLink { link, other })
}

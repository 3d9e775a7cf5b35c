//! Edges between entries: one row an edge, read from both ends.

mod write;

use dinh_domain::entry::Link;
use dinh_domain::ids::EntryId;
use dinh_domain::visibility::Scope;
use sqlx::any::AnyRow;

use crate::entry::{HEADLINE_COLUMNS, Headline, read_headline};
use crate::error::StoreError;
use crate::scope;
use crate::sql::{Columns, Sql};
use crate::store::Store;

pub(crate) use write::{forget_codes, insert, replace};

/// Most edges read from one end: a law that thousands of documents rest on stays a page.
const LINKS_MAX: i64 = 500;

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
    /// known by code and label alone, and says nothing of its own edges; an entry that is not in
    /// the scope has none.
    pub async fn links(&self, scope: &Scope, id: &EntryId) -> Result<Vec<FoundLink>, StoreError> {
        // One question: it stands behind every page of an entry.
        let mut sql = Sql::new("with seen as not materialized (select e.* from entry e where ");
        scope::on_entries(scope, &mut sql);
        sql.push("), edge as (select * from (").push(OUTGOING);
        sql.bind(id).push(" order by n limit ").bind(LINKS_MAX);
        sql.push(") o union all select * from (").push(INCOMING);
        sql.bind(id).push(" order by n limit ").bind(LINKS_MAX);
        sql.push(") i) select d.outgoing, d.field, d.kind, d.code, d.label, ")
            .push(HEADLINE_COLUMNS)
            .push(
                " from edge d left join seen e on e.id = d.other
                 left join entry_revision r on r.id = e.published_revision
                 where exists (select 1 from seen own where own.id = ",
            );
        sql.bind(id).push(") order by d.outgoing desc, d.n");
        let mut on = self.reader().await?;
        let rows = sql.all(&mut on).await?;
        rows.iter().map(found_link).collect()
    }
}

/// Edges that an entry holds, in their order; its id comes next.
const OUTGOING: &str = "select 1 as outgoing, row_number() over (order by l.place) as n, l.field,
    l.kind, l.to_code as code, l.label, l.to_entry as other
    from entry_link l where l.entry_id = ";

/// Edges that others hold to an entry, the newest first; its id comes next.
const INCOMING: &str = "select 0 as outgoing, row_number() over
    (order by s.first_published_at desc nulls last, l.entry_id, l.place) as n, l.field, l.kind,
    coalesce(c.code, '') as code, '' as label, l.entry_id as other
    from entry_link l join seen s on s.id = l.entry_id
    left join entry_code c on c.entry_id = l.entry_id and c.field = l.to_field
    where l.to_entry = ";

fn found_link(row: &AnyRow) -> Result<FoundLink, StoreError> {
    let seen: Option<EntryId> = row.read_or_none("id")?;
    let other = seen.map(|_| read_headline(row)).transpose()?;
    let (code, label) = (row.text("code")?, row.text("label")?);
    let title = other.as_ref().map(|it| it.title.clone());
    let named = [Some(label), title].into_iter().flatten();
    let label = named.into_iter().find(|it| !it.is_empty());
    let link = Link {
        field: row.text("field")?,
        kind: row.text("kind")?,
        outgoing: row.flag("outgoing")?,
        other: other.as_ref().map(|it| it.id.clone()),
        label: label.unwrap_or_else(|| code.clone()),
        code,
    };
    Ok(FoundLink { link, other })
}

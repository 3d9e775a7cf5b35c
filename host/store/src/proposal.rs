//! Edges read from texts, waiting for an editor or decided by one. For those who work on entries:
//! no scope, so never behind a reader's request.

mod write;

use dinh_domain::dates::Instant;
use dinh_domain::ids::{CollectionId, EntryId, ProposalId, SiteId};
use dinh_domain::proposal::ProposalState;
use sqlx::AnyConnection;
use sqlx::any::AnyRow;

use crate::error::StoreError;
use crate::sql::{Columns, Sql};
use crate::store::Store;

pub use write::Decision;

/// A proposal with the entry it belongs to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredProposal {
    /// For ever the same.
    pub id: ProposalId,
    /// The entry whose text was read.
    pub entry: EntryId,
    /// Its title.
    pub title: String,
    /// Its site.
    pub site: SiteId,
    /// Its type.
    pub collection: CollectionId,
    /// The relations field.
    pub field: String,
    /// Kind of edge.
    pub kind: String,
    /// Code of the other end, as written.
    pub target: String,
    /// The rule that read it.
    pub rule: String,
    /// The sentence it was read from.
    pub sentence: String,
    /// Where that stands.
    pub place: String,
    /// What became of it.
    pub state: ProposalState,
    /// Who decided.
    pub decided_by: Option<String>,
    /// When.
    pub decided_at: Option<Instant>,
    /// Why it was rejected.
    pub reason: Option<String>,
}

/// Some proposals of a site.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProposalPage {
    /// In the order in which they were found.
    pub proposals: Vec<StoredProposal>,
    /// How many there are in that state.
    pub total: u64,
}

const SELECT: &str = "select p.id, p.entry_id, p.site_id, p.field, p.kind, p.target, p.rule,
    p.sentence, p.place, p.state, p.decided_by, p.decided_at, p.reason, e.collection, r.title
    from relation_proposal p join entry e on e.id = p.entry_id
    join entry_revision r on r.id = e.working_revision where ";

/// What was taken down or deleted waits for nobody.
const SHOWN: &str = "e.deleted_at is null and e.withdrawn_at is null";

impl Store {
    /// Proposals of a site in one state, behind an id.
    pub async fn proposals(
        &self,
        site: &SiteId,
        state: ProposalState,
        after: Option<&ProposalId>,
        limit: u32,
    ) -> Result<ProposalPage, StoreError> {
        let mut on = self.reader().await?;
        let mut sql = Sql::new(SELECT);
        sql.push("p.site_id = ").bind(site);
        sql.push(" and p.state = ").bind(state.as_str());
        if let Some(after) = after {
            sql.push(" and p.id > ").bind(after);
        }
        sql.push(&format!(" and {SHOWN} order by p.id"))
            .limit(limit);
        let rows = sql.all(&mut on).await?;
        let total = Sql::new(format!(
            "select count(*) as n from relation_proposal p join entry e on e.id = p.entry_id
             where p.site_id = $1 and p.state = $2 and {SHOWN}"
        ))
        .with(site)
        .with(state.as_str())
        .optional(&mut on)
        .await?;
        let total = total.map_or(Ok(0), |row| row.integer("n"))?;
        Ok(ProposalPage {
            proposals: rows.iter().map(read).collect::<Result<_, _>>()?,
            total: u64::try_from(total).unwrap_or_default(),
        })
    }

    /// One proposal.
    pub async fn proposal(&self, id: &ProposalId) -> Result<Option<StoredProposal>, StoreError> {
        one(&mut *self.reader().await?, id).await
    }
}

pub(crate) async fn one(
    on: &mut AnyConnection,
    id: &ProposalId,
) -> Result<Option<StoredProposal>, StoreError> {
    let mut sql = Sql::new(SELECT);
    sql.push("p.id = ").bind(id);
    sql.optional(on).await?.as_ref().map(read).transpose()
}

fn read(row: &AnyRow) -> Result<StoredProposal, StoreError> {
    Ok(StoredProposal {
        id: row.read("id")?,
        entry: row.read("entry_id")?,
        title: row.text("title")?,
        site: row.read("site_id")?,
        collection: row.read("collection")?,
        field: row.text("field")?,
        kind: row.text("kind")?,
        target: row.text("target")?,
        rule: row.text("rule")?,
        sentence: row.text("sentence")?,
        place: row.text("place")?,
        state: row.read("state")?,
        decided_by: row.text_or_none("decided_by")?,
        decided_at: row.instant_or_none("decided_at")?,
        reason: row.text_or_none("reason")?,
    })
}

use std::collections::HashMap;

use dinh_domain::dates::Instant;
use dinh_domain::ids::{EntryId, ProposalId, SiteId};
use dinh_domain::proposal::{Proposal, ProposalState};
use dinh_domain::vietnamese::code_key;

use super::{StoredProposal, one};
use crate::error::StoreError;
use crate::ids::new_proposal_id;
use crate::path::bounded;
use crate::sql::{Argument, Columns, Sql};
use crate::write::WriteTx;

/// Rows of one insert: their arguments stay far below what both databases take in a statement.
const ROWS_PER_STATEMENT: usize = 100;

/// What an editor decided.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decision {
    /// Confirmed or rejected.
    pub state: ProposalState,
    /// Who.
    pub by: String,
    /// When.
    pub at: Instant,
    /// Why, where it was rejected.
    pub reason: Option<String>,
}

impl WriteTx {
    /// Notes what the public text of an entry proposes now. What waits and is no longer read goes;
    /// what an editor decided stays decided. `is_new` spares the look for what is there.
    pub async fn propose(
        &mut self,
        (entry, site): (&EntryId, &SiteId),
        proposals: &[Proposal],
        at: Instant,
        is_new: bool,
    ) -> Result<(), StoreError> {
        let mut known = if is_new {
            HashMap::new()
        } else {
            self.known_proposals(entry).await?
        };
        let mut fresh = Vec::new();
        for proposal in proposals {
            let key = key(&proposal.field, &proposal.kind, &proposal.target);
            if known.remove(&key).is_none() {
                fresh.push((key.2, proposal));
            }
        }
        let gone = known
            .into_values()
            .filter(|(_, state)| *state == ProposalState::Proposed);
        let gone: Vec<ProposalId> = gone.map(|(id, _)| id).collect();
        if !gone.is_empty() {
            let mut sql = Sql::new("delete from relation_proposal where id in ");
            sql.bind_all(&gone);
            sql.run(self.on()).await?;
        }
        for rows in fresh.chunks(ROWS_PER_STATEMENT) {
            self.insert_proposals((entry, site), rows, at).await?;
        }
        Ok(())
    }

    /// Edges that editors confirmed for an entry: field, kind and target.
    pub async fn confirmed_edges(
        &mut self,
        entry: &EntryId,
    ) -> Result<Vec<(String, String, String)>, StoreError> {
        let rows = Sql::new(
            "select field, kind, target from relation_proposal
             where entry_id = $1 and state = 'confirmed' order by id",
        )
        .with(entry)
        .all(self.on())
        .await?;
        let read = rows
            .iter()
            .map(|row| Ok((row.text("field")?, row.text("kind")?, row.text("target")?)));
        read.collect()
    }

    /// One proposal, as this transaction sees it.
    pub async fn proposal(
        &mut self,
        id: &ProposalId,
    ) -> Result<Option<StoredProposal>, StoreError> {
        one(self.on(), id).await
    }

    /// Records a decision; false where the proposal did not wait for one any more.
    pub async fn decide_proposal(
        &mut self,
        id: &ProposalId,
        decision: &Decision,
    ) -> Result<bool, StoreError> {
        let changed = Sql::new(
            "update relation_proposal set state = $1, decided_by = $2, decided_at = $3, reason = $4
             where id = $5 and state = 'proposed'",
        )
        .with(decision.state.as_str())
        .with(&decision.by)
        .with(decision.at)
        .with(decision.reason.as_ref())
        .with(id)
        .run(self.on())
        .await?;
        Ok(changed == 1)
    }

    async fn known_proposals(
        &mut self,
        entry: &EntryId,
    ) -> Result<HashMap<Key, (ProposalId, ProposalState)>, StoreError> {
        let rows = Sql::new(
            "select id, field, kind, to_key, state from relation_proposal where entry_id = $1",
        )
        .with(entry)
        .all(self.on())
        .await?;
        let read = rows.iter().map(|row| {
            let key = (row.text("field")?, row.text("kind")?, row.text("to_key")?);
            Ok((key, (row.read("id")?, row.read("state")?)))
        });
        read.collect()
    }

    async fn insert_proposals(
        &mut self,
        (entry, site): (&EntryId, &SiteId),
        rows: &[(String, &Proposal)],
        at: Instant,
    ) -> Result<(), StoreError> {
        let mut sql = Sql::new(
            "insert into relation_proposal (id, entry_id, site_id, field, kind, to_key, target,
             rule, sentence, place, found_at, state) values ",
        );
        for (place, (to_key, proposal)) in rows.iter().enumerate() {
            if place > 0 {
                sql.push(", ");
            }
            let values: [Argument; 12] = [
                (&new_proposal_id()).into(),
                entry.into(),
                site.into(),
                (&proposal.field).into(),
                (&proposal.kind).into(),
                to_key.into(),
                (&proposal.target).into(),
                (&proposal.rule).into(),
                (&proposal.sentence).into(),
                (&proposal.place).into(),
                at.into(),
                ProposalState::Proposed.as_str().into(),
            ];
            sql.bind_all(values);
        }
        sql.run(self.on()).await?;
        Ok(())
    }
}

/// Field, kind and key of the target.
type Key = (String, String, String);

fn key(field: &str, kind: &str, target: &str) -> Key {
    let to_key = bounded(&code_key(target));
    (field.to_owned(), kind.to_owned(), to_key)
}

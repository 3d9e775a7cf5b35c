//! Relations that were read from texts: listed, confirmed, rejected.

use dinh_domain::ids::{ProposalId, SiteId};
use dinh_domain::proposal::ProposalState;
use dinh_store::{Decision, NewChange, StoredProposal, Working};
use serde::Serialize;
use serde_json::json;

use crate::failure::Failure;
use crate::portal::Portal;

/// Most proposals of one answer: what a person looks through at a sitting.
const MAX_LISTED: u32 = 1_000;
/// Longest reason, in characters.
const MAX_REASON_CHARS: usize = 1_000;

/// A proposal as operators see it.
#[derive(Debug, Clone, Serialize)]
pub struct RelationLine {
    /// What `confirm` and `reject` take.
    pub id: String,
    /// The entry whose text says it.
    pub entry: String,
    /// Its title.
    pub title: String,
    /// The field that would hold the edge.
    pub field: String,
    /// Kind of edge.
    pub kind: String,
    /// Code of the other end, as written.
    pub target: String,
    /// The sentence.
    pub sentence: String,
    /// Where it stands.
    pub place: String,
    /// The declared rule that read it.
    pub rule: String,
    /// `proposed`, `confirmed` or `rejected`.
    pub state: ProposalState,
    /// Who decided.
    pub decided_by: Option<String>,
    /// When, in milliseconds since the epoch.
    pub decided_at: Option<i64>,
    /// Why it was rejected.
    pub reason: Option<String>,
}

/// Some proposals of a site.
#[derive(Debug, Clone, Serialize)]
pub struct RelationPage {
    /// The proposals, in the order in which they were found.
    pub relations: Vec<RelationLine>,
    /// How many there are in that state.
    pub total: u64,
}

impl Portal {
    /// Proposals of a site in a state (`proposed`, `confirmed`, `rejected`), behind an id.
    pub async fn relations(
        &self,
        site: &str,
        state: &str,
        after: Option<&str>,
        limit: u32,
    ) -> Result<RelationPage, Failure> {
        let refused = |error: String| Failure::Refused(error);
        let site_id = SiteId::new(site).map_err(|error| refused(error.to_string()))?;
        if self.directory().await?.site(&site_id).is_none() {
            return Err(refused(format!("there is no site `{site}`")));
        }
        let state = ProposalState::try_from(state.to_owned());
        let state = state.map_err(|error| refused(error.to_string()))?;
        let after = after.map(proposal_id).transpose()?;
        let limit = limit.clamp(1, MAX_LISTED);
        let page = self
            .store()
            .proposals(&site_id, state, after.as_ref(), limit)
            .await?;
        Ok(RelationPage {
            relations: page.proposals.into_iter().map(line).collect(),
            total: page.total,
        })
    }

    /// Gives an entry the proposed edge: a new revision, public at once, seen from both ends.
    pub async fn confirm_relation(&self, actor: &str, id: &str) -> Result<RelationLine, Failure> {
        let id = proposal_id(id)?;
        let proposal = self.waiting(&id).await?;
        let known = self.public(&proposal).await?;
        let mut body = known.entry.body.clone();
        let edges = body
            .entry(proposal.field.clone())
            .or_insert_with(|| json!([]));
        if let Some(edges) = edges.as_array_mut() {
            edges.push(json!({"kind": proposal.kind, "target": proposal.target}));
        }
        let decision = Decision {
            state: ProposalState::Confirmed,
            by: actor.to_owned(),
            at: self.now(),
            reason: None,
        };
        match self.revise(known, body, (&id, &decision)).await? {
            Ok(()) => Ok(line(decided(proposal, decision))),
            Err(faults) => {
                let plugin = self.plugins().get(proposal.collection.plugin());
                let told = faults
                    .iter()
                    .map(|fault| crate::import::message(plugin.map(AsRef::as_ref), fault));
                let told: Vec<String> = told.collect();
                Err(Failure::Refused(format!(
                    "the entry may not have this relation: {}",
                    told.join("; ")
                )))
            }
        }
    }

    /// Refuses a proposal for ever: it does not come back when the entry is read again.
    pub async fn reject_relation(
        &self,
        actor: &str,
        id: &str,
        reason: &str,
    ) -> Result<RelationLine, Failure> {
        let id = proposal_id(id)?;
        let reason = reason.trim();
        if reason.is_empty() || reason.chars().count() > MAX_REASON_CHARS {
            return Err(Failure::Refused(format!(
                "a reason of 1 to {MAX_REASON_CHARS} characters is needed"
            )));
        }
        let proposal = self.waiting(&id).await?;
        let decision = Decision {
            state: ProposalState::Rejected,
            by: actor.to_owned(),
            at: self.now(),
            reason: Some(reason.to_owned()),
        };
        let mut tx = self.store().begin_write().await?;
        if !tx.decide_proposal(&id, &decision).await? {
            return Err(Failure::Refused(format!("`{id}` was decided meanwhile")));
        }
        tx.log_change(NewChange {
            at: decision.at,
            kind: "relation-rejected".to_owned(),
            site: Some(proposal.site.clone()),
            entry: Some(proposal.entry.clone()),
            actor: actor.to_owned(),
            detail: format!("{id}: {reason}"),
        });
        tx.commit().await?;
        self.settle().await;
        Ok(line(decided(proposal, decision)))
    }

    async fn waiting(&self, id: &ProposalId) -> Result<StoredProposal, Failure> {
        let found = self.store().proposal(id).await?;
        let missing = || Failure::Refused(format!("there is no proposal `{id}`"));
        let found = found.ok_or_else(missing)?;
        if found.state == ProposalState::Proposed {
            return Ok(found);
        }
        let by = found.decided_by.as_deref().unwrap_or_default();
        let state = found.state.as_str();
        Err(Failure::Refused(format!(
            "`{id}` is {state} already, by {by}"
        )))
    }

    /// The entry of a proposal, if what is public is also what is being worked on.
    async fn public(&self, proposal: &StoredProposal) -> Result<Working, Failure> {
        let known = self.store().working(&proposal.entry).await?;
        let known = known.filter(|it| !it.deleted && it.withdrawn.is_none());
        let gone = || Failure::Refused(format!("“{}” is no longer public", proposal.title));
        let known = known.ok_or_else(gone)?;
        if known.published.as_ref() != Some(&known.entry.revision) {
            return Err(Failure::Refused(format!(
                "“{}” has a draft under way: publish or drop that first",
                proposal.title
            )));
        }
        Ok(known)
    }
}

fn proposal_id(text: &str) -> Result<ProposalId, Failure> {
    ProposalId::new(text).map_err(|error| Failure::Refused(error.to_string()))
}

fn decided(proposal: StoredProposal, decision: Decision) -> StoredProposal {
    StoredProposal {
        state: decision.state,
        decided_by: Some(decision.by),
        decided_at: Some(decision.at),
        reason: decision.reason,
        ..proposal
    }
}

fn line(proposal: StoredProposal) -> RelationLine {
    RelationLine {
        id: proposal.id.to_string(),
        entry: proposal.entry.to_string(),
        title: proposal.title,
        field: proposal.field,
        kind: proposal.kind,
        target: proposal.target,
        sentence: proposal.sentence,
        place: proposal.place,
        rule: proposal.rule,
        state: proposal.state,
        decided_by: proposal.decided_by,
        decided_at: proposal.decided_at.map(|at| at.0),
        reason: proposal.reason,
    }
}

//! A public entry gets another body by an editor's decision.

use dinh_domain::entry::Body;
use dinh_domain::fault::Fault;
use dinh_domain::ids::ProposalId;
use dinh_domain::visibility::Actor;
use dinh_store::{Decision, NewChange, Working};

use super::taken::Taken;
use super::{Draft, Posted};
use crate::failure::Failure;
use crate::portal::Portal;

impl Portal {
    /// Publishes a new revision of an entry with another body, and records the decision about a
    /// proposal that it carries out; all in one transaction. It is findable when this returns.
    pub(crate) async fn revise(
        &self,
        known: Working,
        body: Body,
        (proposal, decision): (&ProposalId, &Decision),
    ) -> Result<Result<(), Vec<Fault>>, Failure> {
        let entry = &known.entry;
        let directory = self.directory().await?;
        let missing = || Failure::Refused(format!("there is no site `{}`", entry.site));
        let site = directory.site(&entry.site).cloned().ok_or_else(missing)?;
        let visit = self.visit(&directory, site, Actor::System)?;
        let draft = Draft {
            site: entry.site.clone(),
            collection: entry.collection.clone(),
            import_key: entry.import_key.clone(),
            body,
            source: Some(entry.source.clone()),
            lifted: entry.lifted_gates.clone(),
            files: Vec::new(),
            published_at: None,
            faults: Vec::new(),
        };
        let checked = match self.check(&visit, draft).await? {
            Ok(checked) => checked,
            Err(faults) => return Ok(Err(faults)),
        };
        let (id, revision) = (entry.id.clone(), entry.revision.clone());
        let mut tx = self.store().begin_publishing().await?;
        let meanwhile =
            || Failure::Refused("somebody else changed it meanwhile: look again".to_owned());
        if !tx.decide_proposal(proposal, decision).await? {
            return Err(meanwhile());
        }
        let now = tx.working(&id).await?;
        let now = now.filter(|it| it.entry.revision == revision && !it.deleted);
        let now = now.ok_or_else(meanwhile)?;
        let site = now.entry.site.clone();
        let by = &decision.by;
        match self
            .put_over(
                &mut tx,
                by,
                decision.at,
                checked,
                Some(now),
                &mut Taken::default(),
            )
            .await?
        {
            Ok(Posted::Updated) => {}
            Ok(_) => return Err(meanwhile()),
            Err(faults) => return Ok(Err(faults)),
        }
        tx.log_change(NewChange {
            at: decision.at,
            kind: "relation-confirmed".to_owned(),
            site: Some(site),
            entry: Some(id),
            actor: by.clone(),
            detail: proposal.to_string(),
        });
        tx.commit().await?;
        self.settle().await;
        Ok(Ok(()))
    }
}

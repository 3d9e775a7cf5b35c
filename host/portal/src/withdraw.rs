//! Taking an entry down: with a reason that readers are told, and what stands in its place.

use dinh_domain::entry::Withdrawal;
use dinh_domain::ids::EntryId;
use dinh_domain::site::Directory;
use dinh_domain::workflow::{self, By, Effect, Seat};
use dinh_store::NewChange;

use crate::failure::Failure;
use crate::portal::Portal;

impl Portal {
    /// Withdraws an entry. Its address answers 410 with the reason and the successor; its
    /// revisions stay.
    pub async fn withdraw(
        &self,
        actor: &str,
        entry: &EntryId,
        reason: &str,
        successor: Option<EntryId>,
    ) -> Result<(), Failure> {
        let now = self.now();
        let mut tx = self.store().begin_publishing().await?;
        let missing = || Failure::Refused(format!("there is no entry `{entry}`"));
        let working = tx
            .working(entry)
            .await?
            .filter(|it| !it.deleted)
            .ok_or_else(missing)?;
        let id = &working.entry.collection;
        let gone = || Failure::Refused(format!("there is no collection `{id}`"));
        let (_, collection) = self.plugins().collection(id).ok_or_else(gone)?;
        let workflow = workflow::named(&collection.workflow.id).ok_or_else(gone)?;
        let seat = Seat {
            state: &working.entry.state,
            is_public: working.published.is_some() && working.withdrawn.is_none(),
            organisation: &working.organisation,
            author: None,
            hands: &[],
        };
        let by = (By::System, &Directory::default());
        let step = workflow::next(workflow, by, seat, "withdraw", Some(reason));
        let step = step.map_err(|refusal| Failure::Refused(refusal.to_string()))?;
        if step.effect != Effect::Withdraw {
            return Err(Failure::internal("`withdraw` does not withdraw"));
        }
        if successor.as_ref() == Some(entry) {
            return Err(Failure::Refused(
                "an entry cannot succeed itself".to_owned(),
            ));
        }
        let withdrawal = Withdrawal {
            reason: reason.trim().to_owned(),
            successor,
            at: now,
        };
        tx.withdraw(entry, &withdrawal, &step.to).await?;
        tx.log_change(NewChange {
            at: now,
            kind: "withdraw".to_owned(),
            site: Some(working.entry.site.clone()),
            entry: Some(entry.clone()),
            actor: actor.to_owned(),
            detail: withdrawal.reason,
        });
        self.commit(tx).await?;
        self.settle().await;
        Ok(())
    }
}

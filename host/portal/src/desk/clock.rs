//! What was approved for an instant becomes public when it has come: once, whatever the clock does.

use dinh_domain::dates::Instant;
use dinh_domain::ids::EntryId;
use dinh_domain::people::Staff;
use dinh_domain::site::Directory;
use dinh_domain::workflow::{self, By};
use dinh_store::{ActorKind, Desk, DeskEntry, NewAudit, Transition, WriteTx};
use serde_json::json;

use super::seat;
use crate::audit::Act;
use crate::failure::Failure;
use crate::portal::Portal;

/// Entries made public in one round.
const BATCH: u32 = 50;
/// By what, for the audit.
const CALENDAR: &str = "calendar";
/// Who takes the step.
const SYSTEM: &str = "system";
/// The step when it can be taken.
const PUBLISH: &str = "publish";
/// The step when it cannot.
const MISS: &str = "miss";
/// A fault of the moment: the plugin's check cannot be asked now.
const NOT_NOW: &str = "fault.check-unavailable";

impl Portal {
    /// Makes public what is due; how many entries became so.
    pub async fn publish_due(&self) -> Result<u32, Failure> {
        let (mut published, mut left) = (0, 0);
        loop {
            let due = self
                .store()
                .due_publications(self.now(), (left, BATCH))
                .await?;
            if due.is_empty() {
                break;
            }
            for entry in due {
                // One that cannot be published now keeps none of the others waiting.
                match self.publish_scheduled(&entry).await {
                    Ok(true) => published += 1,
                    Ok(false) => left += 1,
                    Err(error) => {
                        tracing::error!(%entry, %error, "what is due is not public");
                        left += 1;
                    }
                }
            }
        }
        if published > 0 {
            self.settle().await;
        }
        Ok(published)
    }

    async fn publish_scheduled(&self, id: &EntryId) -> Result<bool, Failure> {
        let Some(before) = self.due(&mut self.store().begin_write().await?, id).await? else {
            return Ok(false);
        };
        let nobody = match &before.desk.publish_by {
            Some(account) => Staff::new(account.clone(), Vec::new()),
            None => return Ok(false),
        };
        let checked = self.check_working(&nobody, &before).await?;
        if matches!(&checked, Err(faults) if faults.iter().any(|it| it.message_key == NOT_NOW)) {
            tracing::warn!(entry = %id, "what is due is not public yet: the section's check cannot be asked");
            return Ok(false);
        }
        let mut tx = self.store().begin_publishing().await?;
        // Another node may have been faster, or somebody has taken it back.
        let Some(now) = self.due(&mut tx, id).await? else {
            return Ok(false);
        };
        if now.working.entry.revision != before.working.entry.revision {
            return Ok(false);
        }
        let at = self.now();
        let faults = match checked {
            Ok(checked) => {
                let by = (nobody.account.as_str(), at);
                let published =
                    self.publish_working(&mut tx, checked, &now.working, by, "published");
                published.await?.err()
            }
            Err(faults) => Some(faults),
        };
        let (step, reason) = match &faults {
            None => (PUBLISH, String::new()),
            Some(faults) => (MISS, self.told(&now, faults)),
        };
        let reason = (!reason.is_empty()).then_some(reason);
        let done = self.step_of_system(&mut tx, &now, (step, reason), at).await;
        done?;
        self.commit(tx).await?;
        Ok(faults.is_none())
    }

    /// An entry that waits for an instant that has come.
    async fn due(&self, tx: &mut WriteTx, id: &EntryId) -> Result<Option<DeskEntry>, Failure> {
        let entry = tx.desk_entry(id).await?;
        let now = self.now();
        Ok(
            entry
                .filter(|it| !it.working.deleted && it.desk.publish_at.is_some_and(|at| at <= now)),
        )
    }

    async fn step_of_system(
        &self,
        tx: &mut WriteTx,
        now: &DeskEntry,
        (step, reason): (&str, Option<String>),
        at: Instant,
    ) -> Result<(), Failure> {
        let entry = &now.working.entry;
        let (_, _, flow) = self.declared_of(&entry.collection)?;
        let by = (By::System, &Directory::default());
        let action = workflow::next(flow, by, seat(now), step, reason.as_deref());
        let action = action.map_err(Failure::internal)?;
        if step == MISS {
            tx.set_state(&entry.id, &action.to, at).await?;
        }
        let desk = Desk {
            publish_at: None,
            publish_by: None,
            waiting_since: Some(at),
            ..now.desk.clone()
        };
        tx.set_desk(&entry.id, &desk).await?;
        let transition = Transition {
            number: 0,
            revision: entry.revision.clone(),
            at,
            actor: SYSTEM.to_owned(),
            action: action.id.clone(),
            from: entry.state.clone(),
            to: action.to.clone(),
            reason: reason.unwrap_or_default(),
            reason_kind: String::new(),
        };
        tx.add_transition(&entry.id, &transition).await?;
        self.write_step(tx, (&entry.site, &entry.id), (action, &transition))
            .await?;
        let act = Act {
            what: "entry-step",
            kind: "entry",
            subject: entry.id.as_str(),
            before: Some(json!({"state": entry.state, "revision": entry.revision})),
            after: Some(json!({
                "state": action.to,
                "action": action.id,
                "approved_by": now.desk.publish_by,
                "reason": transition.reason,
            })),
        };
        let recorded = self.recorded(ActorKind::System, CALENDAR, act);
        tx.audit(NewAudit {
            site: Some(entry.site.clone()),
            ..recorded
        });
        Ok(())
    }

    /// Faults in words, for who comes to look.
    fn told(&self, now: &DeskEntry, faults: &[dinh_domain::fault::Fault]) -> String {
        let id = &now.working.entry.collection;
        let plugin = self.plugins().collection(id).map(|(plugin, _)| &**plugin);
        let words = faults
            .iter()
            .map(|fault| crate::import::message(plugin, fault));
        words.collect::<Vec<_>>().join("; ")
    }
}

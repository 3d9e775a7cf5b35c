//! Taking back and erasing. What was erased is noted beside the key of secrets too, which no copy of the database
//! holds: after an older copy was restored, it is erased again before anybody is answered.

use std::collections::BTreeSet;

use dinh_domain::dates::Instant;
use dinh_domain::entry::Withdrawal;
use dinh_domain::ids::EntryId;
use dinh_domain::site::Directory;
use dinh_domain::workflow::{self, Action, By};
use dinh_store::{ActorKind, DeskEntry, Erasure, NewAudit, NewChange, Transition, WriteTx};
use serde_json::json;

use super::send::SENDER;
use crate::audit::Act;
use crate::desk::seat;
use crate::failure::Failure;
use crate::portal::Portal;
use crate::visit::Visit;

/// Steps by which a sender takes back: what readers see, and what they do not.
const STEPS: [&str; 2] = ["take-back-public", "take-back"];
/// Why, in the history and for readers of what was public.
const TAKEN_BACK: &str = "Người gửi đã rút lại.";
/// The ground of an erasure that a sender asked for.
const ASKED: &str = "taken back by the sender";
/// By what erasures are done again.
const REPLAY: &str = "erasures";

impl Portal {
    /// The step by which the sender may take an entry back now.
    pub(super) fn takes_back(&self, entry: &DeskEntry) -> Result<Option<&'static Action>, Failure> {
        let (_, _, flow) = self.declared_of(&entry.working.entry.collection)?;
        let by = (By::System, &Directory::default());
        let mut steps = STEPS.iter();
        Ok(steps
            .find_map(|step| workflow::next(flow, by, seat(entry), step, Some(TAKEN_BACK)).ok()))
    }

    /// Takes back what was sent with a secret link and erases what only the office reads of it. False where there is
    /// no such sending.
    pub async fn take_back(&self, visit: &Visit, token: &str) -> Result<bool, Failure> {
        let Some((sending, _)) = self.sending_by_token(visit, token).await? else {
            return Ok(false);
        };
        let id = &sending.entry;
        let mut tx = self.store().begin_publishing().await?;
        let Some(now) = tx.desk_entry(id).await? else {
            return Ok(false);
        };
        let at = self.now();
        if let Some(step) = self.takes_back(&now)? {
            carry(&mut tx, step, &now, at).await?;
        }
        let erasure = Erasure {
            entry: id.clone(),
            at,
            actor: SENDER.to_owned(),
            ground: ASKED.to_owned(),
        };
        let was_there = tx.erase_private(&erasure).await?;
        let became = json!({"state": "taken-back", "erased": was_there});
        tx.audit(self.sender_act(id, &visit.site, "entry-taken-back", Some(became)));
        self.commit(tx).await?;
        self.settle().await;
        self.note_erasure(&erasure).await;
        Ok(true)
    }

    /// Erases what only the office reads of an entry, on a ground that somebody answers for. Whether there was
    /// anything.
    pub(crate) async fn erase_private(
        &self,
        erasure: Erasure,
        act: impl FnOnce(bool) -> NewAudit,
    ) -> Result<bool, Failure> {
        let mut tx = self.store().begin_write().await?;
        let was_there = tx.erase_private(&erasure).await?;
        tx.audit(act(was_there));
        tx.commit().await?;
        self.note_erasure(&erasure).await;
        Ok(was_there)
    }

    /// Does again what was erased and is there again, because an older copy was restored, and notes what was erased
    /// and not noted here. How many entries were erased again.
    ///
    /// # Errors
    /// The file with what was erased cannot be read or written, or the store fails: nothing may be answered then.
    pub async fn replay_erasures(&self) -> Result<usize, Failure> {
        let noted = self.seal_key().noted().map_err(Failure::internal)?;
        let noted: BTreeSet<String> = noted.into_iter().collect();
        let known = self.store().erasures().await?;
        let mut done = 0;
        for id in &noted {
            if known.iter().any(|it| it.entry.as_str() == id) {
                continue;
            }
            let Ok(entry) = EntryId::new(id) else {
                continue;
            };
            let erasure = Erasure {
                entry: entry.clone(),
                at: self.now(),
                actor: REPLAY.to_owned(),
                ground: "erased before the copy was restored".to_owned(),
            };
            let mut tx = self.store().begin_write().await?;
            if tx.erase_private(&erasure).await? {
                let act = Act {
                    what: "private-erased",
                    kind: "entry",
                    subject: entry.as_str(),
                    before: None,
                    after: Some(json!({"ground": erasure.ground})),
                };
                tx.audit(self.recorded(ActorKind::System, REPLAY, act));
                done += 1;
            }
            tx.commit().await?;
        }
        for erasure in known.iter().filter(|it| !noted.contains(it.entry.as_str())) {
            let noted = self.seal_key().note(erasure.entry.as_str());
            noted.map_err(Failure::internal)?;
        }
        Ok(done)
    }

    /// What cannot be noted now is noted at the next start: the table has it.
    async fn note_erasure(&self, erasure: &Erasure) {
        let (file, entry) = (self.seal_key().clone(), erasure.entry.to_string());
        let noted = tokio::task::spawn_blocking(move || file.note(&entry)).await;
        match noted {
            Ok(Ok(())) => {}
            Ok(Err(error)) => {
                tracing::error!(%error, "an erasure is not noted beside the key: it is at the next start");
            }
            Err(error) => tracing::error!(%error, "an erasure is not noted beside the key"),
        }
    }
}

async fn carry(
    tx: &mut WriteTx,
    step: &Action,
    now: &DeskEntry,
    at: Instant,
) -> Result<(), Failure> {
    let entry = &now.working.entry;
    if step.public {
        let why = Withdrawal {
            reason: TAKEN_BACK.to_owned(),
            successor: None,
            at,
        };
        tx.withdraw(&entry.id, &why, &step.to).await?;
        tx.log_change(NewChange {
            at,
            kind: "withdraw".to_owned(),
            site: Some(entry.site.clone()),
            entry: Some(entry.id.clone()),
            actor: SENDER.to_owned(),
            detail: TAKEN_BACK.to_owned(),
        });
    } else {
        tx.set_state(&entry.id, &step.to, at).await?;
    }
    let transition = Transition {
        number: 0,
        revision: entry.revision.clone(),
        at,
        actor: SENDER.to_owned(),
        action: step.id.clone(),
        from: entry.state.clone(),
        to: step.to.clone(),
        reason: String::new(),
        reason_kind: String::new(),
    };
    tx.add_transition(&entry.id, &transition).await?;
    Ok(())
}

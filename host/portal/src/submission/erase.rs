//! Taking back and erasing. What was erased is noted beside the key of secrets too, which no copy of the database
//! holds: after an older copy was restored, it is erased and taken back again before anybody is answered.

use dinh_domain::dates::Instant;
use dinh_domain::entry::Withdrawal;
use dinh_domain::ids::EntryId;
use dinh_domain::site::Directory;
use dinh_domain::workflow::{self, Action, By};
use dinh_store::{ActorKind, Desk, DeskEntry, Erasure, NewAudit, NewChange, Transition, WriteTx};
use serde_json::json;

use super::note::Note;
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
    /// The step by which the sender may take an entry back now; none where its section is gone.
    pub(super) fn takes_back(&self, entry: &DeskEntry) -> Option<&'static Action> {
        let (_, _, flow) = self.declared_of(&entry.working.entry.collection).ok()?;
        let by = (By::System, &Directory::default());
        let mut steps = STEPS.iter();
        steps.find_map(|step| workflow::next(flow, by, seat(entry), step, Some(TAKEN_BACK)).ok())
    }

    /// Takes back what was sent with a secret link and erases what only the office reads of it. False where there is
    /// no such sending.
    pub async fn take_back(&self, visit: &Visit, token: &str) -> Result<bool, Failure> {
        let Some((sending, entry)) = self.sending_by_token(visit, token).await? else {
            return Ok(false);
        };
        let id = &sending.entry;
        let erased = self.store().erasure_of(id).await?;
        if self.takes_back(&entry).is_none() && erased.is_some_and(|it| it.taken_back) {
            return Ok(true);
        }
        let erasure = Erasure {
            entry: id.clone(),
            at: self.now(),
            actor: SENDER.to_owned(),
            ground: ASKED.to_owned(),
            taken_back: true,
        };
        let mut tx = self.store().begin_publishing().await?;
        let was_there = self.carry_back(&mut tx, &erasure).await?;
        let became = json!({"state": "taken-back", "erased": was_there});
        tx.audit(self.sender_act(id, &visit.site, "entry-taken-back", Some(became)));
        self.commit(tx).await?;
        self.settle().await;
        self.note_erasure(&erasure).await;
        Ok(true)
    }

    /// Erases, and takes back what was taken back; whether anything was there.
    async fn carry_back(&self, tx: &mut WriteTx, erasure: &Erasure) -> Result<bool, Failure> {
        let entry = tx.desk_entry(&erasure.entry).await?;
        let mut was_there = false;
        if let Some(now) = entry.filter(|_| erasure.taken_back)
            && let Some(step) = self.takes_back(&now)
        {
            carry(tx, step, &now, erasure.at).await?;
            was_there = true;
        }
        let files = tx.erase_sent_files(&erasure.entry, erasure.at).await?;
        Ok(tx.erase_private(erasure).await? || files > 0 || was_there)
    }

    /// Erases what only the office reads of an entry and the files that came with it, on a ground that somebody answers
    /// for. Whether there was anything.
    pub(crate) async fn erase_private(
        &self,
        erasure: Erasure,
        act: impl FnOnce(bool) -> NewAudit,
    ) -> Result<bool, Failure> {
        let mut tx = self.store().begin_publishing().await?;
        // Whoever writes an answer meanwhile has its text before, or finds the files gone.
        tx.hold(&erasure.entry).await?;
        let files = tx.erase_sent_files(&erasure.entry, erasure.at).await?;
        let was_there = tx.erase_private(&erasure).await? || files > 0;
        tx.audit(act(was_there));
        if files > 0
            && let Some(now) = tx.desk_entry(&erasure.entry).await?
        {
            // Readers may have seen them.
            tx.log_change(NewChange {
                at: erasure.at,
                kind: "files-erased".to_owned(),
                site: Some(now.working.entry.site),
                entry: Some(erasure.entry.clone()),
                actor: erasure.actor.clone(),
                detail: String::new(),
            });
        }
        self.commit(tx).await?;
        self.settle().await;
        self.note_erasure(&erasure).await;
        Ok(was_there)
    }

    /// Does again what was erased and is there again, because an older copy was restored, and notes what was erased
    /// and not noted here. How many entries were erased again.
    ///
    /// # Errors
    /// What was erased cannot be read, or the store fails: nothing may be answered then. What cannot be noted is
    /// logged.
    pub async fn replay_erasures(&self) -> Result<usize, Failure> {
        let noted = self.seal_key().noted().map_err(Failure::internal)?;
        let noted: Vec<Note> = noted.iter().filter_map(|it| Note::read(it)).collect();
        let known = self.store().erasures().await?;
        let is_known = |note: &Note| {
            known
                .iter()
                .any(|it| it.entry == note.entry && (it.taken_back || !note.taken_back))
        };
        let mut done = 0;
        for note in noted.iter().filter(|note| !is_known(note)) {
            let erasure = note.erasure(REPLAY);
            let mut tx = self.store().begin_publishing().await?;
            if self.carry_back(&mut tx, &erasure).await? {
                let act = Act {
                    what: "private-erased",
                    kind: "entry",
                    subject: note.entry.as_str(),
                    before: None,
                    after: Some(json!({"reason": erasure.ground, "erased": true})),
                };
                tx.audit(self.recorded(ActorKind::System, REPLAY, act));
                done += 1;
            }
            self.commit(tx).await?;
        }
        if done > 0 {
            self.settle().await;
        }
        let is_noted = |it: &Erasure| noted.iter().any(|note| *note == Note::of(it));
        for erasure in known.iter().filter(|it| !is_noted(it)) {
            self.note_erasure(erasure).await;
        }
        Ok(done)
    }

    /// What cannot be noted now is noted at the next start: the table has it.
    async fn note_erasure(&self, erasure: &Erasure) {
        let (file, line) = (self.seal_key().clone(), Note::of(erasure).line());
        let noted = tokio::task::spawn_blocking(move || file.note(&line)).await;
        match noted {
            Ok(Ok(())) => {}
            Ok(Err(error)) => tracing::error!(
                %error,
                "an erasure is not noted beside the key: a restored copy would bring it back"
            ),
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
    let desk = Desk {
        assignee: None,
        waiting_since: Some(at),
        due_at: None,
        ..now.desk.clone()
    };
    tx.set_desk(&entry.id, &desk).await?;
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

/// The entry of an erasure.
impl Note {
    fn erasure(&self, actor: &str) -> Erasure {
        Erasure {
            entry: EntryId::clone(&self.entry),
            at: self.at,
            actor: actor.to_owned(),
            ground: "erased before the copy was restored".to_owned(),
            taken_back: self.taken_back,
        }
    }
}

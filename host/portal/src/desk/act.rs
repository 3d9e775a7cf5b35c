//! Steps: somebody sends, returns, approves, takes down. Each is one transaction, in which the rules
//! are asked again.

use dinh_domain::dates::Instant;
use dinh_domain::entry::Withdrawal;
use dinh_domain::fault::Fault;
use dinh_domain::ids::{AccountId, EntryId, RevisionId};
use dinh_domain::people::Staff;
use dinh_domain::visibility::Actor;
use dinh_domain::workflow::{self, Action, By, Effect, SUBMIT, Workflow};
use dinh_store::{Desk, DeskEntry, NewChange, Transition, WriteTx};
use serde_json::json;

use super::{DeskSubject, Done, Undone, seat};
use crate::failure::Failure;
use crate::portal::Portal;
use crate::post::{Checked, Draft};

/// Longest reason, in characters.
pub const REASON_CHARS_MAX: usize = 2_000;

/// A step that somebody wants to take.
#[derive(Debug, Clone)]
pub struct Step {
    /// The entry.
    pub entry: EntryId,
    /// The revision that they saw.
    pub seen: RevisionId,
    /// Id of the action.
    pub action: String,
    /// Why.
    pub reason: Option<String>,
    /// Which of the workflow's reasons, for a step that wants one of them.
    pub reason_kind: Option<String>,
    /// When it shall become public, for an approval at an instant.
    pub at: Option<Instant>,
    /// On the express lane, for what is sent.
    pub express: bool,
}

/// A step that was taken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Taken {
    /// The state afterwards.
    pub state: String,
    /// Whether readers see something else now.
    pub is_public_matter: bool,
}

impl Portal {
    /// Takes a step with an entry.
    pub async fn take_step(&self, staff: &Staff, mut step: Step) -> Result<Done<Taken>, Failure> {
        let directory = self.directory().await?;
        let scope = self.desk_scope_at(staff, &directory, &step.entry).await?;
        let Some(known) = self.store().desk_entry(&scope, &step.entry).await? else {
            return Ok(Err(Undone::NotFound));
        };
        let (_, _, flow) = self.declared_of(&known.working.entry.collection)?;
        let by = (By::Staff(staff), &*directory);
        let typed = step.clone();
        typed_reason(flow, &mut step);
        let reason = step.reason.as_deref();
        let action = match workflow::next(flow, by, seat(&known), &step.action, reason) {
            Ok(action) => action,
            Err(refusal) => return Ok(Err(Undone::Refused(refusal))),
        };
        if let Some(fault) = self.bad_step(flow, action, &typed) {
            return Ok(Err(Undone::Faults(vec![fault])));
        }
        let is_approved = matches!(action.effect, Effect::Publish | Effect::Schedule);
        let checked = if is_approved || action.id == SUBMIT {
            match self.check_working(staff, &known).await? {
                Ok(checked) => Some(checked),
                Err(faults) => return Ok(Err(Undone::Faults(faults))),
            }
        } else {
            None
        };
        let is_public_matter = !matches!(
            action.effect,
            Effect::Nothing | Effect::Schedule | Effect::Abandon
        );
        let mut tx = if is_public_matter {
            self.store().begin_publishing().await?
        } else {
            self.store().begin_write().await?
        };
        let Some(now) = tx.desk_entry(&step.entry).await? else {
            return Ok(Err(Undone::NotFound));
        };
        // What is approved is what was seen and checked, and the rules hold for the entry as it is now.
        let is_seen = now.working.entry.revision == step.seen;
        if !is_seen || known.working.entry.revision != step.seen {
            return Ok(Err(self.changed(&now).await?));
        }
        if let Err(refusal) = workflow::next(flow, by, seat(&now), &step.action, reason) {
            return Ok(Err(Undone::Refused(refusal)));
        }
        let late = self.waits_too_late(&mut tx, &now, action).await?;
        let step = (action, &step);
        let done = match late {
            Some(fault) => Err(vec![fault]),
            None => self.carry_step(&mut tx, staff, step, &now, checked).await?,
        };
        if let Err(faults) = done {
            return Ok(Err(Undone::Faults(faults)));
        }
        if is_public_matter {
            self.commit(tx).await?;
            self.settle().await;
        } else {
            tx.commit().await?;
        }
        Ok(Ok(Taken {
            state: self.state_after(action, &now)?.to_owned(),
            is_public_matter,
        }))
    }

    /// What a step lacks that its workflow asks for.
    fn bad_step(&self, flow: &Workflow, action: &Action, step: &Step) -> Option<Fault> {
        let kind = step.reason_kind.as_deref().unwrap_or_default();
        if action.typed_reason && !flow.reasons.contains_key(kind) {
            return Some(Fault::new("reason", "fault.reason-kind"));
        }
        let chars = step.reason.as_deref().map_or(0, |it| it.chars().count());
        if chars > REASON_CHARS_MAX {
            let fault = Fault::new("reason", "fault.too-long").with("count", chars);
            return Some(fault.with("max", REASON_CHARS_MAX));
        }
        let is_late = step.at.is_none_or(|at| at <= self.now());
        (action.effect == Effect::Schedule && is_late)
            .then(|| Fault::new("at", "fault.not-in-future"))
    }

    /// The working text checked as a whole: by the declaration, by the plugin and by the gates.
    pub(super) async fn check_working(
        &self,
        staff: &Staff,
        known: &DeskEntry,
    ) -> Result<Result<Checked, Vec<Fault>>, Failure> {
        let entry = &known.working.entry;
        let directory = self.directory().await?;
        let missing = || Failure::Refused(format!("there is no site `{}`", entry.site));
        let site = directory.site(&entry.site).cloned().ok_or_else(missing)?;
        let visit = self.visit(&directory, site, Actor::Staff(staff.clone()))?;
        let draft = Draft {
            site: entry.site.clone(),
            collection: entry.collection.clone(),
            import_key: entry.import_key.clone(),
            body: entry.body.clone(),
            source: Some(entry.source.clone()),
            lifted: entry.lifted_gates.clone(),
            files: Vec::new(),
            published_at: None,
            faults: Vec::new(),
        };
        self.check(&visit, draft).await
    }

    /// Why an entry may not begin to wait for an answer again: the result is out, and nobody could answer it any more.
    async fn waits_too_late(
        &self,
        tx: &mut WriteTx,
        now: &DeskEntry,
        action: &Action,
    ) -> Result<Option<Fault>, Failure> {
        let (entry, to) = (&now.working.entry, self.state_after(action, now)?);
        let (_, collection, flow) = self.declared_of(&entry.collection)?;
        let waits = |state: &str| flow.unanswered.iter().any(|it| it == state);
        if collection.answer.is_none() || !waits(to) || waits(&entry.state) {
            return Ok(None);
        }
        self.answers_shut(tx, entry).await
    }

    async fn carry_step(
        &self,
        tx: &mut WriteTx,
        staff: &Staff,
        (action, step): (&Action, &Step),
        now: &DeskEntry,
        checked: Option<Checked>,
    ) -> Result<Result<(), Vec<Fault>>, Failure> {
        let at = self.now();
        let (entry, by) = (&now.working.entry, staff.account.as_str());
        let reason = step.reason.as_deref().map_or("", str::trim);
        let to = self.state_after(action, now)?;
        let revision = match self
            .carry_effect(tx, (action, to), now, (by, at, reason), checked)
            .await?
        {
            Ok(revision) => revision,
            Err(faults) => return Ok(Err(faults)),
        };
        let transition = Transition {
            number: 0,
            revision,
            at,
            actor: by.to_owned(),
            action: action.id.clone(),
            from: entry.state.clone(),
            to: to.to_owned(),
            reason: reason.to_owned(),
            reason_kind: step.reason_kind.clone().unwrap_or_default(),
        };
        let about = (&entry.id, &transition);
        let acts_for = self.add_step(tx, (staff, action), now, about).await?;
        self.write_step(tx, (&entry.site, &entry.id), (action, &transition))
            .await?;
        let desk = self.desk_after(staff, (action, step), now, at).await?;
        tx.set_desk(&entry.id, &desk).await?;
        let subject = DeskSubject::of(entry);
        let was = json!({"state": entry.state, "revision": entry.revision});
        let became = json!({
            "state": to, "action": action.id, "reason": reason, "reason_kind": step.reason_kind,
            "acting_for": acts_for,
        });
        tx.audit(self.staff_act(staff, "entry-step", &subject, (Some(was), Some(became))));
        Ok(Ok(()))
    }

    /// What a step does to the entry's texts; the revision that it is about.
    async fn carry_effect(
        &self,
        tx: &mut WriteTx,
        (action, to): (&Action, &str),
        now: &DeskEntry,
        (by, at, reason): (&str, Instant, &str),
        checked: Option<Checked>,
    ) -> Result<Result<RevisionId, Vec<Fault>>, Failure> {
        let entry = &now.working.entry;
        let mut revision = entry.revision.clone();
        match (action.effect, checked) {
            (Effect::Publish | Effect::Schedule, Some(checked))
                if checked.differs_from(&entry.body) =>
            {
                // The section's check would write another text than the one that was seen.
                return Ok(Err(vec![Fault::new("", "fault.completed-anew")]));
            }
            (Effect::Nothing | Effect::Schedule, checked) => {
                match completed(tx, now, checked, (&action.to, by, at)).await? {
                    Ok(next) => revision = next.unwrap_or(revision),
                    Err(fault) => return Ok(Err(vec![fault])),
                }
                tx.set_state(&entry.id, &action.to, at).await?;
            }
            (Effect::Publish, Some(checked)) => {
                let published = self
                    .publish_working(tx, checked, &now.working, (by, at), &action.to)
                    .await?;
                if let Err(faults) = published {
                    return Ok(Err(faults));
                }
            }
            (Effect::Publish, None) => {
                return Err(Failure::internal("a text is published unchecked"));
            }
            (Effect::Withdraw, _) => {
                let why = withdrawal(reason, at);
                tx.withdraw(&entry.id, &why, &action.to).await?;
                tx.log_change(change("withdraw", now, (by, at), reason));
            }
            (Effect::Abandon, _) => {
                revision = tx.abandon_working(&entry.id, &action.to, at).await?;
            }
            (Effect::Restore, _) => {
                let restored = self.restore(tx, &now.working, (by, at), to).await?;
                if let Err(faults) = restored {
                    return Ok(Err(faults));
                }
                tx.log_change(change("publish", now, (by, at), reason));
            }
        }
        Ok(Ok(revision))
    }

    /// Adds a step to the history; in whose place it was taken.
    async fn add_step(
        &self,
        tx: &mut WriteTx,
        (staff, action): (&Staff, &Action),
        now: &DeskEntry,
        (entry, step): (&EntryId, &Transition),
    ) -> Result<Option<AccountId>, Failure> {
        let directory = self.directory().await?;
        let here = seat(now);
        let about = (here.author, here.hands);
        let right = action.right.map(|it| it.at(&directory, here.organisation));
        let of = right.and_then(|it| staff.acts_for(it, &directory, here.organisation, about));
        tx.add_transition_for(entry, step, of).await?;
        Ok(of.cloned())
    }

    /// The state after a step. What was let back stands beside the text that was under way meanwhile.
    fn state_after<'a>(&self, action: &'a Action, now: &DeskEntry) -> Result<&'a str, Failure> {
        let working = &now.working;
        let is_written = working.published.as_ref() != Some(&working.entry.revision);
        if action.effect == Effect::Restore && is_written {
            let (_, _, flow) = self.declared_of(&working.entry.collection)?;
            return Ok(&flow.initial);
        }
        Ok(&action.to)
    }

    /// What the desk keeps after a step.
    async fn desk_after(
        &self,
        staff: &Staff,
        (action, step): (&Action, &Step),
        now: &DeskEntry,
        at: Instant,
    ) -> Result<Desk, Failure> {
        let is_scheduled = action.effect == Effect::Schedule;
        let express = if action.id == SUBMIT {
            step.express
        } else {
            now.desk.express && action.effect == Effect::Nothing
        };
        Ok(Desk {
            author: now.desk.author.clone(),
            assignee: None,
            waiting_since: Some(at),
            due_at: match action.id == SUBMIT && express {
                true => Some(self.end_of_day(now).await?),
                // Handled late is late: no later step moves it.
                false => now.desk.due_at.filter(|_| express),
            },
            express,
            publish_at: step.at.filter(|_| is_scheduled),
            publish_by: is_scheduled.then(|| staff.account.clone()),
        })
    }

    /// The last moment of the day at an entry's site: what is on the express lane is due then (Đ6.5).
    async fn end_of_day(&self, entry: &DeskEntry) -> Result<Instant, Failure> {
        let (directory, id) = (self.directory().await?, &entry.working.entry.site);
        let missing = || Failure::internal(format!("site {id} is gone"));
        let zone = directory.site(id).ok_or_else(missing)?.zone();
        let today = self.now().date_in(&zone);
        Ok(Instant(zone.start_of(today.tomorrow()).0 - 1))
    }
}

/// What the plugin completed is a part of what is sent: the revision with it, where it completed anything.
async fn completed(
    tx: &mut WriteTx,
    now: &DeskEntry,
    checked: Option<Checked>,
    (state, by, at): (&str, &str, Instant),
) -> Result<Result<Option<RevisionId>, Fault>, Failure> {
    let entry = &now.working.entry;
    let Some(completed) = checked.filter(|it| it.differs_from(&entry.body)) else {
        return Ok(Ok(None));
    };
    if let Some(fault) = completed.foreign_file(&now.working) {
        return Ok(Err(fault));
    }
    let next = completed.revision(state, by, at);
    tx.add_revision(&entry.id, &next).await?;
    Ok(Ok(Some(next.id)))
}

/// The reason of a step that wants one of its workflow's: in the workflow's words, with what was added. Of any other
/// step there is no kind.
fn typed_reason(flow: &Workflow, step: &mut Step) {
    let mut actions = flow.actions.iter();
    if !actions.any(|it| it.id == step.action && it.typed_reason) {
        step.reason_kind = None;
        return;
    }
    let kind = step.reason_kind.as_deref().unwrap_or_default();
    let added = step.reason.as_deref().map_or("", str::trim);
    step.reason = match (flow.reasons.get(kind), added) {
        (Some(words), "") => Some(words.clone()),
        (Some(words), added) => Some(format!("{words}: {added}")),
        (None, _) => step.reason.take(),
    };
}

fn withdrawal(reason: &str, at: Instant) -> Withdrawal {
    Withdrawal {
        reason: reason.to_owned(),
        successor: None,
        at,
    }
}

fn change(kind: &str, now: &DeskEntry, (by, at): (&str, Instant), detail: &str) -> NewChange {
    let entry = &now.working.entry;
    NewChange {
        at,
        kind: kind.to_owned(),
        site: Some(entry.site.clone()),
        entry: Some(entry.id.clone()),
        actor: by.to_owned(),
        detail: detail.to_owned(),
    }
}

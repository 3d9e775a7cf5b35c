//! A colleague leaves: what she has under way goes to another.

use dinh_domain::dates::Zone;
use dinh_domain::ids::AccountId;
use dinh_domain::people::{Grant, Right, Staff};
use dinh_domain::site::Directory;
use dinh_domain::workflow;
use dinh_store::{Account, AccountState, HeldWork, NewAudit, Transition, WriteTx};
use serde_json::json;

use super::AccountRefusal;
use super::by::By;
use crate::desk::takes_next_step;
use crate::failure::Failure;
use crate::portal::Portal;

/// The step in an entry's history.
const HAND_OVER: &str = "hand-over";
/// Who took it where no account did.
const SYSTEM: &str = "system";

/// What became of somebody's work.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct HandedOver {
    /// Entries that are the successor's now.
    pub moved: usize,
    /// Titles of those that the successor has no right to work on; they stay as they are, and what was
    /// assigned waits for whoever may do it.
    pub left: Vec<String>,
}

impl Portal {
    /// Gives everything that somebody has under way to a colleague: texts that they began, and what is
    /// assigned to them. Disables the account too, where that is asked for. All of it, or nothing.
    pub async fn hand_over(
        &self,
        by: By<'_>,
        (from, to): (&str, &str),
        disables: bool,
    ) -> Result<HandedOver, Failure> {
        let (from, to) = (
            self.account_called(from).await?,
            self.account_called(to).await?,
        );
        let directory = self.directory().await?;
        let mut tx = self.begin_people(by).await?;
        self.commands(&mut tx, by, &from.id).await?;
        let successor = self.successor(&mut tx, by, (&from, &to)).await?;
        let mut done = HandedOver::default();
        for work in tx.held_work(&from.id).await? {
            let (_, _, flow) = self.declared_of(&work.collection)?;
            if !flow.is_under_way(&work.state) {
                continue;
            }
            let goes = self
                .hand_entry(&mut tx, (by, &directory), &work, (&to, &successor))
                .await?;
            match goes {
                true => done.moved += 1,
                false => done.left.push(work.title),
            }
        }
        let after = json!({ "to": to.id, "entries": done.moved, "left": done.left.len() });
        tx.audit(self.account_act(by, "work-handed-over", &from.id, Some(after)));
        if disables {
            self.disable_in(&mut tx, by, &from.id).await?;
        } else {
            // What the successor may not do waits for whoever may.
            tx.unassign(&from.id).await?;
        }
        tx.commit().await?;
        Ok(done)
    }

    /// The successor with the rights of today; whoever decides looks after that account too.
    async fn successor(
        &self,
        tx: &mut WriteTx,
        by: By<'_>,
        (from, to): (&Account, &Account),
    ) -> Result<Staff, Failure> {
        let current = tx.account(&to.id).await?;
        let is_active = current.is_some_and(|it| it.state == AccountState::Active);
        if from.id == to.id || !is_active {
            return Err(AccountRefusal::NoSuccessor(to.name.clone()).into());
        }
        let today = self.now().date_in(&Zone::default());
        let given = tx.grants_of(&to.id).await?;
        let directory = self.directory().await?;
        let is_seen = given.iter().any(|it| {
            let at = it.grant.organisation.clone();
            by.may_look_after(&directory, [at]).is_ok()
        });
        if !is_seen {
            return Err(AccountRefusal::NoSuccessor(to.name.clone()).into());
        }
        let held = given.into_iter().filter(|it| it.holds(today));
        let grants: Vec<Grant> = held.map(|it| it.grant).collect();
        Ok(Staff::new(to.id.clone(), grants))
    }

    /// Whether an entry went; what was begun goes to who may write there, what is assigned to who may do
    /// the next step.
    async fn hand_entry(
        &self,
        tx: &mut WriteTx,
        (by, directory): (By<'_>, &Directory),
        work: &HeldWork,
        (to, successor): (&Account, &Staff),
    ) -> Result<bool, Failure> {
        let Some(now) = tx.desk_entry(&work.id).await? else {
            return Ok(false);
        };
        let (_, _, flow) = self.declared_of(&work.collection)?;
        let (right, at) = (Right::Write, &work.organisation);
        let begins = work.is_author && successor.may(right, directory, at, Some(&to.id));
        let steps = work.is_assignee && takes_next_step(flow, successor, directory, &now);
        if begins {
            tx.set_desk_author(&work.id, &to.id).await?;
        }
        if work.is_assignee {
            tx.assign(&work.id, steps.then_some(&to.id)).await?;
        }
        if !begins && !steps {
            return Ok(false);
        }
        let entry = &now.working.entry;
        let step = Transition {
            number: 0,
            revision: entry.revision.clone(),
            at: self.now(),
            actor: actor(by).map_or_else(|| SYSTEM.to_owned(), ToString::to_string),
            action: HAND_OVER.to_owned(),
            from: entry.state.clone(),
            to: entry.state.clone(),
            reason: to.full_name.clone(),
            reason_kind: String::new(),
        };
        tx.add_transition(&work.id, &step).await?;
        let was = json!({ "author": now.desk.author, "assignee": now.desk.assignee });
        let became =
            json!({ "author": begins.then_some(&to.id), "assignee": steps.then_some(&to.id) });
        let subject = self.account_act(by, "entry-handed-over", &to.id, Some(became));
        tx.audit(NewAudit {
            subject_kind: "entry".to_owned(),
            subject: work.id.to_string(),
            site: Some(work.site.clone()),
            before: Some(was),
            ..subject
        });
        Ok(true)
    }

    /// How many entries somebody has under way.
    pub async fn work_under_way(&self, account: &AccountId) -> Result<usize, Failure> {
        let held = self.store().held_work(account).await?;
        let is_under_way = |it: &&HeldWork| {
            let declared = self.declared_of(&it.collection);
            declared
                .is_ok_and(|(_, _, flow): (_, _, &workflow::Workflow)| flow.is_under_way(&it.state))
        };
        Ok(held.iter().filter(is_under_way).count())
    }
}

fn actor<'a>(by: By<'a>) -> Option<&'a AccountId> {
    match by {
        By::Account(it) => Some(&it.staff.account),
        By::Operator(_) | By::Calendar => None,
    }
}

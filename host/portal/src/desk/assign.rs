//! An entry under way may be assigned to a colleague who may do its next step. Whoever it is assigned to finds
//! it among what waits for them; for others it waits no longer. The next step ends it.

use std::collections::BTreeMap;

use dinh_domain::dates::Zone;
use dinh_domain::ids::{AccountId, EntryId, OrganisationId};
use dinh_domain::people::{Grant, Right, Staff};
use dinh_domain::site::Directory;
use dinh_domain::vietnamese::collation_key;
use dinh_domain::workflow::{By, Workflow, possible};
use dinh_store::{DeskEntry, Transition};
use serde_json::json;

use super::{DeskSubject, seat};
use crate::failure::Failure;
use crate::portal::Portal;

/// The step in an entry's history.
const ASSIGN: &str = "assign";

/// What became of an assignment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Assigned {
    /// It is assigned, or to nobody any more.
    Done,
    /// There is no such entry, or it is not for this person.
    NotFound,
    /// Who neither writes nor decides there assigns nothing.
    NotYours,
    /// Nobody is to do anything with it now.
    NotUnderWay,
    /// The colleague may not do the next step, or is none.
    NotForThem,
}

/// An entry that may be assigned.
#[derive(Debug, Clone)]
pub struct Assignable {
    /// Title of the working text.
    pub title: String,
    /// Its state, in Vietnamese.
    pub state: String,
    /// To whom it is assigned now.
    pub assignee: Option<AccountId>,
    /// Colleagues who may do its next step, with what they are called, by name.
    pub colleagues: Vec<(AccountId, String)>,
    /// Whether this person may assign it now.
    pub is_yours: bool,
}

/// Whether somebody may do what is next with an entry.
pub(crate) fn takes_next_step(
    flow: &Workflow,
    staff: &Staff,
    directory: &Directory,
    entry: &DeskEntry,
) -> bool {
    let steps = possible(flow, By::Staff(staff), directory, seat(entry));
    steps.iter().any(|it| it.is_next_step())
}

/// Whether somebody may say who works on an entry: who writes or decides there.
fn may_assign(staff: &Staff, directory: &Directory, entry: &DeskEntry) -> bool {
    let here = seat(entry);
    let may = |right| staff.may(right, directory, here.organisation, here.author);
    may(Right::Write) || may(Right::Review)
}

impl Portal {
    /// An entry with those to whom it may be assigned.
    pub async fn assignable(
        &self,
        staff: &Staff,
        id: &EntryId,
    ) -> Result<Option<Assignable>, Failure> {
        let directory = self.directory().await?;
        let scope = self.desk_scope_at(staff, &directory, id).await?;
        let Some(entry) = self.store().desk_entry(&scope, id).await? else {
            return Ok(None);
        };
        let known = &entry.working.entry;
        let (_, _, flow) = self.declared_of(&known.collection)?;
        let is_yours =
            may_assign(staff, &directory, &entry) && flow.is_under_way(seat(&entry).state);
        let mut colleagues = Vec::new();
        if is_yours {
            let at = seat(&entry).organisation;
            for (colleague, name) in self.people_of_the_desk(&directory, at).await? {
                if takes_next_step(flow, &colleague, &directory, &entry) {
                    colleagues.push((colleague.account, name));
                }
            }
        }
        Ok(Some(Assignable {
            title: known.title.clone(),
            state: flow.state_name(&known.state).to_owned(),
            assignee: entry.desk.assignee.clone(),
            colleagues,
            is_yours,
        }))
    }

    /// Whoever has a role today at an organisation or above it and uses their account, by name: nobody else may
    /// do anything there.
    async fn people_of_the_desk(
        &self,
        directory: &Directory,
        at: &OrganisationId,
    ) -> Result<Vec<(Staff, String)>, Failure> {
        let today = self.now().date_in(&Zone::default());
        let upwards: Vec<_> = directory.upwards(at).map(|it| it.id.clone()).collect();
        let mut held: BTreeMap<AccountId, Vec<Grant>> = BTreeMap::new();
        let given = self.store().grants_near(&upwards).await?;
        for it in given.into_iter().filter(|it| it.holds(today)) {
            held.entry(it.account).or_default().push(it.grant);
        }
        let accounts: Vec<AccountId> = held.keys().cloned().collect();
        let accounts = self.names_among(&accounts).await?;
        let people = accounts.into_iter().filter_map(|it| {
            let grants = held.remove(&it.id)?;
            Some((Staff::new(it.id, grants), it.full_name))
        });
        let mut people: Vec<_> = people.collect();
        people.sort_by_cached_key(|(_, name)| collation_key(name));
        Ok(people)
    }

    /// Assigns an entry to a colleague, or to nobody.
    pub async fn assign(
        &self,
        staff: &Staff,
        id: &EntryId,
        to: Option<&AccountId>,
    ) -> Result<Assigned, Failure> {
        let directory = self.directory().await?;
        let scope = self.desk_scope_at(staff, &directory, id).await?;
        let Some(known) = self.store().desk_entry(&scope, id).await? else {
            return Ok(Assigned::NotFound);
        };
        let colleague = match to {
            Some(to) => {
                let at = seat(&known).organisation;
                let people = self.people_of_the_desk(&directory, at).await?;
                let found = people.into_iter().find(|(it, _)| it.account == *to);
                match found {
                    Some(found) => Some(found),
                    None => return Ok(Assigned::NotForThem),
                }
            }
            None => None,
        };
        let mut tx = self.store().begin_write().await?;
        let Some(now) = tx.desk_entry(id).await? else {
            return Ok(Assigned::NotFound);
        };
        let entry = &now.working.entry;
        let (_, _, flow) = self.declared_of(&entry.collection)?;
        if !may_assign(staff, &directory, &now) {
            return Ok(Assigned::NotYours);
        }
        if !flow.is_under_way(&entry.state) {
            return Ok(Assigned::NotUnderWay);
        }
        let fits = |(it, _): &(Staff, String)| takes_next_step(flow, it, &directory, &now);
        if colleague.as_ref().is_some_and(|it| !fits(it)) {
            return Ok(Assigned::NotForThem);
        }
        tx.set_desk(
            id,
            &dinh_store::Desk {
                assignee: to.cloned(),
                ..now.desk.clone()
            },
        )
        .await?;
        let step = Transition {
            number: 0,
            revision: entry.revision.clone(),
            at: self.now(),
            actor: staff.account.to_string(),
            action: ASSIGN.to_owned(),
            from: entry.state.clone(),
            to: entry.state.clone(),
            reason: colleague.map(|(_, name)| name).unwrap_or_default(),
            reason_kind: String::new(),
        };
        tx.add_transition(id, &step).await?;
        let was = json!({ "assignee": now.desk.assignee });
        let became = json!({ "assignee": to });
        let subject = DeskSubject::of(entry);
        tx.audit(self.staff_act(staff, "entry-assigned", &subject, (Some(was), Some(became))));
        tx.commit().await?;
        Ok(Assigned::Done)
    }
}

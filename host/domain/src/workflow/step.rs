//! Which steps somebody may take.

use super::{Action, Effect, Needed, Workflow};
use crate::ids::{AccountId, OrganisationId};
use crate::people::{Right, Staff};
use crate::site::Directory;

/// The step with which a writer hands a text on.
pub const SUBMIT: &str = "submit";
/// The state of a text that was given up before it was public.
pub const DISCARDED: &str = "discarded";

/// Who takes a step.
#[derive(Debug, Clone, Copy)]
pub enum By<'a> {
    /// The portal itself: imports, the clock, an operator's command.
    System,
    /// A person.
    Staff(&'a Staff),
}

/// Where an entry stands, as far as the rules look at it.
#[derive(Debug, Clone, Copy)]
pub struct Seat<'a> {
    /// Its state.
    pub state: &'a str,
    /// Whether readers see a revision of it.
    pub is_public: bool,
    /// Whose it is.
    pub organisation: &'a OrganisationId,
    /// Who made it; none where no person did.
    pub author: Option<&'a AccountId>,
    /// Accounts that wrote or sent what is not public yet.
    pub hands: &'a [String],
}

/// Why a step is refused.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// The workflow has no such action in this state.
    #[error("action `{action}` cannot be taken in state `{state}`")]
    NotHere {
        /// The action asked for.
        action: String,
        /// The entry's state.
        state: String,
    },
    /// The action wants a reason.
    #[error("action `{0}` needs a reason")]
    ReasonMissing(String),
    /// The person has no right to it there.
    #[error("action `{0}` is not for this person")]
    NotAllowed(String),
    /// The person wrote or sent what is to be approved.
    #[error("action `{0}` is for another person than who wrote or sent the text")]
    OwnWork(String),
}

/// The step that an action is.
///
/// # Errors
/// [`Refusal`] says what stands against it; the first of: the state, the right, the own work, the reason.
pub fn next<'w>(
    workflow: &'w Workflow,
    (by, directory): (By<'_>, &Directory),
    seat: Seat<'_>,
    action: &str,
    reason: Option<&str>,
) -> Result<&'w Action, Refusal> {
    let mut steps = workflow.actions.iter();
    let is_it = |known: &&Action| known.id == action && known.is_here(seat);
    let Some(step) = steps.find(is_it) else {
        return Err(Refusal::NotHere {
            action: action.to_owned(),
            state: seat.state.to_owned(),
        });
    };
    may(step, by, directory, seat)?;
    if step.reason && reason.is_none_or(|reason| reason.trim().is_empty()) {
        return Err(Refusal::ReasonMissing(action.to_owned()));
    }
    Ok(step)
}

/// The steps that somebody may take now, in the workflow's order.
pub fn possible<'w>(
    workflow: &'w Workflow,
    by: By<'_>,
    directory: &Directory,
    seat: Seat<'_>,
) -> Vec<&'w Action> {
    let here = |step: &&Action| step.is_here(seat) && may(step, by, directory, seat).is_ok();
    workflow.actions.iter().filter(here).collect()
}

fn may(step: &Action, by: By<'_>, directory: &Directory, seat: Seat<'_>) -> Result<(), Refusal> {
    let not_allowed = || Refusal::NotAllowed(step.id.clone());
    let (staff, needed) = match (by, step.right) {
        (By::System, None) => return Ok(()),
        (By::Staff(staff), Some(needed)) => (staff, needed),
        (By::System, Some(_)) | (By::Staff(_), None) => return Err(not_allowed()),
    };
    let right = needed.at(directory, seat.organisation);
    if !staff.may(right, directory, seat.organisation, seat.author) {
        return Err(not_allowed());
    }
    // Who acts in another's place approves no text of that one either.
    let about = (seat.author, seat.hands);
    let acts_for = staff.acts_for(right, directory, seat.organisation, about);
    let mut persons = std::iter::once(&staff.account).chain(acts_for);
    if step.other_person && persons.any(|it| seat.hands.iter().any(|hand| hand == it.as_str())) {
        return Err(Refusal::OwnWork(step.id.clone()));
    }
    Ok(())
}

impl Needed {
    /// The right on the sites of an organisation.
    pub fn at(self, directory: &Directory, organisation: &OrganisationId) -> Right {
        let known = directory.organisation(organisation);
        let is_board = known.is_none_or(|it| it.parent.is_none());
        match self {
            Self::Everywhere(right) => right,
            Self::BySite { board, .. } if is_board => board,
            Self::BySite { component, .. } => component,
        }
    }
}

impl Workflow {
    /// Whether an entry in a state is under way: somebody is to send it, or to decide on it.
    pub fn is_under_way(&self, state: &str) -> bool {
        let mut steps = self.actions.iter();
        steps.any(|it| it.is_next_step() && it.from.iter().any(|from| from == state))
    }
}

impl Action {
    /// Whether it brings a text nearer to its readers: sends it, or decides on it.
    pub fn is_next_step(&self) -> bool {
        let is_decision = self.is_approval() && self.effect != Effect::Restore;
        self.right.is_some() && (self.id == SUBMIT || is_decision)
    }

    fn is_here(&self, seat: Seat<'_>) -> bool {
        self.from.iter().any(|it| it == seat.state)
            && match seat.is_public {
                true => !self.unseen,
                false => !self.public,
            }
    }

    /// Whether somebody other than the writer takes it: what waits for an approval.
    pub fn is_approval(&self) -> bool {
        self.other_person || matches!(self.effect, Effect::Publish | Effect::Schedule)
    }
}

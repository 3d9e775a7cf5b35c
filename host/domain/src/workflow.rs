//! Workflows are data: states, actions, and what an action makes public.

#[cfg(test)]
mod tests;

use serde::{Deserialize, Serialize};

/// What an action does to the public face of an entry.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Effect {
    /// The working revision becomes the public one.
    Publish,
    /// The entry answers 410 with the reason.
    Withdraw,
    /// Nothing public changes.
    Nothing,
}

/// One allowed step.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Action {
    /// What staff choose.
    pub id: &'static str,
    /// States from which it may be taken.
    pub from: &'static [&'static str],
    /// State afterwards.
    pub to: &'static str,
    /// A reason is obligatory.
    pub needs_reason: bool,
    /// What it does to the public face.
    pub effect: Effect,
}

/// A workflow.
#[derive(Debug, Clone, Copy)]
pub struct Workflow {
    /// Its id in declarations.
    pub id: &'static str,
    /// State of a new entry.
    pub initial: &'static str,
    /// All steps.
    pub actions: &'static [Action],
}

/// The register workflow: an entry is written, published, may be withdrawn with a reason and
/// published again.
const REGISTER: Workflow = Workflow {
    id: "register",
    initial: "draft",
    actions: &[
        Action {
            id: "publish",
            from: &["draft", "withdrawn", "published"],
            to: "published",
            needs_reason: false,
            effect: Effect::Publish,
        },
        Action {
            id: "withdraw",
            from: &["published"],
            to: "withdrawn",
            needs_reason: true,
            effect: Effect::Withdraw,
        },
    ],
};

/// A workflow by its id.
pub fn named(id: &str) -> Option<Workflow> {
    [REGISTER].into_iter().find(|workflow| workflow.id == id)
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
}

/// The step that an action is in a state.
pub fn next(
    workflow: &Workflow,
    state: &str,
    action: &str,
    reason: Option<&str>,
) -> Result<Action, Refusal> {
    let found = workflow
        .actions
        .iter()
        .find(|known| known.id == action && known.from.contains(&state));
    let Some(step) = found else {
        return Err(Refusal::NotHere {
            action: action.to_owned(),
            state: state.to_owned(),
        });
    };
    if step.needs_reason && reason.is_none_or(|reason| reason.trim().is_empty()) {
        return Err(Refusal::ReasonMissing(action.to_owned()));
    }
    Ok(*step)
}

//! Workflows are data: states, actions, who may take them, and what an action makes public. The table is
//! `workflow/workflows.toml`.

mod step;
#[cfg(test)]
mod tests;

use std::collections::BTreeMap;
use std::sync::LazyLock;

use indexmap::IndexMap;
use serde::Deserialize;

use crate::people::Right;
pub use step::{By, DISCARDED, Refusal, SUBMIT, Seat, next, possible};

/// What an action does to the public face of an entry.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Effect {
    /// Nothing public changes.
    #[default]
    Nothing,
    /// The working revision becomes the public one.
    Publish,
    /// It will, at a chosen instant.
    Schedule,
    /// The entry answers 410 with the reason.
    Withdraw,
    /// What was public before it was withdrawn is public again.
    Restore,
    /// The public revision becomes the working one; what was written behind it stays in the history.
    Abandon,
}

/// The right that an action needs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(untagged, deny_unknown_fields)]
pub enum Needed {
    /// On every site.
    Everywhere(Right),
    /// One on the Board's own site, another on a component site.
    BySite {
        /// The Board's own.
        board: Right,
        /// Every other.
        component: Right,
    },
}

/// One allowed step.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Action {
    /// What staff choose.
    pub id: String,
    /// What it is called, in Vietnamese.
    pub label: String,
    /// States from which it may be taken.
    pub from: Vec<String>,
    /// State afterwards.
    pub to: String,
    /// Only of an entry that readers see.
    #[serde(default)]
    pub public: bool,
    /// Only of an entry that no reader sees.
    #[serde(default)]
    pub unseen: bool,
    /// Who may; none for the portal's own steps.
    #[serde(default)]
    pub right: Option<Needed>,
    /// Not for somebody who wrote or sent what is approved.
    #[serde(default)]
    pub other_person: bool,
    /// Between colleagues: whoever sent the entry is not told of it.
    #[serde(default)]
    pub internal: bool,
    /// A reason is obligatory.
    #[serde(default)]
    pub reason: bool,
    /// It is one of the workflow's reasons; words may be added to it.
    #[serde(default)]
    pub typed_reason: bool,
    /// What it does to the public face.
    #[serde(default)]
    pub effect: Effect,
}

/// A workflow.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Workflow {
    /// State of a new entry.
    pub initial: String,
    /// In which states the text may be written, and the state afterwards.
    pub writes: IndexMap<String, String>,
    /// The same for the office's answer to what was sent: the sender's own words stay as they came.
    #[serde(default)]
    pub answers: IndexMap<String, String>,
    /// States of what was sent and waits for an answer.
    #[serde(default)]
    pub unanswered: Vec<String>,
    /// States that whoever sent the entry is told as another one.
    #[serde(default)]
    pub told_as: IndexMap<String, String>,
    /// All states with their names in Vietnamese.
    pub states: IndexMap<String, String>,
    /// All steps.
    pub actions: Vec<Action>,
    /// Kinds of reasons with their words in Vietnamese, for steps that want one of them.
    #[serde(default)]
    pub reasons: IndexMap<String, String>,
}

/// As compiled in; a test reads it, so that it cannot be empty.
static TABLE: LazyLock<BTreeMap<String, Workflow>> =
    LazyLock::new(|| toml::from_str(include_str!("workflow/workflows.toml")).unwrap_or_default());

/// The ids of all workflows.
pub fn names() -> impl Iterator<Item = &'static str> {
    TABLE.keys().map(String::as_str)
}

/// A workflow by its id.
pub fn named(id: &str) -> Option<&'static Workflow> {
    TABLE.get(id)
}

impl Workflow {
    /// What a state is called, in Vietnamese; its id where it is none of this workflow.
    pub fn state_name<'a>(&'a self, state: &'a str) -> &'a str {
        self.states.get(state).map_or(state, String::as_str)
    }

    /// The state that whoever sent the entry is told.
    pub fn told<'a>(&'a self, state: &'a str) -> &'a str {
        self.told_as.get(state).map_or(state, String::as_str)
    }

    /// Ids and words of its reasons.
    pub fn reasons(&self) -> impl Iterator<Item = (String, String)> {
        let reasons = self.reasons.iter();
        reasons.map(|(id, words)| (id.clone(), words.clone()))
    }

    /// The state of an entry whose text is written in a state; none where it may not be written.
    pub fn written(&self, state: &str) -> Option<&str> {
        self.writes.get(state).map(String::as_str)
    }
}

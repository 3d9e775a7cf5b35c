//! In which state a document is on a day, and why. Pure.

#[cfg(test)]
mod tests;

use crate::dates::Day;
use crate::graph::Act;

/// What the document itself says.
#[derive(Debug, Clone, Copy)]
pub struct Life<'a> {
    /// Day of issue.
    pub issued: Option<Day>,
    /// Day of effect.
    pub effective: Option<Day>,
    /// Day from which it no longer applies.
    pub expires: Option<Day>,
    /// The validity that the editors recorded.
    pub validity: &'a str,
}

/// States, with the ids of the list `validity` and one more for the time before the issue.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum State {
    /// Not issued yet on that day.
    NotIssued,
    /// Issued, not yet in force.
    NotYet,
    /// In force.
    InForce,
    /// Parts of it no longer apply.
    PartlyLapsed,
    /// No longer in force.
    Lapsed,
    /// Suspended.
    Suspended,
    /// No longer suitable.
    Obsolete,
    /// The record does not say.
    Unknown,
}

impl State {
    /// The id that templates and locale keys use.
    pub fn id(self) -> &'static str {
        match self {
            Self::NotIssued => "not-issued",
            Self::NotYet => "not-yet",
            Self::InForce => "in-force",
            Self::PartlyLapsed => "partly-lapsed",
            Self::Lapsed => "lapsed",
            Self::Suspended => "suspended",
            Self::Obsolete => "obsolete",
            Self::Unknown => "unknown",
        }
    }
}

/// What made it so.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Reason<'a> {
    /// Its day of issue.
    Issued(Day),
    /// Its day of effect.
    Effective(Day),
    /// Its own end.
    Expired(Day),
    /// Another document.
    Act(&'a Act),
    /// The register says so, without a day.
    Register,
    /// The register knows a later state, but not since when.
    Undated,
    /// It has started by its day of effect, but the register leaves its validity open.
    Undetermined(Day),
    /// There are no days to judge by.
    NoDays,
}

/// The state on a day. `today` divides what the register's undated word may be believed for.
pub fn on<'a>(day: Day, today: Day, life: Life<'_>, acts: &'a [Act]) -> (State, Reason<'a>) {
    if let Some(issued) = life.issued.filter(|issued| day < *issued) {
        return (State::NotIssued, Reason::Issued(issued));
    }
    let partial = life.validity == "partly-lapsed";
    if !partial && let Some(ended) = ended(day, life.expires, acts) {
        return (State::Lapsed, ended);
    }
    if let Some(expired) = life.expires.filter(|end| *end <= day) {
        return (State::Lapsed, Reason::Expired(expired));
    }
    if let Some(start) = life.effective.filter(|start| day < *start) {
        return (State::NotYet, Reason::Effective(start));
    }
    let recorded = recorded(life, acts);
    if let Some(state) = recorded {
        let believed = day >= today;
        return if believed {
            (state, Reason::Register)
        } else {
            (State::Unknown, Reason::Undated)
        };
    }
    if partial && let Some(act) = acts.iter().find(|act| act.acts_on(day)) {
        return (State::PartlyLapsed, Reason::Act(act));
    }
    match (life.effective, life.validity) {
        (Some(start), "unknown") => (State::Unknown, Reason::Undetermined(start)),
        (Some(start), _) => (State::InForce, Reason::Effective(start)),
        (None, "in-force") => (State::InForce, Reason::Register),
        (None, "not-yet") if day <= today => (State::NotYet, Reason::Register),
        (None, _) => (State::Unknown, Reason::NoDays),
    }
}

/// The end of the whole document, by whichever came first.
fn ended<'a>(day: Day, expires: Option<Day>, acts: &'a [Act]) -> Option<Reason<'a>> {
    let ending = acts
        .iter()
        .filter(|act| act.ends() && act.acts_on(day))
        .min_by_key(|act| act.from);
    match (ending, expires.filter(|end| *end <= day)) {
        (Some(act), Some(end)) if act.from > Some(end) => Some(Reason::Expired(end)),
        (Some(act), _) => Some(Reason::Act(act)),
        (None, end) => end.map(Reason::Expired),
    }
}

/// The state that only the register's word supports: no day in the record explains it.
fn recorded(life: Life<'_>, acts: &[Act]) -> Option<State> {
    let dated_act = |ending: bool| {
        acts.iter()
            .any(|act| act.from.is_some() && (!ending || act.ends()))
    };
    match life.validity {
        "lapsed" if life.expires.is_none() && !dated_act(true) => Some(State::Lapsed),
        "partly-lapsed" if !dated_act(false) => Some(State::PartlyLapsed),
        "suspended" => Some(State::Suspended),
        "obsolete" => Some(State::Obsolete),
        _ => None,
    }
}

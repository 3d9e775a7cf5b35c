//! The days on which a document's standing changed, in order; each leads to the page on that day.

use serde::Serialize;

use super::state::Life;
use crate::dates::Day;
use crate::graph::Act;

/// Most days shown.
const MAX_EVENTS: usize = 200;

/// One change.
#[derive(Debug, Serialize, PartialEq, Eq)]
pub(super) struct Event {
    /// `YYYY-MM-DD`.
    pub(super) on: String,
    /// `issued`, `effective`, `expires`, `today` or a kind of edge.
    pub(super) what: String,
    /// The other document, for an edge.
    pub(super) label: Option<String>,
    /// On or before the day that is shown.
    pub(super) past: bool,
    /// The day that is shown.
    pub(super) current: bool,
}

/// The changes in the order of their days. Today is among them, and so is the day that is shown.
pub(super) fn events(life: Life<'_>, acts: &[Act], shown: Option<Day>, today: Day) -> Vec<Event> {
    let own = [
        ("issued", life.issued),
        ("effective", life.effective),
        ("expires", life.expires),
    ];
    let own = own
        .into_iter()
        .filter_map(|(what, on)| Some((on?, what, None)));
    let acts = acts.iter().filter(|act| act.void_by.is_none());
    let acts = acts.filter_map(|act| Some((act.from?, act.kind.as_str(), Some(act.label.clone()))));
    let mut days: Vec<(Day, &str, Option<String>)> = own.chain(acts.take(MAX_EVENTS)).collect();
    days.push((today, "today", None));
    if let Some(shown) = shown.filter(|shown| days.iter().all(|(on, ..)| on != shown)) {
        days.push((shown, "shown", None));
    }
    days.sort_by_key(|(on, ..)| *on);
    let event = |(on, what, label): (Day, &str, Option<String>)| Event {
        on: on.to_string(),
        what: what.to_owned(),
        label,
        past: shown.is_some_and(|shown| on <= shown),
        current: shown == Some(on),
    };
    days.into_iter().map(event).collect()
}

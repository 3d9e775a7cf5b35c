//! What must hold of a consultation before it is stored.

use dinh_sdk::{Draft, Fault};

use crate::days::between;

/// The collection that is checked.
const CONSULTATION: &str = "consultation";

/// All that is wrong with it; `shortest` are the fewest days of a kind.
pub fn faults(draft: &Draft, shortest: impl Fn(&str) -> Option<i64>) -> Vec<Fault> {
    if !draft.collection.is_empty() && draft.collection != CONSULTATION {
        return Vec::new();
    }
    let mut faults: Vec<Fault> = period(draft, shortest).into_iter().collect();
    faults.extend(extension(draft));
    faults.extend(result(draft));
    if draft.text("status").is_some_and(|it| it != "planned") {
        faults.push(Fault::new("/status", "fault.status"));
    }
    if version(draft).is_some_and(|it| it < 1) {
        faults.push(Fault::new("/version", "fault.version"));
    }
    faults
}

fn version(draft: &Draft) -> Option<i64> {
    draft.body.get("version")?.as_i64()
}

fn period(draft: &Draft, shortest: impl Fn(&str) -> Option<i64>) -> Option<Fault> {
    let (opens, closes) = draft.text("opens").zip(draft.text("closes"))?;
    if closes <= opens {
        return Some(Fault::new("/closes", "fault.closes_first"));
    }
    let min = shortest(draft.text("kind")?)?;
    let days = between(opens, closes)?;
    let fault = Fault::new("/closes", "fault.too_short");
    (days < min).then(|| {
        fault
            .with("days", days.to_string())
            .with("min", min.to_string())
    })
}

fn extension(draft: &Draft) -> Option<Fault> {
    let parts = ["extended_to", "extended_on", "extended_because"];
    let [to, on, because] = parts.map(|name| draft.text(name));
    let (to, on) = match (to, on, because) {
        (None, None, None) => return None,
        (Some(to), Some(on), Some(_)) => (to, on),
        _ => return Some(Fault::new("/extended_to", "fault.extended_bare")),
    };
    let closes = draft.text("closes")?;
    if to <= closes {
        return Some(Fault::new("/extended_to", "fault.extended_first"));
    }
    // Decided after it had closed: that is asking again.
    let is_late = closes.get(..10).is_some_and(|day| on > day);
    let is_first = version(draft).is_none_or(|it| it < 2);
    (is_late && is_first).then(|| Fault::new("/extended_on", "fault.reopened"))
}

fn result(draft: &Draft) -> Option<Fault> {
    let (words, on) = (draft.text("result"), draft.text("result_on"));
    if words.is_some() != on.is_some() {
        return Some(Fault::new("/result_on", "fault.result_bare"));
    }
    let last = draft.text("extended_to").or_else(|| draft.text("closes"));
    let is_early = on.zip(last).is_some_and(|(on, last)| {
        let day = last.get(..10).unwrap_or(last);
        on < day
    });
    is_early.then(|| Fault::new("/result_on", "fault.result_early"))
}

#[cfg(test)]
mod tests;

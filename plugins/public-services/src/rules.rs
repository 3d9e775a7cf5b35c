//! What must hold of a procedure before it is stored.

use dinh_sdk::{Draft, Fault};

use crate::cases::{QUESTIONS_MAX, is_key, keys, questions};
use crate::procedure::{number, rows, text};

/// Most đồng of a fee.
const AMOUNT_MAX: i64 = 1_000_000_000_000;
/// Most papers of one kind, and sets.
const COUNT_MAX: i64 = 100;
/// Rows that may be for some cases alone.
const CASED: [&str; 3] = ["papers", "limits", "fees"];

/// All that is wrong with it.
pub fn check(draft: &Draft) -> Result<(), Vec<Fault>> {
    if !draft.collection.is_empty() && draft.collection != crate::procedure::PROCEDURES {
        return Ok(());
    }
    let mut faults = dates(draft);
    faults.extend(state(draft));
    faults.extend(amounts(draft));
    faults.extend(asked(draft));
    match faults.is_empty() {
        true => Ok(()),
        false => Err(faults),
    }
}

fn dates(draft: &Draft) -> Vec<Fault> {
    let date = |field: &str| draft.text(field);
    let pairs = [
        ("announced_on", "effective_from"),
        ("effective_from", "replaced_from"),
        ("effective_from", "abolished_from"),
    ];
    let wrong = pairs.into_iter().filter(|(first, then)| {
        let ends = date(first).zip(date(then));
        ends.is_some_and(|(first, then)| first > then)
    });
    let faults = wrong.map(|(_, then)| Fault::new(&format!("/{then}"), "fault.order"));
    faults.collect()
}

/// What the dates decide is not chosen, and a procedure ends in one way.
fn state(draft: &Draft) -> Vec<Fault> {
    let mut faults = Vec::new();
    if draft.text("status").is_some_and(|it| it != "in-force") {
        faults.push(Fault::new("/status", "fault.status"));
    }
    if draft.text("replaced_from").is_some() && draft.text("abolished_from").is_some() {
        faults.push(Fault::new("/abolished_from", "fault.one-end"));
    }
    faults
}

/// Numbers that can be meant.
fn amounts(draft: &Draft) -> Vec<Fault> {
    let mut faults = Vec::new();
    for (field, column, most) in [
        ("fees", "amount", AMOUNT_MAX),
        ("papers", "original", COUNT_MAX),
        ("papers", "copy", COUNT_MAX),
    ] {
        for (at, row) in rows(&draft.body, field).into_iter().enumerate() {
            if number(row, column).is_some_and(|it| !(0..=most).contains(&it)) {
                let fault = Fault::new(&format!("/{field}[{at}]"), "fault.amount");
                faults.push(fault.with("max", most.to_string()));
            }
        }
    }
    if number(&draft.body, "sets").is_some_and(|it| !(1..=COUNT_MAX).contains(&it)) {
        let fault = Fault::new("/sets", "fault.amount");
        faults.push(fault.with("max", COUNT_MAX.to_string()));
    }
    faults
}

fn asked(draft: &Draft) -> Vec<Fault> {
    let questions = questions(&draft.body);
    let mut faults = Vec::new();
    if questions.len() > QUESTIONS_MAX {
        let fault = Fault::new("/questions", "fault.questions");
        faults.push(fault.with("max", QUESTIONS_MAX.to_string()));
    }
    let mut known: Vec<&str> = Vec::new();
    for question in &questions {
        if question.answers.len() < 2 {
            let fault = Fault::new("/questions", "fault.one-answer");
            faults.push(fault.with("question", question.words.as_str()));
        }
        for answer in &question.answers {
            if !is_key(&answer.key) || known.contains(&answer.key.as_str()) {
                let fault = Fault::new("/questions", "fault.key");
                faults.push(fault.with("key", answer.key.as_str()));
            }
            known.push(&answer.key);
        }
    }
    for field in CASED {
        for (at, row) in rows(&draft.body, field).into_iter().enumerate() {
            if let Some(key) = keys(text(row, "when")).find(|key| !known.contains(key)) {
                let fault = Fault::new(&format!("/{field}[{at}]"), "fault.unknown-answer");
                faults.push(fault.with("key", key));
            }
        }
    }
    faults
}

#[cfg(test)]
mod tests;

//! What must hold before a meeting is stored, beyond what the schema says.

use dinh_sdk::serde_json::Value;
use dinh_sdk::{Draft, Fault, Host, Level, Object};

/// The completed body, none where there is nothing to complete, or all faults at once.
pub fn validate(draft: &Draft, host: &impl Host) -> Result<Option<Object>, Vec<Fault>> {
    let number = draft.text("number").unwrap_or_default();
    let mut faults = Vec::new();
    if !number.bytes().any(|byte| byte.is_ascii_digit()) {
        faults.push(Fault::new("/number", "fault.number").with("number", number));
    }
    let seats = draft.body.get("seats").and_then(Value::as_i64);
    if let Some(seats) = seats.filter(|seats| *seats < 1) {
        faults.push(Fault::new("/seats", "fault.seats").with("seats", seats));
    }
    for (at, target) in targets(draft).enumerate() {
        if target == number {
            let path = format!("/relations/{at}/target");
            faults.push(Fault::new(&path, "fault.itself").with("number", number));
        }
    }
    if !faults.is_empty() {
        return Err(faults);
    }
    Ok(completed(draft, host))
}

fn targets(draft: &Draft) -> impl Iterator<Item = &str> {
    let edges = draft.body.get("relations").and_then(Value::as_array);
    edges.into_iter().flatten().map(|edge| {
        edge.get("target")
            .and_then(Value::as_str)
            .unwrap_or_default()
    })
}

/// A meeting without topics is about what its kind is about: nobody finds what has no word.
fn completed(draft: &Draft, host: &impl Host) -> Option<Object> {
    let has_topics = draft.body.get("topics").is_some_and(Value::is_array);
    if has_topics {
        return None;
    }
    host.log(Level::Debug, "a meeting came without topics");
    let mut body = draft.body.clone();
    body.insert("topics".to_owned(), Value::from(vec!["Việc chung"]));
    Some(body)
}

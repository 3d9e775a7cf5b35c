//! From what was given to what is stored: one pass that names every fault.

mod normal;
mod said;
#[cfg(test)]
mod tests;

use serde_json::Value;

use crate::dates::LocalDate;
use crate::declaration::{Collection, DateDefault, Declaration, FieldKind};
use crate::entry::Body;
use crate::fault::Fault;

pub use said::{Said, laid_over};

/// Largest body, in bytes of JSON: the longest laws have 0.5 MB of text.
pub const MAX_BODY_BYTES: usize = 4 * 1024 * 1024;

/// Checks a body and brings it to its stored form: NFC, trimmed, defaults filled, text structured.
/// Fields that are not declared are kept as they are (architecture, section 3) when `unknown` says
/// so, and are faults otherwise.
pub fn check(
    declaration: &Declaration,
    collection: &Collection,
    given: Body,
    unknown: Unknown,
) -> Result<Body, Vec<Fault>> {
    checked(declaration, collection, given, unknown, true)
}

/// The same for a text that is still being written: what is missing is no fault, what is there must
/// be right.
pub fn check_unfinished(
    declaration: &Declaration,
    collection: &Collection,
    given: Body,
) -> Result<Body, Vec<Fault>> {
    checked(declaration, collection, given, Unknown::Refuse, false)
}

fn checked(
    declaration: &Declaration,
    collection: &Collection,
    given: Body,
    unknown: Unknown,
    is_whole: bool,
) -> Result<Body, Vec<Fault>> {
    let size = json_bytes(&given);
    if size > MAX_BODY_BYTES {
        let large = Fault::new("", "fault.too-large").with("max", MAX_BODY_BYTES);
        return Err(vec![large.with("count", size)]);
    }
    let mut faults = Vec::new();
    let mut body = Body::new();
    let mut given = given;
    for (name, field) in &collection.schema {
        let value = given.shift_remove(name).filter(|value| !is_empty(value));
        let value = value.or_else(|| default(&field.kind));
        match value {
            Some(value) => {
                if let Some(value) = normal::value(declaration, field, name, value, &mut faults) {
                    body.insert(name.clone(), value);
                }
            }
            None if field.required && is_whole => faults.push(missing(name, &field.label)),
            None => {}
        }
    }
    if is_whole {
        for (name, field) in &collection.schema {
            let is_missing = !body.contains_key(name) && !faults.iter().any(|it| it.path == *name);
            if is_missing && !field.required && field.needed_when.holds(&body) {
                faults.push(missing(name, &field.label));
            }
        }
    }
    for (name, field) in &collection.schema {
        if body.contains_key(name) && field.empty_when.holds(&body) {
            faults.push(Fault::new(name, "fault.confidential").with("field", &field.label));
        }
    }
    for (name, value) in given {
        match unknown {
            Unknown::Keep => {
                body.insert(name, value);
            }
            Unknown::Refuse => faults.push(Fault::new(name, "fault.unknown-field")),
        }
    }
    if faults.is_empty() {
        Ok(body)
    } else {
        Err(faults)
    }
}

/// What another system says of some fields: brought to their stored form, null where one is emptied. Fields that it
/// does not name are none of the answer.
///
/// # Errors
/// Every fault of what it says, unknown fields among them.
pub fn check_named(
    declaration: &Declaration,
    collection: &Collection,
    given: Body,
) -> Result<Body, Vec<Fault>> {
    let named: Vec<String> = given.keys().cloned().collect();
    let emptied = |name: &String| given.get(name).is_none_or(is_empty);
    let emptied: Vec<String> = named.iter().filter(|it| emptied(it)).cloned().collect();
    let mut checked = check_unfinished(declaration, collection, given)?;
    checked.retain(|name, _| named.contains(name));
    for name in emptied {
        checked.insert(name, Value::Null);
    }
    Ok(checked)
}

/// Gives an entry the dates that its declaration fills, where it has none.
pub fn fill_dates(collection: &Collection, body: &mut Body, today: LocalDate) {
    for (name, field) in &collection.schema {
        let FieldKind::Date {
            default: Some(DateDefault::Today),
        } = &field.kind
        else {
            continue;
        };
        if body.get(name).is_none_or(is_empty) {
            body.insert(name.clone(), Value::String(today.to_string()));
        }
    }
}

/// Length of a body as JSON, without making it.
fn json_bytes(body: &Body) -> usize {
    struct Counter(usize);
    impl std::io::Write for Counter {
        fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
            self.0 += bytes.len();
            Ok(bytes.len())
        }
        fn flush(&mut self) -> std::io::Result<()> {
            Ok(())
        }
    }
    let mut counter = Counter(0);
    serde_json::to_writer(&mut counter, body).map_or(usize::MAX, |()| counter.0)
}

/// What happens to fields that the collection does not declare.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unknown {
    /// Kept untouched: an older or newer version of the plugin knows them.
    Keep,
    /// Named as faults: a person or a file gave them now.
    Refuse,
}

/// The gates to publishing that a body does not meet, but for those that were lifted by name: parts that every entry
/// has, and parts that another one needs, which nothing lifts.
pub fn unmet_gates(collection: &Collection, body: &Body, lifted: &[String]) -> Vec<Fault> {
    let has = |name: &str| body.get(name).is_some_and(|value| !is_empty(value));
    let gates = collection.schema.iter().filter(|(_, field)| field.gate);
    let mut faults: Vec<Fault> = gates
        .filter(|(name, _)| !has(name) && !lifted.contains(name))
        .map(|(name, field)| missing(name, &field.label))
        .collect();
    for (name, field) in &collection.schema {
        for other in field.needs.iter().filter(|other| has(name) && !has(other)) {
            if faults.iter().any(|it| it.path == *other) {
                continue;
            }
            let label = collection.schema.get(other).map(|it| it.label.as_str());
            let fault = Fault::new(other, "fault.needed-for");
            let fault = fault.with("field", label.unwrap_or(other));
            faults.push(fault.with("for", &field.label));
        }
    }
    faults
}

fn missing(name: &str, label: &str) -> Fault {
    Fault::new(name, "fault.required").with("field", label)
}

fn default(kind: &FieldKind) -> Option<Value> {
    match kind {
        FieldKind::Choice { default, .. } => default.clone().map(Value::String),
        _ => None,
    }
}

fn is_empty(value: &Value) -> bool {
    match value {
        Value::Null => true,
        Value::String(text) => text.trim().is_empty(),
        Value::Array(items) => items.is_empty(),
        _ => false,
    }
}

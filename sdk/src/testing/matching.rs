//! How the in-memory portal compares, by the rules of `wit/deps/content`.

use std::cmp::Ordering;

use serde_json::Value;

use crate::{Condition, Entry, Op, Sort};

/// The field's values: the elements of a list, one otherwise, none when absent or null.
pub(super) fn values<'a>(entry: &'a Entry, field: &str) -> &'a [Value] {
    match entry.body.get(field) {
        None | Some(Value::Null) => &[],
        Some(Value::Array(values)) => values,
        Some(value) => std::slice::from_ref(value),
    }
}

/// Whether one of the field's values fulfils the condition.
pub(super) fn holds(condition: &Condition, entry: &Entry) -> bool {
    let wanted = &condition.value;
    let fulfils = |value: &Value| match condition.op {
        Op::Eq => compare(value, wanted) == Some(Ordering::Equal),
        Op::In => wanted.as_array().is_some_and(|wanted| {
            let mut wanted = wanted.iter();
            wanted.any(|one| compare(value, one) == Some(Ordering::Equal))
        }),
        Op::From => compare(value, wanted).is_some_and(Ordering::is_ge),
        Op::To => compare(value, wanted).is_some_and(Ordering::is_le),
    };
    values(entry, &condition.field).iter().any(fulfils)
}

/// The declared order, what has no value last either way, then by id.
pub(super) fn order(sort: &[Sort], one: &Entry, other: &Entry) -> Ordering {
    for step in sort {
        let (left, right) = (values(one, &step.field), values(other, &step.field));
        let order = match (left.first(), right.first()) {
            (None, None) => Ordering::Equal,
            (None, Some(_)) => Ordering::Greater,
            (Some(_), None) => Ordering::Less,
            (Some(left), Some(right)) => {
                let order = compare(left, right).unwrap_or(Ordering::Equal);
                if step.descending {
                    order.reverse()
                } else {
                    order
                }
            }
        };
        if order.is_ne() {
            return order;
        }
    }
    one.id.cmp(&other.id)
}

/// None for values of two kinds.
fn compare(left: &Value, right: &Value) -> Option<Ordering> {
    match (left, right) {
        (Value::String(left), Value::String(right)) => Some(left.cmp(right)),
        (Value::Bool(left), Value::Bool(right)) => Some(left.cmp(right)),
        (Value::Number(left), Value::Number(right)) => left.as_f64()?.partial_cmp(&right.as_f64()?),
        _ => None,
    }
}

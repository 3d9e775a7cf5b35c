//! What a source says of an entry, laid over what people have made of the entry.

#[cfg(test)]
mod tests;

use serde_json::Value;

use crate::entry::Body;

/// A revision of an entry, as far as it matters who wrote which field.
#[derive(Debug, Clone, PartialEq)]
pub struct Said {
    /// Whether the source wrote it.
    pub is_own: bool,
    /// Its fields.
    pub body: Body,
}

/// A text with what the source says now; null empties a field. `revisions` are those of its entry, the oldest first.
///
/// A field that the source says again as it wrote it last is left as it is: what people have made of it since then
/// is theirs. The source wrote a field where a revision of its own has another value there than the one before.
pub fn laid_over(text: Body, revisions: &[Said], says: &Body) -> Body {
    let mut body = text;
    for (name, value) in says {
        if wrote_last(revisions, name) == Some(value) {
            continue;
        }
        match value {
            Value::Null => {
                body.shift_remove(name);
            }
            value => {
                body.insert(name.clone(), value.clone());
            }
        }
    }
    body
}

/// What the source wrote last in a field; null where it emptied it, none where it never wrote there.
fn wrote_last<'a>(revisions: &'a [Said], name: &str) -> Option<&'a Value> {
    let value = |at: usize| {
        let before = revisions.get(at);
        before
            .and_then(|it| it.body.get(name))
            .unwrap_or(&Value::Null)
    };
    let own = (0..revisions.len())
        .rev()
        .filter(|at| revisions[*at].is_own);
    let mut written = own.filter(|at| match at.checked_sub(1) {
        Some(before) => value(*at) != value(before),
        None => *value(*at) != Value::Null,
    });
    written.next().map(value)
}

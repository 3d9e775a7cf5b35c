//! Forms for citizens: what a collection asks and keeps to itself.

use super::super::form::FIELD_CHARS_MAX;
use super::super::submission::can_be_sent;
use super::super::{
    Collection, Declaration, ENTRY_WORDS, FIXED_WORDS, FORM_FIELDS_MAX, Field, FieldKind,
    PrivateAccess, SENT_FILES_MAX, Submission,
};

/// Longest text of all fields together, in characters: the whole form is at most 64 KiB as sent.
const FORM_CHARS_MAX: u64 = 7_000;

pub(super) fn submission(
    declaration: &Declaration,
    collection: &Collection,
    fault: &mut impl FnMut(String),
) {
    for name in collection.private.keys() {
        if collection.schema.contains_key(name) {
            fault(format!(
                "field `{name}` stands in [schema] and in [private]: leave out one of them"
            ));
        }
        if !is_name(name) {
            fault(format!(
                "private field `{name}`: names are 1 to 40 of a-z, 0-9 and _"
            ));
        }
    }
    let Some(submission) = &collection.submission else {
        if !collection.private.is_empty() {
            fault("[private] without [submission]: nothing would ever fill it".to_owned());
        }
        return;
    };
    path(declaration, collection, submission, fault);
    super::about::submission(declaration, collection, submission, fault);
    fields(declaration, collection, submission, fault);
    let flow = crate::workflow::named(&collection.workflow.id);
    if flow.is_some_and(|flow| !flow.writes.is_empty()) {
        fault(
            "[submission]: what citizens send is nobody's to rewrite: choose the workflow `moderation`"
                .to_owned(),
        );
    }
}

fn fields(
    declaration: &Declaration,
    collection: &Collection,
    submission: &Submission,
    fault: &mut impl FnMut(String),
) {
    let asked = &submission.fields;
    if asked.is_empty() || asked.len() > FORM_FIELDS_MAX {
        fault(format!(
            "submission.fields: 1 to {FORM_FIELDS_MAX} fields, not {}",
            asked.len()
        ));
    }
    for (at, field) in asked.iter().enumerate() {
        let name = &field.name;
        if asked[..at].iter().any(|it| it.name == *name) {
            fault(format!("submission.fields: `{name}` is asked twice"));
        }
        match collection.schema.get(name) {
            Some(field) if !can_be_sent(&field.kind) => fault(format!(
                "submission.fields: `{name}` is of a kind that citizens cannot send: text, code, date, integer, choice or files"
            )),
            Some(Field {
                kind: FieldKind::Files { max_items, .. },
                ..
            }) if *max_items > SENT_FILES_MAX => fault(format!(
                "submission.fields: `{name}` takes {max_items} files: max_items is at most {SENT_FILES_MAX} where citizens send them"
            )),
            None if !collection.private.contains_key(name) => {
                fault(format!("submission.fields: there is no field `{name}`"));
            }
            _ => {}
        }
    }
    let all = submission.form_fields(declaration, collection, "vi");
    for field in &all {
        let chars = field.chars_max();
        if field.max_chars.is_some() && !(1..=FIELD_CHARS_MAX).contains(&chars) {
            fault(format!(
                "submission.fields: `{}` takes {chars} characters: 1 to {FIELD_CHARS_MAX}",
                field.name
            ));
        }
    }
    let sum: u64 = all.iter().map(|it| u64::from(it.chars_max())).sum();
    if sum > FORM_CHARS_MAX {
        fault(format!(
            "submission.fields: all together take {sum} characters, more than {FORM_CHARS_MAX}: a browser sends up to nine bytes for one"
        ));
    }
    let is_asked = |name: &String| asked.iter().any(|it| it.name == *name);
    let mut needed = collection.schema.iter();
    if let Some((name, _)) = needed.find(|(name, it)| (it.required || it.gate) && !is_asked(name)) {
        fault(format!(
            "submission.fields: `{name}` is needed, and nobody is asked for it"
        ));
    }
    if let Some(name) = collection.private.keys().find(|name| !is_asked(name)) {
        fault(format!(
            "private field `{name}`: submission.fields does not ask for it"
        ));
    }
    let mut private = collection.private.values();
    let is_personal = private.any(|it| it.access == PrivateAccess::Personal);
    if is_personal && submission.consent.is_none() {
        fault(
            "submission.consent: a personal field is asked for: say what for, and who reads it (TT 25/2010, Đ11)"
                .to_owned(),
        );
    }
}

fn path(
    declaration: &Declaration,
    collection: &Collection,
    submission: &Submission,
    fault: &mut impl FnMut(String),
) {
    let path = &submission.path;
    let word = path.strip_prefix("{slug}/").unwrap_or(path);
    let is_word = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
    if word.is_empty() || !word.bytes().all(is_word) {
        fault(format!(
            "submission.path `{path}`: one part of a-z, 0-9 and -, or `{{slug}}/` and such a part"
        ));
    }
    let is_taken = match submission.is_about() {
        true => ENTRY_WORDS.contains(&word),
        false => FIXED_WORDS.contains(&word),
    };
    if is_taken {
        fault(format!(
            "submission.path `{path}`: `{word}` is the host's own: choose another"
        ));
    }
    let mut routes = declaration.manifest.routes.iter();
    let others = declaration.collections.values();
    let mut others = others.filter(|it| !std::ptr::eq(*it, collection));
    if routes.any(|route| same_place(&route.path, path))
        || others.any(|it| {
            it.submission
                .as_ref()
                .is_some_and(|it| same_place(&it.path, path))
        })
    {
        fault(format!(
            "submission.path `{path}`: another route or form has it"
        ));
    }
}

/// Whether two patterns may fit one path.
fn same_place(one: &str, other: &str) -> bool {
    let (one, other): (Vec<&str>, Vec<&str>) =
        (one.split('/').collect(), other.split('/').collect());
    let is_open = |part: &str| part.starts_with('{');
    one.len() == other.len()
        && one
            .iter()
            .zip(&other)
            .all(|(one, other)| one == other || is_open(one) || is_open(other))
}

fn is_name(name: &str) -> bool {
    let is_letter = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_';
    (1..=40).contains(&name.len()) && name.bytes().all(is_letter)
}

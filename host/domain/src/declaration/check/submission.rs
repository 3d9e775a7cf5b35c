//! Forms for citizens: what a collection asks and keeps to itself.

use super::super::submission::can_be_sent;
use super::super::{
    Collection, Declaration, ENTRY_WORDS, FIXED_WORDS, FORM_FIELDS_MAX, PrivateAccess, Submission,
};

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
    fields(collection, submission, fault);
    let flow = crate::workflow::named(&collection.workflow.id);
    if flow.is_some_and(|flow| !flow.writes.is_empty()) {
        fault(
            "[submission]: what citizens send is nobody's to rewrite: choose the workflow `moderation`"
                .to_owned(),
        );
    }
}

fn fields(collection: &Collection, submission: &Submission, fault: &mut impl FnMut(String)) {
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
                "submission.fields: `{name}` is of a kind that citizens cannot send: text, code, date, integer or choice"
            )),
            None if !collection.private.contains_key(name) => {
                fault(format!("submission.fields: there is no field `{name}`"));
            }
            _ => {}
        }
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
    if routes.any(|route| route.path == *path)
        || others.any(|it| it.submission.as_ref().is_some_and(|it| it.path == *path))
    {
        fault(format!(
            "submission.path `{path}`: another route or form has it"
        ));
    }
}

fn is_name(name: &str) -> bool {
    let is_letter = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_';
    (1..=40).contains(&name.len()) && name.bytes().all(is_letter)
}

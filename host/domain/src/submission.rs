//! What a citizen sent, read by its declaration.

#[cfg(test)]
mod tests;

use serde_json::{Map, Value};

use crate::body::{self, Unknown};
use crate::declaration::{
    CONSENT_FIELD, Collection, Declaration, FormFault, FormField, FormFieldKind, PrivateAccess,
    PrivateKind, Submission, read_form,
};
use crate::entry::Body;
use crate::entry_form;
use crate::fault::Fault;

/// Least digits of a number of a telephone.
const PHONE_DIGITS_MIN: usize = 8;

/// A form that was read.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Read {
    /// What was typed, by field, for the form that is shown again.
    pub typed: Map<String, Value>,
    /// The entry's text.
    pub body: Body,
    /// What only the office reads.
    pub private: Body,
    /// What is wrong, by field.
    pub faults: Vec<Fault>,
}

/// Reads what was sent; `files` are the lists of files that came with it, by field, as bodies have them.
///
/// The error names what no browser sends from this form: a field that is not asked for or comes twice.
pub fn read(
    declaration: &Declaration,
    collection: &Collection,
    submission: &Submission,
    (sent, files): (&[(String, String)], Body),
) -> Result<Read, String> {
    let mut fields = submission.form_fields(declaration, collection, "vi");
    fields.retain(|it| it.kind != FormFieldKind::Files);
    if submission.consent.is_some() {
        fields.push(consent());
    }
    let (typed, faults) = read_form(&fields, sent)?;
    let mut read = Read {
        faults: faults
            .into_iter()
            .map(|(name, it)| told(name, it))
            .collect(),
        body: files,
        ..Read::default()
    };
    for field in &fields {
        let text = typed.get(&field.name).and_then(Value::as_str);
        let Some(text) = text.filter(|it| !it.is_empty()) else {
            continue;
        };
        let is_wrong = read.faults.iter().any(|it| it.path == field.name);
        if let Some(known) = collection.schema.get(&field.name) {
            match entry_form::one_of(&known.kind, text) {
                Ok(value) => {
                    read.body.insert(field.name.clone(), value);
                }
                Err(key) => read
                    .faults
                    .push(Fault::new(&field.name, key).with("given", text)),
            }
        } else if let Some(private) = collection.private.get(&field.name) {
            if let (false, Some(key)) = (is_wrong, wrong(private.kind, text)) {
                read.faults.push(Fault::new(&field.name, key));
            }
            read.private
                .insert(field.name.clone(), Value::String(text.to_owned()));
        }
    }
    let is_personal = read.private.keys().any(|name| {
        let field = collection.private.get(name);
        field.is_some_and(|it| it.access == PrivateAccess::Personal)
    });
    let has_agreed = typed.get(CONSENT_FIELD).and_then(Value::as_bool) == Some(true);
    if submission.consent.is_some() && is_personal && !has_agreed {
        read.faults.push(Fault::new(CONSENT_FIELD, "fault.consent"));
    }
    if read.faults.is_empty() {
        let body = std::mem::take(&mut read.body);
        match body::check(declaration, collection, body, Unknown::Refuse) {
            Ok(body) => read.body = body,
            Err(faults) => read.faults = faults.into_iter().map(asked_for).collect(),
        }
    }
    read.typed = typed;
    Ok(read)
}

/// First letters of a name, which say nothing of its bearer to strangers: `N.V.A.`
pub fn masked(name: &str) -> String {
    let letters = name
        .split_whitespace()
        .filter_map(|word| word.chars().next());
    letters
        .flat_map(|letter| letter.to_uppercase().chain(['.']))
        .collect()
}

/// The box by which a sender agrees; never ticked before somebody ticks it.
pub fn consent() -> FormField {
    FormField {
        name: CONSENT_FIELD.to_owned(),
        kind: FormFieldKind::Flag,
        label: String::new(),
        help: None,
        // Asked for with what is personal, and of nobody else.
        required: false,
        max_chars: None,
        choices: Vec::new(),
    }
}

/// What is missing, in the words of a form.
fn asked_for(fault: Fault) -> Fault {
    match fault.message_key.as_str() {
        "fault.required" => Fault::new(&fault.path, "fault.missing"),
        _ => fault,
    }
}

fn told(name: &str, fault: FormFault) -> Fault {
    match fault {
        FormFault::Missing => Fault::new(name, "fault.missing"),
        FormFault::TooLong(max) => Fault::new(name, "fault.longer-than").with("max", max),
        FormFault::NotAChoice => Fault::new(name, "fault.not-offered"),
        FormFault::Control => Fault::new(name, "fault.control-character"),
    }
}

/// What is wrong with a private field, as far as its kind tells.
fn wrong(kind: PrivateKind, text: &str) -> Option<&'static str> {
    match kind {
        PrivateKind::Email => (!is_mail(text)).then_some("fault.mail"),
        PrivateKind::Phone => (!is_phone(text)).then_some("fault.phone"),
        PrivateKind::Line | PrivateKind::Text | PrivateKind::Name | PrivateKind::Address => None,
    }
}

/// One `@` between a name and a domain with a dot, in visible ASCII without what headers of mail are made of.
pub fn is_mail(text: &str) -> bool {
    let Some((name, domain)) = text.rsplit_once('@') else {
        return false;
    };
    let is_plain = |byte: u8| byte.is_ascii_graphic() && !b"@,;:<>()[]\\\"".contains(&byte);
    let mut labels = domain.split('.');
    !name.is_empty()
        && name.bytes().all(is_plain)
        && domain.contains('.')
        && labels.all(|label| {
            let inner = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'-';
            !label.is_empty() && label.bytes().all(inner) && !label.starts_with('-')
        })
}

/// Digits as they are written: with spaces, dots, dashes, brackets, and `+` before them.
fn is_phone(text: &str) -> bool {
    let rest = text.strip_prefix('+').unwrap_or(text);
    let is_part = |it: char| it.is_ascii_digit() || " .-()".contains(it);
    let digits = rest.chars().filter(char::is_ascii_digit).count();
    rest.chars().all(is_part) && digits >= PHONE_DIGITS_MIN
}

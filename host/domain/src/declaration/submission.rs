//! How citizens send entries of a collection, and what of it nobody else reads.

use indexmap::IndexMap;
use schemars::JsonSchema;
use serde::Deserialize;

use super::form::{FormField, FormFieldKind, LINE_CHARS};
use super::{Collection, Declaration, FieldKind};

/// Name of the box by which a sender agrees to what is said of their data.
pub const CONSENT_FIELD: &str = "dong-y";
/// Longest address of mail, in characters (RFC 5321, 4.5.3.1.3 less its brackets).
const MAIL_CHARS: u32 = 254;
/// Longest number of a telephone as it is typed, in characters.
const PHONE_CHARS: u32 = 20;
/// Most files of one field: the office opens each of them.
pub const SENT_FILES_MAX: usize = 5;
/// Largest file that a citizen sends, in bytes: some thirty scanned pages.
pub const SENT_FILE_BYTES_MAX: usize = 10 * 1024 * 1024;
/// All files of one sending together, in bytes.
pub const SENT_BYTES_MAX: usize = 20 * 1024 * 1024;

/// A field that is no part of an entry's text: it lies sealed in a table of its own, can be erased, and reaches no
/// page, index, search, feed, export, interface, cache, log or plugin.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PrivateField {
    /// Locale key of its name.
    pub label: String,
    /// What is typed.
    pub kind: PrivateKind,
    /// Who reads it.
    pub access: PrivateAccess,
    /// Without it nothing is sent.
    #[serde(default)]
    pub required: bool,
    /// Longest, in characters.
    #[serde(default)]
    pub max_chars: Option<u32>,
}

/// What is typed into a private field.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum PrivateKind {
    /// One line.
    Line,
    /// Several lines.
    Text,
    /// A person's name.
    Name,
    /// An address of mail.
    Email,
    /// A number of a telephone.
    Phone,
    /// Where somebody lives.
    Address,
}

/// Who reads a private field.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum PrivateAccess {
    /// Whoever sees the entry on the desk: it says nothing of a person.
    OfficeOnly,
    /// Whoever has the right to personal data there; each reading is recorded (TT 25/2010, Đ6, Đ12).
    Personal,
}

/// The form by which citizens send entries.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Submission {
    /// Below the section's mount: `gui`, or `{slug}/gui` about an entry of the first collection.
    pub path: String,
    /// Locale key of the page's title.
    pub title: String,
    /// Locale key of what the button says.
    pub button: String,
    /// Locale key of the sentences before the form: who reads it, and what becomes of it.
    pub intro: String,
    /// Locale key of what the sender agrees to: scope and purpose of what is asked of a person (TT 25/2010, Đ5, Đ8,
    /// Đ11). Needed where a personal field is asked for.
    #[serde(default)]
    pub consent: Option<String>,
    /// What is asked, in order.
    pub fields: Vec<SubmissionField>,
    /// Choice fields of the entry that the path names with the values that count, while which it is taken: `{ status = "open" }`.
    #[serde(default)]
    pub open_when: IndexMap<String, String>,
    /// Locale key of what is said while it is not taken. Needed with `open_when`.
    #[serde(default)]
    pub closed: Option<String>,
    /// Keeps the code of the entry that the path names, so that lists are narrowed by it.
    #[serde(default)]
    pub about: Option<AboutField>,
    /// Asks which part of the other's text is meant.
    #[serde(default)]
    pub points: Option<Points>,
    /// Names the sender in the text as far as they want to be named.
    #[serde(default)]
    pub signed: Option<Signed>,
    /// Date field that says when it came; nobody is asked for it. With it the office may enter what came on paper, at a
    /// meeting, by mail or by telephone, and says when that was.
    #[serde(default)]
    pub received: Option<String>,
    /// Text field by which sendings of the same words are known: shown together to the office, and none dropped.
    #[serde(default)]
    pub alike: Option<String>,
}

/// Where the code of the other entry is kept.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct AboutField {
    /// Code field of this collection; nobody is asked for it.
    pub field: String,
    /// Code field of the first collection.
    pub from: String,
}

/// Parts of the other entry that a sender chooses from.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Points {
    /// Text field of this collection that keeps the choice: `Điều 4`, `Câu hỏi 2`.
    pub field: String,
    /// Fields of the first collection, structured texts and rows, whose outermost parts are offered.
    pub from: Vec<String>,
    /// Locale key of the choice that means all of it.
    pub whole: String,
}

/// How the sender's name is shown to everybody.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Signed {
    /// Text field of this collection that shows it; nobody is asked for it.
    pub field: String,
    /// Private field with the whole name.
    pub name: String,
    /// Choice field by which the sender decides: values `public` (as typed), `masked` (first letters) and `office` (not at
    /// all).
    pub choice: String,
}

/// How the office answers what was sent. The sender's own words stay as they came.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Answer {
    /// Locale key of the page's title, and of the link to it.
    pub title: String,
    /// Fields of the schema that the office fills, in order.
    pub fields: Vec<String>,
    /// Those without which there is no answer.
    pub required: Vec<String>,
}

/// A text of this collection that is not published before everything that was sent about the entry is answered.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Hold {
    /// Field whose text is held back.
    pub field: String,
    /// Collection of this plugin whose sendings are to be answered.
    pub answers: String,
}

/// Values of the choice by which a sender decides how they are named.
pub const SHOWN: &str = "public";
/// First letters alone.
pub const MASKED: &str = "masked";
/// Not at all.
pub const OFFICE: &str = "office";

/// A field of the form.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SubmissionField {
    /// A field of `[schema]` or `[private]`.
    pub name: String,
    /// Locale key of a sentence that helps.
    #[serde(default)]
    pub help: Option<String>,
}

impl PrivateField {
    /// Longest, in characters.
    pub fn chars_max(&self) -> u32 {
        let usual = match self.kind {
            PrivateKind::Text => super::form::TEXT_CHARS,
            PrivateKind::Email => MAIL_CHARS,
            PrivateKind::Phone => PHONE_CHARS,
            PrivateKind::Line | PrivateKind::Name | PrivateKind::Address => LINE_CHARS,
        };
        self.max_chars.unwrap_or(usual)
    }

    fn form_field(&self, name: &str, help: Option<String>) -> FormField {
        FormField {
            name: name.to_owned(),
            kind: match self.kind {
                PrivateKind::Text => FormFieldKind::Text,
                _ => FormFieldKind::Line,
            },
            label: self.label.clone(),
            help,
            required: self.required,
            max_chars: Some(self.chars_max()),
            choices: Vec::new(),
        }
    }
}

impl Submission {
    /// Whether it is about an entry that the path names.
    pub fn is_about(&self) -> bool {
        self.path.starts_with("{slug}/")
    }

    /// Whether it asks for files.
    pub fn takes_files(&self, collection: &Collection) -> bool {
        let asked = self.fields.iter();
        let mut asked = asked.filter_map(|it| collection.schema.get(&it.name));
        asked.any(|it| matches!(it.kind, FieldKind::Files { .. }))
    }

    /// The fields as a form has them, without the box of consent; labels of choices are words already.
    pub fn form_fields(
        &self,
        declaration: &Declaration,
        collection: &Collection,
        language: &str,
    ) -> Vec<FormField> {
        let fields = self.fields.iter().filter_map(|asked| {
            if let Some(private) = collection.private.get(&asked.name) {
                return Some(private.form_field(&asked.name, asked.help.clone()));
            }
            let field = collection.schema.get(&asked.name)?;
            let (kind, max_chars) = of_schema(&field.kind)?;
            let list = declaration.list_of(field);
            let values = list.into_iter().flat_map(|list| &list.values);
            Some(FormField {
                name: asked.name.clone(),
                kind,
                label: field.label.clone(),
                help: asked.help.clone(),
                required: field.required || field.gate,
                max_chars,
                choices: values
                    .map(|value| super::form::FormChoice {
                        value: value.id.clone(),
                        label: value.name(language).to_owned(),
                    })
                    .collect(),
            })
        });
        fields.collect()
    }
}

/// What a form asks for a field of the schema; none where citizens cannot send one.
fn of_schema(kind: &FieldKind) -> Option<(FormFieldKind, Option<u32>)> {
    let chars = |max: usize| Some(u32::try_from(max).unwrap_or(u32::MAX));
    match kind {
        FieldKind::Text {
            max_chars,
            multiline,
        } => {
            let kind = if *multiline {
                FormFieldKind::Text
            } else {
                FormFieldKind::Line
            };
            Some((kind, chars(*max_chars)))
        }
        FieldKind::Code { max_chars } => Some((FormFieldKind::Line, chars(*max_chars))),
        FieldKind::Date { .. } | FieldKind::Instant {} | FieldKind::Integer {} => {
            Some((FormFieldKind::Line, Some(LINE_CHARS)))
        }
        FieldKind::Choice { .. } => Some((FormFieldKind::Choice, None)),
        FieldKind::Files { .. } => Some((FormFieldKind::Files, None)),
        FieldKind::Texts { .. }
        | FieldKind::Rows { .. }
        | FieldKind::Relations { .. }
        | FieldKind::Outline { .. }
        | FieldKind::Table {} => None,
    }
}

/// Whether citizens can send a field of this kind.
pub(super) fn can_be_sent(kind: &FieldKind) -> bool {
    of_schema(kind).is_some()
}

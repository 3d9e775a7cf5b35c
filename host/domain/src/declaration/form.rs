//! Fields of a route of the kind `form`, and what may be sent for them.

use schemars::JsonSchema;
use serde::Deserialize;
use serde_json::{Map, Value};

/// Most fields of one form.
pub const FORM_FIELDS_MAX: usize = 40;
/// Longest line, in characters, where the declaration does not say.
pub(super) const LINE_CHARS: u32 = 200;
/// Longest text, in characters, where the declaration does not say.
pub(super) const TEXT_CHARS: u32 = 4_000;
/// Longest of all, in characters: the whole form is at most 64 KiB as sent.
pub(super) const FIELD_CHARS_MAX: u32 = 10_000;

/// One field of a form.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct FormField {
    /// Name given to the code.
    pub name: String,
    /// What it takes.
    pub kind: FormFieldKind,
    /// Locale key of its label.
    pub label: String,
    /// Locale key of a sentence that helps.
    #[serde(default)]
    pub help: Option<String>,
    /// Whether something must be typed, or the box be ticked.
    #[serde(default)]
    pub required: bool,
    /// Longest text, in characters.
    #[serde(default)]
    pub max_chars: Option<u32>,
    /// What a choice takes: values and locale keys of their labels.
    #[serde(default)]
    pub choices: Vec<FormChoice>,
}

/// One value of a choice.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct FormChoice {
    /// Given to the code.
    pub value: String,
    /// Locale key.
    pub label: String,
}

/// What a field takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum FormFieldKind {
    /// One line of text.
    Line,
    /// Several lines.
    Text,
    /// One of the declared values.
    Choice,
    /// A box to tick.
    Flag,
    /// Files; of forms by which citizens send entries alone.
    #[serde(skip)]
    Files,
}

/// What is wrong with what was sent for a field.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FormFault {
    /// Nothing was typed.
    Missing,
    /// More than this many characters.
    TooLong(u32),
    /// None of the declared values.
    NotAChoice,
    /// A control character.
    Control,
}

impl FormField {
    /// Longest text, in characters.
    pub fn chars_max(&self) -> u32 {
        let usual = match self.kind {
            FormFieldKind::Text => TEXT_CHARS,
            _ => LINE_CHARS,
        };
        self.max_chars.unwrap_or(usual)
    }

    /// The value for the code, and what is wrong with it.
    fn read(&self, sent: &str) -> (Value, Option<FormFault>) {
        if self.kind == FormFieldKind::Flag {
            let ticked = !sent.is_empty();
            let missing = self.required && !ticked;
            return (ticked.into(), missing.then_some(FormFault::Missing));
        }
        let text = sent.replace("\r\n", "\n");
        let text = text.trim();
        let odd = |it: char| {
            it.is_control() && !(matches!(it, '\n' | '\t') && self.kind == FormFieldKind::Text)
        };
        let fault = if text.is_empty() {
            self.required.then_some(FormFault::Missing)
        } else if text.chars().count() > self.chars_max() as usize {
            Some(FormFault::TooLong(self.chars_max()))
        } else if text.chars().any(odd) {
            Some(FormFault::Control)
        } else if self.kind == FormFieldKind::Choice
            && self.choices.iter().all(|it| it.value != text)
        {
            Some(FormFault::NotAChoice)
        } else {
            None
        };
        (text.into(), fault)
    }
}

/// Every field's value, and all faults by field.
pub type FormRead<'a> = (Map<String, Value>, Vec<(&'a str, FormFault)>);

/// What was sent, as the declaration says it.
///
/// The error names what no browser sends from this form: a field that is not declared or comes twice.
pub fn read_form<'a>(
    fields: &'a [FormField],
    sent: &[(String, String)],
) -> Result<FormRead<'a>, String> {
    for (at, (name, _)) in sent.iter().enumerate() {
        let is_declared = fields.iter().any(|field| field.name == *name);
        let is_first = sent.iter().position(|(other, _)| other == name) == Some(at);
        if !is_declared || !is_first {
            return Err(name.chars().take(80).collect());
        }
    }
    let (mut values, mut faults) = (Map::new(), Vec::new());
    for field in fields {
        let given = sent.iter().find(|(name, _)| *name == field.name);
        let (value, fault) = field.read(given.map_or("", |(_, value)| value));
        values.insert(field.name.clone(), value);
        faults.extend(fault.map(|fault| (field.name.as_str(), fault)));
    }
    Ok((values, faults))
}

#[cfg(test)]
mod tests;

use serde::Serialize;

use super::{Fact, HiddenField, PluginFormChoice, View};

/// A page of forms: to sign in, to look after one's account.
#[derive(Debug, Clone, Serialize)]
pub struct FormsPage {
    /// The page's heading.
    pub title: String,
    /// What was done.
    pub said: Option<String>,
    /// What is wrong as a whole; what is wrong with a field stands beside it, and is listed above.
    pub faults: Vec<String>,
    /// In order.
    pub parts: Vec<FormsPart>,
}

/// A part of it.
#[derive(Debug, Clone, Default, Serialize)]
pub struct FormsPart {
    /// Its heading.
    pub heading: Option<String>,
    /// Paragraphs.
    pub texts: Vec<String>,
    /// A text to copy letter by letter.
    pub code: Option<String>,
    /// Facts.
    pub facts: Vec<Fact>,
    /// A form.
    pub form: Option<FormsForm>,
}

/// A form that is sent with `POST`, or that only asks.
#[derive(Debug, Clone, Serialize)]
pub struct FormsForm {
    /// Where to.
    pub action: String,
    /// It only asks: sent with `GET`.
    pub asks: bool,
    /// It may carry long texts.
    pub long: bool,
    /// Words on the button.
    pub button: String,
    /// What goes with it unseen.
    pub hidden: Vec<HiddenField>,
    /// What is typed.
    pub fields: Vec<FormsField>,
}

/// A field of it.
#[derive(Debug, Clone, Default, Serialize)]
pub struct FormsField {
    /// Name in what is sent; its element is `truong-{name}`.
    pub name: String,
    /// `text`, `password`, `date`, `email`; `datetime-local`, `search`; `long` has several lines,
    /// `select` has choices, `check` is ticked or not.
    pub kind: &'static str,
    /// For people.
    pub label: String,
    /// A sentence that helps.
    pub help: Option<String>,
    /// What a browser may fill in: `username`, `current-password`, `new-password`, `one-time-code`.
    pub autocomplete: &'static str,
    /// Whether it must be filled.
    pub required: bool,
    /// What was typed; never of a password.
    pub typed: String,
    /// What may be chosen of.
    pub choices: Vec<PluginFormChoice>,
    /// What is wrong with it.
    pub faults: Vec<String>,
    /// Ids of the elements that say more about it, for `aria-describedby`.
    pub described_by: Option<String>,
}

impl FormsField {
    /// Names the elements that say more about it; last, when help and faults are there.
    #[must_use]
    pub fn described(mut self) -> Self {
        let help = self.help.is_some().then(|| format!("giup-{}", self.name));
        let faults = (!self.faults.is_empty()).then(|| format!("loi-{}", self.name));
        let ids: Vec<String> = help.into_iter().chain(faults).collect();
        self.described_by = Some(ids.join(" ")).filter(|ids| !ids.is_empty());
        self
    }
}

impl View for FormsPage {
    const TEMPLATE: &'static str = "forms";
}

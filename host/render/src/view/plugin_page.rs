use serde::Serialize;

use super::{HiddenField, Link, View};
use crate::SafeHtml;

/// A page that a plugin composed.
#[derive(Debug, Clone, Serialize)]
pub struct PluginPage {
    /// The page's heading.
    pub title: String,
    /// What the plugin's template gave; none where the form stands alone.
    pub html: Option<SafeHtml>,
    /// Where to go back to.
    pub back: Option<Link>,
    /// A form below it.
    pub form: Option<PluginForm>,
}

/// A form that a plugin declares and the host shows.
#[derive(Debug, Clone, Serialize)]
pub struct PluginForm {
    /// Where it is sent: the page's own address.
    pub action: String,
    /// Sentences before its fields.
    pub lead: Vec<String>,
    /// What goes with it unseen.
    pub hidden: Vec<HiddenField>,
    /// Where a browser with scripts gets the puzzle that it solves before the form is sent.
    pub proof: Option<String>,
    /// Words on the button.
    pub button: String,
    /// What is wrong with it as a whole.
    pub faults: Vec<String>,
    /// Whether it may carry files.
    pub takes_files: bool,
    /// Its fields.
    pub fields: Vec<PluginFormField>,
}

/// One field of a form.
#[derive(Debug, Clone, Serialize)]
pub struct PluginFormField {
    /// Name in what is sent; its element is `truong-{name}`.
    pub name: String,
    /// `line`, `text`, `choice`, `flag` or `files`.
    pub kind: &'static str,
    /// Of a line: `text`, `email` or `tel`.
    pub input: &'static str,
    /// What a browser may fill in.
    pub autocomplete: Option<&'static str>,
    /// For people.
    pub label: String,
    /// A sentence that helps.
    pub help: Option<String>,
    /// Whether it must be filled.
    pub required: bool,
    /// Longest text, in characters.
    pub max_chars: Option<u32>,
    /// What a choice takes.
    pub choices: Vec<PluginFormChoice>,
    /// What was typed.
    pub typed: String,
    /// Whether the box is ticked.
    pub ticked: bool,
    /// Of files: what a browser offers.
    pub accept: String,
    /// Of files: those that came before.
    pub files: Vec<PluginFormFile>,
    /// What is wrong with it.
    pub faults: Vec<String>,
    /// Ids of the elements that say more about it, for `aria-describedby`.
    pub described_by: Option<String>,
}

/// A file that came with the form before.
#[derive(Debug, Clone, Serialize)]
pub struct PluginFormFile {
    /// Its name.
    pub label: String,
    /// Name of the input that names it, and what that holds.
    pub ticket: HiddenField,
    /// Name of the box by which it is left out.
    pub left_out: String,
    /// Whether that is ticked.
    pub ticked: bool,
}

/// One value of a choice.
#[derive(Debug, Clone, Serialize)]
pub struct PluginFormChoice {
    /// What is sent.
    pub value: String,
    /// For people.
    pub label: String,
    /// Whether it was chosen.
    pub selected: bool,
}

impl View for PluginPage {
    const TEMPLATE: &'static str = "plugin";
}

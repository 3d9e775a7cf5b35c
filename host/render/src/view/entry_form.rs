use serde::Serialize;

use super::{Fact, FactValue, HiddenField, Link, PluginFormChoice, View};

/// The form by which somebody writes an entry.
#[derive(Debug, Clone, Serialize)]
pub struct EntryFormPage {
    /// The page's heading.
    pub title: String,
    /// Site and type.
    pub facts: Vec<Fact>,
    /// What is wrong as a whole; what is wrong with a field stands beside it, and is listed above.
    pub faults: Vec<String>,
    /// Somebody else wrote meanwhile.
    pub meanwhile: Option<MeanwhileShown>,
    /// What saving does, and does not.
    pub save_help: String,
    /// Where to.
    pub action: String,
    /// What goes with it unseen.
    pub hidden: Vec<HiddenField>,
    /// In order.
    pub fields: Vec<EntryFormField>,
    /// Label of the box that gives the answer to all that were sent with the same words; none where there are none.
    pub alike: Option<String>,
    /// Whether it is ticked.
    pub alike_ticked: bool,
    /// Back, without keeping anything.
    pub back: Link,
}

/// What somebody else wrote.
#[derive(Debug, Clone, Serialize)]
pub struct MeanwhileShown {
    /// Who, and when.
    pub text: String,
    /// Which of their fields the form has now.
    pub taken: Option<String>,
    /// Fields that both changed, with their words.
    pub both: Vec<Fact>,
}

/// A field of the form.
#[derive(Debug, Clone, Default, Serialize)]
pub struct EntryFormField {
    /// Name in what is sent.
    pub name: String,
    /// Its element is `truong-{id}`.
    pub id: String,
    /// `line`, `text`, `choice`, `lines`, `rows`, `edges`, `files` or `table`.
    pub kind: &'static str,
    /// For people.
    pub label: String,
    /// A sentence that helps.
    pub help: Option<String>,
    /// An entry without it is not approved.
    pub needed: bool,
    /// Longest text of one input, in characters.
    pub max_chars: Option<usize>,
    /// Keyboard that a telephone shows: `text` or `numeric`.
    pub keyboard: &'static str,
    /// Height of a long text, in lines.
    pub rows: u32,
    /// What is typed.
    pub typed: String,
    /// What a choice takes.
    pub choices: Vec<PluginFormChoice>,
    /// Items of a list, edges or files.
    pub items: Vec<EntryFormItem>,
    /// Media types of files, as browsers want them.
    pub accept: String,
    /// Value of the button for one more row; none where there is no room for one.
    pub more: Option<String>,
    /// What is wrong with it.
    pub faults: Vec<String>,
    /// The page on which a table is made.
    pub link: Option<Link>,
    /// Ids of the elements that say more about it, for `aria-describedby`.
    pub described_by: Option<String>,
}

/// One row of a field.
#[derive(Debug, Clone, Default, Serialize)]
pub struct EntryFormItem {
    /// Its number, from 1.
    pub number: usize,
    /// Cells of a row of a table.
    pub cells: Vec<EntryFormCell>,
    /// What is typed: the item, or the code of an edge's other end.
    pub typed: String,
    /// What readers are told of it.
    pub label: String,
    /// Kinds of edges.
    pub choices: Vec<PluginFormChoice>,
    /// Value of the button that looks for the other end.
    pub find: String,
    /// Somebody looked for it.
    pub looked: bool,
    /// What was found for it.
    pub found: Vec<EntryFormFound>,
    /// Id of a file.
    pub file: String,
    /// Where a file can be read; none where it is not part of the entry yet.
    pub link: Option<Link>,
    /// Its box for taking it out is ticked.
    pub gone: bool,
    /// What is wrong with it.
    pub faults: Vec<String>,
}

/// A cell of a row of a table.
#[derive(Debug, Clone, Serialize)]
pub struct EntryFormCell {
    /// Name in what is sent.
    pub name: String,
    /// Id of its element.
    pub id: String,
    /// Name of its column.
    pub label: String,
    /// A row without it is no row.
    pub needed: bool,
    /// Keyboard that a telephone shows.
    pub keyboard: &'static str,
    /// Longest text, in characters.
    pub max_chars: usize,
    /// What is typed.
    pub typed: String,
}

/// An entry that an edge may lead to.
#[derive(Debug, Clone, Serialize)]
pub struct EntryFormFound {
    /// Value of the button that takes it.
    pub value: String,
    /// Its title.
    pub label: String,
}

impl EntryFormField {
    /// Names the elements that say more about it; last, when help and faults are there.
    #[must_use]
    pub fn described(mut self) -> Self {
        let help = self.help.is_some().then(|| format!("giup-{}", self.id));
        let faults = (!self.faults.is_empty()).then(|| format!("loi-{}", self.id));
        let ids: Vec<String> = help.into_iter().chain(faults).collect();
        self.described_by = Some(ids.join(" ")).filter(|ids| !ids.is_empty());
        self
    }
}

/// What somebody may begin to write.
#[derive(Debug, Clone, Serialize)]
pub struct BeginPage {
    /// The page's heading.
    pub title: String,
    /// By site.
    pub sites: Vec<BeginSite>,
}

/// What may be begun on a site.
#[derive(Debug, Clone, Serialize)]
pub struct BeginSite {
    /// Its name.
    pub name: String,
    /// The types.
    pub kinds: Vec<BeginKind>,
}

/// A type of which something may be begun.
#[derive(Debug, Clone, Serialize)]
pub struct BeginKind {
    /// One entry, on its form.
    pub one: Link,
    /// Many, from a spreadsheet.
    pub many: Link,
}

/// A revision of an entry, compared with another one.
#[derive(Debug, Clone, Serialize)]
pub struct RevisionPage {
    /// The page's heading.
    pub title: String,
    /// Who made it, and when.
    pub facts: Vec<Fact>,
    /// Which one it is compared with; none for the first.
    pub against: Option<String>,
    /// Fields that differ.
    pub changes: Vec<FieldChange>,
    /// The whole text, field by field.
    pub text: Vec<Fact>,
    /// All revisions, the newest first.
    pub revisions: Vec<RevisionRow>,
    /// Where to send that this text shall be written again; none where it may not be.
    pub restore: Option<String>,
    /// The newest revision, which is sent with it.
    pub newest: String,
    /// Why it was not done.
    pub faults: Vec<String>,
    /// Back to the entry.
    pub back: Link,
}

/// A field that differs.
#[derive(Debug, Clone, Serialize)]
pub struct FieldChange {
    /// What people call it.
    pub label: String,
    /// Its words, in order.
    pub parts: Vec<ChangePart>,
}

/// Words of a field that differs.
#[derive(Debug, Clone, Serialize)]
pub struct ChangePart {
    /// The words.
    pub text: String,
    /// Only the former one had them.
    pub gone: bool,
    /// Only this one has them.
    pub new: bool,
}

/// A line of the revisions.
#[derive(Debug, Clone, Serialize)]
pub struct RevisionRow {
    /// Its number, and its page.
    pub link: Link,
    /// When.
    pub at: FactValue,
    /// Who.
    pub who: String,
    /// It is the one that is shown.
    pub current: bool,
}

impl View for EntryFormPage {
    const TEMPLATE: &'static str = "entry-form";
}

impl View for BeginPage {
    const TEMPLATE: &'static str = "begin";
}

impl View for RevisionPage {
    const TEMPLATE: &'static str = "revision";
}

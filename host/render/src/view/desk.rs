use serde::Serialize;

use super::{Fact, FactValue, FormsForm, Link, Paging, PluginFormChoice, View};

/// A room of the desk: entries that wait, are late, or are one's own.
#[derive(Debug, Clone, Serialize)]
pub struct RoomPage {
    /// The page's heading.
    pub title: String,
    /// One's own account.
    pub account: Link,
    /// To begin something new.
    pub begin: Link,
    /// To begin many from a spreadsheet, where the room is narrowed to a type.
    pub bring: Option<Link>,
    /// All rooms; the one that is shown is current.
    pub rooms: Vec<RoomTab>,
    /// What the room may be narrowed to.
    pub filter: Option<FormsForm>,
    /// To see the whole room again, where it is narrowed.
    pub whole: Option<Link>,
    /// Entries, as far as they were counted.
    pub total: u64,
    /// There are more than that.
    pub has_more: bool,
    /// Those of this page.
    pub lines: Vec<RoomRow>,
    /// One step with many of them.
    pub bulk: Option<RoomBulk>,
    /// Where the reader is.
    pub paging: Paging,
}

/// One room.
#[derive(Debug, Clone, Serialize)]
pub struct RoomTab {
    /// Its name.
    pub label: String,
    /// Where it is.
    pub href: String,
    /// It is the one that is shown.
    pub current: bool,
}

/// One step with all that is ticked.
#[derive(Debug, Clone, Serialize)]
pub struct RoomBulk {
    /// Where to send it.
    pub action: String,
    /// The room with its filters, to come back to.
    pub back: String,
    /// Steps, of which one is chosen.
    pub steps: Vec<PluginFormChoice>,
}

/// A line that may be ticked.
#[derive(Debug, Clone, Serialize)]
pub struct RoomPick {
    /// The entry with the revision that is shown.
    pub value: String,
    /// What ticking it means, with its title.
    pub label: String,
}

/// An entry in a room.
#[derive(Debug, Clone, Serialize)]
pub struct RoomRow {
    /// Title and page of the entry.
    pub link: Link,
    /// What it is about.
    pub summary: Option<String>,
    /// Its state and what is special about it.
    pub marks: Vec<FactValue>,
    /// Site, kind, time.
    pub facts: Vec<Fact>,
    /// To tick it, where steps are offered for many.
    pub pick: Option<RoomPick>,
}

/// An entry on the desk.
#[derive(Debug, Clone, Serialize)]
pub struct DeskPage {
    /// Title of its working text.
    pub title: String,
    /// What was done a moment ago.
    pub said: Option<String>,
    /// Why something was not done.
    pub faults: Vec<String>,
    /// Its state and what is special about it.
    pub marks: Vec<FactValue>,
    /// Site, kind, author, times.
    pub facts: Vec<Fact>,
    /// Where steps are sent.
    pub action: String,
    /// The revision that is shown.
    pub revision: String,
    /// To write it, to see it as readers will, its revisions.
    pub links: Vec<Link>,
    /// What may be done.
    pub steps: Vec<DeskStep>,
    /// The working text, field by field.
    pub text: Vec<Fact>,
    /// What was done, the newest first.
    pub history: Vec<DeskPast>,
}

/// A step that may be taken.
#[derive(Debug, Clone, Serialize)]
pub struct DeskStep {
    /// Its id, a part of the ids of its elements.
    pub id: String,
    /// Words on its button.
    pub label: String,
    /// It wants a reason.
    pub needs_reason: bool,
    /// It wants an instant.
    pub needs_instant: bool,
    /// It wants one of these as its reason, to which words may be added.
    pub reasons: Vec<PluginFormChoice>,
    /// It may be urgent.
    pub may_be_express: bool,
    /// The reason as it was typed, where the step was refused.
    pub reason: String,
    /// The instant as it was typed.
    pub instant: String,
}

/// A step that was taken.
#[derive(Debug, Clone, Serialize)]
pub struct DeskPast {
    /// When (`FactValue::time`).
    pub at: FactValue,
    /// Who.
    pub who: String,
    /// What.
    pub what: String,
    /// State afterwards.
    pub to: String,
    /// Why; empty where nobody said.
    pub reason: String,
}

impl View for RoomPage {
    const TEMPLATE: &'static str = "room";
}

impl View for DeskPage {
    const TEMPLATE: &'static str = "desk";
}

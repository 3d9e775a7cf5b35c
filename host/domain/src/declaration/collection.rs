//! `collections/<name>.toml`: what an entry holds and how it is shown, found and watched.

use indexmap::IndexMap;
use schemars::JsonSchema;
use serde::Deserialize;

use super::block::Block;
use super::field::{Field, IndexDeclaration};
use super::submission::{Answer, Hold, PrivateField, Submission};
use super::view::View;
use crate::ids::{ID_PATTERN, Slug};

/// One collection.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Collection {
    /// Locale key of one entry's name: "Văn bản".
    pub label: String,
    /// Locale key of many.
    pub plural: String,
    /// Where its own list and entries stand below the section's mount: `noi-tiep-nhan`. The one collection of a plugin
    /// without it stands at the mount itself.
    #[serde(default)]
    #[schemars(with = "Option<String>", extend("pattern" = ID_PATTERN))]
    pub path: Option<Slug>,
    /// Fields, in the order of forms.
    pub schema: IndexMap<String, Field>,
    /// Fields that are no part of the text, and that only the office reads.
    #[serde(default)]
    pub private: IndexMap<String, PrivateField>,
    /// How citizens send entries.
    #[serde(default)]
    pub submission: Option<Submission>,
    /// How the office answers what was sent.
    #[serde(default)]
    pub answer: Option<Answer>,
    /// What is published only after all that was sent about an entry is answered.
    #[serde(default)]
    pub hold: Option<Hold>,
    /// Dates that its lists give as a calendar.
    #[serde(default)]
    pub calendar: Option<Calendar>,
    /// Which published texts of an entry stay readable, and how two of them are compared.
    #[serde(default)]
    pub versions: Option<Versions>,
    /// Indexes that together name one entry of a site: no two entries share all of them.
    #[serde(default)]
    pub unique: Vec<String>,
    /// Columns that lists filter and sort by.
    #[serde(default)]
    pub index: IndexMap<String, IndexDeclaration>,
    /// States and actions.
    pub workflow: WorkflowChoice,
    /// What the regulation asks of it.
    #[serde(default)]
    pub duty: Option<Duty>,
    /// Whom an entry names as author and source (Đ6.3).
    #[serde(default)]
    pub credit: Credit,
    /// How the host shows it.
    pub view: View,
    /// How the host finds it.
    pub search: SearchDeclaration,
    /// What a site's home page shows of it, in order; an empty list shows nothing. Without it the collection at the
    /// mount shows its first five entries, another one nothing.
    #[serde(default)]
    pub blocks: Option<Vec<Block>>,
    /// Whether it is counted how often each entry's page is read, by month and of nobody in particular: shown on the
    /// page, and `popular` as the sort of a block.
    #[serde(default)]
    pub usage: bool,
}

/// Dates of a list, for calendars (RFC 5545): one event of each entry that has the date.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Calendar {
    /// Locale key of an event's name; `{title}` in it is the entry's title.
    pub title: String,
    /// Date or instant that the event is at, or ends at.
    pub at: String,
    /// Date or instant that holds instead, where an entry has it: an extension.
    #[serde(default)]
    pub moved_to: Option<String>,
    /// Date or instant that it begins at; without it the event is at one moment, or on one day.
    #[serde(default)]
    pub start: Option<String>,
    /// Whether it takes place; without it everything does.
    #[serde(default)]
    pub status: Option<CalendarStatus>,
    /// Text fields that say more of an event: why its day changed, why it was cancelled.
    #[serde(default)]
    pub notes: Vec<String>,
}

/// Whether an event takes place, by a choice of its entry (RFC 5545, 3.8.1.11); one of neither kind is confirmed.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct CalendarStatus {
    /// Choice field.
    pub field: String,
    /// Its values of events that are not certain yet.
    #[serde(default)]
    pub tentative: Vec<String>,
    /// Its values of events that do not take place; they stay in the calendar and say so.
    #[serde(default)]
    pub cancelled: Vec<String>,
}

/// Versions of an entry: each text that was published with a number stays readable under it.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Versions {
    /// Integer field that numbers them from 1. What is published has the number of what was public before it, or a
    /// higher one where a compared field differs.
    pub field: String,
    /// Text field that says what is different in a version.
    #[serde(default)]
    pub note: Option<String>,
    /// The fields that are the text: shown of each version, and compared.
    pub compare: Vec<String>,
}

/// Which workflow governs a collection.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct WorkflowChoice {
    /// Id of a workflow ([`crate::workflow::named`]).
    pub id: String,
}

/// The clock and care that a clause demands.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Duty {
    /// The clause: `Đ7.1.b`.
    pub clause: String,
    /// Static or dynamic information (Đ3.1, Đ3.2).
    pub volatility: Volatility,
    /// Date field whose value starts the publishing clock.
    pub clock_starts: String,
    /// Rule of the site's profile that sets the number of days.
    pub rule: String,
    /// How often the Board reviews it (Đ7.1).
    pub review: Review,
}

/// Đ3.1 and Đ3.2 of the regulation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Volatility {
    /// *Thông tin tĩnh*: changes only when its governing document changes.
    Static,
    /// *Thông tin động*: changes with events.
    Dynamic,
}

/// A review period.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Review {
    /// Every month.
    Monthly,
    /// Every week.
    Weekly,
    /// Every day.
    Daily,
}

/// Whom an entry names (Đ6.3). Empty parts are filled by the organisation that posts it.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Credit {
    /// Field that names the author.
    #[serde(default)]
    pub author: Option<String>,
    /// Field that names the source.
    #[serde(default)]
    pub source: Option<String>,
}

/// What is searched, and how much it weighs.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SearchDeclaration {
    /// Weighs most; `@title` is the entry's title.
    pub title: Vec<String>,
    /// The rest of the text.
    #[serde(default)]
    pub body: Vec<String>,
    /// Codes, found in every spelling.
    #[serde(default)]
    pub codes: Vec<String>,
    /// Indexes counted beside the results.
    #[serde(default)]
    pub facets: Vec<String>,
}

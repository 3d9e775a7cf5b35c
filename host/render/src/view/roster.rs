use serde::Serialize;

use super::{FormsForm, Link, Paging, RoomRow, RoomTab, View};

/// A list of staff's rooms: people, acts, organisations.
#[derive(Debug, Clone, Serialize)]
pub struct RosterPage {
    /// The page's heading.
    pub title: String,
    /// One's own account.
    pub account: Link,
    /// All rooms; the one that is shown is current.
    pub rooms: Vec<RoomTab>,
    /// Paragraphs above the list.
    pub texts: Vec<String>,
    /// What else may be done here.
    pub links: Vec<Link>,
    /// What the list is narrowed to, sent with `GET`.
    pub filter: Option<FormsForm>,
    /// Words on how many there are; empty for none.
    pub count: String,
    /// The lines of this page.
    pub lines: Vec<RoomRow>,
    /// Where the reader is, in a list with numbered pages.
    pub paging: Option<Paging>,
    /// The next page of a list that is read on.
    pub next: Option<Link>,
}

impl View for RosterPage {
    const TEMPLATE: &'static str = "roster";
}

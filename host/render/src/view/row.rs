use serde::Serialize;

use super::{Fact, Link, Tone};

/// One entry in a list, on the home page or on a plain list page.
#[derive(Debug, Clone, Serialize)]
pub struct Row {
    /// What the link says: `Quyết định 12/2014/QĐ-UBND`.
    pub title: String,
    /// The entry's address.
    pub href: String,
    /// Facts under the title, in declared order (kind, issue date, effective date …).
    pub facts: Vec<Fact>,
    /// State of the entry (validity).
    pub badge: Option<Badge>,
    /// How long that lasts still, in words.
    pub left: Option<String>,
    /// The abstract, in plain text; the template does not shorten it.
    pub summary: Option<String>,
    /// The entry's own site, when it is not this one.
    pub site: Option<Link>,
}

/// A state in a few words.
#[derive(Debug, Clone, Serialize)]
pub struct Badge {
    /// The state: `Còn hiệu lực`.
    pub label: String,
    /// How strongly it speaks.
    pub tone: Tone,
}

//! What an entry gives beside its page, and what a site tells of itself as a whole.

use dinh_domain::ids::EntryId;
use dinh_domain::site::Site;
use dinh_render::akn::Act;
use serde_json::Value;

use super::{Answer, Detail, Section, Way};

/// A copy to keep.
#[derive(Debug)]
pub struct Copy {
    /// The entry.
    pub detail: Detail,
    /// Its canonical content, of which the hash is taken.
    pub content: Value,
    /// SHA-256 of the canonical content, hexadecimal.
    pub hash: String,
    /// When it was made, RFC 3339.
    pub made_at: String,
}

/// An edge of an entry as metadata name it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct End {
    /// Kind of edge, a value of the declared list.
    pub kind: String,
    /// From the entry to the other end.
    pub outgoing: bool,
    /// Code of the other end, as written.
    pub code: String,
    /// What to call the other end.
    pub label: String,
    /// Where it is read, when this portal has it and the reader may see it.
    pub way: Option<Way>,
    /// Property of schema.org.
    pub schema_org: Option<String>,
    /// Property of the European Legislation Identifier.
    pub eli: Option<String>,
    /// Element and `type` of Akoma Ntoso.
    pub modification: Option<(&'static str, &'static str)>,
}

/// An entry as legislation.
#[derive(Debug, Clone, PartialEq)]
pub struct EliShown {
    /// Its address behind `/eli/`.
    pub local: String,
    /// Language code.
    pub language: String,
    /// Properties of the ontology: name, value, and whether it is a date.
    pub properties: Vec<(String, String, bool)>,
}

/// Akoma Ntoso without the addresses of this site.
#[derive(Debug)]
pub struct AknShown {
    /// The document.
    pub act: Act,
    /// The entry's path.
    pub path: String,
    /// Its address behind `/eli/`.
    pub eli: Option<String>,
    /// Its edges.
    pub ends: Vec<End>,
}

/// Where an address of legislation leads.
#[derive(Debug)]
pub enum EliAnswer {
    /// As any address of an entry.
    Here(Answer),
    /// Several documents share it; the number to search for.
    Several(String),
}

/// What a hash was found to be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Verified {
    /// As it was asked.
    pub asked: String,
    /// The answer.
    pub verdict: Verdict,
}

/// What a hash is the hash of. Times are RFC 3339.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Verdict {
    /// Nothing was asked.
    NotAsked,
    /// It is no hash.
    Malformed,
    /// No publication that this visitor may see.
    Unknown,
    /// The text that is public now.
    Current {
        /// The entry.
        way: Way,
        /// When this text became public.
        published_at: String,
    },
    /// A text that was public and has been changed.
    Former {
        /// The entry.
        way: Way,
        /// When this text became public.
        published_at: String,
        /// When the present text took its place.
        replaced_at: String,
    },
    /// A text of an entry that was withdrawn.
    Withdrawn {
        /// When this text became public.
        published_at: String,
        /// When the entry was withdrawn.
        at: String,
        /// Why.
        reason: String,
        /// What stands in its place.
        successor: Option<Way>,
    },
}

/// The site map for people.
#[derive(Debug)]
pub struct SiteMap {
    /// Sections in menu order.
    pub sections: Vec<SiteMapSection>,
    /// Sites of the organisations below this one and above it.
    pub sites: Vec<Site>,
}

/// A section in the site map.
#[derive(Debug)]
pub struct SiteMapSection {
    /// The section.
    pub section: Section,
    /// Its computed pages.
    pub ways: Vec<Way>,
    /// What divides it.
    pub filters: Vec<SiteMapFilter>,
}

/// A filter in the site map.
#[derive(Debug)]
pub struct SiteMapFilter {
    /// Name for people.
    pub label: String,
    /// Parameter.
    pub index: String,
    /// Its values; never empty.
    pub values: Vec<SiteMapValue>,
}

/// A value of a filter in the site map.
#[derive(Debug)]
pub struct SiteMapValue {
    /// Parameter value.
    pub value: String,
    /// Name for people.
    pub label: String,
    /// Entries that have it.
    pub count: u64,
}

/// A part of the machines' site map.
#[derive(Debug, Clone, Default)]
pub struct ListedPart {
    /// Entries behind this one; none from the first.
    pub after: Option<EntryId>,
    /// The last entry; none to the end.
    pub until: Option<EntryId>,
    /// The newest change in it, RFC 3339.
    pub changed: Option<String>,
}

/// An entry in the machines' site map.
#[derive(Debug, Clone)]
pub struct Listed {
    /// The entry.
    pub id: EntryId,
    /// Its path.
    pub path: String,
    /// When its text became public, RFC 3339.
    pub changed: String,
}

//! Published texts of an entry beside one another.

use super::{Detail, Section, Way};
use crate::compare::PartChanges;

/// A version in a list of them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct VersionShown {
    /// Its number, from 1.
    pub number: i64,
    /// What is different in it.
    pub note: Option<String>,
    /// When it was first public, RFC 3339.
    pub published: String,
    /// It is what the entry's page shows.
    pub is_current: bool,
    /// Where it is read.
    pub path: String,
}

/// The text of one version.
#[derive(Debug)]
pub struct VersionText {
    /// Which one.
    pub version: VersionShown,
    /// Its text, as a page; of its other fields nothing.
    pub detail: Detail,
    /// The entry as it is now.
    pub entry: Way,
    /// All versions of it.
    pub versions: Way,
}

/// The versions of an entry.
#[derive(Debug)]
pub struct Versions {
    /// The section.
    pub section: Section,
    /// The entry.
    pub entry: Way,
    /// Where they stand.
    pub path: String,
    /// The newest first; never empty.
    pub versions: Vec<VersionShown>,
    /// Two of them compared, where that was asked.
    pub compared: Option<VersionsCompared>,
}

/// What is different between two versions.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct VersionsCompared {
    /// Number of the former one.
    pub from: i64,
    /// Number of the later one.
    pub to: i64,
    /// Fields that differ: their label, and their parts. A field without parts is one of no name.
    pub fields: Vec<(String, PartChanges)>,
}

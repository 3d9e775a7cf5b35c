use serde::Serialize;

use super::{ChangePart, FactValue, FilterOption, Link, View};

/// A version in a list of them.
#[derive(Debug, Clone, Serialize)]
pub struct VersionRow {
    /// `Bản số 2`, and where it is read.
    pub link: Link,
    /// When it was first public.
    pub at: FactValue,
    /// What is different in it.
    pub note: Option<String>,
    /// It is what the entry's page shows.
    pub current: bool,
    /// Where it is compared with the one before it.
    pub compare: Option<Link>,
}

/// The versions of an entry, two of them compared.
#[derive(Debug, Clone, Serialize)]
pub struct VersionsPage {
    /// The page's heading.
    pub title: String,
    /// The newest first.
    pub versions: Vec<VersionRow>,
    /// What to choose two of them from.
    pub pick: Option<VersionPick>,
    /// What is different between two.
    pub compared: Option<VersionsDiffer>,
    /// Back to the entry.
    pub back: Link,
}

/// A form that chooses two versions.
#[derive(Debug, Clone, Serialize)]
pub struct VersionPick {
    /// Where it leads.
    pub action: String,
    /// The former one.
    pub from: Vec<FilterOption>,
    /// The later one.
    pub to: Vec<FilterOption>,
}

/// What is different between two versions.
#[derive(Debug, Clone, Serialize)]
pub struct VersionsDiffer {
    /// Which two.
    pub title: String,
    /// Fields that differ; none where the texts are the same.
    pub fields: Vec<VersionField>,
}

/// A field that differs.
#[derive(Debug, Clone, Serialize)]
pub struct VersionField {
    /// What people call it.
    pub label: String,
    /// Its parts that differ.
    pub parts: Vec<VersionPart>,
    /// How many parts are the same, in words; none where it has no parts.
    pub same: Option<String>,
    /// How many figures of a table changed, in words.
    pub cells: Option<String>,
}

/// A part that differs.
#[derive(Debug, Clone, Serialize)]
pub struct VersionPart {
    /// What it is called; empty where the field has no parts.
    pub name: String,
    /// In a word what became of it: new, gone, changed.
    pub became: String,
    /// Its words, in order.
    pub words: Vec<ChangePart>,
}

impl View for VersionsPage {
    const TEMPLATE: &'static str = "versions";
}

use serde::Serialize;

use super::{Article, Badge, Fact, FactValue, Figures, Link, Notice, Row, VersionRow, View};

/// One entry.
#[derive(Debug, Clone, Serialize)]
pub struct DetailPage {
    /// The page's heading: `Quyết định số 12/2014/QĐ-UBND`.
    pub title: String,
    /// The abstract, shown under the heading.
    pub summary: Option<String>,
    /// State of the entry (validity).
    pub badge: Option<Badge>,
    /// How long that lasts still, in words.
    pub left: Option<String>,
    /// Remarks, such as the gates that were lifted for an import.
    pub notices: Vec<Notice>,
    /// Pages about it that most readers want.
    pub actions: Vec<Link>,
    /// The metadata table, in declared order.
    pub facts: Vec<Fact>,
    /// Files to download.
    pub files: Vec<FileLink>,
    /// The text; none shows no text part.
    pub article: Option<Article>,
    /// Other entries, grouped by kind and direction.
    pub relations: Vec<RelationGroup>,
    /// Entries of other collections that belong to it.
    pub lists: Vec<BelongingList>,
    /// Its table of figures.
    pub figures: Option<Figures>,
    /// The page on which the reader chooses from it, and its files.
    pub figure_links: Vec<Link>,
    /// Its versions, the newest first; none where there is but one.
    pub versions: Vec<VersionRow>,
    /// How others cite it.
    pub citation: Option<CitationShown>,
    /// Author, source and time of posting (Đ6.3).
    pub credit: Credit,
    /// Other pages about this entry (declared routes).
    pub links: Vec<Link>,
    /// The entry on paper, to keep, for machines.
    pub outputs: Vec<Link>,
    /// The list it belongs to.
    pub back: Link,
}

/// An entry in a list of references.
#[derive(Debug, Clone, Serialize)]
pub struct CitationShown {
    /// As a line of text.
    pub text: String,
    /// As files for programs that keep references.
    pub files: Vec<Link>,
}

/// A file that belongs to an entry.
#[derive(Debug, Clone, Serialize)]
pub struct FileLink {
    /// What the file is called.
    pub name: String,
    /// Where it is.
    pub href: String,
    /// Format in a word: `PDF`, `ODT`.
    pub format: String,
    /// Size as people read it (`format::file_size`).
    pub size: String,
    /// SHA-256 of its content, hexadecimal.
    pub sha256: String,
    /// What a reader should know of it: that it is a scan, say.
    pub note: Option<String>,
}

/// Entries of another collection that belong to the one that is shown.
#[derive(Debug, Clone, Serialize)]
pub struct BelongingList {
    /// Its heading.
    pub title: String,
    /// What is said where there are none.
    pub empty: String,
    /// The newest of them.
    pub rows: Vec<Row>,
    /// The list with all of them, where these are not all.
    pub all: Option<Link>,
}

/// Relations of one kind and one direction.
#[derive(Debug, Clone, Serialize)]
pub struct RelationGroup {
    /// `Sửa đổi, bổ sung` or `Được sửa đổi, bổ sung bởi`.
    pub label: String,
    /// The other ends; never empty.
    pub items: Vec<Relation>,
}

/// The other end of a relation.
#[derive(Debug, Clone, Serialize)]
pub struct Relation {
    /// How it is called.
    pub label: String,
    /// Its address; none when it is not on this portal or not visible.
    pub href: Option<String>,
    /// Its abstract or another remark.
    pub note: Option<String>,
}

/// Who wrote it, where it comes from, when it was posted (Đ6.3); an empty author or source is left out.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Credit {
    /// Author.
    pub author: String,
    /// Source.
    pub source: String,
    /// When it was first published (`FactValue::time`).
    pub posted: Option<FactValue>,
    /// When it was last changed, if it was.
    pub updated: Option<FactValue>,
}

impl View for DetailPage {
    const TEMPLATE: &'static str = "detail";
}

//! One entry.

use std::sync::Arc;

use dinh_domain::declaration::Citation;
use dinh_domain::entry::Entry;
use dinh_domain::file_text::TextState;
use dinh_domain::organisation::Area;
use dinh_domain::table::Table;
use dinh_domain::table::slice::Selection;
use serde_json::Value;

use super::{Badge, DatasetFacts, EliShown, End, Left, RowShown, Section, VersionShown, Way};

/// The page of one entry.
#[derive(Debug)]
pub struct Detail {
    /// The section.
    pub section: Section,
    /// The entry.
    pub entry: Entry,
    /// Its path on this site.
    pub path: String,
    /// What it is about.
    pub summary: Option<String>,
    /// State.
    pub badge: Option<Badge>,
    /// How long that lasts still.
    pub left: Option<Left>,
    /// What stands above an entry in that state, with what to read instead.
    pub warning: Option<(String, Option<Way>)>,
    /// The table of facts.
    pub facts: Vec<FactShown>,
    /// Structured text.
    pub blocks: Vec<BlockShown>,
    /// Edges, grouped by kind and direction.
    pub relations: Vec<RelationGroup>,
    /// Attached files.
    pub files: Vec<FileShown>,
    /// Author, source, times (Đ6.3).
    pub credit: Credit,
    /// Labels of gates that an import was allowed to miss.
    pub lifted: Vec<String>,
    /// Computed pages about it that most readers want; none of an entry that has a warning.
    pub head_ways: Vec<Way>,
    /// Computed pages about the entry.
    pub ways: Vec<Way>,
    /// Metadata (TT 24/2011/TT-BTTTT).
    pub dublin_core: DublinCore,
    /// JSON-LD by declared mapping; addresses and edges are added by `web`.
    pub json_ld: Option<Value>,
    /// Edges, for metadata.
    pub ends: Vec<End>,
    /// The entry as legislation, where its collection declares that.
    pub eli: Option<EliShown>,
    /// How often its page was read this month, where its collection counts that.
    pub views: Option<u64>,
    /// Whether its changes may be subscribed to by mail.
    pub has_subscriptions: bool,
    /// It can be had as Akoma Ntoso.
    pub has_akn: bool,
    /// What it is in a list of references, where it can be cited.
    pub citation: Option<Citation>,
    /// Entries of other collections that belong to it.
    pub lists: Vec<DetailListShown>,
    /// Its table of figures.
    pub table: Option<TableShown>,
    /// What catalogues say of that.
    pub dataset: DatasetFacts,
    /// Its versions that are still read, the newest first; none where there is but one.
    pub versions: Vec<VersionShown>,
}

/// A table of figures as somebody chose from it.
#[derive(Debug, Clone)]
pub struct TableShown {
    /// All of it.
    pub table: Arc<Table>,
    /// What is shown of it.
    pub selection: Selection,
    /// The drawing that was asked for, as it was asked for.
    pub drawing: Option<String>,
    /// Whether the last column is compared with the first.
    pub is_compared: bool,
    /// Whether anything was chosen.
    pub is_chosen: bool,
    /// Where its places lie, when a map was asked for.
    pub map: Option<TableMap>,
    /// Whether the form was sent: its address is longer than that of what it shows.
    pub is_sent: bool,
    /// What the form shows of a dimension with many values.
    pub browsing: Browsing,
}

/// A look through the values of a dimension.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Browsing {
    /// Which dimension; none asks for none in particular.
    pub dimension: Option<usize>,
    /// Words that the values have.
    pub words: String,
    /// Which page of them, from 1.
    pub page: usize,
}

/// Places of a table that lie on a map.
#[derive(Debug, Clone)]
pub struct TableMap {
    /// The dimension that counts by them.
    pub dimension: usize,
    /// Place in the dimension, short name, area.
    pub areas: Vec<(usize, String, Area)>,
}

/// Entries of another collection on the page of one.
#[derive(Debug, Clone)]
pub struct DetailListShown {
    /// Its heading.
    pub title: String,
    /// What is said where there are none.
    pub empty: String,
    /// The newest.
    pub rows: Vec<RowShown>,
    /// How many there are.
    pub total: u64,
    /// The list with all of them, and the filter that narrows it.
    pub path: String,
    /// Name and value of the filter.
    pub filter: (String, String),
}

/// What may be said, and was said, of a part of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PartShown {
    /// `Điều 4`.
    pub name: String,
    /// How many entries speak of it.
    pub count: u64,
    /// The list of them, with the parameters that narrow it.
    pub list: (String, Vec<(String, String)>),
    /// Words of the link to the form, its path, and the parameter that names the part, while it takes anything.
    pub form: Option<(String, String, (String, String))>,
}

/// A labelled value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FactShown {
    /// Label.
    pub label: String,
    /// Value.
    pub value: Shown,
}

/// A value as it is shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Shown {
    /// Text.
    Text(String),
    /// `YYYY-MM-DD`.
    Date(String),
    /// Several texts.
    Texts(Vec<String>),
    /// A coloured word.
    Badge(Badge),
    /// Rows of a table: what each is called, and its other cells with their labels.
    Rows(Vec<(String, Vec<(String, String)>)>),
}

/// A block of structured text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BlockShown {
    /// Declared level, or empty for plain paragraphs.
    pub level: String,
    /// Depth of the level, from 0; the number of levels for plain paragraphs.
    pub depth: usize,
    /// Number of levels that make up the table of contents (those not inside another).
    pub outer: bool,
    /// "Điều 4.", "a)"; may be empty.
    pub label: String,
    /// Heading; may be empty.
    pub heading: String,
    /// Paragraphs.
    pub paragraphs: Vec<String>,
    /// Anchor.
    pub anchor: String,
    /// What may be said of it.
    pub part: Option<PartShown>,
}

/// Edges of one kind and direction.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RelationGroup {
    /// "Thay thế", "Được thay thế bởi".
    pub label: String,
    /// The other ends.
    pub items: Vec<RelationShown>,
}

/// The other end of an edge.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RelationShown {
    /// What to call it.
    pub label: String,
    /// Where it is read, when this portal has it.
    pub way: Option<Way>,
    /// What it is about.
    pub note: Option<String>,
}

/// An attached file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FileShown {
    /// Label or name.
    pub label: String,
    /// Path below the site.
    pub path: String,
    /// Media type.
    pub media_type: String,
    /// Size.
    pub size_bytes: u64,
    /// SHA-256, hexadecimal.
    pub sha256: String,
    /// What came of reading its text; none where nobody has read it yet.
    pub text: Option<TextState>,
}

/// Whom an entry names, and when it was posted (Đ6.3).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Credit {
    /// Author.
    pub author: String,
    /// Source.
    pub source: String,
    /// First publication, RFC 3339 in the site's zone.
    pub posted: Option<String>,
    /// Last change of the shown revision, the same form.
    pub updated: String,
}

/// The Dublin Core record; the first six are obligatory and never empty.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DublinCore {
    /// Tiêu đề.
    pub title: String,
    /// Người tạo.
    pub creator: String,
    /// Thời gian.
    pub date: String,
    /// Mô tả.
    pub description: String,
    /// Cơ quan ban hành.
    pub publisher: String,
    /// Yếu tố định danh.
    pub identifier: String,
    /// Recommended and optional elements by name.
    pub more: Vec<(String, String)>,
}

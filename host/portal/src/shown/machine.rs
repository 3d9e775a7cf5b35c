//! What programs are answered.

use dinh_domain::entry::Body;
use dinh_domain::ids::{CollectionId, EntryId, SiteId};

use super::{Detail, Section, Way};

/// A collection as it is told to programs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CollectionDescribed {
    /// Its full name.
    pub id: CollectionId,
    /// Its section on the visited site.
    pub section: Section,
    /// Name of one entry.
    pub label: String,
    /// Name of many.
    pub plural: String,
    /// What an entry holds.
    pub fields: Vec<FieldDescribed>,
    /// Parameters of its list.
    pub filters: Vec<ParameterDescribed>,
    /// Values of `sort`, the usual one first.
    pub orders: Vec<String>,
}

/// A field.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FieldDescribed {
    /// Its name.
    pub name: String,
    /// Its name for people.
    pub label: String,
    /// Every entry has it.
    pub required: bool,
    /// What it holds.
    pub shape: FieldShape,
}

/// What a field holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FieldShape {
    /// A text.
    Text,
    /// A list of texts.
    Texts,
    /// `YYYY-MM-DD`.
    Date,
    /// `YYYY-MM-DDTHH:MM`.
    Instant,
    /// A whole number.
    Integer,
    /// One of these, with their names.
    Choice(Vec<(String, String)>),
    /// Edges of these kinds.
    Relations(Vec<(String, String)>),
    /// Rows with these columns; whether each is a whole number.
    Rows(Vec<(String, bool)>),
    /// Structured text.
    Outline,
    /// Attached files.
    Files,
    /// A table of figures.
    Table,
}

/// A filter's parameter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ParameterDescribed {
    /// Its name.
    pub name: String,
    /// The filter's name for people.
    pub label: String,
    /// May be given several times, for any of the values.
    pub is_list: bool,
    /// Its values.
    pub shape: ParameterShape,
}

/// Values of a parameter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ParameterShape {
    /// A text.
    Text {
        /// Longest.
        max_chars: usize,
    },
    /// Four digits.
    Year,
    /// `YYYY-MM-DD`.
    Date,
    /// A whole number.
    Integer,
    /// One of these, with their names.
    Choice(Vec<(String, String)>),
}

/// Entries of a list.
#[derive(Debug, Clone, PartialEq)]
pub struct Items {
    /// The collection.
    pub collection: CollectionId,
    /// Entries on all answers together.
    pub total: u64,
    /// Where to go on; none at the end.
    pub next: Option<String>,
    /// Most entries of an answer, as asked.
    pub limit: u32,
    /// The entries.
    pub items: Vec<Item>,
    /// Filters, words and sort in canonical order.
    pub asked: Vec<(String, String)>,
}

/// An entry of a list.
#[derive(Debug, Clone, PartialEq)]
pub struct Item {
    /// For ever the same.
    pub id: EntryId,
    /// Key of the row it was imported from.
    pub key: Option<String>,
    /// Its site.
    pub site: SiteId,
    /// Where it is read.
    pub way: Way,
    /// Title.
    pub title: String,
    /// Language of the text.
    pub language: String,
    /// What it is about.
    pub summary: Option<String>,
    /// First publication, RFC 3339.
    pub published: String,
    /// Last change of what is shown, RFC 3339.
    pub updated: String,
    /// Its values of all indexes, in declared order.
    pub values: Vec<(String, ItemValue)>,
}

/// A value of an index.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ItemValue {
    /// None.
    None,
    /// A text, a date or the id of a choice.
    Text(String),
    /// Several texts.
    Texts(Vec<String>),
    /// A number or a year.
    Integer(i64),
}

/// What an id leads to.
#[derive(Debug)]
pub enum OneEntry {
    /// To an entry.
    Found(Box<FullEntry>),
    /// To one that was withdrawn.
    Withdrawn {
        /// What readers are told.
        reason: String,
        /// What stands in its place.
        successor: Option<Way>,
    },
    /// To nothing that this reader may see.
    NotFound,
}

/// Everything public of an entry.
#[derive(Debug)]
pub struct FullEntry {
    /// Its collection.
    pub collection: CollectionId,
    /// Where it is read.
    pub way: Way,
    /// Declared fields, without edges and files; choices as the calendar has them today.
    pub body: Body,
    /// Edges from and to it.
    pub links: Vec<FullLink>,
    /// Attached files.
    pub files: Vec<FullFile>,
    /// What its page shows.
    pub detail: Box<Detail>,
}

/// An edge, seen from an entry.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FullLink {
    /// The field that holds it.
    pub field: String,
    /// Its kind.
    pub kind: String,
    /// From the entry, or to it.
    pub outgoing: bool,
    /// The kind for people, as this end reads it.
    pub label: String,
    /// Code of the other end.
    pub code: String,
    /// Title of the other end, or what the edge calls it.
    pub title: String,
    /// The other end, where this reader may see it.
    pub id: Option<EntryId>,
    /// Its collection.
    pub collection: Option<CollectionId>,
    /// Its site.
    pub site: Option<SiteId>,
    /// Where it is read.
    pub way: Option<Way>,
}

/// An attached file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FullFile {
    /// The field that holds it.
    pub field: String,
    /// Label.
    pub label: String,
    /// Name to save under.
    pub name: String,
    /// Path below the site.
    pub path: String,
    /// Media type.
    pub media_type: String,
    /// Size.
    pub size_bytes: u64,
    /// SHA-256, hexadecimal.
    pub sha256: String,
}

/// What a search can find.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reach {
    /// Ids of sites.
    pub sites: Vec<String>,
    /// Full names of collections.
    pub collections: Vec<String>,
}

/// What a search found.
#[derive(Debug, Clone, PartialEq)]
pub struct HitsTold {
    /// All of them.
    pub total: u64,
    /// The best.
    pub hits: Vec<HitTold>,
}

/// A hit.
#[derive(Debug, Clone, PartialEq)]
pub struct HitTold {
    /// The entry.
    pub id: EntryId,
    /// Key of the row it was imported from.
    pub key: Option<String>,
    /// Its collection.
    pub collection: CollectionId,
    /// Its site.
    pub site: SiteId,
    /// Where it is read.
    pub way: Way,
    /// Title.
    pub title: String,
    /// A window of its text.
    pub snippet: String,
    /// How well it fits; compares hits of one answer only.
    pub score: f32,
}

use dinh_domain::dates::LocalDate;
use dinh_domain::ids::{CollectionId, EntryId, SiteId};

/// What is found of one entry: its published revision, in words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Document {
    /// The entry.
    pub id: EntryId,
    /// Its site.
    pub site: SiteId,
    /// Its collection.
    pub collection: CollectionId,
    /// Its key in the import it came from.
    pub key: Option<String>,
    /// Path of its page on its own site.
    pub url_path: String,
    /// Title of a hit; searched with `titles`.
    pub title: String,
    /// Shown below the title of a hit; searched only where `titles` or `body` hold it too.
    pub lead: Option<String>,
    /// Texts that weigh most and are not shown: the abstract, the kind with the number.
    pub titles: Vec<String>,
    /// The other texts; snippets come from them.
    pub body: Vec<String>,
    /// Texts of its attached files, searched like the body; a snippet says which it comes from.
    pub files: Vec<AttachedText>,
    /// Its numbers, as written.
    pub codes: Vec<String>,
    /// Names and values that hits are counted and narrowed by. A name may have several values.
    pub facets: Vec<(String, String)>,
    /// Among equal hits the newest comes first.
    pub date: Option<LocalDate>,
}

/// What an attached file says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AttachedText {
    /// What readers call the file.
    pub name: String,
    /// Its text.
    pub text: String,
}

/// A change of the index.
#[derive(Debug, Clone, PartialEq, Eq)]
#[expect(
    clippy::large_enum_variant,
    reason = "nearly all changes put a document in"
)]
pub enum Change {
    /// Puts a document in, in the place of the one with the same id.
    Put(Document),
    /// Takes a document out; nothing happens if there is none.
    Delete(EntryId),
}

//! What the portal answers: values and words, without a page around them. `web` gives them
//! addresses, markup and status.

mod dataset;
mod detail;
mod form;
mod found;
mod list;
mod machine;
mod outputs;
mod totals;
mod versions;

pub use dataset::{DatasetFacts, DatasetList, DatasetShown, DatasetsPage};
pub use detail::{
    BlockShown, Browsing, Credit, Detail, DetailListShown, DublinCore, FactShown, FileShown,
    PartShown, RelationGroup, RelationShown, Shown, TableMap, TableShown,
};
pub use form::{FormFieldShown, FormFileShown, FormFilesShown, FormHint, FormShown};
pub use found::{Completion, Elsewhere, FacetGroup, FacetValue, Found, Guess, Helped, HitShown};
pub use list::{
    Badge, Chip, FilterKind, FilterShown, Left, List, OptionShown, RowShown, SortShown,
};
pub use machine::{
    CollectionDescribed, FieldDescribed, FieldShape, FullEntry, FullFile, FullLink, HitTold,
    HitsTold, Item, ItemValue, Items, OneEntry, ParameterDescribed, ParameterShape, Reach,
};
pub use outputs::{
    AknShown, Copy, EliAnswer, EliShown, End, Listed, ListedPart, SiteMap, SiteMapFilter,
    SiteMapSection, SiteMapValue, Verdict, Verified,
};
pub use totals::{TotalLine, TotalsShown, TotalsTable};

pub use versions::{VersionShown, VersionText, Versions, VersionsCompared};

use dinh_domain::ids::{CollectionId, PluginId};
use dinh_render::SafeHtml;

/// A section of a site, or one of its further collections.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Section {
    /// The plugin behind it.
    pub plugin: PluginId,
    /// What its list holds.
    pub collection: CollectionId,
    /// Path on this site, without the slash before it: `van-ban`, `dich-vu-cong/noi-tiep-nhan`.
    pub path: String,
    /// The section as the menu names it; none where it is that itself.
    pub above: Option<Way>,
    /// Name for people.
    pub name: String,
    /// One sentence about it.
    pub description: String,
}

/// A link within a site: a path beginning with `/`, or absolute where it leads to another site.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Way {
    /// What people read.
    pub label: String,
    /// The path on the site named by `host`, or on the visited site.
    pub path: String,
    /// Host of another site of this portal.
    pub host: Option<String>,
}

/// What a path below a section leads to.
#[derive(Debug)]
pub enum Answer {
    /// The section's list.
    List(Box<List>),
    /// One entry.
    Detail(Box<Detail>),
    /// One entry, for paper.
    Print(Box<Detail>),
    /// One entry, to keep.
    Copy(Box<Copy>),
    /// One entry as Akoma Ntoso.
    Akn(Box<AknShown>),
    /// The table of one entry.
    Table(Box<(Detail, TableShown)>),
    /// One of its versions.
    Version(Box<VersionText>),
    /// Its versions, and two of them compared.
    Versions(Box<Versions>),
    /// One entry for a list of references.
    Reference(Box<Detail>, Reference),
    /// What the section's list comes to.
    Totals(Box<TotalsShown>),
    /// A page that the plugin computed.
    Computed(Box<Computed>),
    /// Bytes that the plugin computed; never HTML or script.
    Data {
        /// Media type.
        media_type: String,
        /// The bytes.
        bytes: Vec<u8>,
    },
    /// The entry lives at another path of this site (301).
    Moved(String),
    /// The plugin sends the reader elsewhere on this site (303).
    Redirect(String),
    /// The entry was withdrawn (410).
    Withdrawn(Box<Withdrawn>),
    /// Nothing here that this reader may see (404).
    NotFound,
}

/// Formats of references.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reference {
    /// BibTeX.
    Bibtex,
    /// RIS.
    Ris,
}

/// A page that a plugin computed.
#[derive(Debug)]
pub struct Computed {
    /// The section.
    pub section: Section,
    /// Title of the page.
    pub title: String,
    /// Status that the plugin chose.
    pub status: u16,
    /// Rendered by its checked template; none where the plugin has nothing to show beside the form.
    pub html: Option<SafeHtml>,
    /// Where the page belongs: the entry, or the section.
    pub back: Way,
    /// The form below it.
    pub form: Option<FormShown>,
}

/// An entry that is no longer shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Withdrawn {
    /// The section.
    pub section: Section,
    /// What readers are told.
    pub reason: String,
    /// What stands in its place.
    pub successor: Option<Way>,
}

/// The home page.
#[derive(Debug)]
pub struct Home {
    /// Whether the site has any section.
    pub has_sections: bool,
    /// What it shows, in order.
    pub blocks: Vec<HomeBlock>,
}

/// A block of the home page.
#[derive(Debug)]
pub struct HomeBlock {
    /// Its heading.
    pub title: String,
    /// What all of its entries are called: by the list's name, where it shows them in another order alone.
    pub all_of: String,
    /// The list of which it shows the first entries.
    pub section: Section,
    /// The parameters with which that list shows the same.
    pub asked: Vec<(String, String)>,
    /// Entries.
    pub rows: Vec<RowShown>,
    /// How many there are.
    pub total: u64,
    /// What is said where there are none, if its collection says that in its own words.
    pub empty: Option<String>,
}

/// A stored file that this reader may have.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FileFound {
    /// Name to save under.
    pub name: String,
    /// Media type.
    pub media_type: String,
    /// Size.
    pub size_bytes: u64,
    /// SHA-256, hexadecimal: the file's ETag.
    pub sha256: String,
}

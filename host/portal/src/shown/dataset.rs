//! Open data as programs are told of it.

use dinh_domain::ids::{CollectionId, EntryId};
use dinh_domain::site::Site;

use super::{DublinCore, Section};

/// A page of a site's catalogue.
#[derive(Debug, Clone)]
pub struct DatasetsPage {
    /// The lists of the site, on the first page.
    pub lists: Vec<DatasetList>,
    /// Sites of the organisations below, on the first page.
    pub below: Vec<Site>,
    /// Entries with a table of figures.
    pub datasets: Vec<DatasetShown>,
    /// The next page begins behind this entry; none on the last.
    pub next: Option<EntryId>,
}

/// The list of a collection, which is given out as files.
#[derive(Debug, Clone)]
pub struct DatasetList {
    /// Name of many entries.
    pub title: String,
    /// Where it stands.
    pub section: Section,
    /// What it lists.
    pub collection: CollectionId,
}

/// An entry with a table of figures.
#[derive(Debug, Clone)]
pub struct DatasetShown {
    /// The entry.
    pub id: EntryId,
    /// Its path.
    pub path: String,
    /// Title, description, publisher, identifier.
    pub dublin_core: DublinCore,
    /// What its collection declares for catalogues.
    pub facts: DatasetFacts,
    /// First published, RFC 3339.
    pub issued: Option<String>,
    /// Changed, RFC 3339.
    pub modified: String,
    /// Names of its dimensions.
    pub measured: Vec<String>,
    /// How many cells its table has.
    pub cells: usize,
}

/// What a collection declares of its entries for catalogues of data.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct DatasetFacts {
    /// The first day that the figures are about, `YYYY-MM-DD`.
    pub begins: Option<String>,
    /// The last one.
    pub ends: Option<String>,
    /// The place.
    pub spatial: Option<String>,
    /// The subject.
    pub theme: Option<String>,
    /// How often there are new figures.
    pub frequency: Option<String>,
}

//! What a page shows, as typed values: one struct for each kind of page, filled by `web`, so that no key can
//! be misspelt. All text is plain (the templates escape it); all addresses are ready to use as `href`.

mod article;
mod batch;
mod desk;
mod detail;
mod dublin_core;
mod entry_form;
mod error_page;
mod fact;
mod figures;
mod forms;
mod frame;
mod home;
mod home_order;
mod kept;
mod list;
mod paging;
mod plugin_page;
mod roster;
mod row;
mod search;
mod sheet;
mod site_map;
mod snippet;
mod totals;
mod verify;
mod versions;

#[cfg(test)]
mod tests;

pub use article::{Article, Block, BlockKind, PlacedBlock, TocItem};
pub use batch::{
    BatchAsk, BatchChoose, BatchColumn, BatchLine, BatchLines, BatchLook, BatchPage, BatchRow,
    BatchWanted,
};
pub use desk::{DeskPage, DeskPast, DeskStep, RoomBulk, RoomPage, RoomPick, RoomRow, RoomTab};
pub use detail::{
    BelongingList, CitationShown, Credit, DetailPage, FileLink, Relation, RelationGroup,
};
pub use dublin_core::{DublinCore, DublinCoreElement};
pub use entry_form::{
    BeginKind, BeginPage, BeginSite, ChangePart, EntryFormCell, EntryFormField, EntryFormFound,
    EntryFormItem, EntryFormPage, FieldChange, MeanwhileShown, RevisionPage, RevisionRow,
};
pub use error_page::{ErrorKind, ErrorPage};
pub use fact::{Fact, FactValue};
pub use figures::{
    FigureBrowse, FigureCell, FigureChoice, FigureChooser, FigureDimension, FigureHead, FigureMany,
    FigureRow, FigureSign, Figures, FiguresPage,
};
pub use forms::{FormsField, FormsForm, FormsPage, FormsPart};
pub use frame::{Alternate, Contact, Crumb, Frame, Link, MenuItem, Notice, Share, Site, Tone};
pub use home::{HomeBlock, HomePage};
pub use home_order::{HomeOrderButton, HomeOrderPage, HomeOrderRow};
pub use kept::{CopyPage, CopyStyle, PrintPage};
pub use list::{Chip, Filter, FilterOption, HiddenField, ListPage, SortLink};
pub use paging::{PageLink, Paging};
pub use plugin_page::{PluginForm, PluginFormChoice, PluginFormField, PluginFormFile, PluginPage};
pub use roster::RosterPage;
pub use row::{Badge, Row};
pub use search::{CountedLink, Facet, FacetItem, SearchHit, SearchPage};
pub use sheet::{Sheet, SheetCell, SheetDimension, SheetPage, SheetRow};
pub use site_map::{SiteMapFilter, SiteMapGroup, SiteMapPage};
pub use snippet::{Snippet, SnippetPart};
pub use totals::{TotalsLine, TotalsPage, TotalsTable};
pub use verify::{VerifyPage, VerifyState};
pub use versions::{
    VersionField, VersionPart, VersionPick, VersionRow, VersionsDiffer, VersionsPage,
};

use serde::Serialize;

/// A kind of page: it knows the template that shows it.
pub trait View: Serialize {
    /// File name of the page's template in the theme's `templates/`, without `.hbs`.
    const TEMPLATE: &'static str;
}

/// A whole page: the frame that every page has, and what is particular to this one.
#[derive(Debug, Clone, Serialize)]
pub struct Page<V: View> {
    /// Header, menu, breadcrumb, metadata, footer.
    pub frame: Frame,
    /// The main part.
    pub body: V,
}

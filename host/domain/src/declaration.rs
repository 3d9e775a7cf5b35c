//! What a plugin declares: its manifest, collections, code lists and import mappings.
//!
//! A declaration is read once, checked as a whole and then trusted. Every fault names the file,
//! the line where there is one, and what to do; an unknown key is a fault that names the nearest
//! known one.

mod below;
mod block;
mod check;
mod collection;
mod fetch;
mod field;
mod form;
mod import;
mod job;
mod law;
mod law_check;
mod list;
mod manifest;
mod parse;
mod place;
mod schema;
mod setting;
mod submission;
#[cfg(test)]
pub(crate) mod tests;
mod view;
mod webhook;

pub use below::Below;
pub use block::{
    BLOCK_ROWS, BLOCK_ROWS_MAX, BLOCKS_MAX, Block, DeclaredBlock, NEWEST_BLOCK, POPULAR, Wanted,
};
pub use check::is_reserved_mount;
pub use collection::{
    Calendar, Collection, Credit, Duty, Review, SearchDeclaration, Versions, Volatility,
    WorkflowChoice,
};
pub use fetch::{FetchPlace, FetchScheme};
pub use field::{
    ByDate, Column, ColumnKind, DEFAULT_MAX_CHARS, DEFAULT_MAX_ITEMS, DateDefault, Field,
    FieldKind, IndexDeclaration, IndexType, Level, When, target_of,
};
pub use form::{
    FORM_FIELDS_MAX, FormChoice, FormFault, FormField, FormFieldKind, FormRead, read_form,
};
pub use import::{
    FILE_MEMBER, ImportField, ImportMapping, MappedMember, RowsFrom, SheetRows, TITLE_MEMBER,
    TableFile, TypedDates,
};
pub use job::{JOB_MINUTES_MAX, JOB_MINUTES_MIN, JobDeclaration, Schedule};
pub use law::{Akn, AknElement, AknModification, Eli, Pattern};
pub use list::{CodeList, CodeValue};
pub use manifest::{
    Capability, FIXED_WORDS, Fallback, Hook, HookEvent, Manifest, OfferedOn, Publisher, Route,
    RouteKind,
};
pub use parse::one_file;
pub use schema::{Schemas, schema_of, schemas};
pub use setting::{SECRET_BYTES_MIN, SETTING_BYTES_MAX, Setting, SettingKind};
pub use submission::{
    AboutField, Answer, CONSENT_FIELD, Hold, MASKED, OFFICE, Points, PrivateAccess, PrivateField,
    PrivateKind, SENT_BYTES_MAX, SENT_FILE_BYTES_MAX, SENT_FILES_MAX, SHOWN, Signed, Submission,
    SubmissionField,
};
pub use view::{
    BibtexKind, Citation, Dataset, DetailList, DetailView, ListView, RisKind, SchemaOrg,
    SchemaOrgValues, TOTALS_CSV, TOTALS_MAX, TOTALS_PATH, Totals, View,
};
pub use webhook::{WEBHOOK_BYTES_MAX, WEBHOOK_MOUNT, WEBHOOKS_A_MINUTE_MAX, WebhookDeclaration};

use std::collections::BTreeMap;
use std::fmt;

use indexmap::IndexMap;

use crate::search_words::{SEARCH_WORDS_FILE, SearchWords};

/// Words below an entry's address that the host answers itself: print view, saved copy, Akoma Ntoso, table of figures,
/// versions, citations.
pub const ENTRY_WORDS: [&str; 7] = [
    "ban-in",
    "ban-luu",
    "akn.xml",
    "bang",
    VERSIONS_WORD,
    "trich-dan.bib",
    "trich-dan.ris",
];
/// The word of an entry's versions; each has its number below it.
pub const VERSIONS_WORD: &str = "phien-ban";

/// The files of a plugin's folder: path relative to it, with `/`, and content.
pub type PluginFiles = BTreeMap<String, Vec<u8>>;

/// Everything one plugin declares, checked.
#[derive(Debug, Clone)]
pub struct Declaration {
    /// `plugin.toml`.
    pub manifest: Manifest,
    /// `collections/<name>.toml`, by name; the first, which has no path of its own, owns `/{section}/{slug}`.
    pub collections: IndexMap<String, Collection>,
    /// `lists/<name>.toml`.
    pub lists: IndexMap<String, CodeList>,
    /// `imports/<name>.toml`.
    pub imports: IndexMap<String, ImportMapping>,
    /// `search/vi.toml`, where there is one.
    pub search_words: SearchWords,
}

/// One fault of a declaration, for the vendor and the operator.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DeclarationFault {
    /// File within the plugin's folder.
    pub file: String,
    /// Line, from 1; none where the fault is of the whole file.
    pub line: Option<usize>,
    /// What is wrong and what to do.
    pub message: String,
}

impl fmt::Display for DeclarationFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.line {
            Some(line) => write!(f, "{}:{line}: {}", self.file, self.message),
            None => write!(f, "{}: {}", self.file, self.message),
        }
    }
}

impl Declaration {
    /// Reads and checks a plugin's declarations.
    pub fn parse(files: &PluginFiles) -> Result<Self, Vec<DeclarationFault>> {
        let mut faults = Vec::new();
        let declaration = parse::declaration(files, &mut faults);
        // What names a collection that could not be read is not at fault.
        let whole = !faults.iter().any(|it| it.file.starts_with("collections/"));
        if let Some(declaration) = &declaration {
            check::declaration(declaration, whole, &mut faults);
            declaration
                .search_words
                .check(SEARCH_WORDS_FILE, &mut faults);
        }
        place::find(files, &mut faults);
        match declaration {
            Some(declaration) if faults.is_empty() => Ok(declaration),
            _ => Err(faults),
        }
    }

    /// A collection by its name within the plugin.
    pub fn collection(&self, name: &str) -> Option<&Collection> {
        self.collections.get(name)
    }

    /// What the search is to know: the plugin's own words, and the abbreviations of its lists.
    pub fn search_words(&self) -> SearchWords {
        let mut words = self.search_words.clone();
        let values = self.lists.values().flat_map(|list| &list.values);
        for value in values {
            if let Some(short) = &value.short {
                let known = words.abbreviations.entry(short.clone()).or_default();
                known.push(value.vi.clone());
            }
        }
        words
    }

    /// The code list that a choice or relation field uses.
    pub fn list_of(&self, field: &Field) -> Option<&CodeList> {
        self.lists.get(field.kind.list()?)
    }
}

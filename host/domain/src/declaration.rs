//! What a plugin declares: its manifest, collections, code lists and import mappings.
//!
//! A declaration is read once, checked as a whole and then trusted. Every fault names the file,
//! the line where there is one, and what to do; an unknown key is a fault that names the nearest
//! known one.

mod check;
mod collection;
mod field;
mod import;
mod list;
mod manifest;
mod parse;
#[cfg(test)]
pub(crate) mod tests;
mod view;

pub use collection::{
    Collection, Credit, Duty, Review, SearchDeclaration, Volatility, WorkflowChoice,
};
pub use field::{
    ByDate, DEFAULT_MAX_CHARS, DEFAULT_MAX_ITEMS, Field, FieldKind, IndexDeclaration, IndexType,
    Level,
};
pub use import::{ImportField, ImportMapping, MappedMember};
pub use list::{CodeList, CodeValue};
pub use manifest::{
    Capability, FIXED_WORDS, Fallback, Hook, HookEvent, Manifest, OfferedOn, Publisher, Route,
};
pub use view::{DetailView, ListView, SchemaOrg, SchemaOrgValues, View};

use std::collections::BTreeMap;
use std::fmt;

use indexmap::IndexMap;

/// The files of a plugin's folder: path relative to it, with `/`, and content.
pub type PluginFiles = BTreeMap<String, Vec<u8>>;

/// Everything one plugin declares, checked.
#[derive(Debug, Clone)]
pub struct Declaration {
    /// `plugin.toml`.
    pub manifest: Manifest,
    /// `collections/<name>.toml`, by name; the first owns `/{section}/{slug}`.
    pub collections: IndexMap<String, Collection>,
    /// `lists/<name>.toml`.
    pub lists: IndexMap<String, CodeList>,
    /// `imports/<name>.toml`.
    pub imports: IndexMap<String, ImportMapping>,
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
        if let Some(declaration) = &declaration {
            check::declaration(declaration, &mut faults);
        }
        match declaration {
            Some(declaration) if faults.is_empty() => Ok(declaration),
            _ => Err(faults),
        }
    }

    /// A collection by its name within the plugin.
    pub fn collection(&self, name: &str) -> Option<&Collection> {
        self.collections.get(name)
    }

    /// The code list that a choice or relation field uses.
    pub fn list_of(&self, field: &Field) -> Option<&CodeList> {
        self.lists.get(field.kind.list()?)
    }
}

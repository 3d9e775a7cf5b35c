//! `[[blocks]]` of a collection: what it shows on the home page of a site.

#[cfg(test)]
mod tests;

use std::borrow::Cow;

use indexmap::IndexMap;
use schemars::JsonSchema;
use serde::Deserialize;

use super::{Collection, Declaration};
use crate::ids::{ID_PATTERN, Slug};

/// Most rows of a block: the home page leads on, the list is the place to read.
pub const BLOCK_ROWS_MAX: u32 = 10;
/// Rows of a block that names no number.
pub const BLOCK_ROWS: u32 = 5;
/// Most blocks of one plugin: a home page has room for several sections.
pub const BLOCKS_MAX: usize = 10;
/// Name of the block of a section that declares none.
pub const NEWEST_BLOCK: &str = "newest";
/// The sort by how often entries are read.
pub const POPULAR: &str = "popular";

/// One block.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Block {
    /// Its name, of which the plugin has one: what a site's order is kept by. Never re-used for another block.
    #[schemars(with = "String", extend("pattern" = ID_PATTERN))]
    pub name: Slug,
    /// Locale key of its heading.
    pub title: String,
    /// Parameters of the list, as its address has them: `validity = "in-force"`, `issued_on_from = "2026-01-01"`.
    #[serde(default)]
    pub filter: IndexMap<String, Wanted>,
    /// One of the list's sorts, with `-` for descending, or `popular`; the list's own without it.
    #[serde(default)]
    pub sort: Option<String>,
    /// Rows, 1 to 10.
    #[serde(default = "rows")]
    #[schemars(range(min = 1, max = BLOCK_ROWS_MAX))]
    pub count: u32,
    /// Fields shown in each row; those of the list without it.
    #[serde(default)]
    pub columns: Option<Vec<String>>,
    /// Locale key of what is said while there is nothing; without it the block is left out then.
    #[serde(default)]
    pub empty: Option<String>,
}

/// What a filter asks for.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(untagged, expecting = "a text, or a list of texts")]
pub enum Wanted {
    /// One value.
    One(String),
    /// Any of several.
    Several(Vec<String>),
}

/// A block with the collection that it shows.
#[derive(Debug, Clone)]
pub struct DeclaredBlock<'a> {
    /// Name of the collection.
    pub name: &'a str,
    /// The collection.
    pub collection: &'a Collection,
    /// The block.
    pub block: Cow<'a, Block>,
}

fn rows() -> u32 {
    BLOCK_ROWS
}

impl Wanted {
    /// Its values.
    pub fn values(&self) -> &[String] {
        match self {
            Self::One(value) => std::slice::from_ref(value),
            Self::Several(values) => values,
        }
    }
}

impl Block {
    /// Whether it shows what is read most.
    pub fn is_popular(&self) -> bool {
        self.sort.as_deref() == Some(POPULAR)
    }

    /// The parameters of the list that shows the same; what is read most is no order of lists.
    pub fn params(&self) -> Vec<(String, String)> {
        let filters = self.filter.iter().flat_map(|(name, wanted)| {
            let values = wanted.values().iter();
            values.map(move |value| (name.clone(), value.clone()))
        });
        let sort = self.sort.iter().filter(|_| !self.is_popular());
        let sort = sort.map(|it| ("sort".to_owned(), it.clone()));
        filters.chain(sort).collect()
    }
}

impl Declaration {
    /// The blocks that a site's home page may show, in the order of collections. The collection at the mount has one
    /// where it declares none: the first entries in the list's own order, under the section's name.
    pub fn blocks(&self) -> Vec<DeclaredBlock<'_>> {
        let collections = self.collections.iter();
        let found = collections.flat_map(|(name, collection)| {
            let blocks: Vec<Cow<'_, Block>> = match &collection.blocks {
                Some(blocks) => blocks.iter().map(Cow::Borrowed).collect(),
                None if collection.path.is_some() => Vec::new(),
                None => self.newest().map(Cow::Owned).into_iter().collect(),
            };
            let blocks = blocks.into_iter();
            blocks.map(move |block| DeclaredBlock {
                name,
                collection,
                block,
            })
        });
        found.collect()
    }

    fn newest(&self) -> Option<Block> {
        Some(Block {
            name: Slug::new(NEWEST_BLOCK).ok()?,
            title: self.manifest.name.clone(),
            filter: IndexMap::new(),
            sort: None,
            count: BLOCK_ROWS,
            columns: None,
            empty: None,
        })
    }
}

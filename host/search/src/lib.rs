//! The search: published entries in an index of this node alone, which can be thrown away and
//! made again from the store at any time.
//!
//! Read in this order: what goes in ([`Document`], [`Change`]), what is asked and answered
//! ([`Request`], [`Answer`]), the [`Index`]; then how text becomes terms (`analysis`), how words
//! and numbers become a query (`query`), and how a [`Scope`](dinh_domain::visibility::Scope)
//! becomes a part of it (`scope`). [`Index::help`] and [`Index::complete`] are what a reader gets
//! beside the hits.

mod document;
mod request;

mod error;
mod index;

mod analysis;
mod fields;

mod complete;
mod counts;
mod help;
mod query;
mod scope;
mod search;
mod snippet;
mod stored;
mod visible;

#[cfg(test)]
mod known_items;
#[cfg(test)]
mod sample;

pub use complete::COMPLETIONS_MAX;
pub use document::{AttachedText, Change, Document};
pub use error::SearchError;
pub use help::{Asking, Help};
pub use index::{Index, Opened};
pub use request::{Answer, Hit, IDS_MAX, LIMIT_MAX, OFFSET_MAX, QUERY_CHARS_MAX, Request};
pub use snippet::Snippet;

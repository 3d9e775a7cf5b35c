//! The use cases of the portal: who may do what, in which order, recorded how. One use case is one
//! function and one transaction. Nothing here knows HTTP, SQL or a particular section.
//!
//! Read in this order: [`Portal`], [`Visit`], what is answered ([`shown`]), what is written
//! ([`Draft`], [`ImportRow`]).

mod ask;
mod duties;
mod failure;
mod file_texts;
mod files;
mod home;
mod host_calls;
mod import;
mod indexer;
mod operate;
mod plugins;
mod portal;
mod post;
mod search;
mod section;
pub mod shown;
mod visit;
mod withdraw;

pub use failure::Failure;
pub use file_texts::FILE_LINES_MAX;
pub use import::{FlaggedFile, ImportCount, ImportRow, ImportRun, RowFaults, TextFault};
pub use operate::{ModuleLine, PluginLine};
pub use plugins::{COMPONENT, LoadedPlugin, PluginRefused, Plugins};
pub use portal::{Clock, Parts, Portal, Readiness};
pub use post::{Draft, NewContent, NewFile, Posted};
pub use visit::{Arrival, Visit};

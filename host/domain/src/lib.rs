//! Values and pure decisions of the portal: no input or output, no clock, no async.
//!
//! Read in this order: the names of things ([`ids`], [`dates`]), what a plugin declares
//! ([`declaration`]), what an entry holds ([`body`], [`outline`], [`index`], [`canonical`]), how it is asked for
//! ([`query`]), who may see it ([`site`], [`people`], [`visibility`]) and what may be done with it
//! ([`workflow`]).

pub mod body;
pub mod canonical;
pub mod dates;
pub mod declaration;
pub mod display;
pub mod eli;
pub mod entry;
pub mod entry_form;
pub mod fault;
pub mod file_text;
pub mod host_name;
pub mod ids;
pub mod index;
pub mod organisation;
pub mod outline;
pub mod people;
pub mod profile;
pub mod proposal;
pub mod query;
pub mod rows;
pub mod search_words;
pub mod site;
pub mod submission;
pub mod table;
pub mod vietnamese;
pub mod visibility;
pub mod workflow;

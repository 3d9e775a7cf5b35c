//! What the portal shows becomes what the theme shows: addresses, menu, breadcrumb, metadata.

pub(crate) mod akn;
pub(crate) mod assignment;
pub(crate) mod audit;
pub(crate) mod computed;
pub(crate) mod delegation;
pub(crate) mod desk;
pub(crate) mod detail;
pub(crate) mod entry_form;
mod fact;
pub(crate) mod feed;
mod file_format;
pub(crate) mod home;
pub(crate) mod invitation;
pub(crate) mod kept;
pub(crate) mod list;
pub(crate) mod metadata;
pub(crate) mod module;
pub(crate) mod open_search;
pub(crate) mod organisation;
pub(crate) mod organisations;
pub(crate) mod own_account;
mod password;
pub(crate) mod people;
pub(crate) mod person;
pub(crate) mod plugins;
pub(crate) mod revision;
pub(crate) mod rooms;
mod row;
pub(crate) mod search;
mod setting;
pub(crate) mod sign_in;
pub(crate) mod site_map;
pub(crate) mod verify;

pub(crate) use feed::FEED;
pub(crate) use setting::{Setting, bare_site};

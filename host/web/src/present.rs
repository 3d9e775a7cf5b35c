//! What the portal shows becomes what the theme shows: addresses, menu, breadcrumb, metadata.

pub(crate) mod akn;
pub(crate) mod computed;
pub(crate) mod detail;
mod fact;
mod file_format;
pub(crate) mod home;
pub(crate) mod kept;
pub(crate) mod list;
mod metadata;
mod row;
pub(crate) mod search;
mod setting;
pub(crate) mod site_map;
pub(crate) mod verify;

pub(crate) use setting::{Setting, bare_site};

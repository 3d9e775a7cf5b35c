//! HTTP: our accept loop, one way for every request, one list of routes, and the pages that the theme
//! shows.
//!
//! Read in this order: [`Web`], `answer.rs` (the way of a request), `routes.rs` (what there is),
//! `cached.rs` (what is kept), `handlers/` (one an action), `present/` (what the portal shows becomes what the theme shows),
//! `problem.rs` (every refusal and failure becomes a page).
//!
//! Absent here: SQL, files of plugins, decisions about who may see what, and any word about what a
//! section is.

mod access_log;
mod answer;
mod api;
mod asked;
mod cached;
mod client;
mod closed;
mod csv;
mod desk;
mod exports;
mod guard;
mod handlers;
mod links;
mod notice;
mod operator;
mod options;
mod page_cache;
mod percent;
mod plain;
mod present;
mod problem;
mod rate;
mod reader;
mod renders;
mod reply;
mod router;
mod routes;
mod security;
mod sendings;
mod serve;
mod state;
mod uploads;
mod web;
mod webhook;
mod xml;

pub use notice::Notice;
pub use options::{
    CLIENT_CONNECTIONS, CLIENT_REQUESTS_PER_SECOND, HttpOptions, PAGE_CACHE_BYTES, PublicScheme,
    UnknownScheme,
};
pub use routes::patterns;
pub use web::{Web, WebEndpoint};

//! HTTP: our accept loop, one way for every request, one list of routes, and the pages that the theme
//! shows.
//!
//! Read in this order: [`Web`], `answer.rs` (the way of a request), `routes.rs` (what there is),
//! `handlers/` (one an action), `present/` (what the portal shows becomes what the theme shows),
//! `problem.rs` (every refusal and failure becomes a page).
//!
//! Absent here: SQL, files of plugins, decisions about who may see what, and any word about what a
//! section is.

mod access_log;
mod answer;
mod api;
mod asked;
mod closed;
mod csv;
mod exports;
mod guard;
mod handlers;
mod links;
mod options;
mod percent;
mod plain;
mod present;
mod problem;
mod reply;
mod router;
mod routes;
mod security;
mod serve;
mod state;
mod web;
mod xml;

pub use options::{HttpOptions, PublicScheme, UnknownScheme};
pub use web::{Web, WebEndpoint};

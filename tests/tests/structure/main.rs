//! House rules of the project, held by tests: who may depend on whom, how long a file may be, what the host
//! may not know, what the tree may not name, and the shape of a plugin's folder.
//!
//! Each rule is a function from data to faults; it is applied to the project, and beside that to an example
//! that breaks it, so that no rule can go blind unseen.

#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "the whole crate is tests"
)]

mod contract;
mod files;
mod graph;
mod mutants;
mod names;
mod plugin_folders;
mod sections;
mod sizes;
mod strings;

//! Tries every limit of the sandbox with a guest that misbehaves on request.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test's support may fail the test"
)]

mod answers;
mod code_cache;
mod content;
mod host;
mod limits;
mod loading;
mod recovery;

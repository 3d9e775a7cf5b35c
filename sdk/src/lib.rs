//! The SDK for vendors: a plugin is a manifest, declarations and a few pure functions.
//!
//! A page takes a [`Request`] and a [`Host`] and answers an [`Outcome`]; a hook takes a [`Draft`]
//! and answers the completed body or its [`Fault`]s. On wasm32 the host is the portal, in native
//! tests it is [`testing::FakeHost`]. The contract itself is in `wit/`.

pub use desk::{DraftError, DraftFault, Effect, NewDraft, Saved, Target};
pub use draft::Draft;
pub use entry::{Entry, EntryPage, Link, Object};
pub use export::{Forms, Hooks, Jobs, Pages, Webhooks};
pub use fetch::{Fetch, FetchError, Fetched, Method};
pub use host::{ContentError, Host, Level};
pub use job::{Enqueue, Job, JobError, Step};
pub use kept::{KvError, KvItem, KvPage, SettingError};
pub use outcome::{Fault, Outcome, View};
pub use query::{Condition, CountQuery, Counts, Op, Query, Sort, ValueCount};
pub use request::Request;
pub use submission::Submission;
pub use table::{Cell, Code, Dimension, Role, Slice, Table};
pub use webhook::{Delivery, Reply, is_hmac_sha256};
pub use {serde, serde_json};

mod desk;
mod draft;
mod entry;
mod export;
mod fetch;
#[cfg(target_arch = "wasm32")]
#[doc(hidden)]
pub mod guest;
mod host;
mod job;
mod kept;
mod outcome;
mod query;
mod request;
mod submission;
mod table;
#[cfg(not(target_arch = "wasm32"))]
pub mod testing;
mod webhook;

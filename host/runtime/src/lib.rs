//! Runs plugins: WebAssembly components, one fresh instance a call, under limits.
//!
//! A guest reaches the portal only through [`HostCalls`], which `portal` implements with the
//! permission check of the person the call is made for. Absent here: files, sockets, the
//! environment, a clock other than the call's, anything that outlives a call, and any
//! knowledge of what a plugin is about.

pub use answer::{
    Fault, Outcome, RECEIVED_BYTES_MAX, RECEIVED_STATUSES, Received, Step, Submitted, Validated,
    View,
};
pub use breaker::{Breaker, BreakerKey, BreakerReport, BreakerState, Export};
pub use budget::Budget;
pub use call::{Call, Delivery, Job, Request, Submission};
pub use capability::Capability;
pub use code_cache::{CodeCache, CodeCacheError, CodeFigures, CodeSource};
pub use compiler::{COMPILE_COMMAND, Compiler, CompilerFailure, compile_here};
pub use content::{
    Counts, Entry, EntryPage, FacetCounts, HostCalls, HostError, Level, Link, ValueCount,
};
pub use draft::{
    DRAFT_BYTES_MAX, DraftEffect, DraftError, DraftFault, DraftTarget, NewDraft, SavedDraft,
};
pub use engine::{Allocator, Engine, EngineOptions, Health, Oversight};
pub use error::{CallError, RuntimeError};
pub use fetch::{FETCH_MS_MAX, FetchError, FetchMethod, FetchRequest, FetchResponse};
pub use job::{JOB_CURSOR_BYTES_MAX, JOB_DELAY_S_MAX, JOB_PAYLOAD_BYTES_MAX, JobError, NewJob};
pub use kept::{
    KV_KEY_BYTES_MAX, KV_SCAN_MAX, KV_VALUE_BYTES_MAX, KvError, KvItem, KvPage, Setting,
    SettingError,
};
pub use plugin::{Compiled, Exports, Plugin};
pub use question::{Condition, CountQuery, Query, Scalar, Sort, Test};
pub use table::{TableCell, TableDescription, TableDimension, TablePicks, TablePlace, TableRole};
pub use tally::{CallFigures, Ending, LastTrap, Spread};

mod answer;
mod bindings;
mod breaker;
mod budget;
mod call;
mod capability;
mod code_cache;
mod compiler;
mod content;
mod draft;
mod engine;
mod error;
mod fetch;
mod job;
mod kept;
mod plugin;
mod question;
mod state;
mod table;
mod tally;

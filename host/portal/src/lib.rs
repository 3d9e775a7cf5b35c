//! The use cases of the portal: who may do what, in which order, recorded how. One use case is one
//! function and one transaction. Nothing here knows HTTP, SQL or a particular section.
//!
//! Read in this order: [`Portal`], [`Visit`], what is answered ([`shown`]), what is written
//! ([`Draft`], [`ImportRow`]).

mod allowance;
mod ask;
mod audit;
mod desk;
mod duties;
mod eli;
mod failure;
mod fetch;
mod file_texts;
mod files;
mod follow;
mod freshness;
mod home;
mod host_calls;
mod import;
mod indexer;
mod install;
mod jobs;
mod machine;
mod operate;
mod people;
mod plugins;
mod portal;
mod post;
mod publications;
mod relation;
mod search;
mod section;
mod settings;
pub mod shown;
mod site_map;
mod values;
mod verify;
mod visit;
mod webhook;
mod withdraw;

pub use ask::MAX_WORDS_CHARS;
pub use audit::ActLine;
pub use desk::{
    DESK_LINES_MAX, Done, OpenEntry, Room, RoomLine, RoomPage, RoomQuery, Step, StepLine,
    StepOffer, Taken, Text, Undone, Written,
};
pub use dinh_domain::query::MAX_FILTER_VALUES;
pub use failure::Failure;
pub use file_texts::FILE_LINES_MAX;
pub use files::FileContent;
pub use follow::Knowledge;
pub use freshness::Freshness;
pub use import::{
    FlaggedFile, ImportCount, ImportPreparer, ImportRow, ImportRun, PreparedRow, RowFaults,
    TextFault,
};
pub use install::{
    Consent, Installed, KeyLine, PackageOrigin, Rehearsal, check_files, check_package,
};
pub use jobs::{JobCountLine, JobLine};
pub use machine::{
    BadParameter, Category, Cell, ColumnName, DEFAULT_LIMIT, Export, Feed, FeedEntry, MAX_LIMIT,
    SHEET_ROWS_MAX, Spreadsheet,
};
pub use operate::{
    BreakerLine, CallLine, Family, FamilyKind, HeldLine, Measure, ModuleLine, PluginLine,
    RefusalLine, Sample, SandboxLine, TrapLine,
};
pub use people::{
    Accepted, AccountLine, By, Changed, Device, InvitationShown, Invited, NewPerson, Owes,
    OwnAccount, PeopleOptions, SignIn, SignedIn, SignedToken, TotpShown,
};
pub use plugins::{COMPONENT, LoadedPlugin, PluginRefused, Plugins};
pub use portal::{Clock, Parts, Portal, Readiness};
pub use post::{CHECK_CPU_MS, Draft, NewContent, NewFile, Posted};
pub use relation::{RelationLine, RelationPage};
pub use settings::{SettingChange, SettingLine};
pub use visit::{Arrival, LANGUAGE, Visit};
pub use webhook::{Told, Webhook, WebhookAt};

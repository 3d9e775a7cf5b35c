//! The use cases of the portal: who may do what, in which order, recorded how. One use case is one
//! function and one transaction. Nothing here knows HTTP, SQL or a particular section.
//!
//! Read in this order: [`Portal`], [`Visit`], what is answered ([`shown`]), what is written
//! ([`Draft`], [`ImportRow`]).

mod allowance;
mod ask;
mod audit;
mod backup;
mod compare;
mod desk;
mod drafts;
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
mod mail;
mod operate;
mod organisations;
mod people;
mod plugins;
mod portal;
mod post;
mod publications;
mod relation;
mod seals;
mod search;
mod section;
mod settings;
pub mod shown;
mod site_map;
mod sites;
mod submission;
mod subscription;
mod sweep;
mod table;
mod usage;
mod values;
mod verify;
mod visit;
mod webhook;
mod withdraw;

pub use ask::MAX_WORDS_CHARS;
pub use audit::{ACT_NAMES, ACTS_EXPORT, ACTS_MAX, ActLine, ActShown, ActsPage, ActsQuery};
pub use backup::{BackupLine, BackupPlace, RESTORED, RestoredBy, verify_backup};
pub use compare::{PartChange, PartChanges, Words};
pub use desk::{
    AlikeAnswered, Assignable, Assigned, BATCH_BYTES_MAX, BATCH_COLUMNS_MAX, BATCH_LINES_SHOWN,
    BATCH_ROWS_MAX, BATCH_ROWS_SHOWN, BatchAct, BatchColumn, BatchCount, BatchField, BatchForm,
    BatchLayout, BatchLine, BatchOf, BatchPlan, BatchRow, BatchRowBecomes, BatchSent, BatchSheet,
    Beginning, BulkDone, BulkLine, BulkPlan, BulkStep, Button, Chosen, DESK_LINES_MAX, Done,
    EntryColumn, EntryField, EntryForm, EntryInput, FormOf, FoundTargets, MAX_TYPED_BYTES,
    Meanwhile, OpenEntry, PREVIEW_COLUMNS, PREVIEW_ROWS, REASON_CHARS_MAX, RevisionShown, Room,
    RoomChoices, RoomLine, RoomPage, RoomQuery, Sent, SentBatch, SentForm, SentTable, Step,
    StepLine, StepOffer, TableForm, TableSent, Taken, Text, Undone, Written,
};
pub use dinh_domain::query::MAX_FILTER_VALUES;
pub use dinh_files::Found;
pub use dinh_store::AccountState;
pub use failure::Failure;
pub use file_texts::FILE_LINES_MAX;
pub use files::FileContent;
pub use follow::Knowledge;
pub use freshness::Freshness;
pub use import::{
    ColumnNotes, FlaggedFile, GivenRow, ImportCount, ImportPreparer, ImportRow, ImportRun,
    ImportSheet, PreparedRow, RowFaults, TextFault, message as words_of_fault,
};
pub use install::{
    Consent, Installed, KeyLine, PackageOrigin, Rehearsal, WaitingLine, check_files, check_package,
};
pub use jobs::{JobCountLine, JobLine};
pub use machine::{
    BadParameter, Calendar, CalendarEvent, Category, Cell, Certainty, ColumnName, DEFAULT_LIMIT,
    Export, Feed, FeedEntry, MAX_LIMIT, Moment, SHEET_ROWS_MAX, Spreadsheet,
};
pub use mail::{MailLine, MailOptions, Origin};
pub use operate::{
    BreakerLine, CallLine, Family, FamilyKind, HeldLine, Measure, ModuleLine, PluginLine,
    RefusalLine, Sample, SandboxLine, TrapLine,
};
pub use organisations::{
    AreasRecorded, AreasSince, EndLine, Moved, NewArea, NewOrganisationChange,
    ORGANISATION_LINES_MAX, OpenOrganisation, OrganisationLine, OrganisationRefusal,
    OrganisationsPage, PastLine,
};
pub use people::{
    Accepted, AccountLine, AccountRefusal, By, Changed, Colleague, DELEGATION_DAYS_MAX,
    DelegationLine, Device, HandedOver, InvitationShown, Invited, NewDelegation, NewPerson,
    OpenPerson, Owes, OwnAccount, PEOPLE_LINES_MAX, PeopleOptions, PeoplePage, PeopleQuery,
    PersonLine, Place, RoleLine, SignIn, SignedIn, SignedToken, TotpShown,
};
pub use plugins::{COMPONENT, LoadedPlugin, PluginRefused, Plugins};
pub use portal::{Clock, Parts, Portal, Readiness};
pub use post::{CHECK_CPU_MS, Draft, NewContent, NewFile, Posted};
pub use relation::{RelationLine, RelationPage};
pub use seals::{Renewed, SealLine};
pub use section::FormTakes;
pub use settings::{SettingChange, SettingLine};
pub use sites::{
    HomeRoom, HomeRoomLine, MODULE_LINES_MAX, ModuleChange, ModuleRefusal, ModuleRoomLine,
    ModulesPage, NewSite, OpenModule, OpenSetting, OwingLine, PluginAct, PluginRefusal,
    PluginRoomLine, SITE_TEXTS, SiteChange, SiteLine,
};
pub use submission::{
    CHANNELS, MAIL_SEAL, OwnData, PostedFile, PostedForm, PrivateShown, Puzzle, RecordForm,
    Recording, SendingShown, Taking, Tracked, TrackedBriefly, TrackedStep,
};
pub use subscription::{Subscribed, SubscriptionAbout, SubscriptionRefusal, SubscriptionShown};
pub use table::{TableExport, TablePlace, TableRow, TableSheet, letters, table_csvw, table_header};
pub use usage::Viewed;
pub use visit::{Arrival, LANGUAGE, Visit};
pub use webhook::{Told, Webhook, WebhookAt};

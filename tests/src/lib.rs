//! The harness of the integration tests: a portal with the demo in it, served on a port of its
//! own, with a database of its own, and a visitor who reads it as a browser without scripts would.
//!
//! The same tests run on both databases: `DINH_TEST_DATABASE_URL` names a superuser of a
//! PostgreSQL cluster; without it every portal has a SQLite file.

#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "the whole crate is for tests, and a harness that fails should say where"
)]

mod caller;
mod clock;
mod database;
mod desk;
mod draft;
mod generated;
mod guest;
mod installed;
mod kept_code;
mod ledger;
mod mail_sink;
mod no_host;
pub mod office;
mod page;
mod portal;
mod program;
mod receiver;
mod s3;
pub mod scale;
mod scribe;
mod template;
mod vendor;
mod visitor;
mod worker;

pub use caller::{CALLER, install_caller};
pub use clock::{DAY, TestClock};
pub use database::{Database, Held};
pub use desk::{staff, step};
pub use draft::{COLLECTION, Document, PLUGIN};
pub use generated::generated_row;
pub use guest::Guest;
pub use installed::install;
pub use ledger::{LEDGER, OTHER_LEDGER, install_ledger};
pub use mail_sink::{MailSink, Received};
pub use no_host::NoHost;
pub use page::{Facet, FilterOption, Page};
pub use portal::TestPortal;
pub use program::{
    Ended, Program, bundle_folder, copied_bundle, guest_code, path as program_path, peak_kib,
    reader, write_program,
};
pub use receiver::{RECEIVER, lay_out_receiver};
pub use s3::{S3, SECRET_KEY};
pub use scribe::{SCRIBE, install_scribe};
pub use template::copy as copy_folder;
pub use vendor::{Code, NOTICES, NOTICES_MOUNT, Vendor};
pub use visitor::{Visited, Visitor, body, encoded};
pub use worker::{WORKER, install_worker};

//! A copy of the whole portal in one file, and a portal out of such a file.
//!
//! The file is an ordinary `tar.gz`: `dinh-backup.json` (which format, which schema), the rows of each
//! table as JSON Lines in parts (`tables/<table>/000001.jsonl`), every stored file by its SHA-256
//! (`files/<hash>`), and at the end `manifest.json` with counts and hashes of all of it. Without the
//! manifest it is no backup, so one that breaks off anywhere is refused.
//!
//! Not in it: what is derived (index tables, the search index, compiled code), what lets somebody in
//! (sessions, links of invitations), and the key of secrets.

mod compare;
mod count;
mod line;
mod make;
mod manifest;
mod read;
mod restore;
mod target;
mod write;

pub use line::BackupLine;
pub use read::verify_backup;
pub use restore::{BackupPlace, RESTORED, RestoredBy};

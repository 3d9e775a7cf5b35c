//! A portal out of a backup, in an empty place: all of its rows in one transaction, behind its files.

use std::path::Path;

use dinh_domain::dates::Instant;
use dinh_files::Shelf;
use dinh_store::{ActorKind, FoundPlace, NewAudit, Restoration, Store, StoreOptions, schema_steps};
use serde_json::{Map, Value, json};
use tokio::sync::mpsc;

use super::line::BackupLine;
use super::read::{Member, read};
use crate::failure::Failure;
use crate::install::swap::off_thread;

/// What the audit calls a restoration.
pub const RESTORED: &str = "backup-restored";
/// What the names of operators begin with.
const OPERATOR: &str = "operator:";

/// Where a backup goes.
pub struct BackupPlace {
    /// The database.
    pub database: StoreOptions,
    /// Where attached files go.
    pub shelf: Shelf,
}

/// Who restores, for the audit.
pub struct RestoredBy<'a> {
    /// `operator:<name>`.
    pub by: &'a str,
    /// From where.
    pub origin: &'a str,
    /// When.
    pub at: Instant,
}

impl BackupPlace {
    /// Whether a backup may go here; false where it is here already. `again` says that this very
    /// backup was begun to be restored here before.
    pub async fn is_free_for(&self, backup: &BackupLine, again: bool) -> Result<bool, Failure> {
        refuse_unknown(backup)?;
        let found = FoundPlace::look(&self.database, RESTORED).await;
        let refused = match found? {
            FoundPlace::Nothing => None,
            FoundPlace::Foreign(table) => {
                Some(format!("holds a table `{table}` that is not a portal's"))
            }
            FoundPlace::Portal { restored, .. }
                if again && restored.as_ref() == Some(&backup.id) =>
            {
                return Ok(false);
            }
            FoundPlace::Portal {
                filled: Some(table),
                ..
            } => Some(format!("holds a portal: there are rows in `{table}`")),
            FoundPlace::Portal { schema, .. } if schema > backup.schema => Some(format!(
                "is of schema {schema} already, and the backup of schema {}",
                backup.schema
            )),
            FoundPlace::Portal { .. } => None,
        };
        if let Some(why) = refused {
            return Err(Failure::Refused(format!(
                "the database {why}; a backup is restored into an empty one only: name another one, or make this one anew"
            )));
        }
        if !again && !self.shelf.is_empty().await? {
            return Err(Failure::Refused(
                "there are attached files already; a backup is restored into an empty place only: name another folder or bucket".to_owned(),
            ));
        }
        Ok(true)
    }

    /// Fills the place. Killed at any moment, the database is as empty as before, or all is there.
    /// It is at the schema of the backup then; opening it brings it forward.
    pub async fn restore(
        &self,
        file: &Path,
        backup: &BackupLine,
        who: RestoredBy<'_>,
    ) -> Result<(), Failure> {
        let store = Store::open_at(&self.database, backup.schema).await?;
        let done = self.fill(&store, file, backup, who).await;
        store.close().await;
        done
    }

    async fn fill(
        &self,
        store: &Store,
        file: &Path,
        backup: &BackupLine,
        who: RestoredBy<'_>,
    ) -> Result<(), Failure> {
        let mut restoration = store.begin_restoration().await?;
        let (to, mut members) = mpsc::channel(1);
        let path = file.to_owned();
        let reading = tokio::spawn(off_thread(move || {
            read(&path, |member| {
                to.blocking_send(member)
                    .map_err(|_| "it was given up".to_owned())
            })
        }));
        while let Some(member) = members.recv().await {
            self.put(&mut restoration, member).await?;
        }
        let read = reading.await.map_err(Failure::internal)??;
        let read = read.map_err(Failure::Refused)?;
        if read.id != backup.id {
            let told = format!("{} was changed while it was read", file.display());
            return Err(Failure::Refused(told));
        }
        restoration.commit(act(backup, &who)).await?;
        Ok(())
    }

    async fn put(&self, restoration: &mut Restoration, member: Member) -> Result<(), Failure> {
        match member {
            Member::Rows(table, bytes) => {
                let rows = serde_json::Deserializer::from_slice(&bytes).into_iter();
                let rows = rows.collect::<Result<Vec<Map<String, Value>>, _>>();
                let rows = rows
                    .map_err(|error| Failure::Refused(format!("the rows of `{table}`: {error}")))?;
                let put = restoration.put(&table, rows).await;
                put.map_err(Failure::from)
            }
            // The hash was compared with the name; the shelf names it by its hash again.
            Member::Content(bytes) => Ok(self.shelf.put(bytes).await.map(drop)?),
        }
    }
}

fn act(backup: &BackupLine, who: &RestoredBy<'_>) -> NewAudit {
    NewAudit {
        at: who.at,
        actor_kind: ActorKind::Operator,
        actor: who.by.strip_prefix(OPERATOR).unwrap_or(who.by).to_owned(),
        origin: who.origin.to_owned(),
        act: RESTORED.to_owned(),
        subject_kind: "backup".to_owned(),
        subject: backup.id.clone(),
        site: None,
        before: None,
        after: Some(
            json!({ "made_at": backup.made_at, "rows": backup.rows, "files": backup.files }),
        ),
    }
}

/// A backup of a schema that this program cannot make.
fn refuse_unknown(backup: &BackupLine) -> Result<(), Failure> {
    let known = schema_steps();
    let newest = known.last().map_or(0, |it| it.version);
    if let Some(newer) = backup.steps.iter().find(|it| it.version > newest) {
        return Err(Failure::Refused(format!(
            "the backup is of schema version {} (`{}`), this program knows up to version {newest}: restore it with the program that made it (dinh {}) or a newer one",
            backup.schema, newer.name, backup.dinh
        )));
    }
    match backup
        .steps
        .iter()
        .zip(&known)
        .find(|(theirs, ours)| theirs != ours)
    {
        None => Ok(()),
        Some((theirs, _)) => Err(Failure::Refused(format!(
            "schema version {} of the backup was made by another migration than this program has: restore it with the program that made it (dinh {})",
            theirs.version, backup.dinh
        ))),
    }
}

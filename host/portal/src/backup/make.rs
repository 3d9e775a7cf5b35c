//! Making a backup while others write.

use std::fs::{self, File};
use std::io;
use std::path::Path;

use dinh_domain::dates::Zone;
use dinh_store::{HeldContent, Snapshot, WholeTable};
use futures_util::TryStreamExt;
use serde_json::json;
use sha2::{Digest, Sha256};

use super::count::{FilesCount, TableCount};
use super::line::BackupLine;
use super::manifest::{FILES, FORMAT, HEAD_FILE, Head, MANIFEST_FILE, Manifest, TableSum, hex};
use super::read::verify_backup;
use super::target::{Broken, begin, disk, refuse_taken, unfinished};
use super::write::Archive;
use crate::audit::Act;
use crate::failure::Failure;
use crate::portal::Portal;

/// A part of a table ends behind the row that reaches this, in bytes.
const PART_BYTES: usize = 4 << 20;

impl Portal {
    /// Writes a copy of everything as it is now into a file that is not there yet, and reads it back.
    /// It has its name only when it is whole; what is written meanwhile is not in it.
    pub async fn back_up(&self, by: &str, file: &Path) -> Result<BackupLine, Failure> {
        refuse_taken(file)?;
        let unfinished = unfinished(file);
        let target = begin(&unfinished)?;
        let made = self.make(by, file, &unfinished, target).await;
        if made.is_err() {
            // A copy that nobody may use is in the way of the next one.
            let _gone = fs::remove_file(&unfinished);
        }
        made
    }

    async fn make(
        &self,
        by: &str,
        file: &Path,
        unfinished: &Path,
        target: File,
    ) -> Result<BackupLine, Failure> {
        // The lock lasts until the file has its name.
        let written = target
            .try_clone()
            .map_err(|error| disk(unfinished, error))?;
        let mut archive = Archive::begin(written);
        let mut snapshot = self.store().snapshot().await?;
        let failed = |error| disk(unfinished, error);
        let head = self.head(&mut snapshot).await?;
        let head_hash = hex(&Sha256::digest(&head));
        archive.member(HEAD_FILE, head).await.map_err(failed)?;
        let mut tables = Vec::new();
        for table in snapshot.tables().await? {
            let rows = rows(&mut archive, &mut snapshot, &table);
            tables.push(rows.await.map_err(|it| it.told(unfinished))?);
        }
        let contents = snapshot.contents().await?;
        drop(snapshot);
        let mut files = FilesCount::default();
        for content in &contents {
            let copied = self.content(&mut archive, content).await;
            copied.map_err(|it| it.told(unfinished))?;
            files.add(
                &content.hash,
                u64::try_from(content.size_bytes).unwrap_or_default(),
            );
        }
        let manifest = Manifest {
            head: head_hash,
            tables,
            files: files.sum(),
        };
        let manifest = serde_json::to_vec_pretty(&manifest).map_err(Failure::internal)?;
        archive
            .member(MANIFEST_FILE, manifest)
            .await
            .map_err(failed)?;
        archive.finish().await.map_err(failed)?;
        let made = verify_backup(unfinished).await?;
        let made = BackupLine {
            file: file.display().to_string(),
            ..made
        };
        self.record_backup(by, &made).await?;
        refuse_taken(file)?;
        fs::rename(unfinished, file).map_err(|error| disk(file, error))?;
        let folder = file.parent().filter(|it| !it.as_os_str().is_empty());
        let folder = File::open(folder.unwrap_or(Path::new(".")));
        folder
            .and_then(|it| it.sync_all())
            .map_err(|error| disk(file, error))?;
        drop(target);
        Ok(made)
    }

    async fn head(&self, snapshot: &mut Snapshot) -> Result<Vec<u8>, Failure> {
        let head = Head {
            format: FORMAT,
            dinh: env!("CARGO_PKG_VERSION").to_owned(),
            made_at: self.now().rfc3339_in(&Zone::default()),
            database: self.store().database_name().to_owned(),
            schema: snapshot.schema().await?,
        };
        serde_json::to_vec_pretty(&head).map_err(Failure::internal)
    }

    /// One stored file. The shelf compares its bytes with its hash.
    async fn content(&self, archive: &mut Archive, it: &HeldContent) -> Result<(), Broken> {
        let size = u64::try_from(it.size_bytes).unwrap_or_default();
        let contents = self.shelf().read(&it.hash, size, 0..size).await;
        let contents = contents.map_err(|error| {
            let why = format!(
                "{error}: what entries or plugins name cannot be copied, so there is no backup"
            );
            Broken::Source(Failure::Refused(why))
        })?;
        archive.head(&format!("{FILES}/{}", it.hash), size).await?;
        let mut stream = Box::pin(contents.stream());
        while let Some(piece) = stream
            .try_next()
            .await
            .map_err(|error| Broken::Source(Failure::Refused(error.to_string())))?
        {
            archive.piece(piece).await?;
        }
        Ok(archive.fill(size).await?)
    }

    /// A copy of everything is an act as any other.
    async fn record_backup(&self, by: &str, made: &BackupLine) -> Result<(), Failure> {
        let act = Act {
            what: "backup-made",
            kind: "backup",
            subject: &made.id,
            before: None,
            after: Some(json!({ "file": made.file, "rows": made.rows, "files": made.files })),
        };
        let mut tx = self.store().begin_write().await?;
        tx.audit(self.act(by, act));
        tx.commit().await?;
        Ok(())
    }
}

/// All rows of a table, in parts.
async fn rows(
    archive: &mut Archive,
    snapshot: &mut Snapshot,
    table: &WholeTable,
) -> Result<TableSum, Broken> {
    let mut count = TableCount::new(&table.name);
    let mut part = Vec::new();
    let mut rows = Box::pin(snapshot.rows(table));
    loop {
        let row = rows
            .try_next()
            .await
            .map_err(|error| Broken::Source(error.into()))?;
        if let Some(row) = &row {
            serde_json::to_writer(&mut part, row).map_err(io::Error::from)?;
            part.push(b'\n');
        }
        let is_due = part.len() >= PART_BYTES || (row.is_none() && !part.is_empty());
        if is_due {
            let name = count.next();
            count.add(&part);
            archive.member(&name, std::mem::take(&mut part)).await?;
        }
        if row.is_none() {
            return Ok(count.sum());
        }
    }
}

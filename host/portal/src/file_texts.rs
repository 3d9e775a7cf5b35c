//! The texts of attached files: read outside every transaction, kept by content, searched with the
//! entries that hold the file.

use std::collections::BTreeMap;
use std::time::Duration;

use dinh_domain::file_text::TextState;
use dinh_domain::ids::SiteId;
use dinh_files::{FileError, ReaderFailure, TEXT_VERSION};
use dinh_store::{FileLine, FileText, NewChange, UnreadFile, WriteTx};
use tokio::task::JoinSet;
use tokio::time::{Instant, timeout_at};

use crate::failure::Failure;
use crate::portal::Portal;

/// Files that one caller has read at once: more would only wait, with their bytes in memory.
const AT_ONCE: usize = 2;
/// How long a request that publishes waits for the text of a file. What takes longer is read
/// afterwards and found then: nobody waits for a file that breaks its reader.
const WAIT_FOR_FILE: Duration = Duration::from_secs(2);
/// Files that are read between two transactions when many are to be read anew.
const BATCH: u32 = 20;
/// How often files are looked for that nobody has read: those a crash or a failure left.
const LOOK_EVERY: Duration = Duration::from_secs(60);
/// Most files that are listed.
pub const FILE_LINES_MAX: u32 = 10_000;

/// Why a file was not read, for no fault of its own.
#[derive(Debug, thiserror::Error)]
enum Unread {
    #[error(transparent)]
    Shelf(#[from] FileError),
    #[error(transparent)]
    Contents(#[from] std::io::Error),
    #[error(transparent)]
    Reader(#[from] ReaderFailure),
}

impl Portal {
    /// Reads those contents (hash and size in bytes) that nobody has read, each with some seconds to
    /// itself. What is not ready by then, or could not be read now, is missing from the answer and
    /// left for [`Portal::read_missing_files`].
    pub(crate) async fn read_in_time(
        &self,
        files: BTreeMap<String, i64>,
    ) -> Result<Vec<FileText>, Failure> {
        let rounds = files.len().div_ceil(AT_ONCE).max(1);
        let wait = WAIT_FOR_FILE.saturating_mul(u32::try_from(rounds).unwrap_or(u32::MAX));
        let hashes: Vec<String> = files.keys().cloned().collect();
        let known = self.store().text_states(&hashes, TEXT_VERSION).await?;
        let new: Vec<UnreadFile> = files
            .into_iter()
            .filter(|(hash, _)| !known.contains_key(hash))
            .map(|(hash, size_bytes)| UnreadFile { hash, size_bytes })
            .collect();
        let count = new.len();
        let read = self.read_files(new, Some(wait)).await;
        if read.len() < count {
            self.unread().notify_one();
        }
        Ok(read)
    }

    async fn read_files(&self, files: Vec<UnreadFile>, wait: Option<Duration>) -> Vec<FileText> {
        let until = wait.map(|wait| Instant::now() + wait);
        let mut waiting = files.into_iter();
        let mut reading = JoinSet::new();
        let mut read = Vec::new();
        loop {
            while reading.len() < AT_ONCE
                && let Some(file) = waiting.next()
            {
                let portal = self.clone();
                reading.spawn(async move { (portal.read_file(&file).await, file.hash) });
            }
            let next = match until {
                None => reading.join_next().await,
                Some(until) => match timeout_at(until, reading.join_next()).await {
                    Ok(next) => next,
                    // Those that are under way are given up with the set.
                    Err(_) => return read,
                },
            };
            match next {
                None => return read,
                Some(Ok((Ok(text), _))) => read.push(text),
                Some(Ok((Err(error), hash))) => {
                    tracing::error!(%hash, %error, "an attached file is not read");
                }
                Some(Err(error)) => tracing::error!(%error, "an attached file is not read"),
            }
        }
    }

    async fn read_file(&self, file: &UnreadFile) -> Result<FileText, Unread> {
        let size = u64::try_from(file.size_bytes).unwrap_or_default();
        let contents = self.shelf().read(&file.hash, size, 0..size).await?;
        let bytes = contents.bytes().await?;
        let read = self.reader().read(&bytes).await?;
        Ok(FileText {
            hash: file.hash.clone(),
            version: TEXT_VERSION,
            state: read.state,
            read_at: self.now(),
            text: read.text,
        })
    }

    /// Keeps what was read, and notes which entries are found otherwise now.
    pub(crate) async fn keep_texts(
        &self,
        tx: &mut WriteTx,
        texts: &[FileText],
    ) -> Result<(), Failure> {
        for text in texts {
            tx.put_file_text(text).await?;
        }
        self.note_holders(tx, texts).await
    }

    async fn note_holders(&self, tx: &mut WriteTx, texts: &[FileText]) -> Result<(), Failure> {
        for text in texts {
            for (site, entry) in tx.holders(&text.hash).await? {
                tx.log_change(NewChange {
                    at: self.now(),
                    kind: "file-read".to_owned(),
                    site: Some(site),
                    entry: Some(entry),
                    actor: "system".to_owned(),
                    detail: text.state.as_str().to_owned(),
                });
            }
        }
        Ok(())
    }

    /// Reads every attached file that no reader of this version has read: what a publication did
    /// not wait for, what a crash left, and everything after a change of the reader. Returns how
    /// many.
    pub async fn read_missing_files(&self) -> Result<u64, Failure> {
        let _alone = self.reading().lock().await;
        let mut cursor: Option<String> = None;
        let mut count = 0;
        loop {
            let unread = self
                .store()
                .unread_files(TEXT_VERSION, cursor.as_ref(), BATCH)
                .await?;
            let Some(last) = unread.last() else {
                break;
            };
            cursor = Some(last.hash.clone());
            let texts = self.read_files(unread, None).await;
            count += texts.len() as u64;
            let mut tx = self.store().begin_publishing().await?;
            self.keep_texts(&mut tx, &texts).await?;
            self.commit(tx).await?;
        }
        if count > 0 {
            self.settle().await;
        }
        Ok(count)
    }

    /// Reads files that nobody has read, whenever there are some, until it is dropped.
    pub(crate) async fn keep_reading(&self) {
        loop {
            match self.read_missing_files().await {
                Ok(0) => {}
                Ok(files) => tracing::info!(files, "attached files read"),
                Err(error) => tracing::error!(%error, "attached files are not read"),
            }
            // Either is a reason to look again.
            let _woken = tokio::time::timeout(LOOK_EVERY, self.unread().notified()).await;
        }
    }

    /// Files of public entries with what came of reading them, at most [`FILE_LINES_MAX`].
    pub async fn file_lines(
        &self,
        state: Option<TextState>,
        site: Option<&str>,
    ) -> Result<Vec<FileLine>, Failure> {
        let site = match site {
            None => None,
            Some(site) => {
                let id = SiteId::new(site).map_err(|error| Failure::Refused(error.to_string()))?;
                let directory = self.directory().await?;
                if directory.site(&id).is_none() {
                    let known: Vec<&str> =
                        directory.sites.iter().map(|it| it.id.as_str()).collect();
                    let known = known.join(", ");
                    return Err(Failure::Refused(format!(
                        "there is no site `{site}`; there are: {known}"
                    )));
                }
                Some(id)
            }
        };
        let lines = self
            .store()
            .file_lines(state, site.as_ref(), FILE_LINES_MAX);
        Ok(lines.await?)
    }
}

//! Files that are taken away: those of forms that were never sent, and contents that no file has any more.

use bytes::Bytes;
use dinh_domain::dates::Instant;
use dinh_files::Shelf;

use crate::failure::Failure;
use crate::portal::Portal;
use crate::submission::{DAY_MS, SENDER};

/// How long a file waits for the form that a citizen sends, in milliseconds: a day.
const SENT_KEPT_MS: i64 = DAY_MS;
/// The same for the form of somebody who is signed in: a text is written on after a week's leave.
const DESK_KEPT_MS: i64 = 14 * DAY_MS;
/// How long a content lies on the shelf that no file has any more, in milliseconds: longer than a backup takes that began
/// while one had it.
const LOOSE_KEPT_MS: i64 = DAY_MS / 4;
/// Files and contents that are swept in one go.
const SWEEP_BATCH: u32 = 200;

impl Portal {
    /// Puts a content on the shelf for a file that is about to be kept, so that a sweep leaves it there. Its SHA-256.
    pub(crate) async fn keep_content(&self, bytes: impl Into<Bytes>) -> Result<String, Failure> {
        let bytes: Bytes = bytes.into();
        let hash = Shelf::name(&bytes).await?;
        self.store().claim_content(&hash, self.now()).await?;
        Ok(self.shelf().put(bytes).await?)
    }

    /// Takes away the files of forms that were never sent, and contents that no file has any more. How many contents.
    pub async fn sweep_files(&self) -> Result<usize, Failure> {
        let now = self.now();
        for (is_citizens, kept_ms) in [(true, SENT_KEPT_MS), (false, DESK_KEPT_MS)] {
            let before = Instant(now.0 - kept_ms);
            loop {
                let mut tx = self.store().begin_write().await?;
                let whose = (SENDER, is_citizens);
                let swept = tx.sweep_uploads(whose, (before, now), SWEEP_BATCH).await?;
                tx.commit().await?;
                if swept < u64::from(SWEEP_BATCH) {
                    break;
                }
            }
        }
        let before = Instant(now.0 - LOOSE_KEPT_MS);
        let loose = self.store().loose_contents(before, SWEEP_BATCH).await?;
        let mut removed = 0;
        for hash in loose {
            let mut tx = self.store().begin_write().await?;
            let is_going = tx.let_go(&hash, before).await?;
            tx.commit().await?;
            if !is_going {
                continue;
            }
            if let Err(error) = self.shelf().remove(&hash).await {
                // It is tried again; the others do not wait for it.
                tracing::error!(%error, hash, "a content that no file has cannot be removed");
                continue;
            }
            let mut tx = self.store().begin_write().await?;
            tx.gone(&hash).await?;
            tx.commit().await?;
            removed += 1;
        }
        Ok(removed)
    }
}

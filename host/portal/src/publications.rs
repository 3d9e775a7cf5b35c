//! Recording what was published before publications were recorded.

use dinh_domain::ids::EntryId;

use crate::failure::Failure;
use crate::portal::Portal;

/// Entries recorded in one transaction: others wait for it no longer than for an import's batch.
const AT_ONCE: u32 = 100;

impl Portal {
    /// Hashes the texts of entries that a program without this record has published. Nothing to do
    /// costs one query; several nodes may do it at once.
    pub(crate) async fn record_publications(&self) -> Result<(), Failure> {
        let mut cursor: Option<EntryId> = None;
        let mut recorded = 0;
        loop {
            let open = self.store().unrecorded(cursor.as_ref(), AT_ONCE).await?;
            let Some(last) = open.last() else {
                break;
            };
            cursor = Some(last.entry.clone());
            let mut tx = self.store().begin_write().await?;
            for it in &open {
                let declared = self.plugins().collection(&it.collection);
                let collection = declared.map(|(_, collection)| collection);
                tx.record_former_publications(&it.entry, collection).await?;
            }
            tx.commit().await?;
            recorded += open.len();
        }
        if recorded > 0 {
            tracing::info!(entries = recorded, "publications recorded");
        }
        Ok(())
    }
}

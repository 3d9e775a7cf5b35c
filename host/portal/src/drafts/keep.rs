//! Making the drafts of a call last.

use dinh_store::{DeskEntry, WriteTx};

use super::{CallDrafts, DRAFTS_WAITING_MAX, NotedDraft};
use crate::allowance::Limit;
use crate::desk::{Kept, NewText, Writer};
use crate::failure::Failure;
use crate::values::Keeping;

impl CallDrafts {
    /// Writes what the call drafted. Unless it is kept, the transaction must be dropped. It is one that publishes,
    /// though nothing here does: nobody else makes an entry of the same key meanwhile.
    pub(crate) async fn write(&self, tx: &mut WriteTx) -> Result<Keeping, Failure> {
        let mut drafts = self.noted.lock().await.drafts.clone();
        if drafts.is_empty() {
            return Ok(Keeping::Kept);
        }
        // What is off is not called; this call may have begun before.
        if !self.is_enabled().await? {
            return Ok(Keeping::Changed);
        }
        // Two calls that write the same entries hold them in the same order.
        drafts.sort_by(|one, other| one.id.cmp(&other.id));
        let organisation = self.portal.organisation_of(&self.site).await?;
        for draft in drafts {
            match self.put(tx, draft, &organisation).await? {
                Keeping::Kept => {}
                other => return Ok(other),
            }
        }
        self.within(tx).await
    }

    /// Whether as many drafts wait as may wait, those of other calls among them.
    async fn within(&self, tx: &mut WriteTx) -> Result<Keeping, Failure> {
        if self.noted.lock().await.waiting.is_none() {
            return Ok(Keeping::Kept);
        }
        let (plugin, site) = (&self.plugin, &self.site.id);
        let (collections, states) = self.under_way();
        let (by, place) = (
            Writer::Plugin(plugin).name(),
            (site, collections.as_slice()),
        );
        let most = DRAFTS_WAITING_MAX + 1;
        if tx.drafts_by(&by, place, &states, most).await? < u64::from(most) {
            return Ok(Keeping::Kept);
        }
        let (allowances, now) = (self.portal.allowances(), self.portal.now());
        allowances.is_full(plugin, site, Limit::Waiting, now);
        Ok(Keeping::TooMuch)
    }

    async fn put(
        &self,
        tx: &mut WriteTx,
        draft: NotedDraft,
        organisation: &str,
    ) -> Result<Keeping, Failure> {
        let kept = Kept {
            collection: self.portal.declared_of(&draft.collection)?,
            site: self.site.clone(),
            body: draft.body,
            source: draft.source,
            files: Vec::new(),
            now: self.portal.now(),
        };
        let (portal, by) = (&self.portal, Writer::Plugin(&self.plugin));
        let kept = (&kept, organisation);
        let Some(over) = draft.over else {
            if let Some(key) = &draft.key {
                let (site, collection) = (&self.site.id, &draft.collection);
                let known = tx.entry_by_import_key(site, collection, key).await?;
                if known.is_some() {
                    return Ok(Keeping::Changed);
                }
            }
            let new = NewText {
                id: draft.id,
                collection: draft.collection,
                key: draft.key,
            };
            portal.put_first(tx, by, new, kept).await?;
            return Ok(Keeping::Kept);
        };
        let now = tx.desk_entry(&draft.id).await?;
        let is_seen = |it: &DeskEntry| {
            let working = &it.working;
            let is_down = working.deleted || working.withdrawn.is_some();
            // A step makes no new text: what was sent or discarded meanwhile is another state of the same.
            let is_same =
                working.entry.revision == over.revision && working.entry.state == over.was;
            is_same && !is_down
        };
        let Some(now) = now.filter(is_seen) else {
            return Ok(Keeping::Changed);
        };
        portal.put_next(tx, by, (&now, &over.becomes), kept).await?;
        Ok(Keeping::Kept)
    }
}

//! Which entry a draft is of, and what stands there.

use dinh_domain::body::Said;
use dinh_domain::entry::Body;
use dinh_domain::ids::{CollectionId, EntryId};
use dinh_runtime::{DraftError, DraftTarget};
use dinh_store::{DeskEntry, new_entry_id};

use super::{CallDrafts, Noted, NotedDraft, gone};
use crate::desk::Writer;

/// An entry as the call finds it.
pub(super) struct Found {
    pub(super) id: EntryId,
    pub(super) key: Option<String>,
    /// As it is stored; none for a new one.
    pub(super) stored: Option<DeskEntry>,
    /// Its texts, those of this call among them.
    pub(super) said: Vec<Said>,
    /// Its place among the drafts of this call, if it has one.
    pub(super) noted: Option<usize>,
}

impl Found {
    /// The text as it stands.
    pub(super) fn text(&self, noted: &Noted) -> Body {
        let noted = self.noted.and_then(|at| noted.drafts.get(at));
        let stored = self.stored.as_ref().map(|it| &it.working.entry.body);
        let body = noted.map(|it| &it.body).or(stored);
        body.cloned().unwrap_or_default()
    }
}

impl CallDrafts {
    /// Looks for the entry that a draft is of.
    pub(super) async fn found(
        &self,
        noted: &Noted,
        collection: &CollectionId,
        target: DraftTarget,
    ) -> Result<Found, DraftError> {
        let is_it = |it: &NotedDraft| match &target {
            DraftTarget::Key(key) => it.key.as_ref() == Some(key),
            DraftTarget::Id(id) => it.id.as_str() == id,
        };
        let mut drafts = noted.drafts.iter();
        let place = drafts.position(|it| it.collection == *collection && is_it(it));
        let (id, key) = match (place.and_then(|at| noted.drafts.get(at)), target) {
            (Some(draft), _) => (Some(draft.id.clone()), draft.key.clone()),
            (None, DraftTarget::Id(id)) => {
                let id = EntryId::new(&id).map_err(|_| DraftError::NotFound)?;
                (Some(id), None)
            }
            (None, DraftTarget::Key(key)) => {
                let (site, store) = (&self.site.id, self.portal.store());
                let known = store.entry_by_import_key(site, collection, &key);
                (known.await.map_err(gone)?.map(|it| it.entry.id), Some(key))
            }
        };
        let stored = self.stored(id.as_ref(), collection).await?;
        if stored.is_none() && place.is_none() && key.is_none() {
            return Err(DraftError::NotFound);
        }
        let mut said = match &stored {
            Some(stored) => {
                let (store, by) = (self.portal.store(), Writer::Plugin(&self.plugin).name());
                let said = store.said_by(&stored.working.entry.id, &by);
                said.await.map_err(gone)?
            }
            None => Vec::new(),
        };
        let draft = place.and_then(|at| noted.drafts.get(at));
        said.extend(draft.map(|it| Said {
            is_own: true,
            body: it.body.clone(),
        }));
        let key = match &stored {
            Some(stored) => stored.working.entry.import_key.clone(),
            None => key,
        };
        Ok(Found {
            id: id.unwrap_or_else(new_entry_id),
            key,
            stored,
            said,
            noted: place,
        })
    }

    /// The entry as it is stored; one of another site or collection is none.
    async fn stored(
        &self,
        id: Option<&EntryId>,
        collection: &CollectionId,
    ) -> Result<Option<DeskEntry>, DraftError> {
        let Some(id) = id else {
            return Ok(None);
        };
        let found = self.portal.store().whole_desk_entry(id).await;
        let is_ours = |it: &DeskEntry| {
            let entry = &it.working.entry;
            entry.site == self.site.id && entry.collection == *collection
        };
        Ok(found.map_err(gone)?.filter(is_ours))
    }
}

//! What was approved becomes public, exactly as it was approved.

use dinh_domain::body::{self, Unknown};
use dinh_domain::dates::Instant;
use dinh_domain::entry::Body;
use dinh_domain::fault::Fault;
use dinh_domain::ids::RevisionId;
use dinh_domain::index;
use dinh_store::{NewChange, NewRevision, Publication, Working, WriteTx};
use serde_json::Value;

use super::check::Checked;
use super::{versions, write};
use crate::failure::Failure;
use crate::portal::Portal;

impl Portal {
    /// Publishes the working revision of an entry.
    pub(crate) async fn publish_working(
        &self,
        tx: &mut WriteTx,
        checked: Checked,
        known: &Working,
        (by, at): (&str, Instant),
        state: &str,
    ) -> Result<Result<(), Vec<Fault>>, Failure> {
        let id = checked.draft.collection.clone();
        let missing = || Failure::internal(format!("collection {id} is gone"));
        let (plugin, collection) = self.plugins().collection(&id).ok_or_else(missing)?;
        while tx.mend_index(&id, collection, checked.now).await? > 0 {}
        if let Some(fault) = write::twin(tx, collection, Some(known), &checked).await? {
            return Ok(Err(vec![fault]));
        }
        let entry = &known.entry;
        if let Some(fault) = self.held_back(tx, collection, entry, &entry.body).await? {
            return Ok(Err(vec![fault]));
        }
        let declared = (plugin.as_ref(), collection);
        if let Some(fault) = versions::not_risen(tx, declared, known, &entry.body).await? {
            return Ok(Err(vec![fault]));
        }
        if entry.first_published_at.is_none() {
            let reserved = plugin.reserved(&checked.draft.collection);
            let slug = write::free_slug(tx, &checked, &reserved).await?;
            tx.set_slug(&entry.id, &slug).await?;
        }
        self.keep_texts(tx, &checked.texts).await?;
        let publication = Publication {
            entry: entry.id.clone(),
            revision: entry.revision.clone(),
            state: state.to_owned(),
            at,
            by: by.to_owned(),
            clock_started_on: checked.clock_started_on,
        };
        tx.publish(&publication, collection, checked.now).await?;
        let is_new = entry.first_published_at.is_none();
        let place = (&entry.id, &entry.site);
        tx.propose(place, &checked.proposals, at, is_new).await?;
        tx.log_change(NewChange {
            at,
            kind: "publish".to_owned(),
            site: Some(entry.site.clone()),
            entry: Some(entry.id.clone()),
            actor: by.to_owned(),
            detail: String::new(),
        });
        Ok(Ok(()))
    }

    /// Makes public again what was public before it was withdrawn.
    pub(crate) async fn restore(
        &self,
        tx: &mut WriteTx,
        known: &Working,
        (by, at): (&str, Instant),
        state: &str,
    ) -> Result<Result<(), Vec<Fault>>, Failure> {
        let entry = &known.entry;
        let missing = || Failure::internal(format!("collection {} is gone", entry.collection));
        let (plugin, collection) = self
            .plugins()
            .collection(&entry.collection)
            .ok_or_else(missing)?;
        let revision: RevisionId = known
            .published
            .clone()
            .ok_or_else(|| Failure::internal("nothing was public"))?;
        let publication = Publication {
            entry: entry.id.clone(),
            revision,
            state: state.to_owned(),
            at,
            by: by.to_owned(),
            clock_started_on: entry.clock_started_on,
        };
        let now = at.local_in(&dinh_domain::dates::Zone::default());
        let (body, lifted) = tx.text_of(&publication.revision).await?;
        // What was right when it became public need not be so now.
        let mut faults = body::check(&plugin.declaration, collection, body.clone(), Unknown::Keep)
            .err()
            .unwrap_or_default();
        faults.extend(body::unmet_gates(collection, &body, &lifted));
        faults.extend(self.held_back(tx, collection, entry, &body).await?);
        if !faults.is_empty() {
            return Ok(Err(faults));
        }
        while tx.mend_index(&entry.collection, collection, now).await? > 0 {}
        // Another may have taken its number meanwhile.
        let row = index::row(collection, &body, now);
        let place = (&entry.site, &entry.collection);
        if let Some(fault) = write::same(tx, collection, place, (&row, Some(&entry.id))).await? {
            return Ok(Err(vec![fault]));
        }
        tx.publish(&publication, collection, now).await?;
        Ok(Ok(()))
    }
}

impl Checked {
    /// Whether the plugin completed a body.
    pub(crate) fn differs_from(&self, body: &Body) -> bool {
        self.body != *body
    }

    /// A file that the checked text names and that is not its entry's.
    pub(crate) fn foreign_file(&self, known: &Working) -> Option<Fault> {
        write::foreign_file(Some(known), &self.body, &self.files)
    }

    /// The checked text.
    pub(crate) fn into_body(self) -> Body {
        self.body
    }

    /// The checked text as a revision.
    pub(crate) fn revision(&self, state: &str, by: &str, at: Instant) -> NewRevision {
        NewRevision {
            files: write::files(&Value::Object(self.body.clone())),
            ..write::revision(self, state, by, at)
        }
    }
}

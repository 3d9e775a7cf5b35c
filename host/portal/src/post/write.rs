//! The one transaction of a posting.

use dinh_domain::dates::Instant;
use dinh_domain::declaration::Collection;
use dinh_domain::fault::Fault;
use dinh_domain::ids::{EntryId, FileId, Slug};
use dinh_domain::index;
use dinh_domain::workflow::{self, Effect};
use dinh_store::{
    NewChange, NewEntry, NewRevision, Publication, Working, WriteTx, new_entry_id, new_revision_id,
};
use serde_json::Value;

use super::check::Checked;
use super::{DraftResult, Posted};
use crate::failure::Failure;
use crate::portal::Portal;

/// Highest number tried behind a slug that is taken.
const MAX_SLUG_SUFFIX: u32 = 10_000;

/// What becomes of the transaction when everything is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum End {
    /// It is kept.
    Commit,
    /// It was a rehearsal.
    Forget,
}

impl Portal {
    pub(crate) async fn write(
        &self,
        actor: &str,
        checked: Vec<Result<Checked, Vec<Fault>>>,
        end: End,
    ) -> Result<Vec<DraftResult>, Failure> {
        let now = self.now();
        let mut results = Vec::new();
        let mut tx = self.store().begin_write().await?;
        for one in checked {
            results.push(match one {
                Ok(checked) => self.put(&mut tx, actor, now, checked).await?,
                Err(faults) => Err(faults),
            });
        }
        match end {
            End::Commit => {
                tx.commit().await?;
            }
            End::Forget => drop(tx),
        }
        Ok(results)
    }

    async fn put(
        &self,
        tx: &mut WriteTx,
        actor: &str,
        now: Instant,
        checked: Checked,
    ) -> Result<DraftResult, Failure> {
        let id = checked.draft.collection.clone();
        let missing = || Failure::internal(format!("collection {id} is gone"));
        let (plugin, collection) = self.plugins().collection(&id).ok_or_else(missing)?;
        let known = known(tx, &checked).await?;
        if let Some(result) = stop(tx, collection, known.as_ref(), &checked).await? {
            return Ok(result);
        }
        let workflow = workflow::named(&collection.workflow.id).ok_or_else(missing)?;
        let state = known
            .as_ref()
            .map_or(workflow.initial, |it| it.entry.state.as_str());
        let step = match workflow::next(&workflow, state, "publish", None) {
            Ok(step) if step.effect == Effect::Publish => step,
            Ok(_) => return Err(Failure::internal("`publish` does not publish")),
            Err(refusal) => {
                let fault = Fault::new("", "fault.workflow").with("reason", refusal);
                return Ok(Err(vec![fault]));
            }
        };
        for file in &checked.files {
            tx.put_file(file).await?;
        }
        self.keep_texts(tx, &checked.texts).await?;
        // Declared routes win over entries: an entry never gets the address of one.
        let routes = plugin.declaration.manifest.routes.iter();
        let reserved: Vec<&str> = routes.map(|route| route.path.as_str()).collect();
        let revision = revision(&checked, step.to, actor, now);
        let (entry, posted) = match known {
            Some(known) => {
                tx.add_revision(&known.entry.id, &revision).await?;
                (known.entry.id, Posted::Updated)
            }
            None => (
                create(tx, &checked, &reserved, &revision, now).await?,
                Posted::Created,
            ),
        };
        let publication = Publication {
            entry: entry.clone(),
            revision: revision.id,
            state: step.to.to_owned(),
            at: checked.draft.published_at.unwrap_or(now),
            by: actor.to_owned(),
            clock_started_on: checked.clock_started_on,
        };
        tx.publish(&publication, collection, checked.today).await?;
        tx.log_change(NewChange {
            at: now,
            kind: "publish".to_owned(),
            site: Some(checked.draft.site),
            entry: Some(entry),
            actor: actor.to_owned(),
            detail: String::new(),
        });
        Ok(Ok(posted))
    }
}

/// What ends a posting before anything is written: nothing new to say, or a fault that only the
/// database knows of.
async fn stop(
    tx: &mut WriteTx,
    collection: &Collection,
    known: Option<&Working>,
    checked: &Checked,
) -> Result<Option<DraftResult>, Failure> {
    // What was taken down stays down: a file imported again does not undo the withdrawal.
    let is_down = |known: &Working| known.withdrawn.is_some() || known.deleted;
    if known.is_some_and(|known| is_down(known) || says_the_same(known, checked)) {
        return Ok(Some(Ok(Posted::Unchanged)));
    }
    if let Some(fault) = foreign_file(known, checked) {
        return Ok(Some(Err(vec![fault])));
    }
    let row = index::row(collection, &checked.body, checked.today);
    let own = known.map(|known| &known.entry.id);
    let (site, id) = (&checked.draft.site, &checked.draft.collection);
    let twin = tx.twin(site, id, collection, &row, own).await?;
    Ok(twin.map(|twin| {
        let fields = collection.unique.join(", ");
        Err(vec![
            Fault::new(fields, "fault.exists-already").with("entry", twin),
        ])
    }))
}

async fn known(tx: &mut WriteTx, checked: &Checked) -> Result<Option<Working>, Failure> {
    let Some(key) = &checked.draft.import_key else {
        return Ok(None);
    };
    let draft = &checked.draft;
    Ok(tx
        .entry_by_import_key(&draft.site, &draft.collection, key)
        .await?)
}

/// Whether the published revision has the same fields, source and lifted gates. Attached files are
/// compared by name, label and content: made anew, they have other ids.
fn says_the_same(known: &Working, checked: &Checked) -> bool {
    let is_public = known.published.as_ref() == Some(&known.entry.revision);
    let bare = |body: &dinh_domain::entry::Body| {
        let mut body = Value::Object(body.clone());
        forget_file_ids(&mut body);
        body
    };
    is_public
        && known.entry.source == checked.source
        && known.entry.lifted_gates == checked.draft.lifted
        && bare(&known.entry.body) == bare(&checked.body)
}

fn forget_file_ids(value: &mut Value) {
    match value {
        Value::Object(object) => {
            object.shift_remove("file");
            object.values_mut().for_each(forget_file_ids);
        }
        Value::Array(items) => items.iter_mut().for_each(forget_file_ids),
        _ => {}
    }
}

/// A body names files that came with it or that its entry already holds, and no others: knowing a
/// file's id is no right to show it.
fn foreign_file(known: Option<&Working>, checked: &Checked) -> Option<Fault> {
    let body = |body: &dinh_domain::entry::Body| files(&Value::Object(body.clone()));
    let held = known
        .map(|known| body(&known.entry.body))
        .unwrap_or_default();
    let named = body(&checked.body);
    let foreign = named
        .iter()
        .find(|id| !held.contains(id) && !checked.files.iter().any(|file| file.id == **id));
    foreign.map(|id| Fault::new("", "fault.file").with("file", id))
}

fn revision(checked: &Checked, state: &str, actor: &str, now: Instant) -> NewRevision {
    NewRevision {
        id: new_revision_id(),
        state: state.to_owned(),
        title: checked.title.clone(),
        author: checked.author.clone(),
        source: checked.source.clone(),
        lifted_gates: checked.draft.lifted.clone(),
        body: checked.body.clone(),
        files: files(&Value::Object(checked.body.clone())),
        made_at: now,
        made_by: actor.to_owned(),
    }
}

fn files(value: &Value) -> Vec<FileId> {
    match value {
        Value::Object(object) => {
            let own = object.get("file").and_then(Value::as_str);
            let own = own.and_then(|id| FileId::new(id).ok());
            own.into_iter()
                .chain(object.values().flat_map(files))
                .collect()
        }
        Value::Array(items) => items.iter().flat_map(files).collect(),
        _ => Vec::new(),
    }
}

async fn create(
    tx: &mut WriteTx,
    checked: &Checked,
    reserved: &[&str],
    revision: &NewRevision,
    now: Instant,
) -> Result<EntryId, Failure> {
    let draft = &checked.draft;
    let entry = NewEntry {
        id: new_entry_id(),
        site: draft.site.clone(),
        collection: draft.collection.clone(),
        slug: free_slug(tx, checked, reserved).await?,
        language: "vi".to_owned(),
        translation_of: None,
        import_key: draft.import_key.clone(),
        organisation: checked.organisation.clone(),
        created_at: now,
    };
    tx.create_entry(&entry, revision).await?;
    Ok(entry.id)
}

/// The slug made from the pattern, or with the first free number behind it.
async fn free_slug(
    tx: &mut WriteTx,
    checked: &Checked,
    reserved: &[&str],
) -> Result<Slug, Failure> {
    let draft = &checked.draft;
    let room = dinh_domain::ids::MAX_ID_BYTES - 6;
    let base = checked
        .slug
        .get(..room.min(checked.slug.len()))
        .unwrap_or(&checked.slug);
    let base = base.trim_end_matches('-');
    for number in 1..=MAX_SLUG_SUFFIX {
        let text = if number == 1 {
            base.to_owned()
        } else {
            format!("{base}-{number}")
        };
        let slug = Slug::new(&text).map_err(Failure::internal)?;
        let is_free = !reserved.contains(&slug.as_str())
            && tx
                .slug_is_free(&draft.site, &draft.collection, &slug)
                .await?;
        if is_free {
            return Ok(slug);
        }
    }
    Err(Failure::internal(format!("no free address for `{base}`")))
}

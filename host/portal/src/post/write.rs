//! The one transaction of a posting.

use std::collections::BTreeSet;

use dinh_domain::dates::{Instant, Zone};
use dinh_domain::declaration::Collection;
use dinh_domain::entry::Body;
use dinh_domain::fault::Fault;
use dinh_domain::ids::{CollectionId, EntryId, FileId, SiteId, Slug};
use dinh_domain::index;
use dinh_domain::site::Directory;
use dinh_domain::vietnamese::code_key;
use dinh_domain::workflow::{self, By, Effect, Seat};
use dinh_store::{
    NewChange, NewEntry, NewRevision, Publication, StoredFile, Working, WriteTx, new_entry_id,
    new_revision_id,
};
use serde_json::{Value, json};

use super::check::Checked;
use super::taken::Taken;
use super::{DraftResult, Posted, versions};
use crate::failure::Failure;
use crate::plugins::LoadedPlugin;
use crate::portal::Portal;
use crate::table;

/// Highest number tried behind a slug that is taken.
const MAX_SLUG_SUFFIX: u32 = 10_000;

/// Language of what is posted, BCP 47.
const LANGUAGE: &str = "vi";

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
        let mut tx = self.store().begin_publishing().await?;
        self.mend(&mut tx, &checked).await?;
        let mut taken = Taken::among(&mut tx, &checked).await?;
        for one in checked {
            results.push(match one {
                Ok(checked) => self.put(&mut tx, actor, now, checked, &mut taken).await?,
                Err(faults) => Err(faults),
            });
        }
        match end {
            End::Commit => {
                self.commit(tx).await?;
            }
            End::Forget => drop(tx),
        }
        Ok(results)
    }

    /// Rows that nodes of another declaration left to us, first: a twin may be among them.
    async fn mend(
        &self,
        tx: &mut WriteTx,
        checked: &[Result<Checked, Vec<Fault>>],
    ) -> Result<(), Failure> {
        let ids: BTreeSet<_> = checked
            .iter()
            .flatten()
            .map(|it| &it.draft.collection)
            .collect();
        let now = self.now().local_in(&Zone::default());
        for id in ids {
            if let Some((_, collection)) = self.plugins().collection(id) {
                while tx.mend_index(id, collection, now).await? > 0 {}
            }
        }
        Ok(())
    }

    async fn put(
        &self,
        tx: &mut WriteTx,
        actor: &str,
        now: Instant,
        checked: Checked,
        taken: &mut Taken,
    ) -> Result<DraftResult, Failure> {
        let known = taken.known(tx, &checked).await?;
        self.put_over(tx, actor, now, checked, known, taken).await
    }

    /// Why a draft may not be published over an entry that there is.
    async fn not_now(
        &self,
        tx: &mut WriteTx,
        (plugin, collection): (&LoadedPlugin, &Collection),
        known: Option<&Working>,
        checked: &Checked,
    ) -> Result<Option<Fault>, Failure> {
        let Some(known) = known else {
            return Ok(None);
        };
        if is_being_written(known) {
            return Ok(Some(Fault::new("", "fault.being-written")));
        }
        let declared = (plugin, collection);
        if let Some(fault) = versions::not_risen(tx, declared, known, &checked.body).await? {
            return Ok(Some(fault));
        }
        self.held_back(tx, collection, &known.entry, &checked.body)
            .await
    }

    /// Writes a draft over what is known of its entry.
    pub(super) async fn put_over(
        &self,
        tx: &mut WriteTx,
        actor: &str,
        now: Instant,
        mut checked: Checked,
        known: Option<Working>,
        taken: &mut Taken,
    ) -> Result<DraftResult, Failure> {
        let id = checked.draft.collection.clone();
        let missing = || Failure::internal(format!("collection {id} is gone"));
        let (plugin, collection) = self.plugins().collection(&id).ok_or_else(missing)?;
        if let Some(known) = known.as_ref().filter(|it| !says_the_same(it, &checked)) {
            keep_confirmed(tx, &known.entry.id, &mut checked).await?;
        }
        if let Some(result) = stop(tx, collection, known.as_ref(), &checked).await? {
            return Ok(result);
        }
        let declared = (plugin.as_ref(), collection);
        if let Some(fault) = self.not_now(tx, declared, known.as_ref(), &checked).await? {
            return Ok(Err(vec![fault]));
        }
        let workflow = workflow::named(&collection.workflow.id).ok_or_else(missing)?;
        let state = known
            .as_ref()
            .map_or(workflow.initial.as_str(), |it| it.entry.state.as_str());
        let seat = Seat {
            state,
            is_public: false,
            organisation: &checked.organisation,
            author: None,
            hands: &[],
        };
        let by = (By::System, &Directory::default());
        let step = match workflow::next(workflow, by, seat, "publish", None) {
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
        let reserved = plugin.reserved(&checked.draft.collection);
        let publication = |entry: &EntryId, revision: &NewRevision| Publication {
            entry: entry.clone(),
            revision: revision.id.clone(),
            state: step.to.clone(),
            at: checked.draft.published_at.unwrap_or(now),
            by: actor.to_owned(),
            clock_started_on: checked.clock_started_on,
        };
        let (entry, posted) = match known {
            Some(known) => {
                let revision = revision(&checked, &step.to, actor, now);
                tx.add_revision(&known.entry.id, &revision).await?;
                let publication = publication(&known.entry.id, &revision);
                tx.publish(&publication, collection, checked.now).await?;
                (known.entry.id, Posted::Updated)
            }
            None => {
                let new = new_entry(tx, &checked, &reserved, now, taken).await?;
                let revision = revision(&checked, &step.to, actor, now);
                let publication = publication(&new.id, &revision);
                tx.create_public(&new, revision, &publication, collection, checked.now)
                    .await?;
                taken.take(&new);
                (new.id, Posted::Created)
            }
        };
        note(tx, entry, checked, (actor, posted, now)).await?;
        Ok(Ok(posted))
    }
}

/// Notes what the text of an entry that has just become public proposes, and logs it.
async fn note(
    tx: &mut WriteTx,
    entry: EntryId,
    checked: Checked,
    (actor, posted, at): (&str, Posted, Instant),
) -> Result<(), Failure> {
    let site = checked.draft.site;
    let is_new = posted == Posted::Created;
    tx.propose((&entry, &site), &checked.proposals, at, is_new)
        .await?;
    tx.log_change(NewChange {
        at,
        kind: "publish".to_owned(),
        site: Some(site),
        entry: Some(entry),
        actor: actor.to_owned(),
        detail: String::new(),
    });
    Ok(())
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
    let bodies = (known.map(|it| &it.entry.body), &checked.body);
    let fault = table::made_up(collection, bodies, &checked.files);
    if let Some(fault) = fault.or_else(|| foreign_file(known, &checked.body, &checked.files)) {
        return Ok(Some(Err(vec![fault])));
    }
    let twin = twin(tx, collection, known, checked).await?;
    Ok(twin.map(|fault| Err(vec![fault])))
}

/// Another public entry of the site that is the same by what the collection declares unique.
pub(super) async fn twin(
    tx: &mut WriteTx,
    collection: &Collection,
    known: Option<&Working>,
    checked: &Checked,
) -> Result<Option<Fault>, Failure> {
    let row = index::row(collection, &checked.body, checked.now);
    let own = known.map(|known| &known.entry.id);
    let place = (&checked.draft.site, &checked.draft.collection);
    same(tx, collection, place, (&row, own)).await
}

/// The same of an index row.
pub(super) async fn same(
    tx: &mut WriteTx,
    collection: &Collection,
    (site, id): (&SiteId, &CollectionId),
    (row, own): (&index::IndexRow, Option<&EntryId>),
) -> Result<Option<Fault>, Failure> {
    let twin = tx.twin(site, id, collection, row, own).await?;
    Ok(twin.map(|twin| {
        let fields = collection.unique.join(", ");
        Fault::new(fields, "fault.exists-already").with("entry", twin)
    }))
}

/// People write a text behind the public one: what comes from elsewhere would bury it.
fn is_being_written(known: &Working) -> bool {
    known.published.as_ref() != Some(&known.entry.revision)
}

/// Edges that editors confirmed stay, whatever the file says that the entry came from.
async fn keep_confirmed(
    tx: &mut WriteTx,
    entry: &EntryId,
    checked: &mut Checked,
) -> Result<(), Failure> {
    for (field, kind, target) in tx.confirmed_edges(entry).await? {
        let edges = checked.body.entry(field).or_insert_with(|| json!([]));
        if let Some(edges) = edges.as_array_mut() {
            let key = code_key(&target);
            let is_it = |edge: &Value| {
                let part = |name: &str| edge.get(name).and_then(Value::as_str).unwrap_or_default();
                part("kind") == kind && code_key(part("target")) == key
            };
            if !edges.iter().any(is_it) {
                edges.push(json!({"kind": kind, "target": target}));
            }
        }
    }
    Ok(())
}

/// Whether the published revision has the same fields, source and lifted gates. Attached files are
/// compared by name, label and content: made anew, they have other ids.
fn says_the_same(known: &Working, checked: &Checked) -> bool {
    let is_public = known.published.as_ref() == Some(&known.entry.revision);
    let bare = |body: &Body| {
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
pub(crate) fn foreign_file(
    known: Option<&Working>,
    given: &Body,
    new: &[StoredFile],
) -> Option<Fault> {
    let held = known.map(|known| files_in(&known.entry.body));
    let held = held.unwrap_or_default();
    let named = files_in(given);
    let foreign = named
        .iter()
        .find(|id| !held.contains(id) && !new.iter().any(|file| file.id == **id));
    foreign.map(|id| Fault::new("", "fault.file").with("file", id))
}

pub(super) fn revision(checked: &Checked, state: &str, actor: &str, now: Instant) -> NewRevision {
    NewRevision {
        id: new_revision_id(),
        state: state.to_owned(),
        title: checked.title.clone(),
        author: checked.author.clone(),
        source: checked.source.clone(),
        lifted_gates: checked.draft.lifted.clone(),
        body: checked.body.clone(),
        files: files_in(&checked.body),
        made_at: now,
        made_by: actor.to_owned(),
    }
}

pub(crate) fn files(value: &Value) -> Vec<FileId> {
    match value {
        Value::Object(object) => files_in(object),
        Value::Array(items) => items.iter().flat_map(files).collect(),
        _ => Vec::new(),
    }
}

fn files_in(object: &Body) -> Vec<FileId> {
    let own = object.get("file").and_then(Value::as_str);
    let own = own.and_then(|id| FileId::new(id).ok());
    own.into_iter()
        .chain(object.values().flat_map(files))
        .collect()
}

async fn new_entry(
    tx: &mut WriteTx,
    checked: &Checked,
    reserved: &[&str],
    now: Instant,
    taken: &Taken,
) -> Result<NewEntry, Failure> {
    let draft = &checked.draft;
    let slug = match taken.free_slug(checked, reserved) {
        Some(slug) => slug,
        None => free_slug(tx, checked, reserved).await?,
    };
    Ok(NewEntry {
        id: new_entry_id(),
        site: draft.site.clone(),
        collection: draft.collection.clone(),
        slug,
        language: LANGUAGE.to_owned(),
        translation_of: None,
        import_key: draft.import_key.clone(),
        organisation: checked.organisation.clone(),
        created_at: now,
    })
}

/// The slug made from the pattern, or with the first free number behind it.
pub(super) async fn free_slug(
    tx: &mut WriteTx,
    checked: &Checked,
    reserved: &[&str],
) -> Result<Slug, Failure> {
    let draft = &checked.draft;
    let base = slug_base(checked);
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

/// The slug made from the pattern, with room for a number behind it.
pub(super) fn slug_base(checked: &Checked) -> &str {
    let room = dinh_domain::ids::MAX_ID_BYTES - 6;
    let slug = &checked.slug;
    let base = slug.get(..room.min(slug.len())).unwrap_or(slug);
    base.trim_end_matches('-')
}

//! Writing: a text is kept as it is, whole or not; what is public stays as it was.

use dinh_domain::body;
use dinh_domain::declaration::Collection;
use dinh_domain::entry::Body;
use dinh_domain::fault::Fault;
use dinh_domain::ids::{AccountId, CollectionId, EntryId, RevisionId, SiteId};
use dinh_domain::people::{Right, Staff};
use dinh_domain::site::{Directory, Site};
use dinh_domain::visibility::Actor;
use dinh_domain::workflow::{Refusal, Workflow};
use dinh_store::{DeskEntry, StoredFile, Working, new_entry_id};
use serde_json::Value;

use super::put::{CREATED, Kept, NewText, WRITTEN, Writer};
use super::{Done, Undone, answer, seat};
use crate::failure::Failure;
use crate::portal::Portal;
use crate::post::{Draft, NewFile, files_of, foreign_file};
use crate::table;

/// A text as somebody wrote it.
#[derive(Debug, Clone)]
pub struct Text {
    /// The entry and the revision that the writer began from; none for a new entry.
    pub of: Option<(EntryId, RevisionId)>,
    /// The site of a new entry.
    pub site: SiteId,
    /// The type of a new entry.
    pub collection: CollectionId,
    /// Fields; those that are not finished are left out.
    pub body: Body,
    /// Source to name; the organisation where none is given (Đ6.3).
    pub source: Option<String>,
    /// New files, by field.
    pub files: Vec<NewFile>,
}

/// A text that was kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Written {
    /// The entry.
    pub entry: EntryId,
    /// Its newest revision.
    pub revision: RevisionId,
}

impl Portal {
    /// Keeps a text as a new revision of its entry, or as a new entry. What is missing is no fault
    /// before it is sent to be approved; what is there must be right.
    pub async fn write_text(&self, staff: &Staff, text: Text) -> Result<Done<Written>, Failure> {
        let directory = self.directory().await?;
        let known = match &text.of {
            Some((id, _)) => match self.writable(staff, &directory, id).await? {
                Ok(known) => Some(known),
                Err(undone) => return Ok(Err(undone)),
            },
            None => None,
        };
        let working = known.as_ref().map(|it| &it.working);
        let site = working.map_or(&text.site, |it| &it.entry.site);
        let collection = working.map_or(&text.collection, |it| &it.entry.collection);
        let Some(site) = directory.site(site).cloned() else {
            return Ok(Err(Undone::NotFound));
        };
        if known.is_none() && !self.begins(staff, &directory, &site, collection) {
            return Ok(Err(Undone::Refused(Refusal::NotAllowed(
                CREATED.to_owned(),
            ))));
        }
        let declared = self.declared_of(collection)?;
        let visit = self.visit(&directory, site.clone(), Actor::Staff(staff.clone()))?;
        let mut draft = Draft {
            site: site.id.clone(),
            collection: collection.clone(),
            import_key: None,
            body: text.body,
            source: text.source,
            lifted: Vec::new(),
            files: text.files,
            published_at: None,
            faults: Vec::new(),
        };
        let files = match self.keep(&visit, declared.1, &mut draft).await? {
            Ok(files) => files,
            Err(faults) => return Ok(Err(Undone::Faults(faults))),
        };
        let body = body::check_unfinished(&declared.0.declaration, declared.1, draft.body);
        let mut body = match body {
            Ok(body) => body,
            Err(faults) => return Ok(Err(Undone::Faults(faults))),
        };
        keep_unknown(declared.1, working, &mut body);
        if let (Some(answer), Some(working)) = (&declared.1.answer, working) {
            body = answer::laid_over(answer, &working.entry.body, body);
            if let Some(fault) = answer::missing(answer, &body) {
                return Ok(Err(Undone::Faults(vec![fault])));
            }
        }
        let whose = (&staff.account, &site.id);
        let foreign = self.foreign(whose, (declared.1, working), &body, &files);
        if let Some(fault) = foreign.await? {
            return Ok(Err(Undone::Faults(vec![fault])));
        }
        let kept = Kept {
            collection: declared,
            site,
            body,
            source: draft.source,
            files,
            now: self.now(),
        };
        match (known, text.of) {
            (Some(known), Some((_, began_from))) => {
                self.rewrite_text(staff, known, &began_from, kept).await
            }
            _ => self.begin_text(staff, draft.collection, kept).await.map(Ok),
        }
    }

    /// A file that a body names and that is not its own: neither new, nor of a revision of its entry,
    /// nor sent by the writer with a form that was not saved.
    async fn foreign(
        &self,
        whose: (&AccountId, &SiteId),
        (collection, working): (&Collection, Option<&Working>),
        body: &Body,
        new: &[StoredFile],
    ) -> Result<Option<Fault>, Failure> {
        let named = files_of(&Value::Object(body.clone()));
        let whose = (whose.0.as_str(), whose.1);
        let mut own = self.store().uploads(whose, &named).await?;
        own.extend(new.iter().cloned());
        if let Some(working) = working {
            let entry = &working.entry.id;
            own.extend(self.store().entry_files(entry, &named).await?);
        }
        let bodies = (working.map(|it| &it.entry.body), body);
        let fault = table::made_up(collection, bodies, &own);
        Ok(fault.or_else(|| foreign_file(working, body, &own)))
    }

    /// Whether somebody may begin an entry of a collection on a site; what citizens send is nobody else's to begin.
    pub(super) fn begins(
        &self,
        staff: &Staff,
        directory: &Directory,
        site: &Site,
        collection: &CollectionId,
    ) -> bool {
        let declared = self.plugins().collection(collection);
        let mut enabled = directory.enabled_modules(&site.id).into_iter();
        declared.is_some_and(|(_, it)| it.submission.is_none())
            && enabled.any(|it| it.plugin == *collection.plugin())
            && staff.may(
                Right::Write,
                directory,
                &site.organisation,
                Some(&staff.account),
            )
    }

    /// An entry that somebody may write now.
    pub(super) async fn writable(
        &self,
        staff: &Staff,
        directory: &Directory,
        id: &EntryId,
    ) -> Result<Done<DeskEntry>, Failure> {
        let scope = self.desk_scope_at(staff, directory, id).await?;
        let Some(known) = self.store().desk_entry(&scope, id).await? else {
            return Ok(Err(Undone::NotFound));
        };
        let (_, collection, workflow) = self.declared_of(&known.working.entry.collection)?;
        Ok(may_write(staff, directory, (collection, workflow), &known).map(|_| known))
    }

    async fn begin_text(
        &self,
        staff: &Staff,
        collection: CollectionId,
        kept: Kept<'_>,
    ) -> Result<Written, Failure> {
        let organisation = self.organisation_of(&kept.site).await?;
        let mut tx = self.store().begin_write().await?;
        let new = NewText {
            id: new_entry_id(),
            collection,
            key: None,
        };
        let by = Writer::Staff(staff);
        let written = self.put_first(&mut tx, by, new, (&kept, &organisation));
        let written = written.await?;
        tx.commit().await?;
        Ok(written)
    }

    async fn rewrite_text(
        &self,
        staff: &Staff,
        known: DeskEntry,
        began_from: &RevisionId,
        kept: Kept<'_>,
    ) -> Result<Done<Written>, Failure> {
        let organisation = self.organisation_of(&kept.site).await?;
        let directory = self.directory().await?;
        let id = &known.working.entry.id;
        let mut tx = self.store().begin_write().await?;
        let Some(now) = tx.desk_entry(id).await? else {
            return Ok(Err(Undone::NotFound));
        };
        let (_, collection, workflow) = kept.collection;
        let state = match may_write(staff, &directory, (collection, workflow), &now) {
            Ok(state) => state,
            Err(undone) => return Ok(Err(undone)),
        };
        let entry = &now.working.entry;
        if entry.revision != *began_from {
            return Ok(Err(self.changed(&now).await?));
        }
        if collection.answer.is_some()
            && let Some(fault) = self.answers_shut(&mut tx, entry).await?
        {
            return Ok(Err(Undone::Faults(vec![fault])));
        }
        let by = Writer::Staff(staff);
        let written = self.put_next(&mut tx, by, (&now, state), (&kept, &organisation));
        let written = written.await?;
        let is_answered = entry.state != state && !workflow.unanswered.iter().any(|it| it == state);
        if collection.answer.is_some() && now.working.published.is_none() && is_answered {
            self.write_answer(&mut tx, (&entry.site, id)).await?;
        }
        tx.commit().await?;
        Ok(Ok(written))
    }
}

/// Fields that the collection does not declare are nobody's to write here, and stay as they are.
pub(crate) fn keep_unknown(collection: &Collection, working: Option<&Working>, body: &mut Body) {
    let fields = working.into_iter().flat_map(|it| it.entry.body.iter());
    let unknown = fields.filter(|(name, _)| !collection.schema.contains_key(*name));
    for (name, value) in unknown {
        body.insert(name.clone(), value.clone());
    }
}

/// The state of an entry after somebody writes it. Of what a citizen sent that is the office's answer, where its
/// collection takes one.
pub(crate) fn written<'w>(
    (collection, workflow): (&Collection, &'w Workflow),
    state: &str,
) -> Option<&'w str> {
    match (&collection.submission, &collection.answer) {
        (None, _) => workflow.written(state),
        (Some(_), Some(_)) => workflow.answers.get(state).map(String::as_str),
        (Some(_), None) => None,
    }
}

/// The state of an entry after this person writes it.
pub(super) fn may_write<'w>(
    staff: &Staff,
    directory: &Directory,
    (collection, workflow): (&Collection, &'w Workflow),
    known: &DeskEntry,
) -> Done<&'w str> {
    let seat = seat(known);
    if !staff.may(Right::Write, directory, seat.organisation, seat.author) {
        return Err(Undone::Refused(Refusal::NotAllowed(WRITTEN.to_owned())));
    }
    written((collection, workflow), seat.state).ok_or_else(|| Undone::NotWritable {
        state: workflow.state_name(seat.state).to_owned(),
    })
}

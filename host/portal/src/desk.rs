//! The desk: what staff see of entries that are not public yet, what they write, and the steps they
//! take with them. Everything here is asked by somebody who is signed in, and takes their rights as
//! they are at that moment.

mod act;
mod alike;
mod answer;
mod assign;
mod batch;
mod bulk;
mod choices;
mod clock;
mod form;
mod list;
mod open;
mod preview;
mod put;
mod revision;
mod table;
mod write;

pub(crate) use open::{in_words, told};
pub(crate) use put::{Kept, NewText, Writer};
pub(crate) use write::{keep_unknown, written};

use dinh_domain::declaration::Collection;
use dinh_domain::entry::Entry;
use dinh_domain::fault::Fault;
use dinh_domain::ids::{AccountId, CollectionId, EntryId, RevisionId, SiteId};
use dinh_domain::people::Staff;
use dinh_domain::site::Directory;
use dinh_domain::visibility::{Actor, Purpose, Scope, scope, work_on};
use dinh_domain::workflow::{Refusal, Seat, Workflow, named};
use dinh_store::{ActorKind, DeskEntry, NewAudit};
use serde_json::{Value, json};

use crate::failure::Failure;
use crate::plugins::LoadedPlugin;
use crate::portal::Portal;

pub use act::{REASON_CHARS_MAX, Step, Taken};
pub use alike::AlikeAnswered;
pub(crate) use assign::takes_next_step;
pub use assign::{Assignable, Assigned};
pub use batch::{
    BATCH_BYTES_MAX, BATCH_COLUMNS_MAX, BATCH_LINES_SHOWN, BATCH_ROWS_MAX, BATCH_ROWS_SHOWN,
    BatchAct, BatchColumn, BatchCount, BatchField, BatchForm, BatchLayout, BatchLine, BatchOf,
    BatchPlan, BatchRow, BatchRowBecomes, BatchSent, BatchSheet, SentBatch,
};
pub use bulk::{BulkDone, BulkLine, BulkPlan, BulkStep, Chosen};
pub use choices::RoomChoices;
pub use form::{
    Beginning, Button, EntryColumn, EntryField, EntryForm, EntryInput, FormOf, FoundTargets,
    MAX_TYPED_BYTES, Meanwhile, Sent, SentForm,
};
pub use list::{DESK_LINES_MAX, Room, RoomLine, RoomPage, RoomQuery};
pub use open::{OpenEntry, StepLine, StepOffer};
pub use revision::RevisionShown;
pub use table::{PREVIEW_COLUMNS, PREVIEW_ROWS, SentTable, TableForm, TableSent};
pub use write::{Text, Written};

/// Why something at the desk is not done; nothing is lost by it.
#[derive(Debug, Clone, PartialEq)]
pub enum Undone {
    /// There is no such entry, or it is not for this person.
    NotFound,
    /// The workflow or the person's rights stand against it.
    Refused(Refusal),
    /// The text may not be written in this state.
    NotWritable {
        /// The state's name, in Vietnamese.
        state: String,
    },
    /// Somebody else wrote meanwhile; this is the revision that there is now.
    Changed {
        /// The newest revision.
        revision: RevisionId,
        /// Who wrote it.
        by: String,
    },
    /// What is wrong with the text, all at once.
    Faults(Vec<Fault>),
}

/// What the desk does, or why it does not.
pub type Done<T> = Result<T, Undone>;

impl Portal {
    /// What somebody may see of what is not public.
    pub(crate) fn desk_scope(staff: &Staff, directory: &Directory) -> Scope {
        let actor = Actor::Staff(staff.clone());
        let mut sites = directory.sites.iter();
        let here = sites.next().map(|site| site.id.clone());
        here.map_or_else(Scope::default, |here| {
            scope(&actor, directory, &here, Purpose::Work)
        })
    }

    /// The same on the site of one entry alone, which is all that it takes to look at the entry.
    pub(crate) async fn desk_scope_at(
        &self,
        staff: &Staff,
        directory: &Directory,
        id: &EntryId,
    ) -> Result<Scope, Failure> {
        let site = self.store().site_of_entry(id).await?;
        Ok(site.map_or_else(Scope::default, |site| work_on(staff, directory, &site)))
    }

    /// A collection with its workflow and the plugin that declares it.
    pub(crate) fn declared_of(
        &self,
        id: &CollectionId,
    ) -> Result<(&LoadedPlugin, &Collection, &'static Workflow), Failure> {
        let gone = || Failure::Refused(format!("there is no collection `{id}`"));
        let (plugin, collection) = self.plugins().collection(id).ok_or_else(gone)?;
        let workflow = named(&collection.workflow.id).ok_or_else(gone)?;
        Ok((plugin, collection, workflow))
    }

    /// Somebody wrote meanwhile: what there is now, and who wrote it.
    pub(crate) async fn changed(&self, now: &DeskEntry) -> Result<Undone, Failure> {
        let entry = &now.working.entry;
        let lines = self.store().revision_lines(&entry.id).await?;
        let line = lines.into_iter().find(|it| it.id == entry.revision);
        let gone = || Failure::internal(format!("revision {} is gone", entry.revision));
        Ok(Undone::Changed {
            by: line.ok_or_else(gone)?.by,
            revision: entry.revision.clone(),
        })
    }

    /// An act of somebody with an account.
    pub(crate) fn staff_act(
        &self,
        staff: &Staff,
        what: &str,
        entry: &DeskSubject<'_>,
        (before, after): (Option<Value>, Option<Value>),
    ) -> NewAudit {
        self.staff_acted(
            staff,
            what,
            ("entry", entry.id.as_str(), entry.site),
            (before, after),
        )
    }

    /// The same about another thing of a site: its kind, its id, the site.
    fn staff_acted(
        &self,
        staff: &Staff,
        what: &str,
        (kind, subject, site): (&str, &str, &SiteId),
        (before, mut after): (Option<Value>, Option<Value>),
    ) -> NewAudit {
        // Whose roles were lent to them at that time, whether they were needed for it or not.
        let lenders: Vec<&AccountId> = staff.acting.iter().map(|it| &it.of).collect();
        if let (false, Some(Value::Object(after))) = (lenders.is_empty(), &mut after) {
            after.insert("lent_by".to_owned(), json!(lenders));
        }
        NewAudit {
            at: self.now(),
            actor_kind: ActorKind::Account,
            actor: staff.account.to_string(),
            origin: self.origin.to_string(),
            act: what.to_owned(),
            subject_kind: kind.to_owned(),
            subject: subject.to_owned(),
            site: Some(site.clone()),
            before,
            after,
        }
    }
}

/// The entry that an act is about.
pub(crate) struct DeskSubject<'a> {
    pub(crate) id: &'a EntryId,
    pub(crate) site: &'a SiteId,
}

impl<'a> DeskSubject<'a> {
    pub(crate) fn of(entry: &'a Entry) -> Self {
        Self {
            id: &entry.id,
            site: &entry.site,
        }
    }
}

/// Where an entry stands, as the rules look at it.
pub(crate) fn seat(entry: &DeskEntry) -> Seat<'_> {
    let working = &entry.working;
    Seat {
        state: &working.entry.state,
        is_public: working.published.is_some() && working.withdrawn.is_none(),
        organisation: &working.organisation,
        author: entry.desk.author.as_ref(),
        hands: &entry.hands,
    }
}

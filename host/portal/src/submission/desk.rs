//! What the desk sees of a sending: how it came, and, to those who may, who sent it. Each reading of personal data is
//! recorded.

use dinh_domain::dates::Instant;
use dinh_domain::declaration::{Collection, PrivateAccess};
use dinh_domain::entry::Body;
use dinh_domain::ids::EntryId;
use dinh_domain::people::{Right, Staff};
use dinh_store::{DeskEntry, Erasure, Submission};
use serde_json::{Value, json};

use super::labelled;
use crate::desk::{DeskSubject, Done, Undone, seat};
use crate::failure::Failure;
use crate::portal::Portal;

/// Longest ground of an erasure, in characters.
const GROUND_CHARS_MAX: usize = 500;

/// How an entry was sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SendingShown {
    /// Its code.
    pub code: String,
    /// When.
    pub sent_at: Instant,
    /// Whether the sender's browser solved a puzzle: others come slower, and more often from machines.
    pub is_proved: bool,
    /// What it is about: its title, and its page on the desk.
    pub about: Option<(String, EntryId)>,
    /// What the office alone reads, and is no personal data.
    pub office: Vec<(String, String)>,
    /// Labels of personal fields that were filled.
    pub personal: Vec<String>,
    /// Whether this person may read them.
    pub may_read: bool,
    /// When the private fields were erased.
    pub erased_at: Option<Instant>,
}

/// Who sent an entry, for somebody who may know.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PrivateShown {
    /// Title of the entry.
    pub title: String,
    /// How it was sent.
    pub sending: SendingShown,
    /// Labels and values of personal fields; empty until they are asked for.
    pub personal: Vec<(String, String)>,
    /// What the sender agreed to.
    pub consent: String,
}

impl Portal {
    /// How an entry was sent; none where nobody sent it.
    pub(crate) async fn sending_shown(
        &self,
        staff: &Staff,
        entry: &DeskEntry,
    ) -> Result<Option<SendingShown>, Failure> {
        let known = &entry.working.entry;
        let Some(sending) = self.store().submission_of(&known.id).await? else {
            return Ok(None);
        };
        let (plugin, collection, _) = self.declared_of(&known.collection)?;
        let fields = self.private_fields(&known.id).await?;
        let part = |access| labelled(plugin, collection, &of(collection, &fields, access));
        let personal = part(PrivateAccess::Personal);
        let erasure = self.store().erasure_of(&known.id).await?;
        let directory = self.directory().await?;
        Ok(Some(SendingShown {
            about: self.about_title(&sending).await?,
            code: sending.code,
            sent_at: sending.sent_at,
            is_proved: sending.proof.is_some(),
            office: part(PrivateAccess::OfficeOnly),
            personal: personal.into_iter().map(|(label, _)| label).collect(),
            may_read: staff.may(Right::Personal, &directory, seat(entry).organisation, None),
            erased_at: erasure.map(|it| it.at),
        }))
    }

    /// Who sent an entry. With `reveal` the personal fields are read, which is recorded with the reader's name.
    pub async fn private_shown(
        &self,
        staff: &Staff,
        id: &EntryId,
        reveal: bool,
    ) -> Result<Done<PrivateShown>, Failure> {
        let (entry, sending) = match self.private_place(staff, id).await? {
            Ok(place) => place,
            Err(undone) => return Ok(Err(undone)),
        };
        let known = &entry.working.entry;
        let Some(shown) = self.sending_shown(staff, &entry).await? else {
            return Ok(Err(Undone::NotFound));
        };
        let (plugin, collection, _) = self.declared_of(&known.collection)?;
        let mut personal = Vec::new();
        if reveal && !shown.personal.is_empty() {
            let fields = self.private_fields(id).await?;
            let fields = of(collection, &fields, PrivateAccess::Personal);
            let names: Vec<&String> = fields.keys().collect();
            let mut tx = self.store().begin_write().await?;
            let became = Some(json!({"fields": names, "receipt": sending.code}));
            let subject = DeskSubject::of(known);
            tx.audit(self.staff_act(staff, "personal-read", &subject, (None, became)));
            tx.commit().await?;
            personal = labelled(plugin, collection, &fields);
        }
        Ok(Ok(PrivateShown {
            title: known.title.clone(),
            consent: sending.consent,
            sending: shown,
            personal,
        }))
    }

    /// Erases the private fields of an entry at a sender's request, which names its ground.
    pub async fn erase_as_asked(
        &self,
        staff: &Staff,
        id: &EntryId,
        ground: &str,
    ) -> Result<Done<bool>, Failure> {
        let (entry, sending) = match self.private_place(staff, id).await? {
            Ok(place) => place,
            Err(undone) => return Ok(Err(undone)),
        };
        let (ground, chars) = (ground.trim(), ground.trim().chars().count());
        if ground.is_empty() || chars > GROUND_CHARS_MAX {
            let fault = dinh_domain::fault::Fault::new("reason", "fault.ground");
            return Ok(Err(Undone::Faults(vec![
                fault.with("max", GROUND_CHARS_MAX),
            ])));
        }
        let erasure = Erasure {
            entry: id.clone(),
            at: self.now(),
            actor: staff.account.to_string(),
            ground: ground.to_owned(),
        };
        let subject = DeskSubject::of(&entry.working.entry);
        let done = self.erase_private(erasure, |was_there| {
            let became = json!({"reason": ground, "erased": was_there, "receipt": sending.code});
            self.staff_act(staff, "private-erased", &subject, (None, Some(became)))
        });
        done.await.map(Ok)
    }

    /// A sending whose personal fields somebody may read.
    async fn private_place(
        &self,
        staff: &Staff,
        id: &EntryId,
    ) -> Result<Done<(DeskEntry, Submission)>, Failure> {
        let directory = self.directory().await?;
        let scope = Self::desk_scope(staff, &directory);
        let Some(entry) = self.store().desk_entry(&scope, id).await? else {
            return Ok(Err(Undone::NotFound));
        };
        let Some(sending) = self.store().submission_of(id).await? else {
            return Ok(Err(Undone::NotFound));
        };
        let at = seat(&entry).organisation;
        if !staff.may(Right::Personal, &directory, at, None) {
            let refusal = dinh_domain::workflow::Refusal::NotAllowed("personal".to_owned());
            return Ok(Err(Undone::Refused(refusal)));
        }
        Ok(Ok((entry, sending)))
    }

    async fn about_title(
        &self,
        sending: &Submission,
    ) -> Result<Option<(String, EntryId)>, Failure> {
        let Some(about) = &sending.about else {
            return Ok(None);
        };
        let entry = self.store().working(about).await?;
        Ok(entry.map(|it| (it.entry.title, about.clone())))
    }
}

/// The fields of one access.
fn of(collection: &Collection, fields: &Body, access: PrivateAccess) -> Body {
    let is_of = |name: &str| {
        let declared = collection.private.get(name);
        // What a former version asked for and this one does not know is personal: nobody says otherwise.
        declared.map_or(PrivateAccess::Personal, |it| it.access) == access
    };
    let own = fields.iter().filter(|(name, _)| is_of(name));
    own.map(|(name, value): (&String, &Value)| (name.clone(), value.clone()))
        .collect()
}

//! What the desk sees of a sending: how it came, and, to those who may, who sent it. Each reading of personal data is
//! recorded.

use dinh_domain::dates::Instant;
use dinh_domain::declaration::PrivateAccess;
use dinh_domain::ids::{CollectionId, EntryId};
use dinh_domain::people::{Right, Staff};
use dinh_store::{DeskEntry, Erasure, Submission};
use serde_json::json;

use super::Kept;
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
    /// How it came: `web`, or what the officer says who took it down.
    pub channel: String,
    /// Who entered it, where its sender did not.
    pub recorded_by: Option<String>,
    /// Other sendings about the same entry with the same words.
    pub alike: u64,
    /// What it is about: its title, and its page on the desk.
    pub about: Option<(String, EntryId)>,
    /// What the office alone reads, and is no personal data.
    pub office: Vec<(String, String)>,
    /// Labels of personal fields that were filled.
    pub personal: Vec<String>,
    /// False where they cannot be opened now: the key of secrets is missing or another one.
    pub is_readable: bool,
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
        let fields = self.private_fields(&known.id).await;
        let fields = fields.inspect_err(|error| {
            tracing::error!(%error, entry = %known.id, "private fields cannot be opened");
        });
        let is_readable = fields.is_ok();
        let fields = fields.unwrap_or_default();
        let (personal, office) = self.parted(&known.collection, &fields);
        let erasure = self.store().erasure_of(&known.id).await?;
        let directory = self.directory().await?;
        let recorded_by = match &sending.recorded_by {
            Some(by) => Some(self.name_of(by).await?),
            None => None,
        };
        Ok(Some(SendingShown {
            recorded_by,
            alike: self.store().alike(&sending).await?,
            channel: sending.channel.clone(),
            about: self.about_title(staff, &sending).await?,
            code: sending.code,
            sent_at: sending.sent_at,
            is_proved: sending.proof.is_some(),
            office: office.into_iter().map(Kept::line).collect(),
            personal: personal.into_iter().map(|it| it.label.clone()).collect(),
            is_readable,
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
        let mut personal = Vec::new();
        if reveal && !shown.personal.is_empty() {
            let fields = self.private_fields(id).await?;
            let (fields, _) = self.parted(&known.collection, &fields);
            let names: Vec<&String> = fields.iter().map(|it| &it.name).collect();
            let mut tx = self.store().begin_write().await?;
            let became = Some(json!({"fields": names, "receipt": sending.code}));
            let subject = DeskSubject::of(known);
            tx.audit(self.staff_act(staff, "personal-read", &subject, (None, became)));
            tx.commit().await?;
            personal = fields.into_iter().map(Kept::line).collect();
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
            taken_back: false,
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
        let scope = self.desk_scope_at(staff, &directory, id).await?;
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

    /// Personal fields, and the others. What was personal when it was sent stays so, and what a later version says is
    /// personal is so too.
    fn parted<'a>(&self, id: &CollectionId, fields: &'a [Kept]) -> (Vec<&'a Kept>, Vec<&'a Kept>) {
        let declared = self.plugins().collection(id).map(|(_, it)| &it.private);
        fields.iter().partition(|it| {
            let now = declared.and_then(|fields| fields.get(&it.name));
            it.is_personal || now.is_some_and(|now| now.access == PrivateAccess::Personal)
        })
    }

    /// What it is about, as far as this person sees it on the desk.
    async fn about_title(
        &self,
        staff: &Staff,
        sending: &Submission,
    ) -> Result<Option<(String, EntryId)>, Failure> {
        let Some(about) = &sending.about else {
            return Ok(None);
        };
        let directory = self.directory().await?;
        let scope = self.desk_scope_at(staff, &directory, about).await?;
        let entry = self.store().desk_entry(&scope, about).await?;
        Ok(entry.map(|it| (it.working.entry.title, about.clone())))
    }
}

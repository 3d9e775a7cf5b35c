//! What a sender sees of what they sent: by the secret link everything, by the code alone how far it has come.

use dinh_domain::dates::{Instant, Zone};
use dinh_domain::entry::Body;
use dinh_domain::ids::EntryId;
use dinh_domain::visibility::Purpose;
use dinh_domain::workflow::Workflow;
use dinh_store::{DeskEntry, Submission};
use serde_json::{Map, Value, json};

use super::Kept;
use super::code::typed_code;
use crate::desk::in_words;
use crate::failure::Failure;
use crate::people::secret;
use crate::portal::Portal;
use crate::shown::Way;
use crate::visit::Visit;

/// What the first step of a sending is called.
const SENT: (&str, &str) = ("send", "Đã nhận");

/// A sending, for who holds its link.
#[derive(Debug, Clone)]
pub struct Tracked {
    /// Read out at the counter.
    pub code: String,
    /// Title of what was sent.
    pub title: String,
    /// When.
    pub sent_at: Instant,
    /// How far it has come.
    pub state: String,
    /// What was done with it, the first step first.
    pub steps: Vec<TrackedStep>,
    /// What was sent, as everybody may read it once it is public.
    pub text: Vec<(String, String)>,
    /// What only the office reads.
    pub private: Vec<(String, String)>,
    /// What the sender agreed to.
    pub consent: String,
    /// Whether the private fields were erased.
    pub is_erased: bool,
    /// Whether the address of mail that they gave may be confirmed by who opened this link.
    pub may_confirm_mail: bool,
    /// Whether it was.
    pub is_mail_confirmed: bool,
    /// Whether the sender may still take it back.
    pub may_take_back: bool,
    /// Where readers see it.
    pub public: Option<Way>,
    /// What it is about.
    pub about: Option<Way>,
}

/// A step of it, in words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TrackedStep {
    /// When.
    pub at: Instant,
    /// What was done.
    pub what: String,
    /// Why; may be empty.
    pub reason: String,
}

/// A sending, for who knows its code alone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TrackedBriefly {
    /// The code.
    pub code: String,
    /// When it was sent.
    pub sent_at: Instant,
    /// How far it has come.
    pub state: String,
    /// Since when.
    pub since: Instant,
}

/// Everything that is kept of a sender, to take away.
#[derive(Debug, Clone)]
pub struct OwnData {
    /// The code, for the name of the file.
    pub code: String,
    /// A JSON object.
    pub json: Value,
}

impl Portal {
    /// The sending of a secret link, on the site where it was sent; `seal` is what the link in a receipt carries besides.
    pub async fn tracked(
        &self,
        visit: &Visit,
        (token, seal): (&str, &str),
    ) -> Result<Option<Tracked>, Failure> {
        visit.passing();
        let Some((sending, entry)) = self.sending_by_token(visit, token).await? else {
            return Ok(None);
        };
        let known = &entry.working.entry;
        let declared = self.declared_of(&known.collection).ok();
        let flow = declared.map(|(_, _, flow)| flow);
        let steps = self.steps_for_sender(&known.id, flow).await?;
        let private = self.private_fields(&known.id).await?;
        let body = self.body_for_sender(&entry).await?;
        let is_public = entry.working.published.is_some() && entry.working.withdrawn.is_none();
        let own = visit.way(
            &known.site,
            &known.collection,
            known.slug.as_str(),
            &known.title,
        );
        let erasure = self.store().erasure_of(&known.id).await?;
        Ok(Some(Tracked {
            title: known.title.clone(),
            sent_at: sending.sent_at,
            state: state_name(flow, &known.state),
            steps: steps.into_iter().map(|(step, _, _)| step).collect(),
            text: declared.map_or_else(Vec::new, |(plugin, collection, _)| {
                in_words(plugin, collection, &body)
            }),
            private: private.iter().map(Kept::line).collect(),
            is_erased: erasure.is_some(),
            may_confirm_mail: self.mail_waits((&sending, &entry), seal).await?,
            is_mail_confirmed: sending.mail_confirmed_at.is_some() && !private.is_empty(),
            may_take_back: self.takes_back(&entry).is_some() || !private.is_empty(),
            public: own.filter(|_| is_public),
            about: self.about_way(visit, sending.about.as_ref()).await?,
            consent: sending.consent,
            code: sending.code,
        }))
    }

    /// How far a sending of the visited site has come, by its code as somebody typed it.
    pub async fn tracked_briefly(
        &self,
        visit: &Visit,
        typed: &str,
    ) -> Result<Option<TrackedBriefly>, Failure> {
        visit.passing();
        let Some(code) = typed_code(typed) else {
            return Ok(None);
        };
        let site = &visit.site.id;
        let Some(sending) = self.store().submission_by_code(site, &code).await? else {
            return Ok(None);
        };
        let Some(entry) = self.entry_of(&sending).await? else {
            return Ok(None);
        };
        let known = &entry.working.entry;
        let flow = self.declared_of(&known.collection).ok().map(|it| it.2);
        Ok(Some(TrackedBriefly {
            code: sending.code,
            sent_at: sending.sent_at,
            state: state_name(flow, &known.state),
            since: entry.desk.waiting_since.unwrap_or(known.changed_at),
        }))
    }

    /// Everything that is kept of the sender (Luật 91/2025, the right to access).
    pub async fn own_data(&self, visit: &Visit, token: &str) -> Result<Option<OwnData>, Failure> {
        visit.passing();
        let Some((sending, entry)) = self.sending_by_token(visit, token).await? else {
            return Ok(None);
        };
        self.data_of(&sending, &entry).await.map(Some)
    }

    /// The same for a sending that is known.
    pub(super) async fn data_of(
        &self,
        sending: &Submission,
        entry: &DeskEntry,
    ) -> Result<OwnData, Failure> {
        let known = &entry.working.entry;
        let zone = Zone::default();
        let flow = self.declared_of(&known.collection).ok().map(|it| it.2);
        let steps = self.steps_for_sender(&known.id, flow).await?;
        let steps = steps.into_iter().map(|(it, action, to)| {
            json!({"at": it.at.rfc3339_in(&zone), "action": action, "to": to, "reason": it.reason})
        });
        let body = self.body_for_sender(entry).await?;
        let private = self.private_fields(&known.id).await?;
        let private: Map<String, Value> = private
            .into_iter()
            .map(|it| (it.name, Value::String(it.value)))
            .collect();
        let erasure = self.store().erasure_of(&known.id).await?;
        let json = json!({
            "code": sending.code,
            "site": known.site,
            "collection": known.collection,
            "sent_at": sending.sent_at.rfc3339_in(&zone),
            "form": sending.form,
            "consent": sending.consent,
            "state": flow.map_or(known.state.as_str(), |it| it.told(&known.state)),
            "text": body,
            "private": private,
            "erased_at": erasure.map(|it| it.at.rfc3339_in(&zone)),
            "steps": steps.collect::<Vec<_>>(),
        });
        Ok(OwnData {
            code: sending.code.clone(),
            json,
        })
    }

    /// The sending of a secret link with its entry.
    pub(super) async fn sending_by_token(
        &self,
        visit: &Visit,
        token: &str,
    ) -> Result<Option<(Submission, DeskEntry)>, Failure> {
        let Some(hash) = secret::hash_of(token) else {
            return Ok(None);
        };
        let site = &visit.site.id;
        let Some(sending) = self.store().submission_by_token(site, &hash).await? else {
            return Ok(None);
        };
        let entry = self.entry_of(&sending).await?;
        Ok(entry.map(|entry| (sending, entry)))
    }

    /// The entry of a sending, whoever asks: the caller has its secret, or shows next to nothing of it.
    pub(super) async fn entry_of(
        &self,
        sending: &Submission,
    ) -> Result<Option<DeskEntry>, Failure> {
        Ok(self.store().whole_desk_entry(&sending.entry).await?)
    }

    /// What was done with a sending, its action and the state afterwards: steps of the workflow, and no others. Who of
    /// the office has it is the office's.
    async fn steps_for_sender(
        &self,
        id: &EntryId,
        flow: Option<&Workflow>,
    ) -> Result<Vec<(TrackedStep, String, String)>, Failure> {
        let history = self.store().transitions(id).await?;
        let steps = history.into_iter().filter_map(|it| {
            let actions = flow.into_iter().flat_map(|flow| &flow.actions);
            let mut known = actions.filter(|known| known.id == it.action && !known.internal);
            let what = match known.next() {
                Some(known) => known.label.clone(),
                None if it.action == SENT.0 => SENT.1.to_owned(),
                None => return None,
            };
            let step = TrackedStep {
                at: it.at,
                what,
                reason: it.reason,
            };
            Some((step, it.action, it.to))
        });
        Ok(steps.collect())
    }

    /// The text as its sender may read it: an answer is theirs when readers see it, or when it was given to them alone.
    async fn body_for_sender(&self, entry: &DeskEntry) -> Result<Body, Failure> {
        let (working, mut body) = (&entry.working, entry.working.entry.body.clone());
        let declared = self.declared_of(&working.entry.collection).ok();
        let Some((answer, flow)) =
            declared.and_then(|(_, it, flow)| Some((it.answer.as_ref()?, flow)))
        else {
            return Ok(body);
        };
        if !flow.unanswered.contains(&working.entry.state) {
            return Ok(body);
        }
        if let Some(public) = &working.published {
            return Ok(self.store().body_of(public).await?);
        }
        body.retain(|name, _| !answer.fields.contains(name));
        Ok(body)
    }

    pub(super) async fn about_way(
        &self,
        visit: &Visit,
        about: Option<&EntryId>,
    ) -> Result<Option<Way>, Failure> {
        let Some(about) = about else {
            return Ok(None);
        };
        let scope = visit.scope(Purpose::Read);
        let found = self
            .store()
            .headlines(&scope, std::slice::from_ref(about))
            .await?;
        Ok(found
            .first()
            .and_then(|it| visit.way(&it.site, &it.collection, it.slug.as_str(), &it.title)))
    }
}

fn state_name(flow: Option<&Workflow>, state: &str) -> String {
    flow.map_or(state, |flow| flow.state_name(flow.told(state)))
        .to_owned()
}

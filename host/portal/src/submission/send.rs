//! A form that was sent: read, checked as a whole, and kept in one transaction with its receipt.

use dinh_domain::dates::Instant;
use dinh_domain::declaration::PrivateAccess;
use dinh_domain::display;
use dinh_domain::fault::Fault;
use dinh_domain::ids::{EntryId, Slug};
use dinh_domain::people::Staff;
use dinh_domain::site::Site;
use dinh_domain::submission::{self, Read};
use dinh_domain::workflow::named;
use dinh_store::{
    ActorKind, Desk, NewAudit, NewEntry, NewRevision, ONLINE, SealedPrivate, Submission,
    Transition, new_entry_id, new_revision_id,
};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use super::about::{self, About, cut, fields, is_open};
use super::code::free_code;
use super::files::{PostedForm, files_of, take_files};
use super::show::{page, shown, shut};
use super::{FormAt, Kept, PROOF_FIELD, VERSION_FIELD, sealed_for};
use crate::audit::Act;
use crate::desk::DeskSubject;
use crate::failure::Failure;
use crate::people::secret;
use crate::portal::Portal;
use crate::post::Draft;
use crate::section::Here;
use crate::shown::Answer;
use crate::visit::LANGUAGE;

/// What stands in the address of an entry that was never public: nobody is shown it.
const UNMODERATED: &str = "da-gui";
/// Whom the text of a citizen names as its author; who it was lies apart.
const CITIZEN: &str = "Người gửi qua Cổng";
/// The same of what the office entered.
const RECORDED: &str = "Người gửi ngoài Cổng";
/// Who took a step, where its sender took it.
pub(crate) const SENDER: &str = "sender";
/// Longest title of what was sent, in characters: it may be made of all its words.
const TITLE_CHARS_MAX: usize = 160;
/// The first step.
const SENT: &str = "send";
/// Not now: too many of one caller.
const TOO_MANY: u16 = 429;
/// It could not be taken as it was (RFC 9110).
const UNPROCESSABLE: u16 = 422;
/// Somebody else has it already.
const CONFLICT: u16 = 409;
/// Not now.
const UNAVAILABLE: u16 = 503;
/// A fault of the moment: the plugin's check cannot be asked now.
const NOT_NOW: &str = "fault.check-unavailable";
/// Seconds of a minute.
const MINUTE_S: u32 = 60;

/// How a sending came, where its sender did not fill the form.
pub(super) struct ByHand<'a> {
    pub(super) staff: &'a Staff,
    pub(super) channel: &'a str,
}

/// What became of a sending that was right.
pub(super) enum Sent {
    /// It is kept: the entry, and the secret of its sender's link.
    Kept(EntryId, String),
    /// Another sending has used its puzzle.
    Used,
    /// Readers see the result that would have waited for its answer.
    Late,
}

/// What a caller may do so many times an hour.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Taking {
    /// Send, without a solved puzzle.
    Plain,
    /// Send with one.
    Proved,
    /// Bring files, whether what they come with is right or not.
    Files,
}

/// Whether a caller may do that now; otherwise the seconds until they may.
pub(crate) type Turn<'a> = &'a (dyn Fn(Taking) -> Result<(), u32> + Sync);

impl Portal {
    /// Takes what was sent by a form.
    pub(crate) async fn send_submission(
        &self,
        here: &Here<'_>,
        at: &FormAt<'_>,
        posted: PostedForm,
        turn: Turn<'_>,
    ) -> Result<Answer, Failure> {
        let Ok(about) = self.about(here, at).await? else {
            return Ok(Answer::NotFound);
        };
        if let Some(about) = &about
            && !is_open(here, at.form, &about.entry.body)
        {
            let form = shut(here, at);
            return Ok(page(here, at, Some(about), (form, CONFLICT)));
        }
        let asked = fields(here, at, about.as_ref(), LANGUAGE);
        let (sent, files) = self
            .files_sent(here, (at, SENDER), (posted, &asked), Some(turn))
            .await?;
        let of = |wanted: &str| {
            let found = sent.iter().find(|(name, _)| name == wanted);
            found.map_or("", |(_, value)| value.as_str())
        };
        let proof = self.solved(&here.visit.site.id, of(PROOF_FIELD));
        // A page that was open while the section got a new version asked something else.
        let is_of_now = of(VERSION_FIELD) == form_version(here, at);
        let asked = of_form(at, &sent, is_of_now);
        let declaration = &here.plugin.declaration;
        let came = (asked.as_slice(), files.body());
        let read = submission::read(declaration, at.collection, at.form, came);
        let mut read = read.map_err(unknown_field)?;
        let again = |read: &Read, faults: &[Fault], status| {
            let typed = (&read.typed, &files);
            let mut form = shown(here, (at, about.as_ref()), typed, faults);
            self.offer_mail(&mut form);
            Ok(page(here, at, about.as_ref(), (form, status)))
        };
        let summary = |key: &str| Fault::new("", key);
        if !is_of_now {
            return again(&read, &[summary("fault.form-changed")], CONFLICT);
        }
        read.faults.extend(files.faults.iter().cloned());
        read.faults
            .extend(self.unknown_point(here, at, about.as_ref(), &read));
        about::fill(at, about.as_ref(), &mut read);
        if read.faults.is_empty() {
            read.faults = self.section_faults(here, at, &mut read).await?;
        }
        if read.faults.iter().any(|it| it.message_key == NOT_NOW) {
            return again(&read, &[summary("fault.later")], UNAVAILABLE);
        }
        if !read.faults.is_empty() {
            let mut faults = vec![summary("fault.form")];
            faults.append(&mut read.faults);
            return again(&read, &faults, UNPROCESSABLE);
        }
        let taking = proof.as_ref().map_or(Taking::Plain, |_| Taking::Proved);
        if let Err(seconds) = turn(taking) {
            return again(&read, &[too_often(seconds)], TOO_MANY);
        }
        match self
            .keep_submission(here, at, &read, (about.as_ref(), proof, None))
            .await
        {
            Ok(Sent::Kept(_, token)) => Ok(Answer::Redirect(format!("/theo-doi/{token}?moi=1"))),
            Ok(Sent::Used) => again(&read, &[summary("fault.sent-already")], CONFLICT),
            Ok(Sent::Late) => again(&read, &[summary("fault.result-published")], CONFLICT),
            Err(error) => {
                tracing::error!(%error, collection = %at.id, "what a citizen sent is not kept");
                again(&read, &[summary("fault.later")], UNAVAILABLE)
            }
        }
    }

    /// A part that the other entry does not have: made up, or of a former text.
    pub(super) fn unknown_point(
        &self,
        here: &Here<'_>,
        at: &FormAt<'_>,
        about: Option<&About>,
        read: &Read,
    ) -> Option<Fault> {
        let points = at.form.points.as_ref()?;
        let given = read.body.get(&points.field)?.as_str()?;
        let choices = about::part_choices(here, points, about?, LANGUAGE);
        let is_known = choices.iter().any(|it| it.value == given);
        let fault = Fault::new(&points.field, "fault.choice").with("given", given);
        (!is_known).then_some(fault)
    }

    /// What the plugin's check says of the text, and what it completes; private fields it is not told.
    pub(super) async fn section_faults(
        &self,
        here: &Here<'_>,
        at: &FormAt<'_>,
        read: &mut Read,
    ) -> Result<Vec<Fault>, Failure> {
        let draft = Draft {
            site: here.visit.site.id.clone(),
            collection: at.id.clone(),
            import_key: None,
            body: read.body.clone(),
            source: None,
            lifted: Vec::new(),
            files: Vec::new(),
            published_at: None,
            faults: Vec::new(),
        };
        Ok(match self.check(here.visit, draft).await? {
            Ok(checked) => {
                read.body = checked.into_body();
                Vec::new()
            }
            Err(faults) => faults,
        })
    }

    /// Keeps it.
    pub(super) async fn keep_submission(
        &self,
        here: &Here<'_>,
        at: &FormAt<'_>,
        read: &Read,
        (about, proof, by): (Option<&About>, Option<String>, Option<ByHand<'_>>),
    ) -> Result<Sent, Failure> {
        let (site, now) = (&here.visit.site, self.now());
        let missing = || Failure::internal("a collection without its workflow");
        let flow = named(&at.collection.workflow.id).ok_or_else(missing)?;
        let entry = new_entry(at, site, now)?;
        let id = entry.id.clone();
        let by = by.as_ref();
        let revision = self.revision_of(here, at, read, by);
        let files = files_of(at, &read.body);
        let account = by.map_or(SENDER, |it| it.staff.account.as_str());
        let private = match read.private.is_empty() {
            true => None,
            false => Some(self.sealed(&id, (here, at), read)?),
        };
        let (token, token_hash) = secret::token()?;
        let mut tx = self.store().begin_write().await?;
        if let Some(about) = about
            && self.result_is_out(&mut tx, &about.entry.id, &at.id).await?
        {
            return Ok(Sent::Late);
        }
        if !take_files(&mut tx, (&files, account), now).await? {
            return Ok(Sent::Used);
        }
        let code = free_code(&mut tx, site).await?;
        let sending = Submission {
            entry: id.clone(),
            site: site.id.clone(),
            code: code.clone(),
            token_hash,
            sent_at: now,
            form: form_version(here, at),
            consent: words(here, at.form.consent.as_deref()),
            proof,
            about: about.map(|it| it.entry.id.clone()),
            channel: by.map_or(ONLINE, |it| it.channel).to_owned(),
            recorded_by: by.map(|it| it.staff.account.to_string()),
            alike: about::alike(at, &read.body),
            mail_confirmed_at: None,
        };
        tx.create_entry(&entry, &revision).await?;
        if !tx.put_submission(&sending).await? {
            return Ok(Sent::Used);
        }
        if let Some(private) = &private {
            tx.put_private(private).await?;
        }
        let desk = Desk {
            waiting_since: Some(now),
            ..Desk::default()
        };
        tx.set_desk(&id, &desk).await?;
        let step = first_step(&revision, now);
        tx.add_transition(&id, &step).await?;
        // Who sent a letter has not asked for mail, and an address may be misread: the link is a secret.
        if by.is_none() {
            self.write_receipt(&mut tx, (&site.id, &id), (at, read), &token)
                .await?;
        }
        let became = json!({
            "state": flow.initial, "revision": revision.id, "receipt": code, "channel": sending.channel,
        });
        tx.audit(self.arrival(&id, site, by, became));
        tx.commit().await?;
        Ok(Sent::Kept(id, token))
    }

    /// That it came: by whoever typed it.
    fn arrival(
        &self,
        id: &EntryId,
        site: &Site,
        by: Option<&ByHand<'_>>,
        became: Value,
    ) -> NewAudit {
        match by {
            None => self.sender_act(id, site, "entry-sent", Some(became)),
            Some(by) => {
                let subject = DeskSubject { id, site: &site.id };
                self.staff_act(by.staff, "entry-recorded", &subject, (None, Some(became)))
            }
        }
    }

    fn revision_of(
        &self,
        here: &Here<'_>,
        at: &FormAt<'_>,
        read: &Read,
        by: Option<&ByHand<'_>>,
    ) -> NewRevision {
        let author = by.map_or(CITIZEN, |_| RECORDED);
        let declaration = &here.plugin.declaration;
        let pattern = &at.collection.view.title;
        let title = display::pattern(declaration, at.collection, &read.body, pattern, "vi");
        let flow = named(&at.collection.workflow.id);
        NewRevision {
            id: new_revision_id(),
            state: flow.map(|it| it.initial.clone()).unwrap_or_default(),
            title: cut(title.trim(), TITLE_CHARS_MAX),
            author: author.to_owned(),
            source: author.to_owned(),
            lifted_gates: Vec::new(),
            body: read.body.clone(),
            files: files_of(at, &read.body)
                .into_iter()
                .map(|it| it.0)
                .collect(),
            made_at: self.now(),
            made_by: by.map_or(SENDER, |it| it.staff.account.as_str()).to_owned(),
        }
    }

    fn sealed(
        &self,
        entry: &EntryId,
        (here, at): (&Here<'_>, &FormAt<'_>),
        read: &Read,
    ) -> Result<SealedPrivate, Failure> {
        let fields = at.collection.private.iter().filter_map(|(name, field)| {
            Some(Kept {
                name: name.clone(),
                label: here.plugin.text(LANGUAGE, &field.label),
                is_personal: field.access == PrivateAccess::Personal,
                value: read.private.get(name)?.as_str()?.to_owned(),
            })
        });
        let content = serde_json::to_string(&fields.collect::<Vec<_>>());
        let content = content.map_err(Failure::internal)?;
        let sealed = self.seal_key().seal_envelope(&sealed_for(entry), &content);
        let envelope = sealed.map_err(Failure::internal)?;
        Ok(SealedPrivate {
            entry: entry.clone(),
            data_key: envelope.data_key,
            sealed: envelope.sealed,
        })
    }

    /// An act of somebody without an account; from where is nobody's to keep.
    pub(super) fn sender_act(
        &self,
        entry: &EntryId,
        site: &Site,
        what: &str,
        after: Option<Value>,
    ) -> NewAudit {
        let act = Act {
            what,
            kind: "entry",
            subject: entry.as_str(),
            before: None,
            after,
        };
        NewAudit {
            site: Some(site.id.clone()),
            origin: String::new(),
            ..self.recorded(ActorKind::Sender, SENDER, act)
        }
    }
}

/// What was sent for the fields of the form; of one that was another when it was opened those that there are still.
fn of_form(at: &FormAt<'_>, sent: &[(String, String)], is_of_now: bool) -> Vec<(String, String)> {
    let asked = sent.iter().filter(|(name, _)| {
        let is_ours = name == PROOF_FIELD || name == VERSION_FIELD;
        !is_ours && (is_of_now || at.form.fields.iter().any(|it| it.name == *name))
    });
    asked.cloned().collect()
}

/// An entry that nobody is shown yet.
fn new_entry(at: &FormAt<'_>, site: &Site, now: Instant) -> Result<NewEntry, Failure> {
    let id = new_entry_id();
    let slug = Slug::new(&format!("{UNMODERATED}-{id}")).map_err(Failure::internal)?;
    Ok(NewEntry {
        id,
        site: site.id.clone(),
        collection: at.id.clone(),
        slug,
        language: LANGUAGE.to_owned(),
        translation_of: None,
        import_key: None,
        organisation: site.organisation.clone(),
        created_at: now,
    })
}

/// A field that no browser sends from the form.
pub(super) fn unknown_field(name: String) -> Failure {
    Failure::BadRequest {
        detail: format!("Biểu mẫu không có mục “{name}”, hoặc mục này được gửi nhiều lần."),
    }
}

/// That somebody has to wait.
pub(super) fn too_often(seconds: u32) -> Fault {
    Fault::new("", "fault.sent-too-often").with("minutes", seconds.div_ceil(MINUTE_S))
}

/// That it came.
fn first_step(revision: &NewRevision, at: Instant) -> Transition {
    Transition {
        number: 0,
        revision: revision.id.clone(),
        at,
        actor: revision.made_by.clone(),
        action: SENT.to_owned(),
        from: String::new(),
        to: revision.state.clone(),
        reason: String::new(),
        reason_kind: String::new(),
    }
}

/// The plugin's version, and a hash of what was asked and said: which form it was can be told years later.
pub(super) fn form_version(here: &Here<'_>, at: &FormAt<'_>) -> String {
    let fields = at
        .form
        .form_fields(&here.plugin.declaration, at.collection, LANGUAGE);
    let fields = fields.iter().map(|it| {
        let label = here.plugin.text(LANGUAGE, &it.label);
        format!("{} {label} {}\n", it.name, it.required)
    });
    let consent = words(here, at.form.consent.as_deref());
    let said = words(here, Some(&at.form.intro)) + &consent + &fields.collect::<String>();
    let hash = Sha256::digest(said.as_bytes());
    let short: String = hash.iter().take(8).map(|it| format!("{it:02x}")).collect();
    let manifest = &here.plugin.declaration.manifest;
    format!("{} {} {short}", manifest.id, manifest.version)
}

fn words(here: &Here<'_>, key: Option<&str>) -> String {
    key.map(|key| here.plugin.text(LANGUAGE, key))
        .unwrap_or_default()
}

//! What an officer enters that came on paper, at a meeting, by mail or by telephone: the form of the site without its
//! puzzle, with how and when it came. It is answered like the others.

use dinh_domain::dates::LocalDate;
use dinh_domain::declaration::{self, FormFieldKind};
use dinh_domain::entry::Entry;
use dinh_domain::entry_form;
use dinh_domain::fault::Fault;
use dinh_domain::ids::{CollectionId, EntryId};
use dinh_domain::people::{Right, Staff};
use dinh_domain::site::Directory;
use dinh_domain::submission::{self, Read};
use dinh_domain::visibility::Actor;
use dinh_domain::workflow::Refusal;
use dinh_store::DeskEntry;
use serde_json::{Map, Value};

use super::about::{self, About, fields, was_open_on};
use super::files::{PostedForm, SentFiles};
use super::send::{ByHand, Sent, form_version, unknown_field};
use super::show::shown;
use super::{FormAt, VERSION_FIELD};
use crate::desk::{Done, Undone, seat};
use crate::failure::Failure;
use crate::import::message;
use crate::portal::Portal;
use crate::section::Here;
use crate::shown::{FormFieldShown, FormHint, FormShown, Way};
use crate::visit::LANGUAGE;

/// Field that says how it came.
const CHANNEL_FIELD: &str = "kenh";
/// Field that says when.
const RECEIVED_FIELD: &str = "ngay-nhan";
/// How something comes that its sender did not type here.
pub const CHANNELS: [(&str, &str); 4] = [
    ("paper", "Bản giấy"),
    ("meeting", "Tại cuộc họp"),
    ("mail", "Thư điện tử"),
    ("phone", "Điện thoại"),
];
/// Longest date as it is typed, in characters.
const DATE_CHARS_MAX: u32 = 10;
/// The step that a refusal names.
const RECORD: &str = "record";
/// It could not be taken as it was (RFC 9110).
const UNPROCESSABLE: u16 = 422;

/// The form, to be filled for somebody else.
#[derive(Debug)]
pub struct RecordForm {
    /// Title of the page.
    pub title: String,
    /// The entry that it is about.
    pub about: String,
    /// The form.
    pub form: FormShown,
    /// Status of the answer.
    pub status: u16,
}

/// What became of it.
#[derive(Debug)]
pub enum Recording {
    /// It is to be filled, or filled better.
    Form(Box<RecordForm>),
    /// It is kept: its entry.
    Kept(EntryId),
}

/// When and how it came.
#[derive(Default)]
struct Came {
    typed: Map<String, Value>,
    day: Option<LocalDate>,
    faults: Vec<Fault>,
}

impl Portal {
    /// What somebody may enter for others about an entry: the names of its collections, with what one of them is called.
    pub(crate) fn recordable(
        &self,
        staff: &Staff,
        directory: &Directory,
        entry: &DeskEntry,
    ) -> Vec<(String, String)> {
        let known = &entry.working.entry;
        let found = self.plugins().collection(&known.collection);
        let Some((plugin, _)) = found.filter(|(_, it)| it.path.is_none()) else {
            return Vec::new();
        };
        let seat = seat(entry);
        let me = Some(&staff.account);
        if !seat.is_public || !staff.may(Right::Write, directory, seat.organisation, me) {
            return Vec::new();
        }
        let collections = plugin.declaration.collections.iter();
        let taken = collections.filter(|(_, it)| {
            let form = it.submission.as_ref();
            form.is_some_and(|it| it.is_about() && it.received.is_some())
        });
        let named = taken.map(|(name, it)| (name.clone(), plugin.text("vi", &it.label)));
        named.collect()
    }

    /// The form by which an officer enters something about an entry, or what became of what was sent by it.
    pub async fn record(
        &self,
        staff: &Staff,
        (id, name): (&EntryId, &str),
        posted: Option<PostedForm>,
    ) -> Result<Done<Recording>, Failure> {
        let directory = self.directory().await?;
        let scope = self.desk_scope_at(staff, &directory, id).await?;
        let Some(known) = self.store().desk_entry(&scope, id).await? else {
            return Ok(Err(Undone::NotFound));
        };
        let may = self.recordable(staff, &directory, &known);
        if may.iter().all(|(it, _)| it != name) {
            let refusal = Refusal::NotAllowed(RECORD.to_owned());
            return Ok(Err(Undone::Refused(refusal)));
        }
        let entry = &known.working.entry;
        let Some(site) = directory.site(&entry.site).cloned() else {
            return Ok(Err(Undone::NotFound));
        };
        // What readers see is what may be spoken of.
        let visit = self.visit(&directory, site, Actor::Visitor)?;
        let Some(here) = self.here_in(&visit, &entry.collection) else {
            return Ok(Err(Undone::NotFound));
        };
        let Some(public) = self.entry_here(&here, entry.slug.as_str()).await? else {
            return Ok(Err(Undone::NotFound));
        };
        let id = CollectionId::new(entry.collection.plugin(), name).map_err(Failure::internal)?;
        let (_, collection, _) = self.declared_of(&id)?;
        let Some(form) = &collection.submission else {
            return Ok(Err(Undone::NotFound));
        };
        // Nobody agrees for somebody else: what is personal is taken down because it was given.
        let form = declaration::Submission {
            consent: None,
            ..form.clone()
        };
        let at = FormAt {
            id,
            collection,
            form: &form,
            slug: Some(entry.slug.as_str()),
        };
        let about = about_of(&here, public);
        let recording = match posted {
            Some(posted) => {
                let recorded = self.recorded_now(staff, &here, (&at, &about), posted);
                recorded.await?
            }
            None => {
                let came = Came {
                    typed: first(&here),
                    ..Came::default()
                };
                let read = (&Read::default(), &SentFiles::default());
                Recording::Form(Box::new(page(&here, (&at, &about), (&came, read), 200)))
            }
        };
        Ok(Ok(recording))
    }

    async fn recorded_now(
        &self,
        staff: &Staff,
        here: &Here<'_>,
        (at, about): (&FormAt<'_>, &About),
        posted: PostedForm,
    ) -> Result<Recording, Failure> {
        let fields = fields(here, at, Some(about), LANGUAGE);
        let account = staff.account.as_str();
        let (sent, files) = self
            .files_sent(here, (at, account), (posted, &fields), None)
            .await?;
        let of = |wanted: &str| {
            let found = sent.iter().find(|(name, _)| name == wanted);
            found.map_or("", |(_, value)| value.as_str())
        };
        let own = [CHANNEL_FIELD, RECEIVED_FIELD, VERSION_FIELD];
        let asked = sent
            .iter()
            .filter(|(name, _)| !own.contains(&name.as_str()));
        let asked: Vec<(String, String)> = asked.cloned().collect();
        let declaration = &here.plugin.declaration;
        let given = (asked.as_slice(), files.body());
        let read = submission::read(declaration, at.collection, at.form, given);
        let mut read = read.map_err(unknown_field)?;
        read.faults.extend(files.faults.iter().cloned());
        let came = came(here, (at, about), (of(CHANNEL_FIELD), of(RECEIVED_FIELD)));
        if of(VERSION_FIELD) != form_version(here, at) {
            read.faults.push(Fault::new("", "fault.form-changed"));
        }
        read.faults
            .extend(self.unknown_point(here, at, Some(about), &read));
        about::fill(at, Some(about), &mut read);
        if let (Some(name), Some(day)) = (&at.form.received, came.day) {
            read.body
                .insert(name.clone(), Value::String(day.to_string()));
        }
        if read.faults.is_empty() && came.faults.is_empty() {
            read.faults = self.section_faults(here, at, &mut read).await?;
        }
        let again = |read: &Read| {
            let shown = page(here, (at, about), (&came, (read, &files)), UNPROCESSABLE);
            Ok(Recording::Form(Box::new(shown)))
        };
        if !read.faults.is_empty() || !came.faults.is_empty() {
            return again(&read);
        }
        let by = ByHand {
            staff,
            channel: of(CHANNEL_FIELD),
        };
        let kept = self.keep_submission(here, at, &read, (Some(about), None, Some(by)));
        match kept.await? {
            Sent::Kept(entry, _) => Ok(Recording::Kept(entry)),
            Sent::Used | Sent::Late => {
                read.faults.push(Fault::new("", "fault.recorded-late"));
                again(&read)
            }
        }
    }
}

fn about_of(here: &Here<'_>, entry: Entry) -> About {
    let way = Way {
        label: entry.title.clone(),
        path: format!("/{}/{}", here.section.path, entry.slug),
        host: None,
    };
    About { entry, way }
}

/// What stands in an empty form.
fn first(here: &Here<'_>) -> Map<String, Value> {
    let today = here.visit.today.to_vietnamese();
    let typed = [(CHANNEL_FIELD, CHANNELS[0].0), (RECEIVED_FIELD, &today)];
    let typed = typed.map(|(name, value)| (name.to_owned(), Value::from(value)));
    typed.into_iter().collect()
}

/// How and when it came. What came in time is taken, whenever it is entered.
fn came(
    here: &Here<'_>,
    (at, about): (&FormAt<'_>, &About),
    (channel, received): (&str, &str),
) -> Came {
    let typed = [(CHANNEL_FIELD, channel), (RECEIVED_FIELD, received)];
    let typed = typed.map(|(name, value)| (name.to_owned(), Value::from(value)));
    let mut came = Came {
        typed: typed.into_iter().collect(),
        ..Came::default()
    };
    if CHANNELS.iter().all(|(id, _)| *id != channel) {
        let fault = Fault::new(CHANNEL_FIELD, "fault.not-offered");
        came.faults.push(fault);
    }
    let field = at.form.received.as_ref();
    let field = field.and_then(|name| at.collection.schema.get(name));
    let day = field.map(|field| entry_form::one_of(&field.kind, received.trim()));
    let day = match day {
        Some(Ok(Value::String(day))) => LocalDate::parse(&day).ok(),
        _ => None,
    };
    let fault = match day {
        None => Some("fault.received-date"),
        Some(day) if day > here.visit.today => Some("fault.received-later"),
        Some(day) if !was_open_on(here, at.form, &about.entry.body, day) => {
            Some("fault.received-closed")
        }
        Some(_) => None,
    };
    came.faults
        .extend(fault.map(|key| Fault::new(RECEIVED_FIELD, key)));
    came.day = day;
    came
}

fn page(
    here: &Here<'_>,
    (at, about): (&FormAt<'_>, &About),
    (came, (read, files)): (&Came, (&Read, &SentFiles)),
    status: u16,
) -> RecordForm {
    let text = |key: &str| here.plugin.text(&here.visit.language, key);
    let mut faults = read.faults.clone();
    if status == UNPROCESSABLE {
        faults.insert(0, Fault::new("", "fault.form"));
    }
    let form = shown(here, (at, Some(about)), (&read.typed, files), &faults);
    let own = own_fields(here, came).into_iter();
    RecordForm {
        title: text(&at.collection.label),
        about: about.entry.title.clone(),
        status,
        form: FormShown {
            lead: Vec::new(),
            wants_proof: false,
            fields: own.chain(form.fields).collect(),
            ..form
        },
    }
}

fn own_fields(here: &Here<'_>, came: &Came) -> [FormFieldShown; 2] {
    let field = |name: &str, label: &str| {
        let own = came.faults.iter().filter(|it| it.path == name);
        FormFieldShown {
            name: name.to_owned(),
            kind: FormFieldKind::Line,
            hint: FormHint::None,
            label: label.to_owned(),
            help: None,
            required: true,
            max_chars: Some(DATE_CHARS_MAX),
            choices: Vec::new(),
            typed: came
                .typed
                .get(name)
                .and_then(Value::as_str)
                .unwrap_or_default()
                .to_owned(),
            ticked: false,
            files: None,
            faults: own.map(|it| message(Some(here.plugin), it)).collect(),
        }
    };
    let choices = CHANNELS.map(|(id, name)| (id.to_owned(), name.to_owned()));
    [
        FormFieldShown {
            kind: FormFieldKind::Choice,
            choices: choices.to_vec(),
            ..field(CHANNEL_FIELD, "Nhận bằng")
        },
        FormFieldShown {
            help: Some("Ngày/tháng/năm trên dấu công văn đến hoặc ngày nghe ý kiến.".to_owned()),
            ..field(RECEIVED_FIELD, "Ngày nhận")
        },
    ]
}

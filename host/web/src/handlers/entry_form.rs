use std::sync::Arc;

use dinh_domain::entry_form::FIELD_PREFIX;
use dinh_domain::ids::{CollectionId, EntryId, RevisionId, SiteId};
use dinh_portal::{Button, FormOf, NewContent, NewFile, Sent, SentForm, SignedIn, Undone, Visit};
use http::StatusCode;
use poem::Response;

use super::desk::status_of;
use crate::asked::{Asked, LOST_FILES, SentFile};
use crate::present::desk::entry_path;
use crate::present::entry_form::{BASE, BUTTON, FIND, MORE, NEW_FILES, SOURCE, TAKE};
use crate::present::{self, Setting};
use crate::problem::Problem;
use crate::reply;
use crate::state::State;

/// Box that gives the answer to all others with the same words; how many got it, and how many did not.
pub(super) const ALIKE: &str = "giong-nhau";
pub(super) const LEFT: &str = "con-lai";
/// Parameter that says that a text was saved a moment ago.
pub(super) const SAVED: &str = "da-luu";

/// What somebody may begin to write.
pub(crate) async fn entry_begin(
    state: Arc<State>,
    asked: Asked,
    visit: Arc<Visit>,
    who: Arc<SignedIn>,
) -> Result<Response, Problem> {
    let beginnings = state.portal.beginnings(&who.staff).await?;
    let page = present::entry_form::begin(&Setting::of(&state, &visit), &beginnings);
    reply::page(&state.theme, &asked, page).await
}

/// The form of a new entry.
pub(crate) async fn entry_new(
    state: Arc<State>,
    asked: Asked,
    visit: Arc<Visit>,
    who: Arc<SignedIn>,
) -> Result<Response, Problem> {
    let collection = format!(
        "{}/{}",
        asked.capture("plugin"),
        asked.capture("collection")
    );
    let site = SiteId::new(asked.capture("site")).map_err(|_| Problem::NotFound)?;
    let collection = CollectionId::parse(&collection).map_err(|_| Problem::NotFound)?;
    form(state, asked, visit, who, FormOf::New { site, collection }).await
}

/// The form of an entry.
pub(crate) async fn entry_edit(
    state: Arc<State>,
    asked: Asked,
    visit: Arc<Visit>,
    who: Arc<SignedIn>,
) -> Result<Response, Problem> {
    let id = EntryId::new(asked.capture("id")).map_err(|_| Problem::NotFound)?;
    form(state, asked, visit, who, FormOf::Known(id)).await
}

async fn form(
    state: Arc<State>,
    mut asked: Asked,
    visit: Arc<Visit>,
    who: Arc<SignedIn>,
    of: FormOf,
) -> Result<Response, Problem> {
    let setting = Setting::of(&state, &visit);
    if asked.form.is_none() {
        let form = state.portal.entry_form(&who.staff, &of).await?;
        let form = form.map_err(|undone| refused(&setting, &undone))?;
        let alike = alike(&state, &who, &form.of, false).await?;
        let page = present::entry_form::page(&setting, &form, (Vec::new(), alike));
        return reply::page(&state.theme, &asked, page).await;
    }
    // Nothing is saved without the files that were sent with it: their sender chooses them again.
    let mut lost = Vec::new();
    let mut button = button(asked.field(BUTTON));
    if !asked.field(LOST_FILES).is_empty() {
        button = Button::More(String::new());
        lost.push(setting.text("write.lost_files").to_owned());
    }
    let is_saving = button == Button::Save;
    let for_alike = asked.field(ALIKE) == "1";
    let sent = SentForm {
        began_from: began_from(&asked, &of)?,
        of,
        source: Some(asked.field(SOURCE).to_owned()),
        files: std::mem::take(&mut asked.files)
            .into_iter()
            .filter_map(new_file)
            .collect(),
        fields: asked.form.take().unwrap_or_default(),
        button,
    };
    let portal = state.portal.clone().asked_from(&asked.from);
    let sent = portal.send_form(&who.staff, sent).await?;
    match sent.map_err(|undone| refused(&setting, &undone))? {
        Sent::Saved(written) => {
            let mut there = format!("{}?{SAVED}=1", entry_path(written.entry.as_str()));
            if for_alike {
                let done = portal.answer_alike(&who.staff, &written.entry).await?;
                there += &format!("&{ALIKE}={}&{LEFT}={}", done.done, done.left);
            }
            Ok(reply::redirect(StatusCode::SEE_OTHER, &there))
        }
        Sent::Again(form) => {
            let status = match is_saving {
                _ if form.meanwhile.is_some() || form.is_closed => StatusCode::CONFLICT,
                true => StatusCode::UNPROCESSABLE_ENTITY,
                false if !lost.is_empty() => StatusCode::UNPROCESSABLE_ENTITY,
                false => StatusCode::OK,
            };
            let alike = alike(&state, &who, &form.of, for_alike).await?;
            let page = present::entry_form::page(&setting, &form, (lost, alike));
            reply::page_with(status, &state.theme, &asked, page).await
        }
    }
}

/// How many others may have the same answer, and whether they shall.
async fn alike(
    state: &State,
    who: &SignedIn,
    of: &FormOf,
    ticked: bool,
) -> Result<(usize, bool), Problem> {
    Ok(match of {
        FormOf::Known(id) => (state.portal.alike_waiting(&who.staff, id).await?, ticked),
        FormOf::New { .. } => (0, false),
    })
}

/// A form that is not for this person, or not now.
fn refused(setting: &Setting<'_>, undone: &Undone) -> Problem {
    let key = match undone {
        Undone::NotFound => return Problem::NotFound,
        Undone::NotWritable { .. } => "write.not_writable",
        _ => "write.not_allowed",
    };
    Problem::Refusal {
        status: status_of(undone),
        detail: setting.text(key).to_owned(),
    }
}

/// The revision that a form of an entry began from; a form that names none is no form of ours.
fn began_from(asked: &Asked, of: &FormOf) -> Result<Option<RevisionId>, Problem> {
    match of {
        FormOf::New { .. } => Ok(None),
        FormOf::Known(_) => {
            let base = RevisionId::new(asked.field(BASE)).map_err(|_| Problem::NotFound)?;
            Ok(Some(base))
        }
    }
}

fn button(value: &str) -> Button {
    let mut parts = value.splitn(4, ':');
    let mut part = || parts.next().unwrap_or_default().to_owned();
    let (word, name, row, code) = (part(), part(), part(), part());
    match (word.as_str(), row.parse()) {
        (MORE, _) => Button::More(name),
        (FIND, Ok(row)) => Button::Find(name, row),
        (TAKE, Ok(row)) => Button::Take(name, row, code),
        _ => Button::Save,
    }
}

fn new_file(sent: SentFile) -> Option<NewFile> {
    let field = sent
        .input
        .strip_prefix(FIELD_PREFIX)?
        .strip_suffix(NEW_FILES)?;
    Some(NewFile {
        field: field.to_owned(),
        name: sent.name,
        label: String::new(),
        content: NewContent::Bytes(sent.bytes),
        layout: None,
    })
}

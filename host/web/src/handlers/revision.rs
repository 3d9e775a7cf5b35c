use std::sync::Arc;

use dinh_domain::ids::{EntryId, FileId, RevisionId};
use dinh_domain::site::SiteState;
use dinh_portal::{SignedIn, Undone, Visit};
use http::StatusCode;
use poem::{Body, Response};

use super::desk::status_of;
use super::entry_form::SAVED;
use crate::asked::Asked;
use crate::desk;
use crate::present::desk::entry_path;
use crate::present::entry_form::{BASE, file_path};
use crate::present::{self, Setting};
use crate::problem::Problem;
use crate::reply;
use crate::state::State;

/// A revision of an entry, compared with the one before; sent, its text is written again.
pub(crate) async fn desk_revision(
    state: Arc<State>,
    asked: Asked,
    visit: Arc<Visit>,
    who: Arc<SignedIn>,
) -> Result<Response, Problem> {
    let id = entry(&asked)?;
    let number = asked
        .capture("number")
        .parse()
        .map_err(|_| Problem::NotFound)?;
    let mut faults = Vec::new();
    let mut status = StatusCode::OK;
    if asked.form.is_some() {
        let seen = RevisionId::new(asked.field(BASE)).map_err(|_| Problem::NotFound)?;
        let portal = state.portal.clone().asked_from(&asked.from);
        match portal.write_again(&who.staff, (&id, number), seen).await? {
            Ok(_) => {
                let there = format!("{}?{SAVED}=1", entry_path(id.as_str()));
                return Ok(reply::redirect(StatusCode::SEE_OTHER, &there));
            }
            Err(Undone::NotFound) => return Err(Problem::NotFound),
            Err(undone) => {
                status = status_of(&undone);
                faults = state.portal.told_undone(&id, &undone).await?;
            }
        }
    }
    let shown = state.portal.revision(&who.staff, (&id, number)).await?;
    let shown = shown.ok_or(Problem::NotFound)?;
    let setting = Setting::of(&state, &visit);
    let page = present::revision::page(&setting, (&id, number), &shown, faults);
    reply::page_with(status, &state.theme, &asked, page).await
}

/// An entry's page as readers will see it.
pub(crate) async fn desk_preview(
    state: Arc<State>,
    asked: Asked,
    visit: Arc<Visit>,
    who: Arc<SignedIn>,
) -> Result<Response, Problem> {
    let id = entry(&asked)?;
    let found = state.portal.preview(&who.staff, &id).await?;
    let (there, detail) = found.ok_or(Problem::NotFound)?;
    let host = &there.site.host;
    if *host != visit.site.host && there.site.state == SiteState::Live {
        // The page as it will be is that of its own host, with its links.
        if visit.site.host != desk::admin_host(&state, &visit) {
            return Err(Problem::NotFound);
        }
        let code = state.portal.hand_over_to(&who, host).await?;
        return Ok(desk::handing_over(&state, host, &code, &asked.path));
    }
    let page = present::revision::preview(&Setting::of(&state, &there), &id, *detail);
    reply::page(&state.theme, &asked, page).await
}

/// A file of an entry, whether readers may have it or not.
pub(crate) async fn desk_file(
    state: Arc<State>,
    asked: Asked,
    visit: Arc<Visit>,
    who: Arc<SignedIn>,
) -> Result<Response, Problem> {
    let id = entry(&asked)?;
    let is_admin = visit.site.host == desk::admin_host(&state, &visit);
    let here = (!is_admin).then_some(&visit.site.id);
    let file = FileId::new(asked.capture("file")).map_err(|_| Problem::NotFound)?;
    let found = state
        .portal
        .desk_file(&who.staff, here, (&id, &file))
        .await?;
    let (found, content) = found.ok_or(Problem::NotFound)?;
    if asked.capture("name") != found.name.replace('/', "%2F") {
        let there = file_path(id.as_str(), file.as_str(), &found.name);
        return Ok(reply::redirect(StatusCode::SEE_OTHER, &there));
    }
    let open = async |part| {
        let contents = content.open(part).await?;
        Ok(Body::from_bytes_stream(contents.stream()))
    };
    reply::file(&asked, &found, open).await
}

fn entry(asked: &Asked) -> Result<EntryId, Problem> {
    EntryId::new(asked.capture("id")).map_err(|_| Problem::NotFound)
}

use std::sync::Arc;

use dinh_domain::ids::EntryId;
use dinh_portal::{Recording, SignedIn, Visit};
use http::StatusCode;
use poem::Response;

use crate::asked::Asked;
use crate::present::desk::entry_path;
use crate::present::{self, Setting};
use crate::problem::Problem;
use crate::reply;
use crate::state::State;

use super::entry_form::SAVED;
use super::form_submit::posted;

/// The form by which an officer enters what came on paper about an entry.
pub(crate) async fn entry_record(
    state: Arc<State>,
    mut asked: Asked,
    visit: Arc<Visit>,
    who: Arc<SignedIn>,
) -> Result<Response, Problem> {
    let id = EntryId::new(asked.capture("id")).map_err(|_| Problem::NotFound)?;
    let name = asked.capture("collection").to_owned();
    let posted = asked.form.is_some().then(|| posted(&mut asked));
    let portal = state.portal.clone().asked_from(&asked.from);
    let done = portal.record(&who.staff, (&id, &name), posted);
    let shown = match done.await? {
        Ok(Recording::Form(shown)) => shown,
        Ok(Recording::Kept(entry)) => {
            let there = format!("{}?{SAVED}=1", entry_path(entry.as_str()));
            return Ok(reply::redirect(StatusCode::SEE_OTHER, &there));
        }
        Err(_) => return Err(Problem::NotFound),
    };
    let status = StatusCode::from_u16(shown.status).unwrap_or(StatusCode::OK);
    let page = present::record::page(&Setting::of(&state, &visit), (&id, &name), *shown);
    reply::page_with(status, &state.theme, &asked, page).await
}

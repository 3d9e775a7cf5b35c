use std::sync::Arc;

use dinh_domain::ids::{AccountId, EntryId};
use dinh_portal::{Assigned, SignedIn, Visit};
use http::StatusCode;
use poem::Response;

use crate::asked::Asked;
use crate::present::assignment::COLLEAGUE;
use crate::present::desk::entry_path;
use crate::present::{self, Setting};
use crate::problem::Problem;
use crate::reply;
use crate::state::State;

/// Who shall work on an entry.
pub(crate) async fn entry_assign(
    state: Arc<State>,
    asked: Asked,
    visit: Arc<Visit>,
    who: Arc<SignedIn>,
) -> Result<Response, Problem> {
    let id = EntryId::new(asked.capture("id")).map_err(|_| Problem::NotFound)?;
    let setting = Setting::of(&state, &visit);
    let (mut status, mut wrong) = (StatusCode::OK, None);
    if asked.form.is_some() {
        let portal = state.portal.clone().asked_from(&asked.from);
        let typed = asked.field(COLLEAGUE);
        let to = AccountId::new(typed).ok();
        let assigned = match (typed.is_empty(), &to) {
            (false, None) => Assigned::NotForThem,
            _ => portal.assign(&who.staff, &id, to.as_ref()).await?,
        };
        let (code, key) = match assigned {
            Assigned::Done => {
                let there = entry_path(id.as_str());
                return Ok(reply::redirect(StatusCode::SEE_OTHER, &there));
            }
            Assigned::NotFound => return Err(Problem::NotFound),
            Assigned::NotYours => (StatusCode::FORBIDDEN, "office.assign_not_yours"),
            Assigned::NotUnderWay => (StatusCode::CONFLICT, "office.assign_not_under_way"),
            Assigned::NotForThem => (StatusCode::UNPROCESSABLE_ENTITY, "office.assign_not_them"),
        };
        (status, wrong) = (code, Some(setting.text(key)));
    }
    let found = state.portal.assignable(&who.staff, &id).await?;
    let found = found.ok_or(Problem::NotFound)?;
    let page = present::assignment::page(&setting, id.as_str(), &found, wrong);
    reply::page_with(status, &state.theme, &asked, page).await
}

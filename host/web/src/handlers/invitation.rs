use std::sync::Arc;

use dinh_portal::{Accepted, Visit};
use http::StatusCode;
use poem::Response;

use crate::asked::Asked;
use crate::present::invitation::Wrong;
use crate::present::{self, Setting};
use crate::problem::Problem;
use crate::routes::SIGN_IN;
use crate::state::State;
use crate::{desk, reply};

/// An invitation, and its acceptance.
pub(crate) async fn invitation(
    state: Arc<State>,
    asked: Asked,
    visit: Arc<Visit>,
) -> Result<Response, Problem> {
    if let Some(response) = desk::elsewhere(&state, &asked, &visit)? {
        return Ok(response);
    }
    let token = asked.capture("token");
    let setting = Setting::of(&state, &visit);
    let mut wrong = Wrong::default();
    if asked.form.is_some() {
        let portal = state.portal.clone().asked_from(&asked.from);
        let (password, code) = (asked.field("mat-khau-moi"), asked.field("ma-xac-thuc"));
        match portal.accept_invitation(token, password, code).await? {
            Accepted::Ready => {
                let there = format!("{SIGN_IN}?moi=1");
                return Ok(reply::redirect(StatusCode::SEE_OTHER, &there));
            }
            Accepted::Void => {}
            Accepted::Faults { password, code } => wrong = Wrong { password, code },
        }
    }
    let is_wrong = wrong.code || !wrong.password.is_empty();
    let (status, page) = match state.portal.invitation(token).await? {
        None => (StatusCode::NOT_FOUND, present::invitation::void(&setting)),
        Some(it) => {
            let status = match is_wrong {
                true => StatusCode::UNPROCESSABLE_ENTITY,
                false => StatusCode::OK,
            };
            let page = present::invitation::page(&setting, &asked.path, &it, &wrong);
            (status, page)
        }
    };
    let mut response = reply::page_with(status, &state.theme, &asked, page).await?;
    reply::never_keep(&mut response);
    Ok(response)
}

use std::sync::Arc;

use dinh_portal::{Changed, SignedIn, Visit};
use http::StatusCode;
use poem::Response;

use crate::asked::Asked;
use crate::desk::cookie;
use crate::present::own_account::{Outcome, SESSION, WANTED};
use crate::present::{self, Setting};
use crate::problem::Problem;
use crate::reply;
use crate::routes::{OWN_ACCOUNT, SIGN_IN};
use crate::state::State;

/// One's own account, and what is done with it.
pub(crate) async fn own_account(
    state: Arc<State>,
    asked: Asked,
    visit: Arc<Visit>,
    who: Arc<SignedIn>,
) -> Result<Response, Problem> {
    let portal = state.portal.clone().asked_from(&asked.from);
    let mut outcome = Outcome::default();
    match asked.field(WANTED) {
        "password" => {
            let (present, new) = (asked.field("mat-khau"), asked.field("mat-khau-moi"));
            match portal
                .change_password(&who, present, new, &asked.from)
                .await?
            {
                Changed::Done => outcome.said = Some("people.password_changed"),
                Changed::WrongPresent => outcome.wrong_present = true,
                Changed::Faults(faults) => outcome.wrong.password = faults,
            }
        }
        "totp-begin" => portal.begin_totp(&who).await?,
        "totp-prove" => match portal.prove_totp(&who, asked.field("ma-xac-thuc")).await? {
            true => outcome.said = Some("people.totp_taken_on"),
            false => outcome.wrong.code = true,
        },
        "sign-out-device" => portal.sign_out_device(&who, asked.field(SESSION)).await?,
        "sign-out-everywhere" => {
            portal.sign_out_everywhere(&who).await?;
            let mut response = reply::redirect(StatusCode::SEE_OTHER, SIGN_IN);
            cookie::take(&mut response, state.options.public_scheme);
            return Ok(response);
        }
        _ => {}
    }
    let is_wrong =
        outcome.wrong_present || outcome.wrong.code || !outcome.wrong.password.is_empty();
    if asked.form.is_some() && outcome.said.is_none() && !is_wrong {
        return Ok(reply::redirect(StatusCode::SEE_OTHER, OWN_ACCOUNT));
    }
    // What was owed a moment ago may be settled now.
    let token = crate::desk::token(&state, &asked).unwrap_or_default();
    let now = state.portal.signed_in(token, visit.now).await?;
    let now = now.unwrap_or_else(|| SignedIn::clone(&who));
    let own = portal.own_account(&now).await?;
    let page = present::own_account::page(&Setting::of(&state, &visit), &now, &own, &outcome);
    let status = match is_wrong {
        true => StatusCode::UNPROCESSABLE_ENTITY,
        false => StatusCode::OK,
    };
    reply::page_with(status, &state.theme, &asked, page).await
}

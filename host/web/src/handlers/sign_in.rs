use std::sync::Arc;

use dinh_portal::{SignIn, Visit};
use http::StatusCode;
use http::header::USER_AGENT;
use poem::Response;

use crate::asked::{Asked, Refused};
use crate::desk::{self, BACK, cookie};
use crate::present::sign_in::Carried;
use crate::present::{self, Setting};
use crate::problem::Problem;
use crate::reply;
use crate::routes::{OWN_ACCOUNT, SIGN_IN};
use crate::state::State;

/// Parameter that is set after an invitation was accepted.
const READY: &str = "moi";

/// The page to sign in, and what is sent from it.
pub(crate) async fn sign_in(
    state: Arc<State>,
    asked: Asked,
    visit: Arc<Visit>,
) -> Result<Response, Problem> {
    if let Some(response) = desk::elsewhere(&state, &asked, &visit)? {
        return Ok(response);
    }
    let mut response = match asked.form {
        Some(_) => sent(&state, &asked, &visit).await?,
        None => show(&state, &asked, &visit).await?,
    };
    reply::never_keep(&mut response);
    Ok(response)
}

async fn show(state: &Arc<State>, asked: &Asked, visit: &Visit) -> Result<Response, Problem> {
    let param = |name: &str| asked.params.iter().find(|(known, _)| known == name);
    let back = param(BACK).and_then(|(_, back)| desk::local_path(back));
    let back = back.unwrap_or_else(|| OWN_ACCOUNT.to_owned());
    if desk::signed_in(state, asked, visit).await?.is_some() {
        return Ok(reply::redirect(StatusCode::SEE_OTHER, &back));
    }
    let setting = Setting::of(state, visit);
    let carried = Carried {
        back: &back,
        kept: &[],
        name: "",
        said: param(READY).map(|_| setting.text("people.ready")),
        fault: None,
    };
    let page = present::sign_in::page(&setting, &carried);
    reply::page(&state.theme, asked, page).await
}

async fn sent(state: &Arc<State>, asked: &Asked, visit: &Visit) -> Result<Response, Problem> {
    let back = desk::local_path(asked.field(BACK)).unwrap_or_else(|| OWN_ACCOUNT.to_owned());
    let kept = desk::kept(asked);
    let portal = state.portal.clone().asked_from(&asked.from);
    let signed = portal.sign_in(SignIn {
        name: asked.field("ten"),
        password: asked.field("mat-khau"),
        code: asked.field("ma-xac-thuc"),
        address: &asked.from,
        agent: asked.header(USER_AGENT).unwrap_or_default(),
    });
    let setting = Setting::of(state, visit);
    let Some(token) = signed.await? else {
        let carried = Carried {
            back: &back,
            kept: &kept,
            name: asked.field("ten"),
            said: None,
            fault: Some(setting.text("people.refused")),
        };
        let page = present::sign_in::page(&setting, &carried);
        return reply::page_with(StatusCode::UNAUTHORIZED, &state.theme, asked, page).await;
    };
    let mut response = match kept.as_slice() {
        [] => reply::redirect(StatusCode::SEE_OTHER, &back),
        kept => {
            let page = present::sign_in::go_on(&setting, &back, kept);
            reply::page(&state.theme, asked, page).await?
        }
    };
    cookie::give(&mut response, &token.0, state.options.public_scheme);
    Ok(response)
}

/// Signs out; only a form of ours can ask for it.
pub(crate) async fn sign_out(
    state: Arc<State>,
    asked: Asked,
    visit: Arc<Visit>,
) -> Result<Response, Problem> {
    if asked.form.is_none() {
        return Err(Problem::Refused(Refused::Method));
    }
    if desk::elsewhere(&state, &asked, &visit)?.is_some() {
        return Err(Problem::NotFound);
    }
    if let Some(signed_in) = desk::signed_in(&state, &asked, &visit).await? {
        let portal = state.portal.clone().asked_from(&asked.from);
        portal.sign_out(&signed_in).await?;
    }
    let mut response = reply::redirect(StatusCode::SEE_OTHER, SIGN_IN);
    cookie::take(&mut response, state.options.public_scheme);
    Ok(response)
}

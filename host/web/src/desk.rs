//! Who is signed in: on one admin host, by a cookie of that host alone.

pub(crate) mod cookie;
mod path;

use std::sync::Arc;

use dinh_portal::{SignedIn, Visit};
use http::StatusCode;
use poem::Response;

use crate::asked::Asked;
use crate::present::sign_in::Carried;
use crate::present::{self, Setting};
use crate::problem::Problem;
use crate::router::AtDesk;
use crate::routes::{OWN_ACCOUNT, SIGN_IN, TAKE_OVER};
use crate::state::State;
use crate::{links, reply};

pub(crate) use path::local_path;

/// Parameter and field that say where to go once signed in.
pub(crate) const BACK: &str = "ve";

/// Parameter of a code with which a session is taken over.
pub(crate) const CODE: &str = "ma";

/// Begins the names of fields that were typed before the session ended.
pub(crate) const KEPT: &str = "giu.";
/// Fields that are never kept.
const SECRETS: [&str; 3] = ["mat-khau", "mat-khau-moi", "ma-xac-thuc"];

/// Answers whoever is signed in; sends others to sign in, and then back.
pub(crate) async fn answer(
    state: &Arc<State>,
    handler: &AtDesk,
    asked: Asked,
    visit: Arc<Visit>,
) -> Result<Response, Problem> {
    if let Some(response) = elsewhere(state, &asked, &visit)? {
        return Ok(response);
    }
    let here = links::with_params(&asked.path, &asked.params);
    let Some(signed_in) = signed_in(state, &asked, &visit).await? else {
        if asked.form.is_some() {
            return ended(state, &asked, &visit, &here).await;
        }
        let back = [(BACK.to_owned(), here)];
        let there = links::with_params(SIGN_IN, &back);
        return Ok(reply::redirect(StatusCode::SEE_OTHER, &there));
    };
    if !signed_in.owes.is_empty() && asked.path != OWN_ACCOUNT {
        return Ok(reply::redirect(StatusCode::SEE_OTHER, OWN_ACCOUNT));
    }
    let mut response = handler(state.clone(), asked, visit, Arc::new(signed_in)).await?;
    reply::never_keep(&mut response);
    Ok(response)
}

/// The same on every site. Whoever has no session there is sent to the admin host, which hands theirs over.
pub(crate) async fn answer_on_site(
    state: &Arc<State>,
    handler: &AtDesk,
    asked: Asked,
    visit: Arc<Visit>,
) -> Result<Response, Problem> {
    if visit.site.host == admin_host(state, &visit) || asked.form.is_some() {
        return answer(state, handler, asked, visit).await;
    }
    let mut response = match visiting(state, &asked, &visit).await? {
        Some(who) => handler(state.clone(), asked, visit, Arc::new(who)).await?,
        None => elsewhere(state, &asked, &visit)?.ok_or(Problem::NotFound)?,
    };
    reply::never_keep(&mut response);
    Ok(response)
}

/// Whose session was handed over to this host; nobody's while something is owed on the admin host.
pub(crate) async fn visiting(
    state: &State,
    asked: &Asked,
    visit: &Visit,
) -> Result<Option<SignedIn>, Problem> {
    let Some(token) = token(state, asked) else {
        return Ok(None);
    };
    let found = state
        .portal
        .signed_in_at(&visit.site.host, token, visit.now);
    Ok(found.await?.filter(|it| it.owes.is_empty()))
}

/// Where a session is taken over on a site's host, and what is looked at there then.
pub(crate) fn handing_over(state: &State, host: &str, code: &str, back: &str) -> Response {
    let params = [(CODE, code), (BACK, back)];
    let params = params.map(|(name, value)| (name.to_owned(), value.to_owned()));
    let there = state.options.origin(host) + &links::with_params(TAKE_OVER, &params);
    reply::redirect(StatusCode::SEE_OTHER, &there)
}

/// The host on which people sign in.
pub(crate) fn admin_host<'a>(state: &'a State, visit: &'a Visit) -> &'a str {
    let admin = state.options.admin_host.as_deref();
    admin.unwrap_or_else(|| visit.first_host())
}

/// The session ended while somebody typed: what was typed goes with the form to sign in again.
async fn ended(
    state: &Arc<State>,
    asked: &Asked,
    visit: &Visit,
    here: &str,
) -> Result<Response, Problem> {
    let setting = Setting::of(state, visit);
    let mut kept = asked.form.clone().unwrap_or_default();
    kept.retain(|(name, _)| !SECRETS.contains(&name.as_str()));
    let carried = Carried {
        back: here,
        kept: &kept,
        name: "",
        said: None,
        fault: Some(setting.text("people.ended")),
    };
    let page = present::sign_in::page(&setting, &carried);
    reply::page_with(StatusCode::UNAUTHORIZED, &state.theme, asked, page).await
}

/// What the form to sign in again has kept.
pub(crate) fn kept(asked: &Asked) -> Vec<(String, String)> {
    let sent = asked.form.iter().flatten();
    let kept = sent.filter_map(|(name, value)| {
        let name = name.strip_prefix(KEPT)?;
        Some((name.to_owned(), value.clone()))
    });
    kept.collect()
}

/// The session's token, as it was sent.
pub(crate) fn token<'a>(state: &State, asked: &'a Asked) -> Option<&'a str> {
    cookie::token(&asked.headers, state.options.public_scheme)
}

/// Who is signed in.
pub(crate) async fn signed_in(
    state: &State,
    asked: &Asked,
    visit: &Visit,
) -> Result<Option<SignedIn>, Problem> {
    match token(state, asked) {
        Some(token) => {
            let now = asked.signed_in_at.unwrap_or(visit.now);
            Ok(state.portal.signed_in(token, now).await?)
        }
        None => Ok(None),
    }
}

/// The same path on the admin host, where this is another one. Nothing is signed in or sent there.
pub(crate) fn elsewhere(
    state: &State,
    asked: &Asked,
    visit: &Visit,
) -> Result<Option<Response>, Problem> {
    let admin = admin_host(state, visit);
    if visit.site.host == admin {
        return Ok(None);
    }
    if asked.form.is_some() {
        return Err(Problem::NotFound);
    }
    let path = links::with_params(&asked.path, &asked.params);
    let there = state.options.origin(admin) + &path;
    Ok(Some(reply::redirect(StatusCode::SEE_OTHER, &there)))
}

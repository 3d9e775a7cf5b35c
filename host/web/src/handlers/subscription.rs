use std::sync::Arc;

use dinh_portal::{SubscriptionAbout, SubscriptionRefusal, Taking, Visit};
use http::StatusCode;
use poem::Response;

use super::tracking::private;
use crate::asked::Asked;
use crate::present::Setting;
use crate::present::rooms::param;
use crate::present::subscription::{self as present, Told};
use crate::problem::Problem;
use crate::reply;
use crate::state::State;

/// Parameter of what is subscribed to: the path of a list or of an entry.
pub(crate) const ABOUT: &str = "muc";
/// What the names of a list's own parameters begin with.
pub(crate) const FILTER: &str = "loc.";
/// Field of the address.
pub(crate) const ADDRESS: &str = "dia-chi";
/// Field by which whoever subscribes agrees.
pub(crate) const AGREED: &str = "dong-y";

/// The form to subscribe, and what is done with it.
pub(crate) async fn subscription_ask(
    state: Arc<State>,
    asked: Asked,
    visit: Arc<Visit>,
) -> Result<Response, Problem> {
    let is_sent = asked.form.is_some();
    let given = asked.form.as_deref().unwrap_or(&asked.params);
    let filter = given.iter().filter_map(|(name, value)| {
        let name = name.strip_prefix(FILTER)?;
        Some((name.to_owned(), value.clone()))
    });
    let filter: Vec<(String, String)> = filter.collect();
    let path = if is_sent {
        asked.field(ABOUT)
    } else {
        param(&asked, ABOUT)
    };
    let about = state
        .portal
        .subscription_about(&visit, path, &filter)
        .await?;
    let about = about.ok_or(Problem::NotFound)?;
    let mut told = Told::default();
    let mut status = StatusCode::OK;
    if is_sent {
        (told, status) = sent(&state, &asked, &visit, &about).await?;
    }
    let page = present::form(&Setting::of(&state, &visit), &about, &told);
    let mut response = reply::page_with(status, &state.theme, &asked, page).await?;
    reply::never_keep(&mut response);
    Ok(response)
}

async fn sent(
    state: &State,
    asked: &Asked,
    visit: &Visit,
    about: &SubscriptionAbout,
) -> Result<(Told, StatusCode), Problem> {
    let mut told = Told {
        address: asked.field(ADDRESS).to_owned(),
        ..Told::default()
    };
    if let Err(seconds) = state
        .subscribings
        .take(asked.caller, &state.options, Taking::Plain)
    {
        told.wait_minutes = Some(seconds.div_ceil(60));
        return Ok((told, StatusCode::TOO_MANY_REQUESTS));
    }
    let words = present::consent(&Setting::of(state, visit));
    let consent = (asked.field(AGREED) == "1").then_some(words.as_str());
    let address = (told.address.as_str(), consent);
    match state.portal.subscribe(visit, about, address).await? {
        Ok(()) => {
            told.is_taken = true;
            Ok((told, StatusCode::OK))
        }
        Err(refusals) => {
            told.is_agreed = consent.is_some();
            told.wrong_address = refusals.contains(&SubscriptionRefusal::Address);
            told.not_agreed = refusals.contains(&SubscriptionRefusal::Consent);
            Ok((told, StatusCode::UNPROCESSABLE_ENTITY))
        }
    }
}

/// What a link would confirm, and the button that does: whoever only looks confirms nothing.
pub(crate) async fn subscription_confirm(
    state: Arc<State>,
    asked: Asked,
    visit: Arc<Visit>,
) -> Result<Response, Problem> {
    let token = asked.capture("token");
    if asked.form.is_some()
        && let Some(done) = state.portal.confirm_subscription(&visit, token).await?
    {
        let there = format!("{}?moi=1", done.path);
        return Ok(private(reply::redirect(StatusCode::SEE_OTHER, &there)));
    }
    let setting = Setting::of(&state, &visit);
    let (page, status) = match state.portal.subscription_to_confirm(&visit, token).await? {
        Some(shown) => (
            present::to_confirm(&setting, &asked.path, &shown),
            StatusCode::OK,
        ),
        None => (present::not_confirmed(&setting), StatusCode::NOT_FOUND),
    };
    let response = reply::page_with(status, &state.theme, &asked, page).await?;
    Ok(private(response))
}

/// A subscription, and the button that ends it; a `POST` ends it at once, whoever sends it (RFC 8058).
pub(crate) async fn subscription_end(
    state: Arc<State>,
    asked: Asked,
    visit: Arc<Visit>,
) -> Result<Response, Problem> {
    let token = asked.capture("token");
    let setting = Setting::of(&state, &visit);
    let page = if asked.form.is_some() {
        match state.portal.end_subscription(&visit, token).await? {
            true => present::ended(&setting),
            false => return Err(Problem::NotFound),
        }
    } else {
        let held = state.portal.subscription_held(&visit, token).await?;
        let held = held.ok_or(Problem::NotFound)?;
        let is_new = !param(&asked, "moi").is_empty();
        present::held(&setting, &asked.path, &held, is_new)
    };
    let response = reply::page_with(StatusCode::OK, &state.theme, &asked, page).await?;
    Ok(private(response))
}

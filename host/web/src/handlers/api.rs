//! The interface for programs, version 1.

use std::sync::Arc;

use dinh_portal::Visit;
use dinh_portal::shown::OneEntry;
use http::header::{HeaderValue, LINK};
use poem::Response;

use crate::asked::Asked;
use crate::present::Setting;
use crate::problem::Problem;
use crate::state::State;
use crate::{api, links, reply};

/// The sites of the portal.
pub(crate) async fn api_sites_list(
    state: Arc<State>,
    asked: Asked,
    visit: Arc<Visit>,
) -> Result<Response, Problem> {
    no_parameters(&asked)?;
    let sites = state.portal.live_sites(&visit);
    let told = api::sites::told(&Setting::of(&state, &visit), &sites);
    Ok(reply::data(&asked, &told))
}

/// The collections of the visited site.
pub(crate) async fn api_collections_list(
    state: Arc<State>,
    asked: Asked,
    visit: Arc<Visit>,
) -> Result<Response, Problem> {
    no_parameters(&asked)?;
    let collections = state.portal.collections(&visit);
    let told = api::collections::told(&Setting::of(&state, &visit), &collections);
    Ok(reply::data(&asked, &told))
}

/// Entries of a collection.
pub(crate) async fn api_items_list(
    state: Arc<State>,
    asked: Asked,
    visit: Arc<Visit>,
) -> Result<Response, Problem> {
    let name = (asked.capture("plugin"), asked.capture("collection"));
    let items = state.portal.items(&visit, name, &asked.params).await?;
    let items = items.ok_or(Problem::NotFound)?;
    let setting = Setting::of(&state, &visit);
    let told = api::items::told(&setting, &items);
    let mut response = reply::data(&asked, &told);
    if let Some(next) = api::items::next(&setting, &items)
        && let Ok(link) = HeaderValue::from_str(&format!("<{next}>; rel=\"next\""))
    {
        response.headers_mut().insert(LINK, link);
    }
    Ok(response)
}

/// One entry.
pub(crate) async fn api_entry_show(
    state: Arc<State>,
    asked: Asked,
    visit: Arc<Visit>,
) -> Result<Response, Problem> {
    no_parameters(&asked)?;
    let name = (asked.capture("plugin"), asked.capture("collection"));
    let id = asked.capture("id");
    let found = state.portal.one_entry(&visit, name, id).await?;
    let setting = Setting::of(&state, &visit);
    match found {
        OneEntry::Found(full) => Ok(reply::data(&asked, &api::entry::told(&setting, &full))),
        OneEntry::Withdrawn { reason, successor } => {
            let host = &visit.site.host;
            let successor = successor.map(|way| links::absolute(setting.options, host, &way));
            Ok(api::problem::withdrawn(&reason, successor, asked.id))
        }
        OneEntry::NotFound => Err(Problem::NotFound),
    }
}

/// The search from the visited site.
pub(crate) async fn api_search(
    state: Arc<State>,
    asked: Asked,
    visit: Arc<Visit>,
) -> Result<Response, Problem> {
    let found = state.portal.hits(&visit, &asked.params).await?;
    let told = api::hits::told(&Setting::of(&state, &visit), &found);
    Ok(reply::data(&asked, &told))
}

/// The description of all of it, for the visited site.
pub(crate) async fn api_openapi_show(
    state: Arc<State>,
    asked: Asked,
    visit: Arc<Visit>,
) -> Result<Response, Problem> {
    no_parameters(&asked)?;
    let collections = state.portal.collections(&visit);
    let reach = state.portal.reach(&visit);
    let told = api::openapi::told(&Setting::of(&state, &visit), &collections, &reach);
    Ok(reply::data(&asked, &told))
}

fn no_parameters(asked: &Asked) -> Result<(), Problem> {
    dinh_portal::BadParameter::none_of(&asked.params).map_err(Problem::Parameter)
}

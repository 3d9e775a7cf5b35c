use std::sync::Arc;

use dinh_domain::site::HomeChange;
use dinh_portal::{By, ModuleRefusal, SignedIn, Visit};
use http::StatusCode;
use poem::Response;

use crate::asked::Asked;
use crate::present::home_order::{self, Outcome};
use crate::present::person::WANTED;
use crate::present::rooms::param;
use crate::present::{self, Setting};
use crate::problem::Problem;
use crate::reply;
use crate::state::State;

/// Parameter that says what was done a moment ago.
const DONE: &str = "xong";

/// The order of a site's home page, and what changes it; the page is there for nobody else.
pub(crate) async fn home_order(
    state: Arc<State>,
    asked: Asked,
    visit: Arc<Visit>,
    who: Arc<SignedIn>,
) -> Result<Response, Problem> {
    let site = asked.capture("site");
    if state.portal.home_room(&who, site).await?.is_none() {
        return Err(Problem::NotFound);
    }
    let setting = Setting::of(&state, &visit);
    let mut outcome = Outcome::default();
    let mut status = StatusCode::OK;
    if asked.form.is_some() {
        let fault = match change(asked.field(WANTED)) {
            None => Some("home_order.unknown"),
            Some(change) => {
                let portal = state.portal.clone().asked_from(&asked.from);
                let changed = portal.change_home(By::Account(&who), site, &change).await?;
                match changed {
                    Ok(()) => {
                        let done = home_order::word(&change);
                        let place = change.block().map(home_order::anchor);
                        let place = place.map(|it| format!("#{it}")).unwrap_or_default();
                        let there = format!("{}?{DONE}={done}{place}", asked.path);
                        return Ok(reply::redirect(StatusCode::SEE_OTHER, &there));
                    }
                    Err(ModuleRefusal::NoBlock(_)) => Some("home_order.no_block"),
                    Err(ModuleRefusal::NotYours(_)) => Some("modules.not_yours"),
                    Err(_) => Some("home_order.unknown"),
                }
            }
        };
        status = StatusCode::UNPROCESSABLE_ENTITY;
        outcome.fault = fault.map(|key| setting.texts(key, &[]));
    } else {
        let said = home_order::said(param(&asked, DONE));
        outcome.said = said.map(|key| setting.texts(key, &[]));
    }
    // As it is now: somebody else may have changed it meanwhile.
    let room = state.portal.home_room(&who, site).await?;
    let room = room.ok_or(Problem::NotFound)?;
    let page = present::home_order::page(&setting, &room, outcome);
    reply::page_with(status, &state.theme, &asked, page).await
}

/// `len legal-documents/newest`; none where it is nothing that the page offers.
fn change(wanted: &str) -> Option<HomeChange> {
    if wanted == home_order::word(&HomeChange::Reset) {
        return Some(HomeChange::Reset);
    }
    let (word, block) = wanted.split_once(' ')?;
    let ways = [
        HomeChange::Up,
        HomeChange::Down,
        HomeChange::Hide,
        HomeChange::Show,
    ];
    let mut changes = ways.into_iter().map(|way| way(block.to_owned()));
    changes.find(|it| home_order::word(it) == word)
}

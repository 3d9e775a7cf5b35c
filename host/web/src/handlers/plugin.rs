use std::sync::Arc;

use dinh_portal::{PluginAct, PluginRefusal, SignedIn, Visit};
use http::StatusCode;
use poem::Response;

use crate::asked::Asked;
use crate::present::person::{Outcome, WANTED};
use crate::present::rooms::param;
use crate::present::{self, Setting};
use crate::problem::Problem;
use crate::reply;
use crate::state::State;

/// Parameter that says what was done a moment ago.
const DONE: &str = "xong";
/// Field of the reason of each act.
const REASONS: [(&str, &str); 3] = [
    ("park", "ly-do-ngung"),
    ("unpark", "ly-do-chay"),
    ("refuse", "ly-do-tu-choi"),
];

/// Plugins, for who looks after the whole portal; the room is there for nobody else.
pub(crate) async fn plugins_list(
    state: Arc<State>,
    asked: Asked,
    visit: Arc<Visit>,
    who: Arc<SignedIn>,
) -> Result<Response, Problem> {
    let found = state.portal.plugins_room(&who).await?;
    let found = found.ok_or(Problem::NotFound)?;
    let page = present::plugins::list(&Setting::of(&state, &visit), &who, &found);
    reply::page_with(StatusCode::OK, &state.theme, &asked, page).await
}

/// One plugin: what it may do, what failed, what waits.
pub(crate) async fn plugin_show(
    state: Arc<State>,
    asked: Asked,
    visit: Arc<Visit>,
    who: Arc<SignedIn>,
) -> Result<Response, Problem> {
    let id = asked.capture("id");
    let known = async || {
        let found = state.portal.current().plugins_room(&who).await?;
        let mut found = found.ok_or(Problem::NotFound)?.into_iter();
        found
            .find(|it| it.line.plugin == id)
            .ok_or(Problem::NotFound)
    };
    let mut it = known().await?;
    let setting = Setting::of(&state, &visit);
    let mut outcome = Outcome::default();
    let mut status = StatusCode::OK;
    if asked.form.is_some() {
        let portal = state.portal.clone().asked_from(&asked.from);
        let wanted = asked.field(WANTED);
        let reason_field = REASONS
            .iter()
            .find(|(act, _)| *act == wanted)
            .map_or("", |(_, field)| field);
        let reason = asked.field(reason_field).to_owned();
        let act = match wanted {
            "park" => PluginAct::Park(reason),
            "unpark" => PluginAct::Unpark(reason),
            "agree" => PluginAct::Agree(asked.field("ban-ke").to_owned()),
            "refuse" => PluginAct::Refuse {
                manifest: asked.field("ban-ke").to_owned(),
                reason,
            },
            _ => return Err(Problem::NotFound),
        };
        let done = portal.act_on_plugin(&who, id, &act).await?;
        let refusal = match done.ok_or(Problem::NotFound)? {
            Ok(()) => {
                let there = format!("{}?{DONE}={wanted}", asked.path);
                // A version that was refused may have been all that there was.
                let is_there = known().await.is_ok();
                let there = if is_there {
                    there
                } else {
                    crate::routes::PLUGINS.to_owned()
                };
                return Ok(reply::redirect(StatusCode::SEE_OTHER, &there));
            }
            Err(refusal) => refusal,
        };
        status = StatusCode::UNPROCESSABLE_ENTITY;
        outcome.wrong = vec![match refusal {
            PluginRefusal::NoReason => (reason_field, setting.texts("modules.no_reason", &[])),
            PluginRefusal::NotWaiting => ("", setting.texts("plugins.not_waiting", &[])),
            PluginRefusal::Refused(why) => ("", setting.texts("plugins.refused", &[("why", &why)])),
        }];
        it = known().await?;
    } else {
        let said = present::plugins::said(param(&asked, DONE));
        outcome.said = said.map(|key| setting.texts(key, &[]));
    }
    let page = present::plugins::page(&setting, &asked, &it, &outcome);
    reply::page_with(status, &state.theme, &asked, page).await
}

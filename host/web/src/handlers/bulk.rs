use std::collections::BTreeSet;
use std::sync::Arc;

use dinh_portal::{BulkPlan, BulkStep, Chosen, DESK_LINES_MAX, REASON_CHARS_MAX, SignedIn, Visit};
use http::StatusCode;
use poem::Response;

use super::desk::instant;
use crate::asked::Asked;
use crate::present::bulk::{
    ALL, EXPRESS, INSTANT, LISTED, REASON, REASON_KIND, STEP, SURE, TICKED, chosen,
};
use crate::present::{self, Setting};
use crate::problem::Problem;
use crate::reply;
use crate::routes::DESK;
use crate::state::State;

/// One step with many entries of a room: first what would become of each, then what became.
pub(crate) async fn bulk_step(
    state: Arc<State>,
    asked: Asked,
    visit: Arc<Visit>,
    who: Arc<SignedIn>,
) -> Result<Response, Problem> {
    if asked.form.is_none() {
        return Ok(reply::redirect(StatusCode::SEE_OTHER, DESK));
    }
    let setting = Setting::of(&state, &visit);
    let chosen = ticked(&asked);
    let wrong = match (chosen.len(), asked.field(STEP)) {
        (0, _) => Some("many.no_entry"),
        (count, _) if count > DESK_LINES_MAX as usize => Some("many.too_many"),
        (_, "") => Some("many.no_step"),
        _ => None,
    };
    if let Some(key) = wrong {
        let page = present::bulk::nothing(&setting, &asked, key);
        let status = StatusCode::UNPROCESSABLE_ENTITY;
        return reply::page_with(status, &state.theme, &asked, page).await;
    }
    let portal = state.portal.clone().asked_from(&asked.from);
    let step = step(&asked, &visit);
    let plan = portal.bulk_plan(&who.staff, &step.action, &chosen).await?;
    let is_sure = asked.field(SURE) == "1";
    let faults = if is_sure {
        faults(&plan, &step, &visit)
    } else {
        Vec::new()
    };
    if !is_sure || !faults.is_empty() {
        let page = present::bulk::plan(&setting, &asked, &plan, &faults);
        let status = match faults.is_empty() {
            true => StatusCode::OK,
            false => StatusCode::UNPROCESSABLE_ENTITY,
        };
        return reply::page_with(status, &state.theme, &asked, page).await;
    }
    let (plan, done) = portal.take_steps(&who.staff, &step, &chosen).await?;
    let page = present::bulk::done(&setting, &asked, &plan, &done);
    reply::page_with(StatusCode::OK, &state.theme, &asked, page).await
}

/// What was ticked, each once, in the order of the page; everything of the page where that was wanted.
fn ticked(asked: &Asked) -> Vec<Chosen> {
    let name = match asked.field(ALL) {
        "1" => LISTED,
        _ => TICKED,
    };
    let sent = asked.form.iter().flatten();
    let values = sent.filter(|(known, _)| known == name);
    let mut seen = BTreeSet::new();
    let values = values.filter(|(_, value)| seen.insert(value.as_str()));
    values.filter_map(|(_, value)| chosen(value)).collect()
}

fn step(asked: &Asked, visit: &Visit) -> BulkStep {
    // Browsers count a line break once, and send two letters for it.
    let reason = asked.field(REASON).replace("\r\n", "\n");
    BulkStep {
        action: asked.field(STEP).to_owned(),
        reason: (!reason.trim().is_empty()).then_some(reason),
        reason_kind: Some(asked.field(REASON_KIND).to_owned()),
        at: instant(asked.field(INSTANT), &visit.zone()),
        express: asked.field(EXPRESS) == "1",
    }
}

/// What all of them would lack: told once, beside its field, before anything is done.
fn faults(plan: &BulkPlan, step: &BulkStep, visit: &Visit) -> Vec<(&'static str, &'static str)> {
    let mut faults = Vec::new();
    let kind = step.reason_kind.as_deref().unwrap_or_default();
    let is_known = plan.reasons.iter().any(|(known, _)| known == kind);
    if !plan.reasons.is_empty() {
        faults.extend((!is_known).then_some((REASON_KIND, "many.reason_kind")));
    } else if plan.needs_reason && step.reason.is_none() {
        faults.push((REASON, "many.reason"));
    }
    let chars = step.reason.as_deref().map_or(0, |it| it.chars().count());
    if chars > REASON_CHARS_MAX {
        faults.push((REASON, "many.reason_long"));
    }
    if plan.needs_instant && step.at.is_none_or(|at| at <= visit.now) {
        faults.push((INSTANT, "many.instant"));
    }
    faults
}

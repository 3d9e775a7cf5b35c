use std::sync::Arc;

use dinh_domain::dates::{Instant, LocalDate, Zone};
use dinh_domain::ids::{EntryId, RevisionId};
use dinh_portal::{SignedIn, Step, Undone, Visit};
use http::StatusCode;
use poem::Response;

use super::entry_form::{ALIKE, LEFT, SAVED};
use crate::asked::Asked;
use crate::present::desk::{Said, Tried, entry_path};
use crate::present::room::{KIND, PAGE, ROOM, RoomAsked, SITE, STATE, WORDS};
use crate::present::rooms::param;
use crate::present::{self, Setting};
use crate::problem::Problem;
use crate::reply;
use crate::state::State;

/// Parameter that says that a step was taken a moment ago.
const DONE: &str = "xong";
/// Milliseconds of a minute.
const MINUTE_MS: i64 = 60_000;

/// A room of the desk.
pub(crate) async fn desk_show(
    state: Arc<State>,
    asked: Asked,
    visit: Arc<Visit>,
    who: Arc<SignedIn>,
) -> Result<Response, Problem> {
    let typed = |name| param(&asked, name).to_owned();
    let wanted = RoomAsked {
        room: typed(ROOM),
        site: typed(SITE),
        kind: typed(KIND),
        state: typed(STATE),
        words: typed(WORDS),
        page: param(&asked, PAGE).parse().unwrap_or(1).max(1),
    };
    let setting = Setting::of(&state, &visit);
    let choices = state.portal.room_choices(&who.staff).await?;
    let (query, bad) = wanted.query(&setting, &choices);
    let lines = state.portal.room(&who.staff, &query).await?;
    let mut page = present::room::page(&setting, (&wanted, &bad), &choices, lines);
    if let Some(kind) = &query.collection {
        let all = state.portal.beginnings(&who.staff).await?;
        let mut here = all.iter().filter(|it| it.collection == *kind);
        page.body.bring = match &query.site {
            Some(site) => here.find(|it| it.site == *site),
            // Of several sites one is chosen first, on the page of everything that may be begun.
            None => here.next().filter(|_| here.next().is_none()),
        }
        .map(|it| present::batch::link(&setting, it));
    }
    page.body
        .rooms
        .extend(present::rooms::tabs(&setting, &who, ""));
    reply::page_with(StatusCode::OK, &state.theme, &asked, page).await
}

/// An entry on the desk, and the steps that are taken with it.
pub(crate) async fn desk_entry(
    state: Arc<State>,
    asked: Asked,
    visit: Arc<Visit>,
    who: Arc<SignedIn>,
) -> Result<Response, Problem> {
    let id = EntryId::new(asked.capture("id")).map_err(|_| Problem::NotFound)?;
    let mut tried = Tried::default();
    let mut status = StatusCode::OK;
    if asked.form.is_some() {
        let zone = visit.zone();
        let step = step(&asked, &id, &zone)?;
        tried = Tried {
            step: step.action.clone(),
            reason: asked.field("ly-do").to_owned(),
            reason_kind: asked.field("loai-ly-do").to_owned(),
            instant: asked.field("luc").to_owned(),
            faults: Vec::new(),
        };
        let portal = state.portal.clone().asked_from(&asked.from);
        match portal.take_step(&who.staff, step).await? {
            Ok(_) => {
                let there = format!("{}?{DONE}=1", entry_path(id.as_str()));
                return Ok(reply::redirect(StatusCode::SEE_OTHER, &there));
            }
            Err(Undone::NotFound) => return Err(Problem::NotFound),
            Err(undone) => {
                status = status_of(&undone);
                let setting = Setting::of(&state, &visit);
                tried.faults = portal.told_undone(&id, &undone).await?;
                if tried.faults.is_empty() {
                    tried.faults.push(setting.text("desk.refused").to_owned());
                }
            }
        }
    }
    let open = state.portal.open_entry(&who.staff, &id).await?;
    let open = open.ok_or(Problem::NotFound)?;
    let has = |wanted| asked.params.iter().any(|(name, _)| name == wanted);
    let said = match (has(DONE), has(SAVED)) {
        (true, _) => Said::Step,
        (_, true) => match param(&asked, ALIKE).parse() {
            Ok(done) => Said::Alike(done, param(&asked, LEFT).parse().unwrap_or_default()),
            Err(_) => Said::Saved,
        },
        _ => Said::Nothing,
    };
    let page = present::desk::entry(&Setting::of(&state, &visit), &open, (said, tried));
    reply::page_with(status, &state.theme, &asked, page).await
}

/// 409 where somebody was faster, 422 where something is missing, 403 where it is not for them.
pub(super) fn status_of(undone: &Undone) -> StatusCode {
    match undone {
        Undone::Changed { .. } | Undone::NotWritable { .. } => StatusCode::CONFLICT,
        Undone::Faults(_) => StatusCode::UNPROCESSABLE_ENTITY,
        Undone::NotFound => StatusCode::NOT_FOUND,
        Undone::Refused(refusal) => match refusal {
            dinh_domain::workflow::Refusal::NotHere { .. } => StatusCode::CONFLICT,
            dinh_domain::workflow::Refusal::ReasonMissing(_) => StatusCode::UNPROCESSABLE_ENTITY,
            _ => StatusCode::FORBIDDEN,
        },
    }
}

fn step(asked: &Asked, id: &EntryId, zone: &Zone) -> Result<Step, Problem> {
    let reason = asked.field("ly-do");
    Ok(Step {
        entry: id.clone(),
        seen: RevisionId::new(asked.field("ban")).map_err(|_| Problem::NotFound)?,
        action: asked.field("viec").to_owned(),
        reason: (!reason.trim().is_empty()).then(|| reason.to_owned()),
        reason_kind: Some(asked.field("loai-ly-do").to_owned()),
        at: instant(asked.field("luc"), zone),
        express: asked.field("khan") == "1",
    })
}

/// A local time as browsers send it, `YYYY-MM-DDTHH:MM`; none where it is something else.
pub(super) fn instant(text: &str, zone: &Zone) -> Option<Instant> {
    let (day, time) = text.split_once('T')?;
    let day = LocalDate::parse(day).ok()?;
    let mut parts = time.splitn(3, ':');
    let hour: i64 = parts.next()?.parse().ok()?;
    let minute: i64 = parts.next()?.parse().ok()?;
    let fits = (0..24).contains(&hour) && (0..60).contains(&minute);
    fits.then(|| Instant(zone.start_of(day).0 + (hour * 60 + minute) * MINUTE_MS))
}

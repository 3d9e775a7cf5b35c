use std::sync::Arc;

use dinh_portal::{MAIL_SEAL, Visit};
use http::StatusCode;
use http::header::{CONTENT_DISPOSITION, HeaderName, HeaderValue};
use poem::Response;
use serde_json::json;

use crate::asked::Asked;
use crate::present::rooms::param;
use crate::present::{self, Setting};
use crate::problem::Problem;
use crate::reply;
use crate::routes::TRACKING;
use crate::state::State;

/// Parameter of the code.
pub(crate) const CODE: &str = "ma";
/// Parameter that says that it was sent a moment ago.
const NEW: &str = "moi";
/// Name and value of the button by which a sender takes back.
pub(crate) const ACT: &str = "viec";
pub(crate) const TAKE_BACK: &str = "rut";
/// The same by which they confirm an address of mail.
pub(crate) const CONFIRM: &str = "xac-nhan";
/// The address of such a page is a secret: no page that it leads to is told it.
const NO_REFERRER: (HeaderName, &str) = (HeaderName::from_static("referrer-policy"), "no-referrer");

/// How far a sending has come, by its code.
pub(crate) async fn tracking_by_code(
    state: Arc<State>,
    asked: Asked,
    visit: Arc<Visit>,
) -> Result<Response, Problem> {
    let code = param(&asked, CODE);
    let setting = Setting::of(&state, &visit);
    let found = match code.trim() {
        "" => None,
        code => Some(state.portal.tracked_briefly(&visit, code).await?),
    };
    let status = match found {
        Some(None) => StatusCode::NOT_FOUND,
        _ => StatusCode::OK,
    };
    let page = present::tracking::by_code(&setting, code, found);
    let mut response = reply::page_with(status, &state.theme, &asked, page).await?;
    reply::never_keep(&mut response);
    Ok(response)
}

/// What a sender sees of what they sent, and what they do with it.
pub(crate) async fn tracking_show(
    state: Arc<State>,
    asked: Asked,
    visit: Arc<Visit>,
) -> Result<Response, Problem> {
    let token = asked.capture("token");
    if asked.form.is_some() {
        let done = match asked.field(ACT) {
            TAKE_BACK => state.portal.take_back(&visit, token).await?,
            CONFIRM => {
                let seal = asked.field(MAIL_SEAL);
                state
                    .portal
                    .confirm_sender_mail(&visit, token, seal)
                    .await?
            }
            _ => false,
        };
        return match done {
            true => {
                let there = format!("{TRACKING}/{token}");
                Ok(private(reply::redirect(StatusCode::SEE_OTHER, &there)))
            }
            false => Err(Problem::NotFound),
        };
    }
    let setting = Setting::of(&state, &visit);
    let seal = param(&asked, MAIL_SEAL);
    let tracked = state.portal.tracked(&visit, (token, seal)).await?;
    let tracked = tracked.ok_or(Problem::NotFound)?;
    let is_new = !param(&asked, NEW).is_empty();
    let page = present::tracking::page(&setting, (&asked.path, seal), &tracked, is_new);
    let response = reply::page_with(StatusCode::OK, &state.theme, &asked, page).await?;
    Ok(private(response))
}

/// Everything that is kept of a sender, as a file.
pub(crate) async fn tracking_data(
    state: Arc<State>,
    asked: Asked,
    visit: Arc<Visit>,
) -> Result<Response, Problem> {
    let data = state
        .portal
        .own_data(&visit, asked.capture("token"))
        .await?;
    let data = data.ok_or(Problem::NotFound)?;
    let mut response = reply::json(StatusCode::OK, &data.json);
    let name = format!("attachment; filename=\"{}.json\"", data.code);
    if let Ok(value) = HeaderValue::from_str(&name) {
        response.headers_mut().insert(CONTENT_DISPOSITION, value);
    }
    Ok(private(response))
}

/// A puzzle for the browser of somebody who writes.
pub(crate) async fn puzzle_show(
    state: Arc<State>,
    _: Asked,
    visit: Arc<Visit>,
) -> Result<Response, Problem> {
    let puzzle = state.portal.puzzle(&visit.site.id)?;
    let told = json!({"puzzle": puzzle.text, "bits": puzzle.bits});
    let mut response = reply::json(StatusCode::OK, &told);
    reply::never_keep(&mut response);
    Ok(response)
}

pub(super) fn private(mut response: Response) -> Response {
    reply::never_keep(&mut response);
    let (name, value) = NO_REFERRER;
    let headers = response.headers_mut();
    headers.insert(name, HeaderValue::from_static(value));
    response
}

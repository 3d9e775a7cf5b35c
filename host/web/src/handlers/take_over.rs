use std::sync::Arc;

use dinh_portal::Visit;
use http::StatusCode;
use poem::Response;

use crate::asked::{Asked, Refused};
use crate::desk::{self, BACK, CODE, cookie};
use crate::present::rooms::param;
use crate::present::{self, Setting};
use crate::problem::Problem;
use crate::routes::{DESK, TAKE_OVER};
use crate::state::State;
use crate::{links, reply};

/// Takes over a session that the admin host hands on: the code for a cookie of this host, then, once the browser has
/// shown that it keeps it, to what is looked at.
pub(crate) async fn take_over(
    state: Arc<State>,
    asked: Asked,
    visit: Arc<Visit>,
) -> Result<Response, Problem> {
    if asked.form.is_some() {
        return Err(Problem::Refused(Refused::Method));
    }
    let admin = desk::admin_host(&state, &visit);
    let back = desk::local_path(param(&asked, BACK)).filter(|it| it.starts_with(DESK));
    let back = back.unwrap_or_else(|| DESK.to_owned());
    if visit.site.host == admin {
        return Err(Problem::NotFound);
    }
    let code = param(&asked, CODE);
    let taken = match code {
        "" => None,
        code => state.portal.take_over(code, &visit.site.host).await?,
    };
    if let Some(token) = taken {
        let params = [(BACK.to_owned(), back)];
        let here = links::with_params(TAKE_OVER, &params);
        let mut response = reply::redirect(StatusCode::SEE_OTHER, &here);
        cookie::give(&mut response, &token.0, state.options.public_scheme);
        reply::never_keep(&mut response);
        return Ok(response);
    }
    let is_there = code.is_empty() && desk::visiting(&state, &asked, &visit).await?.is_some();
    let mut response = if is_there {
        reply::redirect(StatusCode::SEE_OTHER, &back)
    } else {
        let again = state.options.origin(admin) + &back;
        let page = present::sign_in::not_taken_over(&Setting::of(&state, &visit), &again);
        reply::page_with(StatusCode::FORBIDDEN, &state.theme, &asked, page).await?
    };
    reply::never_keep(&mut response);
    Ok(response)
}

use std::sync::Arc;

use dinh_domain::ids::OrganisationId;
use dinh_portal::{PeopleQuery, SignedIn, Visit};
use http::StatusCode;
use poem::Response;

use crate::asked::Asked;
use crate::present::people::{AT, PAGE, WORDS};
use crate::present::rooms::param;
use crate::present::{self, Setting};
use crate::problem::Problem;
use crate::reply;
use crate::state::State;

/// People whom somebody looks after; the room is there for nobody else.
pub(crate) async fn people_list(
    state: Arc<State>,
    asked: Asked,
    visit: Arc<Visit>,
    who: Arc<SignedIn>,
) -> Result<Response, Problem> {
    let (at, words) = (param(&asked, AT), param(&asked, WORDS));
    let page = param(&asked, PAGE).parse().unwrap_or(1).max(1);
    let query = PeopleQuery {
        organisation: OrganisationId::new(at).ok(),
        words: words.to_owned(),
        page,
    };
    let found = state.portal.people(&who, &query).await?;
    let found = found.ok_or(Problem::NotFound)?;
    let setting = Setting::of(&state, &visit);
    let page = present::people::page(&setting, &who, &found, (at, words, page));
    reply::page_with(StatusCode::OK, &state.theme, &asked, page).await
}

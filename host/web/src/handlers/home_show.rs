use std::sync::Arc;

use dinh_portal::Visit;
use poem::Response;

use crate::asked::Asked;
use crate::present::{self, Setting};
use crate::problem::Problem;
use crate::reply;
use crate::state::State;

/// The home page of a site.
pub(crate) async fn home_show(
    state: Arc<State>,
    asked: Asked,
    visit: Arc<Visit>,
) -> Result<Response, Problem> {
    let home = state.portal.home(&visit).await?;
    let page = present::home::page(&Setting::of(&state, &visit), &home);
    reply::page(&state.theme, &asked, page).await
}

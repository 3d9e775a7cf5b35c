use std::sync::Arc;

use dinh_portal::Visit;
use poem::Response;

use crate::asked::Asked;
use crate::present::{self, Setting};
use crate::problem::Problem;
use crate::reply;
use crate::state::State;

/// The search page of a site.
pub(crate) async fn search_show(
    state: Arc<State>,
    asked: Asked,
    visit: Arc<Visit>,
) -> Result<Response, Problem> {
    let found = state.portal.search(&visit, &asked.params).await?;
    let page = present::search::page(&Setting::of(&state, &visit), found)?;
    reply::page(&state.theme, &asked, page).await
}

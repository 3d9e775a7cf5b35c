use std::sync::Arc;

use dinh_portal::Visit;
use poem::Response;

use crate::asked::Asked;
use crate::present::{self, Setting};
use crate::problem::Problem;
use crate::reply;
use crate::state::State;

/// The site map as a page.
pub(crate) async fn site_map_show(
    state: Arc<State>,
    asked: Asked,
    visit: Arc<Visit>,
) -> Result<Response, Problem> {
    let map = state.portal.site_map(&visit).await?;
    let page = present::site_map::page(&Setting::of(&state, &visit), &map);
    reply::page(&state.theme, &asked, page).await
}

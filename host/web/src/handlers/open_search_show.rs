use std::sync::Arc;

use dinh_portal::Visit;
use poem::Response;

use crate::asked::Asked;
use crate::present::{self, Setting};
use crate::problem::Problem;
use crate::reply;
use crate::state::State;

const OPEN_SEARCH: &str = "application/opensearchdescription+xml; charset=utf-8";

/// The site's search, described for browsers.
pub(crate) async fn open_search_show(
    state: Arc<State>,
    asked: Asked,
    visit: Arc<Visit>,
) -> Result<Response, Problem> {
    let text = present::open_search::description(&Setting::of(&state, &visit));
    Ok(reply::xml(&asked, OPEN_SEARCH, text))
}

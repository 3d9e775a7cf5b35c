use std::sync::Arc;

use dinh_portal::Visit;
use http::StatusCode;
use poem::Response;

use crate::asked::Asked;
use crate::problem::Problem;
use crate::reply;
use crate::routes::{SEARCH, SITE_MAP_XML, SUBSCRIBE};
use crate::state::State;

/// What robots may read: everything but searches, which have no end, and the forms of subscriptions, of which there is one
/// for every filter.
pub(crate) async fn robots_show(
    state: Arc<State>,
    _asked: Asked,
    visit: Arc<Visit>,
) -> Result<Response, Problem> {
    let map = state.options.origin(&visit.site.host) + SITE_MAP_XML;
    let text = format!(
        "User-agent: *\nAllow: /\nDisallow: {SEARCH}\nDisallow: {SUBSCRIBE}\n\nSitemap: {map}\n"
    );
    Ok(reply::text(StatusCode::OK, text))
}

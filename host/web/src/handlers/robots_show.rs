use std::sync::Arc;

use dinh_portal::Visit;
use http::StatusCode;
use poem::Response;

use crate::asked::Asked;
use crate::problem::Problem;
use crate::reply;
use crate::routes::SEARCH;
use crate::state::State;

/// What robots may read: everything but searches, which have no end.
pub(crate) async fn robots_show(
    _state: Arc<State>,
    _asked: Asked,
    _visit: Arc<Visit>,
) -> Result<Response, Problem> {
    let text = format!("User-agent: *\nAllow: /\nDisallow: {SEARCH}\n");
    Ok(reply::text(StatusCode::OK, text))
}

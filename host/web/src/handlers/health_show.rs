use std::sync::Arc;

use http::StatusCode;
use poem::Response;

use crate::asked::Asked;
use crate::problem::Problem;
use crate::reply;
use crate::state::State;

/// The process runs. Nothing else is looked at: a database that is away is no reason to restart.
pub(crate) async fn health_show(_state: Arc<State>, _asked: Asked) -> Result<Response, Problem> {
    Ok(reply::text(StatusCode::OK, "ok\n"))
}

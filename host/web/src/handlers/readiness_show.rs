use std::sync::Arc;
use std::sync::atomic::Ordering;

use http::StatusCode;
use poem::Response;
use serde_json::json;

use crate::asked::Asked;
use crate::problem::Problem;
use crate::reply;
use crate::state::State;

/// Whether requests should be sent here: the parts of the portal answer, and nobody asked it to stop.
pub(crate) async fn readiness_show(state: Arc<State>, _asked: Asked) -> Result<Response, Problem> {
    let readiness = state.portal.readiness().await;
    let draining = state.draining.load(Ordering::Relaxed);
    let ready = readiness.ready && !draining;
    let status = if ready {
        StatusCode::OK
    } else {
        StatusCode::SERVICE_UNAVAILABLE
    };
    let shown = json!({
        "ready": ready,
        "draining": draining,
        "detail": readiness.detail,
        "page_cache": state.pages.report(),
        "requests": {
            "worked_out_now": state.renders.under_way(),
            "refused_overload": state.renders.refused(),
            "refused_rate": state.rate.refused(),
        },
    });
    Ok(reply::json(status, &shown))
}

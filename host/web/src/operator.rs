//! The operator's own listener: figures for a monitoring system. Nothing of it is public, and nothing
//! of the public listener is here.

use std::sync::Arc;

use http::{Method, StatusCode};
use poem::{Endpoint, Request, Response};

use crate::reply;
use crate::state::State;

mod exposition;

/// Version of the text format of Prometheus.
const MEDIA_TYPE: &str = "text/plain; version=0.0.4; charset=utf-8";
/// The one address that there is.
const METRICS: &str = "/metrics";

/// Answers operators.
#[derive(Clone)]
pub(crate) struct OperatorEndpoint {
    pub(crate) state: Arc<State>,
}

impl Endpoint for OperatorEndpoint {
    type Output = Response;

    async fn call(&self, request: Request) -> poem::Result<Response> {
        if request.uri().path() != METRICS {
            let told = format!("there is {METRICS} and nothing else\n");
            return Ok(reply::text(StatusCode::NOT_FOUND, told));
        }
        if request.method() != Method::GET {
            return Ok(reply::text(StatusCode::METHOD_NOT_ALLOWED, "GET only\n"));
        }
        Ok(match self.state.portal.figures().await {
            Ok(families) => Response::builder()
                .content_type(MEDIA_TYPE)
                .body(exposition::text(&families)),
            Err(failure) => {
                tracing::warn!(%failure, "the figures cannot be told");
                reply::text(StatusCode::SERVICE_UNAVAILABLE, "not now\n")
            }
        })
    }
}

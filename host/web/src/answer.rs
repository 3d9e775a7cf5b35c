//! The way of every request, in order: its name, the log, the site that the host names, limits and
//! decoding, the route, the handler; on the way back failures become pages and every answer gets its
//! headers.

use std::sync::Arc;
use std::time::Duration;

use dinh_portal::{Arrival, Failure, Visit};
use http::header::CONTENT_LENGTH;
use http::{Method, StatusCode};
use poem::{Body, Request, Response};

use crate::access_log::Line;
use crate::asked::{Asked, Caller, Refused, RequestId, host_of};
use crate::guard::unwinding;
use crate::present::Setting;
use crate::problem::{self, Problem};
use crate::router::{Answering, Anywhere, Captures};
use crate::state::State;
use crate::{api, closed, links, plain, reply, security};

/// Longest work on one answer, before its body streams: a citizen has gone by then, and the work holds
/// a place in the pools.
const ANSWER_DEADLINE: Duration = Duration::from_secs(30);

/// Answers a request; nothing makes it fail.
pub(crate) async fn answer(state: Arc<State>, request: Request) -> Response {
    let id = RequestId::new();
    let caller = Caller::of(&request, &state.options);
    let line = Line::begin(&request, &caller, id, &state.options);
    let is_head = request.method() == Method::HEAD;
    let answered = unwinding(found(&state, request, &caller, id)).await;
    let mut response = answered.unwrap_or_else(|panic| {
        tracing::error!(request_id = %id, cause = panic.0, "panic outside of a handler");
        plain::internal(&state.theme, id)
    });
    security::dress(&mut response, id, caller.scheme);
    if is_head {
        response = without_body(response);
    }
    line.end(&response);
    response
}

/// Probes and assets first: they need no site.
async fn found(state: &Arc<State>, request: Request, caller: &Caller, id: RequestId) -> Response {
    let asked = Asked::read(&request, id);
    if let Ok(asked) = &asked
        && let Some((handler, captures)) = state.router.anywhere(&asked.path)
    {
        return anywhere(state, handler, asked.clone(), captures).await;
    }
    let is_api = api::is_path(request.uri().path());
    let Ok(host) = host_of(request.headers(), request.uri(), caller.host.as_deref()) else {
        return plain::bad_host(&state.theme);
    };
    match state.portal.arrive(&host).await {
        Ok(Arrival::Here(visit)) => on_site(state, asked, Arc::new(*visit), (id, is_api)).await,
        Ok(Arrival::Alias { host }) => to_canonical(state, &host, &request),
        Ok(Arrival::Closed { site }) if is_api => api::problem::closed(&site, id),
        Ok(Arrival::Unknown) if is_api => api::problem::reply(Problem::NotFound, id),
        Ok(Arrival::Closed { site }) => closed::page(&state.theme, &site, id),
        Ok(Arrival::Unknown) => plain::unknown_host(&state.theme),
        Err(failure) if is_api => api::problem::reply(failure.into(), id),
        Err(failure) => {
            problem::log(&failure.into(), id);
            plain::unavailable(&state.theme, id)
        }
    }
}

async fn anywhere(
    state: &Arc<State>,
    handler: &Anywhere,
    asked: Asked,
    captures: Captures,
) -> Response {
    let id = asked.id;
    let answering = handler(state.clone(), asked.with(captures));
    match in_time(answering).await {
        Ok(response) => response,
        Err(Problem::NotFound) => reply::text(StatusCode::NOT_FOUND, "not found\n"),
        Err(problem) => {
            problem::log(&problem, id);
            reply::text(StatusCode::INTERNAL_SERVER_ERROR, "internal error\n")
        }
    }
}

async fn on_site(
    state: &Arc<State>,
    asked: Result<Asked, Refused>,
    visit: Arc<Visit>,
    (id, is_api): (RequestId, bool),
) -> Response {
    let answered = match asked {
        Ok(asked) => routed(state, asked, visit.clone()).await,
        Err(refused) => Err(Problem::Refused(refused)),
    };
    answered.unwrap_or_else(|problem| {
        if is_api {
            return api::problem::reply(problem, id);
        }
        let setting = Setting {
            visit: &visit,
            options: &state.options,
            theme: &state.theme,
        };
        problem::page(&setting, problem, id)
    })
}

async fn routed(state: &Arc<State>, asked: Asked, visit: Arc<Visit>) -> Result<Response, Problem> {
    if let Some(response) = one_address(&asked)? {
        return Ok(response);
    }
    let (handler, captures) = state.router.on_site(&asked.path).ok_or(Problem::NotFound)?;
    in_time(handler(state.clone(), asked.with(captures), visit)).await
}

/// A page has one address: without a slash at its end, and without empty or dot segments.
fn one_address(asked: &Asked) -> Result<Option<Response>, Problem> {
    let inner = asked.path.strip_prefix('/').ok_or(Problem::NotFound)?;
    let (inner, slash) = match inner.strip_suffix('/') {
        Some(inner) => (inner, true),
        None => (inner, false),
    };
    let odd = |segment: &str| matches!(segment, "" | "." | "..");
    if (slash || !inner.is_empty()) && inner.split('/').any(odd) {
        return Err(Problem::NotFound);
    }
    let path = inner
        .split('/')
        .map(crate::percent::encode)
        .collect::<Vec<_>>()
        .join("/");
    let location = || links::with_params(&format!("/{path}"), &asked.params);
    Ok(slash.then(|| reply::redirect(StatusCode::MOVED_PERMANENTLY, &location())))
}

/// Path and query are kept as they were sent.
fn to_canonical(state: &State, host: &str, request: &Request) -> Response {
    let sent = request
        .uri()
        .path_and_query()
        .map_or("/", http::uri::PathAndQuery::as_str);
    let location = state.options.origin(host) + &crate::percent::tidy(sent);
    reply::redirect(StatusCode::MOVED_PERMANENTLY, &location)
}

async fn in_time(answering: Answering) -> Result<Response, Problem> {
    match tokio::time::timeout(ANSWER_DEADLINE, unwinding(answering)).await {
        Ok(Ok(answered)) => answered,
        Ok(Err(panic)) => Err(Problem::Internal {
            cause: format!("panic: {}", panic.0),
        }),
        Err(_) => {
            let cause = format!("no answer within {} s", ANSWER_DEADLINE.as_secs());
            Err(Failure::Unavailable { cause }.into())
        }
    }
}

/// `HEAD` gets the headers alone; the length stays that of the body it did not get.
fn without_body(mut response: Response) -> Response {
    let length = response.headers_mut().remove(CONTENT_LENGTH);
    response.set_body(Body::empty());
    if let Some(length) = length {
        response.headers_mut().insert(CONTENT_LENGTH, length);
    }
    response
}

#[cfg(test)]
mod tests;

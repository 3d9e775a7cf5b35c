//! What other systems send to plugins. Here, and nowhere else, a request of another site's making may write: it
//! carries no cookie that anybody looks at, and its bytes are handed on as they are, for a signature to prove.

use std::io::ErrorKind;
use std::sync::Arc;
use std::time::Duration;

use dinh_domain::declaration::WEBHOOK_MOUNT;
use dinh_domain::site::SiteState;
use dinh_portal::{Arrival, Told, Visit, Webhook, WebhookAt};
use http::header::{ALLOW, CONTENT_LENGTH, HeaderValue};
use http::{HeaderMap, Method, StatusCode};
use poem::error::ReadBodyError;
use poem::{Request, Response};
use tokio::sync::Semaphore;

use crate::asked::RequestId;
use crate::problem::{self, Problem, RETRY_AFTER_SECONDS};
use crate::renders::Renders;
use crate::reply;
use crate::state::State;

/// Longest work on one delivery, its body included.
const DEADLINE: Duration = Duration::from_secs(30);
/// Bytes of deliveries that are read at the same time: 64 of the longest.
const UNDER_WAY_BYTES: usize = 16 << 20;
/// Deliveries worked on at the same time, a quarter of the sandbox's slots: pages have turns of their own.
const AT_ONCE: usize = 16;
/// Those that wait for it.
const WAITING: usize = 128;
/// Longest wait.
const WAIT: Duration = Duration::from_secs(3);
/// When to send again, in seconds, where too many are read at once.
const CROWDED_SECONDS: u32 = 5;
/// Bytes of all headers that are handed on.
const HEADERS_BYTES_MAX: usize = 8 << 10;

/// How much is under way of what other systems send.
pub(crate) struct Deliveries {
    bytes: Semaphore,
    turns: Renders,
}

impl Default for Deliveries {
    fn default() -> Self {
        Self {
            bytes: Semaphore::new(UNDER_WAY_BYTES),
            turns: Renders::new(AT_ONCE, WAITING, WAIT),
        }
    }
}

/// Plugin and last part of a webhook's address; none where a path is no such address.
pub(crate) fn place(path: &str) -> Option<(&str, &str)> {
    let rest = path.strip_prefix('/')?.strip_prefix(WEBHOOK_MOUNT)?;
    let rest = rest.strip_prefix('/')?;
    Some(rest.split_once('/').unwrap_or((rest, "")))
}

/// Answers whatever was sent to such an address of a host.
pub(crate) async fn answer(
    state: &Arc<State>,
    mut request: Request,
    host: &str,
    id: RequestId,
) -> Response {
    let answering = tokio::time::timeout(DEADLINE, delivered(state, &mut request, host));
    match answering.await {
        Ok(Ok(response)) => response,
        Ok(Err(Refusal::Told(response))) => *response,
        Ok(Err(Refusal::Problem(problem))) => {
            problem::log(&problem, id);
            later(RETRY_AFTER_SECONDS)
        }
        Err(_) => later(RETRY_AFTER_SECONDS),
    }
}

/// One address asks too often.
pub(crate) fn too_many(seconds: u32) -> Response {
    let mut response = told(
        StatusCode::TOO_MANY_REQUESTS,
        "too many: send it again later",
    );
    reply::come_back(&mut response, seconds);
    response
}

/// Why a delivery is not given to anybody.
enum Refusal {
    Told(Box<Response>),
    Problem(Problem),
}

impl From<Response> for Refusal {
    fn from(response: Response) -> Self {
        Self::Told(Box::new(response))
    }
}

async fn delivered(
    state: &Arc<State>,
    request: &mut Request,
    host: &str,
) -> Result<Response, Refusal> {
    let uri = request.uri().clone();
    let arrived = state.portal.arrive(host).await;
    let arrived = arrived.map_err(|failure| Refusal::Problem(failure.into()))?;
    let visit = match arrived {
        Arrival::Here(visit) => *visit,
        Arrival::Alias { host } => {
            // As it was sent: with this status a method is not changed on the way.
            let there = state.options.origin(&host) + uri.path();
            return Ok(reply::redirect(StatusCode::PERMANENT_REDIRECT, &there));
        }
        Arrival::Closed { site } => {
            return Ok(match site.state {
                SiteState::Suspended => later(RETRY_AFTER_SECONDS),
                SiteState::Closed => told(StatusCode::GONE, "this site has ended"),
                SiteState::Trial | SiteState::Live => nothing(),
            });
        }
        Arrival::Unknown => return Ok(nothing()),
    };
    let (plugin, path) = place(uri.path()).unwrap_or_default();
    let webhook = match state.portal.webhook(&visit, plugin, path) {
        WebhookAt::Nothing => return Ok(nothing()),
        WebhookAt::Away => return Ok(later(RETRY_AFTER_SECONDS)),
        WebhookAt::Here(webhook) => webhook,
    };
    if *request.method() != Method::POST {
        let mut response = told(StatusCode::METHOD_NOT_ALLOWED, "send it with POST");
        let headers = response.headers_mut();
        headers.insert(ALLOW, HeaderValue::from_static("POST"));
        return Ok(response);
    }
    take(state, request, &visit, &webhook).await
}

async fn take(
    state: &Arc<State>,
    request: &mut Request,
    visit: &Visit,
    webhook: &Webhook<'_>,
) -> Result<Response, Refusal> {
    let most = webhook.declared.max_bytes;
    let length = length(request.headers()).unwrap_or(u64::from(most));
    // Who says that it is too long is not read at all.
    let Ok(length) = u32::try_from(length) else {
        return Ok(too_large(most));
    };
    if length > most {
        return Ok(too_large(most));
    }
    let admitted = state.portal.admit_delivery(visit, webhook);
    admitted.map_err(|seconds| Refusal::from(too_many(seconds)))?;
    let headers = asked_headers(request.headers(), &webhook.declared.headers)?;
    let Ok(_bytes) = state.deliveries.bytes.try_acquire_many(length) else {
        return Ok(later(CROWDED_SECONDS));
    };
    let body = request.take_body().into_bytes_limit(most as usize).await;
    let body = body.map_err(|error| Refusal::from(unread(&error, most)))?;
    let Some(_turn) = state.deliveries.turns.turn().await else {
        return Ok(later(CROWDED_SECONDS));
    };
    let answered = state.portal.deliver(visit, webhook, headers, body.into());
    let answered = answered.await;
    Ok(
        match answered.map_err(|failure| Refusal::Problem(failure.into()))? {
            Told::Later(seconds) => later(seconds),
            Told::Reply(it) => {
                let status = StatusCode::from_u16(it.status);
                let status = status.unwrap_or(StatusCode::SERVICE_UNAVAILABLE);
                let mut response = reply::text(status, it.text);
                if status == StatusCode::SERVICE_UNAVAILABLE {
                    reply::come_back(&mut response, RETRY_AFTER_SECONDS);
                }
                response
            }
        },
    )
}

/// What the sender says that the body has; none where it does not say.
fn length(headers: &HeaderMap) -> Option<u64> {
    let length = headers.get(CONTENT_LENGTH)?.to_str().ok()?;
    Some(length.parse().unwrap_or(u64::MAX))
}

/// The headers that are declared and were sent, as often as they were.
fn asked_headers(sent: &HeaderMap, declared: &[String]) -> Result<Vec<(String, String)>, Refusal> {
    let (mut found, mut bytes) = (Vec::new(), 0);
    for name in declared {
        for value in sent.get_all(name.as_str()) {
            let text = value.to_str().map_err(|_| {
                let why = format!("the header {name} holds other than visible ASCII");
                Refusal::from(told(StatusCode::BAD_REQUEST, why))
            })?;
            bytes += text.len();
            if bytes > HEADERS_BYTES_MAX {
                let why = format!("the headers have more than {HEADERS_BYTES_MAX} bytes");
                return Err(told(StatusCode::REQUEST_HEADER_FIELDS_TOO_LARGE, why).into());
            }
            found.push((name.clone(), text.to_owned()));
        }
    }
    Ok(found)
}

fn unread(error: &ReadBodyError, most: u32) -> Response {
    match error {
        ReadBodyError::PayloadTooLarge => too_large(most),
        ReadBodyError::Io(error) if error.kind() == ErrorKind::FileTooLarge => too_large(most),
        ReadBodyError::Io(error) if error.kind() == ErrorKind::TimedOut => {
            told(StatusCode::REQUEST_TIMEOUT, "the body takes too long")
        }
        _ => told(StatusCode::BAD_REQUEST, "the body did not arrive whole"),
    }
}

fn nothing() -> Response {
    told(StatusCode::NOT_FOUND, "nothing is taken here")
}

fn too_large(most: u32) -> Response {
    let why = format!("the body has more than {most} bytes");
    told(StatusCode::PAYLOAD_TOO_LARGE, why)
}

/// It was not taken, and may be later.
fn later(seconds: u32) -> Response {
    let why = "it was not taken: send it again later";
    let mut response = told(StatusCode::SERVICE_UNAVAILABLE, why);
    reply::come_back(&mut response, seconds);
    response
}

fn told(status: StatusCode, why: impl Into<String>) -> Response {
    reply::text(status, why.into() + "\n")
}

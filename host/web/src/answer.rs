//! The way of every request, in order: its name, the log, decoding, the limit of its caller, what is
//! kept, a turn to work, the site that the host names, the route, the handler; on the way back failures
//! become pages and every answer gets its headers.

use std::sync::Arc;
use std::time::Duration;

use dinh_portal::{Arrival, Failure, FormTakes, Freshness, Visit};
use http::header::CONTENT_LENGTH;
use http::{HeaderMap, Method, StatusCode, Uri};
use poem::{Body, Request, Response};

use crate::access_log::Line;
use crate::asked::{Asked, Caller, Refused, RequestId, host_of};
use crate::client::Client;
use crate::guard::unwinding;
use crate::handlers::form_submit;
use crate::page_cache::{Key, Page, Unkept};
use crate::present::Setting;
use crate::problem::{self, Problem};
use crate::router::{Access, Answering, Anywhere, Captures, Forms, Intake, Way};
use crate::state::State;
use crate::{api, cached, closed, desk, links, plain, reader, reply, security, uploads, webhook};

/// Longest work on one answer, before its body streams: a citizen has gone by then, and the work holds
/// a place in the pools.
const ANSWER_DEADLINE: Duration = Duration::from_secs(30);
/// Stands for a path in the name of the page for callers who ask too often; no path begins so.
const TOO_MANY: &str = "too-many";

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
    if let Some(line) = line {
        line.end(&response);
    }
    response
}

/// Probes and assets first: they need no site, and no limit holds for them. Then what is kept.
async fn found(
    state: &Arc<State>,
    mut request: Request,
    caller: &Caller,
    id: RequestId,
) -> Response {
    let host = host_of(request.headers(), request.uri(), caller.host.as_deref());
    let from = caller.address.map(|it| Client::from(it).to_string());
    let from = from.unwrap_or_default();
    let person = reader::is_person(request.method(), request.headers());
    let asked = Asked::read(&mut request, id).map(|asked| asked.by(&from, caller.address));
    let way = asked.as_ref().ok();
    let way = way.map(|asked| state.router.way(&asked.path));
    if let (Ok(asked), Some(Way::Anywhere(handler, captures))) = (&asked, &way) {
        return anywhere(state, handler, asked.clone(), captures.clone()).await;
    }
    let Ok(host) = host else {
        return plain::bad_host(&state.theme);
    };
    if let Err(seconds) = state.rate.admit(caller.address, &state.options) {
        let path = request.uri().path();
        return if api::is_path(path) {
            api::problem::too_many(seconds, id)
        } else if webhook::place(path).is_some() {
            webhook::too_many(seconds)
        } else {
            Box::pin(too_many(state, &host, seconds)).await
        };
    }
    if webhook::place(request.uri().path()).is_some() {
        return Box::pin(webhook::answer(state, request, &host, id)).await;
    }
    let uri = request.uri().clone();
    let mut forms = None;
    if *request.method() == Method::POST {
        forms = state.router.forms(uri.path());
        if forms.is_none() {
            let takes = state.portal.form_takes(&host, uri.path()).await;
            let intake = takes.map(|it| match it {
                FormTakes::Fields => Intake::Form,
                FormTakes::Files => Intake::SentFiles,
            });
            forms = intake.map(|it| (Forms::Everybody, it));
        }
    }
    if let Some((whose, intake)) = forms {
        if whose == Forms::Everybody
            && let Err(seconds) = state.form_rate.admit(caller.address, &state.options)
        {
            return Box::pin(too_many(state, &host, seconds)).await;
        }
        let whence = (host.as_str(), caller.address);
        let room = uploads::room(state, &request, whence, intake).await;
        let asked = match &room {
            Ok(room) => Asked::read_form(&mut request, (id, room)).await,
            Err(refused) => Err(*refused),
        };
        let asked = asked.map(|asked| asked.by(&from, caller.address));
        return Box::pin(made(state, &host, &uri, asked, id)).await.response;
    }
    match (asked, way) {
        (Ok(asked), Some(Way::Kept(declared))) if is_one_address(&asked.path) => {
            let request = cached::Request {
                host,
                uri,
                asked,
                declared,
                person,
            };
            cached::answer(state, request).await
        }
        (asked, _) => Box::pin(made(state, &host, &uri, asked, id)).await.response,
    }
}

/// An answer that was worked out.
pub(crate) struct Made {
    pub(crate) response: Response,
    /// What it was made from; none where it must not be kept.
    pub(crate) freshness: Option<Freshness>,
}

impl From<Response> for Made {
    fn from(response: Response) -> Self {
        Self {
            response,
            freshness: None,
        }
    }
}

/// Works an answer out.
pub(crate) async fn made(
    state: &Arc<State>,
    host: &str,
    uri: &Uri,
    asked: Result<Asked, Refused>,
    id: RequestId,
) -> Made {
    let is_api = api::is_path(uri.path());
    let Some(_turn) = state.renders.turn().await else {
        return if is_api {
            let cause = "too much is worked out at once".to_owned();
            api::problem::reply(Failure::Unavailable { cause }.into(), id).into()
        } else {
            plain::overloaded(&state.theme, id).into()
        };
    };
    match state.portal.arrive(host).await {
        Ok(Arrival::Here(visit)) => {
            if let Some(path) = visit.moved(uri.path()) {
                // What is no question was sent to somewhere that is a form no more.
                let is_sent = !matches!(&asked, Ok(asked) if asked.form.is_none());
                return to_path(state, &visit, (&path, uri), is_sent).into();
            }
            let visit = Arc::new(*visit);
            let response = on_site(state, asked, visit.clone(), (id, is_api)).await;
            Made {
                response,
                freshness: visit.freshness(),
            }
        }
        Ok(Arrival::Alias { host }) => to_canonical(state, &host, uri).into(),
        Ok(Arrival::Closed { site }) if is_api => api::problem::closed(&site, id).into(),
        Ok(Arrival::Unknown) if is_api => api::problem::reply(Problem::NotFound, id).into(),
        Ok(Arrival::Closed { site }) => closed::page(&state.theme, &site, id).into(),
        Ok(Arrival::Unknown) => plain::unknown_host(&state.theme).into(),
        Err(failure) if is_api => api::problem::reply(failure.into(), id).into(),
        Err(failure) => {
            problem::log(&failure.into(), id);
            plain::unavailable(&state.theme, id).into()
        }
    }
}

/// Somebody asks too often. The page is the same for all, and made once for a site.
async fn too_many(state: &Arc<State>, host: &str, seconds: u32) -> Response {
    let key = Key::new(state.theme.asset_base(), host, TOO_MANY, &[]);
    let mut response = match state.pages.get(&key) {
        Some(page) if state.portal.stands(&page.freshness, state.portal.now()) => {
            page.reply(&HeaderMap::new()).await
        }
        _ => match state.portal.arrive(host).await {
            Ok(Arrival::Here(visit)) => {
                let setting = Setting::of(state, &visit);
                let page = problem::too_many(&setting);
                let page = Page::of(page, visit.freshness()).await;
                match page {
                    Ok(page) => {
                        let page = Arc::new(page);
                        state.pages.keep(key, page.clone());
                        page.reply(&HeaderMap::new()).await
                    }
                    Err(Unkept(response)) => response,
                }
            }
            _ => plain::too_many(&state.theme),
        },
    };
    response.set_status(StatusCode::TOO_MANY_REQUESTS);
    reply::come_back(&mut response, seconds);
    response
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
    if asked.form.is_some() && state.router.forms(&asked.path).is_none() {
        return in_time(Box::pin(form_submit(state.clone(), asked, visit))).await;
    }
    let (access, captures) = state.router.on_site(&asked.path).ok_or(Problem::NotFound)?;
    let asked = asked.with(captures);
    match access {
        Access::Public { handler, .. } => in_time(handler(state.clone(), asked, visit)).await,
        Access::Staff(handler) => {
            let answering = desk::answer(state, handler, asked, visit);
            in_time(Box::pin(answering)).await
        }
        Access::StaffOnSite(handler) => {
            let answering = desk::answer_on_site(state, handler, asked, visit);
            in_time(Box::pin(answering)).await
        }
        Access::Probe(_) | Access::Asset(_) => Err(Problem::NotFound),
    }
}

/// Whether [`one_address`] has nothing to say.
fn is_one_address(path: &str) -> bool {
    path == "/"
        || path
            .strip_prefix('/')
            .is_some_and(|inner| inner.split('/').all(|it| !matches!(it, "" | "." | "..")))
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
fn to_canonical(state: &State, host: &str, uri: &Uri) -> Response {
    let sent = uri
        .path_and_query()
        .map_or("/", http::uri::PathAndQuery::as_str);
    let location = state.options.origin(host) + &crate::percent::tidy(sent);
    reply::redirect(StatusCode::MOVED_PERMANENTLY, &location)
}

/// The same address with another path; what was sent goes there, too. Nobody keeps it: a section may move back.
fn to_path(state: &State, visit: &Visit, (path, uri): (&str, &Uri), is_sent: bool) -> Response {
    let query = uri.query().map(|it| format!("?{it}")).unwrap_or_default();
    let sent = crate::percent::tidy(&format!("{path}{query}"));
    let location = state.options.origin(&visit.site.host) + &sent;
    let status = match is_sent {
        true => StatusCode::PERMANENT_REDIRECT,
        false => StatusCode::MOVED_PERMANENTLY,
    };
    let mut response = reply::redirect(status, &location);
    reply::never_keep(&mut response);
    response
}

async fn in_time(answering: Answering<'_>) -> Result<Response, Problem> {
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

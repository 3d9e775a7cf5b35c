//! Answers of routes whose answers are kept: from the cache while they stand, otherwise made once
//! for all who ask at the same time.

use std::sync::Arc;
use std::time::Duration;

use dinh_portal::{Freshness, Knowledge};
use http::{HeaderMap, StatusCode, Uri};
use poem::Response;

use crate::answer::{Made, made};
use crate::asked::{Asked, RequestId};
use crate::page_cache::{Flight, Key, Page, Place, Source, Unkept, mark};
use crate::plain;
use crate::router::Declared;
use crate::state::State;

/// Longest wait for an answer that somebody else makes: longer than any page takes that is well.
const WAIT: Duration = Duration::from_secs(10);
/// How often a request looks again after an answer that it waited for was old when it came.
const MAX_ROUNDS: usize = 3;

/// A request of a route whose answers are kept.
pub(crate) struct Request {
    pub(crate) host: String,
    pub(crate) uri: Uri,
    pub(crate) asked: Asked,
    pub(crate) declared: Declared,
    /// Whether somebody reads what is answered.
    pub(crate) person: bool,
}

pub(crate) async fn answer(state: &Arc<State>, request: Request) -> Response {
    let Request {
        host,
        uri,
        mut asked,
        declared,
        person,
    } = request;
    let id = asked.id;
    // Before anything is named: a change of another node may have changed the names.
    if !asked.params.is_empty() {
        state.portal.knowledge(state.portal.now()).await;
    }
    let place = (host.as_str(), asked.path.as_str());
    let params = declared
        .canonical(&state.portal, place, &asked.params)
        .await;
    let (Some(params), true) = (params, state.pages.is_on()) else {
        let made = Box::pin(made(state, &host, &uri, Ok(asked), id)).await;
        read(state, &made, person);
        return made.response;
    };
    let key = Key::new(state.theme.asset_base(), &host, &asked.path, &params);
    asked.params = params;
    let headers = std::mem::take(&mut asked.headers);
    for _ in 0..MAX_ROUNDS {
        if let Some((page, source)) = kept(state, &key).await {
            return given(state, &page, (&headers, person), source).await;
        }
        match state.pages.flights.join(&key) {
            Place::First(flight) => {
                let making = Making {
                    key,
                    flight,
                    host,
                    uri,
                    asked,
                    person,
                };
                return Box::pin(first(state, making, &headers, id)).await;
            }
            Place::Behind(wait) => {
                let Ok(landed) = tokio::time::timeout(WAIT, wait.landed()).await else {
                    return plain::overloaded(&state.theme, id);
                };
                // It failed, or is nobody else's: this request is answered on its own.
                let Some(page) = landed else {
                    break;
                };
                if state.portal.stands(&page.freshness, state.portal.now()) {
                    return given(state, &page, (&headers, person), Source::Shared).await;
                }
            }
        }
    }
    state.pages.count(Source::Made);
    let made = Box::pin(made(state, &host, &uri, Ok(asked), id)).await;
    read(state, &made, person);
    match Page::of(made.response, made.freshness).await {
        Ok(page) => Arc::new(page).reply(&headers).await,
        Err(Unkept(response)) => response,
    }
}

/// A kept answer that may be given now. How sure the portal is comes first: what it learns there
/// may be that the answer is old.
async fn kept(state: &State, key: &Key) -> Option<(Arc<Page>, Source)> {
    let page = state.pages.get(key)?;
    let now = state.portal.now();
    let source = match state.portal.knowledge(now).await {
        Knowledge::Current => Source::Kept,
        Knowledge::Unconfirmed { seconds } => Source::Unconfirmed(seconds),
        Knowledge::Nothing => return None,
    };
    let stands = state.portal.stands(&page.freshness, now);
    stands.then_some((page, source))
}

/// Counts the reader of an answer that was worked out for him.
fn read(state: &State, made: &Made, person: bool) {
    // Who has the page already reads it again.
    let is_given = matches!(
        made.response.status(),
        StatusCode::OK | StatusCode::NOT_MODIFIED
    );
    let freshness = made.freshness.as_ref().filter(|_| person && is_given);
    if let Some(viewed) = freshness.and_then(Freshness::viewed) {
        state.portal.count_view(viewed);
    }
}

async fn given(
    state: &State,
    page: &Arc<Page>,
    (headers, person): (&HeaderMap, bool),
    source: Source,
) -> Response {
    state.pages.count(source);
    if let Some(viewed) = page.freshness.viewed().filter(|_| person) {
        state.portal.count_view(viewed);
    }
    let mut response = page.reply(headers).await;
    mark(&mut response, source, state.options.cache_status);
    response
}

/// An answer to be made and kept.
struct Making {
    key: Key,
    flight: Flight,
    host: String,
    uri: Uri,
    asked: Asked,
    person: bool,
}

/// Makes the answer in a task of its own: it is finished for the others even when the one who asked
/// first goes away.
async fn first(state: &Arc<State>, making: Making, headers: &HeaderMap, id: RequestId) -> Response {
    let task = tokio::spawn({
        let state = state.clone();
        async move {
            let Making {
                key,
                flight,
                host,
                uri,
                asked,
                person,
            } = making;
            let made = made(&state, &host, &uri, Ok(asked), id).await;
            read(&state, &made, person);
            let Made {
                response,
                freshness,
            } = made;
            let page = Arc::new(Page::of(response, freshness).await?);
            state.pages.keep(key, page.clone());
            flight.land(&page);
            Ok(page)
        }
    });
    let mut response = match task.await {
        Ok(Ok(page)) => page.reply(headers).await,
        Ok(Err(Unkept(response))) => response,
        Err(error) => {
            tracing::error!(request_id = %id, %error, "an answer broke off");
            plain::internal(&state.theme, id)
        }
    };
    state.pages.count(Source::Made);
    mark(&mut response, Source::Made, state.options.cache_status);
    response
}

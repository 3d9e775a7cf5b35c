use std::io;
use std::sync::Arc;

use bytes::Bytes;
use dinh_domain::dates::{LocalDate, Zone};
use dinh_domain::ids::SiteId;
use dinh_portal::{ACTS_EXPORT, ACTS_MAX, ActShown, ActsQuery, Cell, Portal, SignedIn, Visit};
use futures_util::stream::{self, Stream};
use http::StatusCode;
use poem::Response;
use tokio::sync::OwnedSemaphorePermit;

use crate::asked::Asked;
use crate::present::audit::{BEFORE, NARROWED};
use crate::present::rooms::param;
use crate::present::{self, Setting};
use crate::problem::Problem;
use crate::state::State;
use crate::{csv, reply};

const CSV: &str = "text/csv; charset=utf-8; header=present";
const NAME: &str = "nhat-ky.csv";
/// Columns of the text file.
const COLUMNS: [&str; 9] = [
    "office.audit_number",
    "office.audit_at",
    "office.audit_who",
    "office.audit_origin",
    "office.audit_act",
    "office.audit_subject",
    "office.audit_site",
    "office.audit_before",
    "office.audit_after",
];

/// What was done, for whoever inspects it.
pub(crate) async fn audit_list(
    state: Arc<State>,
    asked: Asked,
    visit: Arc<Visit>,
    who: Arc<SignedIn>,
) -> Result<Response, Problem> {
    let found = state
        .portal
        .acts_page(&who, &query(&asked), ACTS_MAX)
        .await?;
    let found = found.ok_or(Problem::NotFound)?;
    let typed = NARROWED.map(|name| param(&asked, name));
    let page = present::audit::page(&Setting::of(&state, &visit), &who, &found, typed);
    reply::page_with(StatusCode::OK, &state.theme, &asked, page).await
}

/// The same as a text file, whole.
pub(crate) async fn audit_download(
    state: Arc<State>,
    asked: Asked,
    visit: Arc<Visit>,
    who: Arc<SignedIn>,
) -> Result<Response, Problem> {
    let query = query(&asked);
    let found = state.portal.acts_page(&who, &query, 1).await?;
    if found.is_none() {
        return Err(Problem::NotFound);
    }
    let place = state.exports.place()?;
    let setting = Setting::of(&state, &visit);
    let header = COLUMNS.map(|key| setting.text(key).to_owned());
    let lines = lines(state.portal.clone(), who, query, csv::begin(&header), place);
    Ok(reply::streamed(CSV, NAME, lines))
}

/// What the audit is narrowed to; what is no day or number narrows nothing.
fn query(asked: &Asked) -> ActsQuery {
    let [site, person, act, from, until] = NARROWED.map(|name| param(asked, name));
    ActsQuery {
        site: SiteId::new(site).ok(),
        person: person.to_owned(),
        act: act.to_owned(),
        from: LocalDate::parse(from).ok(),
        until: LocalDate::parse(until).ok(),
        before: param(asked, BEFORE).parse().ok(),
    }
}

/// What is still to be written of an export.
struct Rest {
    portal: Portal,
    who: Arc<SignedIn>,
    query: ActsQuery,
    begin: Option<String>,
    is_done: bool,
    _place: OwnedSemaphorePermit,
}

fn lines(
    portal: Portal,
    who: Arc<SignedIn>,
    query: ActsQuery,
    begin: String,
    place: OwnedSemaphorePermit,
) -> impl Stream<Item = io::Result<Bytes>> + Send + 'static {
    let rest = Rest {
        portal,
        who,
        query,
        begin: Some(begin),
        is_done: false,
        _place: place,
    };
    stream::try_unfold(rest, |mut rest| async move {
        if let Some(begin) = rest.begin.take() {
            return Ok(Some((Bytes::from(begin), rest)));
        }
        if rest.is_done {
            return Ok(None);
        }
        let read = rest.portal.acts_page(&rest.who, &rest.query, ACTS_EXPORT);
        let page = read.await.map_err(|failure| {
            tracing::error!(cause = %failure, "a list ended early");
            io::Error::other("the list ended early")
        })?;
        let Some(page) = page else {
            return Ok(None);
        };
        rest.query.before = page.next;
        rest.is_done = page.next.is_none();
        let rows: Vec<Vec<Cell>> = page.acts.iter().map(cells).collect();
        Ok(Some((Bytes::from(csv::rows(&rows)), rest)))
    })
}

fn cells(it: &ActShown) -> Vec<Cell> {
    let side = |after: bool| {
        let changes = it.changes.iter().map(|(name, was, became)| {
            let value = if after { became } else { was };
            (!value.is_empty()).then(|| format!("{name}: {value}"))
        });
        Cell::Text(changes.flatten().collect::<Vec<_>>().join("; "))
    };
    vec![
        Cell::Integer(it.number),
        Cell::Time(it.at.rfc3339_in(&Zone::default())),
        Cell::Text(it.who.clone()),
        Cell::Text(it.origin.clone()),
        Cell::Text(it.act.clone()),
        Cell::Text(it.subject.clone()),
        Cell::Text(it.site.clone().unwrap_or_default()),
        side(false),
        side(true),
    ]
}

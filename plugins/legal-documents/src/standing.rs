//! The page of a document as it stands on a day, with its effect graph and timeline.

pub mod state;
#[cfg(test)]
mod tests;
mod timeline;

use dinh_sdk::{ContentError, Entry, Host, Outcome, Request, View};
use serde::Serialize;

use crate::dates::{Day, Unread, YEARS};
use crate::document::{COLLECTION, Document};
use crate::graph::{self, Act, Graph};
use state::{Life, Reason};
use timeline::{Event, events};

/// Most edges shown in one direction; more are counted and left to the document's own page.
const MAX_ACTS: usize = 200;
/// Most characters repeated of what is no day; no day is as long.
const MAX_ASKED_CHARS: usize = 40;

/// What the template `standing` shows. Days are `YYYY-MM-DD`.
#[derive(Serialize)]
struct Model {
    title: String,
    summary: String,
    /// Address of the document, without the page's own ending.
    href: String,
    /// What was asked for and is no day.
    bad_date: Option<BadDate>,
    standing: Option<Standing>,
    timeline: Vec<Event>,
    incoming: Vec<Row>,
    outgoing: Vec<Row>,
    /// Edges beyond [`MAX_ACTS`].
    left_out: usize,
}

/// What was asked for and is no day, why, and the years that can be shown.
#[derive(Serialize)]
struct BadDate {
    asked: String,
    fault: &'static str,
    first: i32,
    last: i32,
}

/// The answer for one day.
#[derive(Serialize)]
struct Standing {
    on: String,
    is_today: bool,
    state: &'static str,
    reason: &'static str,
    /// The day that the reason names.
    reason_on: Option<String>,
    /// The document that the reason names.
    act: Option<Row>,
    /// It was amended or corrected by then and still applies.
    changed: bool,
    /// The document that applies in its place on that day.
    instead: Option<Row>,
}

/// Another document and what it has to do with this one.
#[derive(Serialize)]
struct Row {
    kind: String,
    label: String,
    href: Option<String>,
    on: Option<String>,
    by_issue: bool,
    /// It acts on the day that is shown.
    acts: bool,
    void_by: Option<String>,
}

/// Answers `{slug}/hieu-luc?ngay=`, a day as [`Day::read`] takes it.
pub fn page(request: &Request, host: &impl Host) -> Result<Outcome, String> {
    let Some(id) = request.param("id").or_else(|| request.param("slug")) else {
        return Ok(Outcome::NotFound);
    };
    let entry = match host.get(COLLECTION, id) {
        Ok(entry) => entry,
        Err(ContentError::NotFound) => return Ok(Outcome::NotFound),
        Err(error) => return Err(error.into()),
    };
    let today = Day::parse(&host.today()).ok_or("the host's day is not YYYY-MM-DD")?;
    let asked = request
        .asked("ngay")
        .map(str::trim)
        .filter(|asked| !asked.is_empty());
    let (day, bad_date) = match asked.map_or(Ok(today), Day::read) {
        Ok(day) => (Some(day), None),
        Err(why) => (None, Some(BadDate::new(asked.unwrap_or_default(), why))),
    };
    let document = Document::new(&entry.body);
    let life = Life {
        issued: document.day("issued_on"),
        effective: document.day("effective_on"),
        expires: document.day("expires_on"),
        validity: document.validity(),
    };
    let graph = graph::load(&entry.id, life.effective.or(life.issued), host)?;
    let model = model(&entry, life, &graph, (day, bad_date), today);
    let status = if day.is_some() { 200 } else { 400 };
    Ok(View::new("standing", &model)?.with_status(status).into())
}

fn model(
    entry: &Entry,
    life: Life<'_>,
    graph: &Graph,
    (day, bad_date): (Option<Day>, Option<BadDate>),
    today: Day,
) -> Model {
    let rows = |acts: &[Act]| {
        acts.iter()
            .take(MAX_ACTS)
            .map(|act| Row::new(act, day))
            .collect()
    };
    let left_out = |acts: &[Act]| acts.len().saturating_sub(MAX_ACTS);
    Model {
        title: entry.title.clone(),
        summary: entry.text("abstract").unwrap_or_default().to_owned(),
        href: entry.url.clone(),
        bad_date,
        standing: day.map(|day| standing(day, today, life, graph)),
        timeline: events(life, &graph.incoming, day, today),
        incoming: rows(&graph.incoming),
        outgoing: rows(&graph.outgoing),
        left_out: left_out(&graph.incoming) + left_out(&graph.outgoing),
    }
}

fn standing(day: Day, today: Day, life: Life<'_>, graph: &Graph) -> Standing {
    let (state, reason) = state::on(day, today, life, &graph.incoming);
    let (reason, reason_on, act) = match reason {
        Reason::Issued(on) => ("issued", Some(on), None),
        Reason::Effective(on) => ("effective", Some(on), None),
        Reason::Expired(on) => ("expired", Some(on), None),
        Reason::Act(act) => ("act", act.from, Some(act)),
        Reason::Undetermined(start) => ("undetermined", Some(start), None),
        Reason::Register => ("register", None, None),
        Reason::Undated => ("undated", None, None),
        Reason::NoDays => ("no-days", None, None),
    };
    let applies = matches!(state, state::State::InForce | state::State::PartlyLapsed);
    let changed = graph
        .incoming
        .iter()
        .any(|act| !act.ends() && act.acts_on(day));
    let instead = graph
        .successors
        .iter()
        .take_while(|act| act.acts_on(day))
        .last();
    Standing {
        on: day.to_string(),
        is_today: day == today,
        state: state.id(),
        reason,
        reason_on: reason_on.map(|on| on.to_string()),
        act: act.map(|act| Row::new(act, Some(day))),
        changed: applies && changed,
        instead: instead
            .filter(|_| !applies)
            .map(|act| Row::new(act, Some(day))),
    }
}

impl BadDate {
    fn new(asked: &str, why: Unread) -> Self {
        Self {
            asked: asked.chars().take(MAX_ASKED_CHARS).collect(),
            fault: match why {
                Unread::Unreadable => "unreadable",
                Unread::Unreal => "unreal",
                Unread::OutOfRange => "out-of-range",
            },
            first: *YEARS.start(),
            last: *YEARS.end(),
        }
    }
}

impl Row {
    fn new(act: &Act, day: Option<Day>) -> Self {
        Self {
            kind: act.kind.clone(),
            label: act.label.clone(),
            href: act.url.clone(),
            on: act.from.map(|from| from.to_string()),
            by_issue: act.by_issue,
            acts: day.is_some_and(|day| act.acts_on(day)),
            void_by: act.void_by.clone(),
        }
    }
}

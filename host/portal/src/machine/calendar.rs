//! Dates of a list, for calendars.

use dinh_domain::dates::{Instant, LocalDate, LocalTime};
use dinh_domain::declaration::{Calendar as Declared, FieldKind};
use dinh_domain::entry::{Body, Entry};
use dinh_domain::ids::EntryId;
use dinh_domain::index;
use dinh_store::Summary;

use crate::failure::Failure;
use crate::portal::Portal;
use crate::section::Here;
use crate::shown::{Section, Way};
use crate::visit::Visit;

/// Entries of a calendar: a reader that comes once a day has no use for those of former years.
const CALENDAR_ENTRIES: u32 = 500;

/// A calendar.
#[derive(Debug)]
pub struct Calendar {
    /// The section.
    pub section: Section,
    /// Name of many entries.
    pub title: String,
    /// The declared parameters as asked, in canonical order, without order and page.
    pub asked: Vec<(String, String)>,
    /// The filters in words, as their chips say them.
    pub narrowed: Vec<String>,
    /// Those that became public last come first.
    pub events: Vec<CalendarEvent>,
}

/// An event of a calendar.
#[derive(Debug)]
pub struct CalendarEvent {
    /// The entry: for ever the same.
    pub id: EntryId,
    /// What happens.
    pub title: String,
    /// What the entry is about.
    pub summary: Option<String>,
    /// Where it is read.
    pub way: Way,
    /// When what is shown changed last.
    pub updated: Instant,
    /// When it begins, where it does not happen at one moment.
    pub start: Option<Moment>,
    /// When it happens, or ends.
    pub at: Moment,
    /// Whether it takes place.
    pub certainty: Certainty,
    /// How often its entry may have changed: it rises with every change, and never falls.
    pub sequence: i64,
    /// What else is said of it, each with its label.
    pub notes: Vec<(String, String)>,
}

/// Whether something takes place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Certainty {
    /// It does.
    Confirmed,
    /// It may.
    Tentative,
    /// It does not.
    Cancelled,
}

/// When something happens.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Moment {
    /// On a day, whatever the zone.
    Day(LocalDate),
    /// At an instant.
    Instant(Instant),
}

impl Portal {
    /// The dates of the list of a section, filtered as its page filters; none where the site has no such section, or
    /// its collection declares no dates.
    pub async fn calendar(
        &self,
        visit: &Visit,
        path: &str,
        given: &[(String, String)],
    ) -> Result<Option<Calendar>, Failure> {
        let here = self.list_here(visit, path);
        let Some((here, declared)) = here.and_then(|it| {
            let declared = it.collection.calendar.as_ref()?;
            Some((it, declared))
        }) else {
            return Ok(None);
        };
        let fields = [&declared.at];
        let fields = fields
            .into_iter()
            .chain(&declared.moved_to)
            .chain(&declared.start)
            .chain(declared.status.as_ref().map(|it| &it.field))
            .chain(&declared.notes);
        let fields: Vec<&str> = fields.map(String::as_str).collect();
        let newest = self
            .newest_of_list(&here, given, (CALENDAR_ENTRIES, &fields))
            .await?;
        let events = newest.entries.iter();
        let events = events.filter_map(|(summary, dates)| event(&here, declared, summary, dates));
        Ok(Some(Calendar {
            section: here.section.clone(),
            events: events.collect(),
            title: newest.title,
            narrowed: newest.narrowed,
            asked: newest.asked,
        }))
    }
}

fn event(
    here: &Here<'_>,
    declared: &Declared,
    summary: &Summary,
    dates: &Entry,
) -> Option<CalendarEvent> {
    let (headline, visit) = (&summary.headline, here.visit);
    let slug = headline.slug.as_str();
    let moved = declared.moved_to.as_ref();
    let at = moved
        .and_then(|name| moment(here, &dates.body, name))
        .or_else(|| moment(here, &dates.body, &declared.at))?;
    let start = declared.start.as_ref();
    let named = [("title", headline.title.as_str())];
    let locales = &here.plugin.locales;
    let title = locales.format(&visit.language, &declared.title, &named);
    let published = [headline.published_at, headline.first_published_at].map(|it| it.0);
    Some(CalendarEvent {
        certainty: certainty(here, declared, &dates.body),
        // Seconds since it was first public: two publications are further apart.
        sequence: (published[0] - published[1]).max(0) / 1_000,
        notes: notes(here, declared, &dates.body),
        id: headline.id.clone(),
        title: title.unwrap_or_else(|| headline.title.clone()),
        summary: Some(summary.summary.clone()).filter(|text| !text.trim().is_empty()),
        way: visit.way(&headline.site, &headline.collection, slug, &headline.title)?,
        updated: headline.published_at,
        start: start.and_then(|name| moment(here, &dates.body, name)),
        at,
    })
}

fn certainty(here: &Here<'_>, declared: &Declared, body: &Body) -> Certainty {
    let Some(status) = &declared.status else {
        return Certainty::Confirmed;
    };
    let now = here.visit.local;
    let (value, _) = index::effective_choice(here.collection, body, &status.field, now);
    let is_among = |values: &[String]| value.as_ref().is_some_and(|it| values.contains(it));
    match (is_among(&status.cancelled), is_among(&status.tentative)) {
        (true, _) => Certainty::Cancelled,
        (_, true) => Certainty::Tentative,
        _ => Certainty::Confirmed,
    }
}

fn notes(here: &Here<'_>, declared: &Declared, body: &Body) -> Vec<(String, String)> {
    let notes = declared.notes.iter().filter_map(|name| {
        let text = body.get(name)?.as_str()?.trim();
        let field = here.collection.schema.get(name)?;
        let label = here.plugin.text(&here.visit.language, &field.label);
        (!text.is_empty()).then(|| (label, text.to_owned()))
    });
    notes.collect()
}

fn moment(here: &Here<'_>, body: &Body, name: &str) -> Option<Moment> {
    let text = body.get(name)?.as_str()?;
    let field = here.collection.schema.get(name)?;
    match field.kind {
        FieldKind::Date { .. } => LocalDate::parse(text).ok().map(Moment::Day),
        _ => {
            let at = LocalTime::parse(text)?;
            Some(Moment::Instant(at.instant_in(&here.visit.zone())))
        }
    }
}

//! Dates of a list, for calendars.

use dinh_domain::dates::{Instant, LocalDate, LocalTime};
use dinh_domain::declaration::{Calendar as Declared, FieldKind};
use dinh_domain::entry::{Body, Entry};
use dinh_domain::ids::EntryId;
use dinh_domain::visibility::Purpose;
use dinh_store::Summary;

use crate::ask;
use crate::failure::Failure;
use crate::portal::Portal;
use crate::search::facet_label;
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
        let unordered = |name: &str| !matches!(name, "sort" | "page" | "per_page");
        let given: Vec<_> = given
            .iter()
            .filter(|(name, _)| unordered(name))
            .cloned()
            .collect();
        let query = self.whole_list(&here, &given).await?;
        let asked = ask::list(here.collection, &given, &here).params;
        let scope = visit.scope(Purpose::List).only(&here.id);
        let newest = self
            .store()
            .newest_of(&scope, &here.id, here.collection, &query, CALENDAR_ENTRIES)
            .await?;
        let ids: Vec<EntryId> = newest.iter().map(|it| it.headline.id.clone()).collect();
        let fields = [&declared.at];
        let fields = fields
            .into_iter()
            .chain(&declared.moved_to)
            .chain(&declared.start);
        let fields: Vec<&str> = fields.map(String::as_str).collect();
        let dated = self.store().parts_by_ids(&scope, &ids, &fields).await?;
        let events = newest.iter().filter_map(|summary| {
            let dates = dated.iter().find(|it| it.id == summary.headline.id)?;
            event(&here, declared, summary, dates)
        });
        let narrowed = asked.iter().map(|(name, value)| {
            let language = &visit.language;
            facet_label(here.plugin, here.collection, name, value, language)
        });
        Ok(Some(Calendar {
            section: here.section.clone(),
            title: here.plugin.text(&visit.language, &here.collection.plural),
            narrowed: narrowed.collect(),
            events: events.collect(),
            asked,
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
    Some(CalendarEvent {
        id: headline.id.clone(),
        title: title.unwrap_or_else(|| headline.title.clone()),
        summary: Some(summary.summary.clone()).filter(|text| !text.trim().is_empty()),
        way: visit.way(&headline.site, &headline.collection, slug, &headline.title)?,
        updated: headline.published_at,
        start: start.and_then(|name| moment(here, &dates.body, name)),
        at,
    })
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

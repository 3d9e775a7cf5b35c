use std::collections::{BTreeMap, BTreeSet};

use dinh_domain::dates::{LocalDate, Zone};
use dinh_domain::ids::OrganisationId;
use dinh_domain::organisation::{Change, EndKind, Standing, children, predecessors};
use dinh_domain::people::Right;
use dinh_domain::site::Directory;
use dinh_domain::vietnamese::collation_key;

use crate::failure::Failure;
use crate::people::SignedIn;
use crate::portal::Portal;

/// Lines of a page: a district with its communes and their units is read in one piece.
pub const ORGANISATION_LINES_MAX: usize = 100;

/// Organisations as they stood on a day.
#[derive(Debug, Clone)]
pub struct OrganisationsPage {
    /// The day.
    pub day: LocalDate,
    /// Those that were there, each below the one above it; then those that had ended: as many as a page takes.
    pub lines: Vec<OrganisationLine>,
    /// How many were there.
    pub living: u64,
    /// How many there are on all pages.
    pub total: u64,
    /// Days on which something became so, in order.
    pub days: Vec<LocalDate>,
    /// Whether who asks may record new ones somewhere.
    pub may_found: bool,
}

/// An organisation as it stood on a day.
#[derive(Debug, Clone)]
pub struct OrganisationLine {
    /// Which.
    pub id: OrganisationId,
    /// Kind and name.
    pub name: String,
    /// Its code.
    pub code: Option<String>,
    /// The one above it.
    pub parent: Option<(OrganisationId, String)>,
    /// Its head.
    pub head: Option<String>,
    /// The head's deputies.
    pub deputies: Vec<String>,
    /// Who is responsible for what it publishes.
    pub officer: Option<String>,
    /// Since when it was there; none of one of which nothing is recorded.
    pub since: Option<LocalDate>,
    /// How it ended, when, what took its place.
    pub end: Option<EndLine>,
    /// Whose place it took.
    pub before: Vec<(OrganisationId, String)>,
}

/// The end of an organisation.
#[derive(Debug, Clone)]
pub struct EndLine {
    /// How.
    pub how: EndKind,
    /// From this day on it is not there.
    pub on: LocalDate,
    /// What took its place.
    pub successors: Vec<(OrganisationId, String)>,
}

/// One organisation with its past.
#[derive(Debug, Clone)]
pub struct OpenOrganisation {
    /// As it stood on the day.
    pub line: OrganisationLine,
    /// The day.
    pub day: LocalDate,
    /// Everything that was recorded, the latest first.
    pub past: Vec<PastLine>,
    /// Whether who asks may record changes of it.
    pub is_yours: bool,
    /// All others that were there, by name.
    pub others: Vec<(OrganisationId, String)>,
}

/// Something that became so.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PastLine {
    /// From this day on.
    pub on: LocalDate,
    /// What it is about: `name`, `ended`.
    pub about: &'static str,
    /// What it was then.
    pub value: String,
    /// The deciding act; may be empty.
    pub act: String,
}

/// Kind and name: `Xã Đông Sơn`.
pub(super) fn full_name(it: &Standing) -> String {
    let name = format!("{} {}", it.kind.value, it.name.value);
    let mut letters = name.chars();
    match letters.next() {
        Some(first) => first.to_uppercase().chain(letters).collect(),
        None => name,
    }
}

impl Portal {
    /// A page of all organisations as they stood on a day; today where none is given.
    pub async fn organisations(
        &self,
        who: &SignedIn,
        (day, page): (Option<LocalDate>, u32),
    ) -> Result<OrganisationsPage, Failure> {
        let chronicle = self.store().chronicle().await?;
        let directory = self.directory().await?;
        let day = day.unwrap_or_else(|| self.now().date_in(&Zone::default()));
        let standing = chronicle.on(day);
        let (children, before) = (children(&standing), predecessors(&standing));
        let below = |of| children.get(&of).into_iter().flatten().rev().copied();
        let mut next: Vec<&Standing> = below(None).collect();
        let mut recorded = Vec::new();
        while let Some(it) = next.pop() {
            recorded.push(it);
            next.extend(below(Some(&it.id)));
        }
        let living = recorded.len();
        recorded.extend(standing.values().filter(|it| !it.is_living()));
        let known: BTreeSet<&OrganisationId> = chronicle.all().map(|it| &it.of).collect();
        let unknown = directory.organisations.iter().map(|it| &it.id);
        let unknown: Vec<_> = unknown.filter(|id| !known.contains(id)).collect();
        let (living, total) = (living + unknown.len(), recorded.len() + unknown.len());
        let recorded = recorded.into_iter().map(Found::Recorded);
        let found = recorded.chain(unknown.into_iter().map(Found::Unrecorded));
        let page = usize::try_from(page.max(1) - 1).unwrap_or(usize::MAX);
        let shown = found.skip(page.saturating_mul(ORGANISATION_LINES_MAX));
        let lines = shown.take(ORGANISATION_LINES_MAX).map(|it| match it {
            Found::Recorded(it) => line(&standing, &before, it),
            Found::Unrecorded(id) => unrecorded(&directory, id),
        });
        let right = Right::Organisations;
        let mut all = directory.organisations.iter();
        Ok(OrganisationsPage {
            day,
            lines: lines.collect(),
            living: living as u64,
            total: total as u64,
            days: chronicle.days(),
            may_found: all.any(|it| who.staff.may(right, &directory, &it.id, None)),
        })
    }

    /// One organisation as it stood on a day, with everything that is recorded of it; none before it began.
    pub async fn organisation(
        &self,
        who: &SignedIn,
        id: &OrganisationId,
        day: Option<LocalDate>,
    ) -> Result<Option<OpenOrganisation>, Failure> {
        let chronicle = self.store().chronicle().await?;
        let directory = self.directory().await?;
        let today = self.now().date_in(&Zone::default());
        let first = chronicle.of(id).next().map(|it| it.on);
        let day = day.unwrap_or(today).max(first.unwrap_or(today));
        let standing = chronicle.on(day);
        let is_served = directory.organisation(id).is_some();
        let line = match standing.get(id) {
            Some(it) => line(&standing, &predecessors(&standing), it),
            None if is_served && first.is_none() => unrecorded(&directory, id),
            None => return Ok(None),
        };
        let all = chronicle.on(LocalDate::parse("9999-12-31").unwrap_or(day));
        let past = chronicle.of(id).map(|it| PastLine {
            on: it.on,
            about: it.change.about(),
            value: told(&all, &it.change),
            act: it.act.clone(),
        });
        let mut past: Vec<PastLine> = past.collect();
        past.reverse();
        let may = |at: &OrganisationId| {
            let right = Right::Organisations;
            who.staff.may(right, &directory, at, None)
        };
        let at_top = directory.tops().any(|it| may(&it.id));
        let others = standing.values();
        let others = others.filter(|it| it.is_living() && it.id != *id);
        let mut others: Vec<_> = others.map(|it| (it.id.clone(), full_name(it))).collect();
        others.sort_by_cached_key(|(_, name)| collation_key(name));
        Ok(Some(OpenOrganisation {
            is_yours: if is_served { may(id) } else { at_top },
            line,
            day,
            past,
            others,
        }))
    }
}

/// A line to be.
enum Found<'a> {
    Recorded(&'a Standing),
    Unrecorded(&'a OrganisationId),
}

fn line(
    standing: &BTreeMap<OrganisationId, Standing>,
    predecessors: &BTreeMap<&OrganisationId, Vec<&OrganisationId>>,
    it: &Standing,
) -> OrganisationLine {
    let named = |id: &OrganisationId| (id.clone(), name_in(standing, id));
    let end = it.end.as_ref().map(|end| EndLine {
        how: end.value.how,
        on: end.since,
        successors: end.value.successors.iter().map(named).collect(),
    });
    let before = predecessors.get(&it.id).into_iter().flatten();
    OrganisationLine {
        id: it.id.clone(),
        name: full_name(it),
        code: it.code.value.clone(),
        parent: it.parent.value.as_ref().map(named),
        head: it.head.as_ref().and_then(|it| it.value.clone()),
        deputies: it
            .deputies
            .as_ref()
            .map_or_else(Vec::new, |it| it.value.clone()),
        officer: it.officer.as_ref().and_then(|it| it.value.clone()),
        since: Some(it.founded.since),
        end,
        before: before.copied().map(named).collect(),
    }
}

/// One that the portal serves and of which nothing is recorded.
fn unrecorded(directory: &Directory, id: &OrganisationId) -> OrganisationLine {
    let name = |id: &OrganisationId| {
        let known = directory.organisation(id);
        known.map_or_else(|| id.to_string(), |it| it.name.clone())
    };
    let known = directory.organisation(id);
    let parent = known.and_then(|it| it.parent.as_ref());
    OrganisationLine {
        id: id.clone(),
        name: name(id),
        code: None,
        parent: parent.map(|it| (it.clone(), name(it))),
        head: None,
        deputies: Vec::new(),
        officer: None,
        since: None,
        end: None,
        before: Vec::new(),
    }
}

fn name_in(standing: &BTreeMap<OrganisationId, Standing>, id: &OrganisationId) -> String {
    standing.get(id).map_or_else(|| id.to_string(), full_name)
}

/// What a change made of it, in words that need no translation; how it ended is told by what took its place.
fn told(all: &BTreeMap<OrganisationId, Standing>, change: &Change) -> String {
    let none = || "–".to_owned();
    match change {
        Change::Founded { name, kind, .. } => format!("{kind} {name}"),
        Change::Name(text) | Change::Kind(text) => text.clone(),
        Change::Code(text) | Change::Head(text) | Change::Officer(text) => {
            text.clone().unwrap_or_else(none)
        }
        Change::Area(area) => area.as_ref().map_or_else(none, |it| {
            let [[west, south], [east, north]] = it.ends();
            format!("{south:.3}, {west:.3} – {north:.3}, {east:.3}")
        }),
        Change::Deputies(all) if all.is_empty() => none(),
        Change::Deputies(all) => all.join(", "),
        Change::Parent(parent) => parent.as_ref().map_or_else(none, |it| name_in(all, it)),
        Change::Ended { successors, .. } if successors.is_empty() => none(),
        Change::Ended { successors, .. } => {
            let names: Vec<String> = successors.iter().map(|it| name_in(all, it)).collect();
            names.join(", ")
        }
    }
}

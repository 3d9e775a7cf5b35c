//! Organisations in time. What is known of one are dated facts, each with the act that decided it; it
//! begins once and ends at most once: merged, split or abolished. Nothing is overwritten: what stood on a
//! day is worked out from everything that was recorded, and codes may pass from one unit to another.

mod area;
mod check;
#[cfg(test)]
mod tests;
mod walk;

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::dates::LocalDate;
use crate::ids::OrganisationId;

pub use area::{AREA_SCALE, Area, AreaFault, Corner, MAX_AREA_POINTS, Polygon};
pub use check::{MAX_FACT_CHARS, MAX_PERSONS, OrganisationFault};
pub use walk::{children, predecessors};

/// How an organisation ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum EndKind {
    /// It becomes a part of another, old or new.
    Merged,
    /// It becomes several.
    Split,
    /// It is no more; others may take its tasks over.
    Abolished,
}

/// One thing that becomes so.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub enum Change {
    /// It begins.
    Founded {
        /// Its name, without its kind.
        name: String,
        /// Its kind, as data.
        kind: String,
        /// Its code in the statistics; not every kind has one.
        code: Option<String>,
        /// The organisation above it.
        parent: Option<OrganisationId>,
    },
    /// Another name.
    Name(String),
    /// Another kind: a commune becomes a town.
    Kind(String),
    /// Another code, or none.
    Code(Option<String>),
    /// Another organisation above it.
    Parent(Option<OrganisationId>),
    /// Who heads it.
    Head(Option<String>),
    /// Who stands in for the head, in order.
    Deputies(Vec<String>),
    /// Who is responsible for what it publishes.
    Officer(Option<String>),
    /// Where it lies, or nobody knows.
    Area(Option<Area>),
    /// It ends with the day before.
    Ended {
        /// How.
        how: EndKind,
        /// What takes its place: one of a merger, several of a split, any number of an abolition.
        successors: Vec<OrganisationId>,
    },
}

/// A change as it was recorded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Recorded {
    /// Its place in the record.
    pub number: i64,
    /// Of which organisation.
    pub of: OrganisationId,
    /// From this day on.
    pub on: LocalDate,
    /// What.
    pub change: Change,
    /// The deciding act, by its number; may be empty.
    pub act: String,
}

/// A fact with the day from which it holds and the act that decided it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Dated<T> {
    /// What is so.
    pub value: T,
    /// Since when.
    pub since: LocalDate,
    /// The deciding act; may be empty.
    pub act: String,
}

/// The end of an organisation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct End {
    /// How.
    pub how: EndKind,
    /// What took its place.
    pub successors: Vec<OrganisationId>,
}

/// An organisation as it stood on a day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Standing {
    /// Which.
    pub id: OrganisationId,
    /// When it began.
    pub founded: Dated<()>,
    /// Its name.
    pub name: Dated<String>,
    /// Its kind.
    pub kind: Dated<String>,
    /// Its code.
    pub code: Dated<Option<String>>,
    /// The organisation above it.
    pub parent: Dated<Option<OrganisationId>>,
    /// Its head.
    pub head: Option<Dated<Option<String>>>,
    /// The head's deputies.
    pub deputies: Option<Dated<Vec<String>>>,
    /// Who is responsible for what it publishes.
    pub officer: Option<Dated<Option<String>>>,
    /// Where it lies.
    pub area: Option<Dated<Option<Area>>>,
    /// Its end, where it had ended by then.
    pub end: Option<Dated<End>>,
}

/// Everything that is recorded of organisations.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Chronicle {
    /// By day, then by number.
    recorded: Vec<Recorded>,
}

impl Change {
    /// The word for what it is about: two about the same on one day contradict each other.
    pub fn about(&self) -> &'static str {
        match self {
            Self::Founded { .. } => "founded",
            Self::Name(_) => "name",
            Self::Kind(_) => "kind",
            Self::Code(_) => "code",
            Self::Parent(_) => "parent",
            Self::Head(_) => "head",
            Self::Deputies(_) => "deputies",
            Self::Officer(_) => "officer",
            Self::Area(_) => "area",
            Self::Ended { .. } => "ended",
        }
    }
}

impl Standing {
    /// Whether it is there on the day that it was asked for.
    pub fn is_living(&self) -> bool {
        self.end.is_none()
    }

    fn founded(it: &Recorded) -> Option<Self> {
        let Change::Founded {
            name,
            kind,
            code,
            parent,
        } = &it.change
        else {
            return None;
        };
        Some(Self {
            id: it.of.clone(),
            founded: dated(it, ()),
            name: dated(it, name.clone()),
            kind: dated(it, kind.clone()),
            code: dated(it, code.clone()),
            parent: dated(it, parent.clone()),
            head: None,
            deputies: None,
            officer: None,
            area: None,
            end: None,
        })
    }

    fn take(&mut self, it: &Recorded) {
        match &it.change {
            Change::Founded { .. } => {}
            Change::Name(name) => self.name = dated(it, name.clone()),
            Change::Kind(kind) => self.kind = dated(it, kind.clone()),
            Change::Code(code) => self.code = dated(it, code.clone()),
            Change::Parent(parent) => self.parent = dated(it, parent.clone()),
            Change::Head(head) => self.head = Some(dated(it, head.clone())),
            Change::Deputies(all) => self.deputies = Some(dated(it, all.clone())),
            Change::Officer(officer) => self.officer = Some(dated(it, officer.clone())),
            Change::Area(area) => self.area = Some(dated(it, area.clone())),
            Change::Ended { how, successors } => {
                let (how, successors) = (*how, successors.clone());
                self.end = Some(dated(it, End { how, successors }));
            }
        }
    }
}

fn dated<T>(it: &Recorded, value: T) -> Dated<T> {
    Dated {
        value,
        since: it.on,
        act: it.act.clone(),
    }
}

impl Chronicle {
    /// Of what was recorded, in whatever order.
    pub fn new(mut recorded: Vec<Recorded>) -> Self {
        recorded.sort_by_key(|it| (it.on, it.number));
        Self { recorded }
    }

    /// Everything that was recorded, by day.
    pub fn all(&self) -> impl Iterator<Item = &Recorded> {
        self.recorded.iter()
    }

    /// Everything that was recorded of an organisation, by day.
    pub fn of(&self, id: &OrganisationId) -> impl Iterator<Item = &Recorded> {
        self.recorded.iter().filter(move |it| it.of == *id)
    }

    /// All days on which something became so, in order.
    pub fn days(&self) -> Vec<LocalDate> {
        let mut days: Vec<LocalDate> = self.recorded.iter().map(|it| it.on).collect();
        days.dedup();
        days
    }

    /// All organisations that had begun by a day, as they stood then; those that had ended, too.
    pub fn on(&self, day: LocalDate) -> BTreeMap<OrganisationId, Standing> {
        let mut standing: BTreeMap<OrganisationId, Standing> = BTreeMap::new();
        for it in self.recorded.iter().take_while(|it| it.on <= day) {
            match standing.get_mut(&it.of) {
                Some(known) => known.take(it),
                None => {
                    standing.extend(Standing::founded(it).map(|founded| (it.of.clone(), founded)))
                }
            }
        }
        standing
    }
}

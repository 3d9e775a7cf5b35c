//! Whether a change may be recorded: afterwards every day must make sense, not only the change's own.

use std::collections::{BTreeMap, BTreeSet};

use super::{Change, Chronicle, EndKind, Recorded, Standing};
use crate::dates::LocalDate;
use crate::ids::OrganisationId;

/// Longest name, kind, code, person or act, in characters.
pub const MAX_FACT_CHARS: usize = 200;
/// Most deputies, and most successors.
pub const MAX_PERSONS: usize = 20;

/// Why a change is not recorded.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum OrganisationFault {
    /// A text is missing, too long, or has a line break.
    #[error(
        "a text has 1 to {MAX_FACT_CHARS} characters on one line; there are at most {MAX_PERSONS} persons or successors"
    )]
    Text,
    /// There is no such organisation on that day.
    #[error("there is no organisation `{of}` on {on}")]
    Unknown {
        /// Which.
        of: OrganisationId,
        /// When.
        on: LocalDate,
    },
    /// There is one of that id.
    #[error("there is an organisation `{0}` already")]
    Twice(OrganisationId),
    /// Something about the same was recorded for the same day.
    #[error("something about the same is recorded for `{of}` on {on} already")]
    SameDay {
        /// Of which.
        of: OrganisationId,
        /// When.
        on: LocalDate,
    },
    /// It had ended, or it ends while something later is known of it.
    #[error("`{of}` has ended on {on}: nothing becomes so of it afterwards")]
    Ended {
        /// Which.
        of: OrganisationId,
        /// When.
        on: LocalDate,
    },
    /// What stands above it is not there on a day.
    #[error("`{parent}` is not there on {on}: nothing can stand below it")]
    ParentGone {
        /// What stands above.
        parent: OrganisationId,
        /// When.
        on: LocalDate,
    },
    /// It would stand above itself.
    #[error("`{of}` would stand above itself on {on}")]
    Circle {
        /// Which.
        of: OrganisationId,
        /// When.
        on: LocalDate,
    },
    /// Two have the same code on a day.
    #[error("`{one}` and `{other}` would have the code {code} on {on}")]
    SameCode {
        /// The code.
        code: String,
        /// One.
        one: OrganisationId,
        /// The other.
        other: OrganisationId,
        /// When.
        on: LocalDate,
    },
    /// A merger has one successor, a split at least two.
    #[error("a merger has one successor, a split has several, and none is the organisation itself")]
    Successors,
    /// A successor is not there on that day.
    #[error("the successor `{of}` is not there on {on}")]
    SuccessorGone {
        /// Which.
        of: OrganisationId,
        /// When.
        on: LocalDate,
    },
}

impl Chronicle {
    /// The chronicle with a change more.
    ///
    /// # Errors
    /// [`OrganisationFault`] says what stands against it, on the first day that would not make sense.
    pub fn with(&self, new: Recorded) -> Result<Self, OrganisationFault> {
        texts(&new)?;
        let (of, on) = (new.of.clone(), new.on);
        let about = new.change.about();
        if matches!(new.change, Change::Founded { .. }) {
            if self.of(&of).next().is_some() {
                return Err(OrganisationFault::Twice(of));
            }
        } else {
            let before = self.on(on);
            let known = before.get(&of);
            let known = known.ok_or_else(|| OrganisationFault::Unknown { of: of.clone(), on })?;
            if let Some(end) = &known.end {
                let on = end.since;
                return Err(OrganisationFault::Ended { of, on });
            }
        }
        let same = |it: &Recorded| it.on == on && it.change.about() == about;
        if self.of(&of).any(same) {
            return Err(OrganisationFault::SameDay { of, on });
        }
        if let Change::Ended { how, successors } = &new.change {
            self.may_end(&new, *how, successors)?;
        }
        let mut recorded = self.recorded.clone();
        recorded.push(new);
        let next = Self::new(recorded);
        let days = next.days();
        for day in days.into_iter().filter(|day| *day >= on) {
            makes_sense(&next.on(day), day)?;
        }
        Ok(next)
    }

    fn may_end(
        &self,
        new: &Recorded,
        how: EndKind,
        successors: &[OrganisationId],
    ) -> Result<(), OrganisationFault> {
        let (of, on) = (&new.of, new.on);
        if let Some(later) = self.of(of).find(|it| it.on >= on) {
            let (of, on) = (of.clone(), later.on);
            return Err(OrganisationFault::Ended { of, on });
        }
        let unique: BTreeSet<&OrganisationId> = successors.iter().collect();
        let fits = match how {
            EndKind::Merged => unique.len() == 1,
            EndKind::Split => unique.len() > 1,
            EndKind::Abolished => true,
        };
        if !fits || unique.len() != successors.len() || unique.contains(of) {
            return Err(OrganisationFault::Successors);
        }
        let standing = self.on(on);
        let is_there = |it: &&OrganisationId| standing.get(*it).is_some_and(Standing::is_living);
        match successors.iter().find(|it| !is_there(it)) {
            Some(gone) => Err(OrganisationFault::SuccessorGone {
                of: gone.clone(),
                on,
            }),
            None => Ok(()),
        }
    }
}

/// Whether a day makes sense: what stands above is there, nothing stands above itself, and no two have
/// the same code.
fn makes_sense(
    standing: &BTreeMap<OrganisationId, Standing>,
    on: LocalDate,
) -> Result<(), OrganisationFault> {
    let mut codes: BTreeMap<&str, &OrganisationId> = BTreeMap::new();
    for it in standing.values().filter(|it| it.is_living()) {
        let mut above = it.parent.value.as_ref();
        for step in 0.. {
            let Some(parent) = above else {
                break;
            };
            if step > standing.len() || *parent == it.id {
                let of = it.id.clone();
                return Err(OrganisationFault::Circle { of, on });
            }
            let known = standing.get(parent).filter(|it| it.is_living());
            let Some(known) = known else {
                let parent = parent.clone();
                return Err(OrganisationFault::ParentGone { parent, on });
            };
            above = known.parent.value.as_ref();
        }
        if let Some(code) = &it.code.value
            && let Some(other) = codes.insert(code, &it.id)
        {
            return Err(OrganisationFault::SameCode {
                code: code.clone(),
                one: other.clone(),
                other: it.id.clone(),
                on,
            });
        }
    }
    Ok(())
}

fn texts(new: &Recorded) -> Result<(), OrganisationFault> {
    let fits = |text: &str, fewest: usize| {
        (fewest..=MAX_FACT_CHARS).contains(&text.trim().chars().count())
            && !text.chars().any(char::is_control)
    };
    let one = |text: &String| fits(text, 1);
    let is_right = match &new.change {
        Change::Founded {
            name, kind, code, ..
        } => one(name) && one(kind) && code.iter().all(one),
        Change::Name(text) | Change::Kind(text) => one(text),
        Change::Code(text) | Change::Head(text) | Change::Officer(text) => text.iter().all(one),
        Change::Deputies(all) => all.len() <= MAX_PERSONS && all.iter().all(one),
        // An area is right by its making.
        Change::Parent(_) | Change::Area(_) => true,
        Change::Ended { successors, .. } => successors.len() <= MAX_PERSONS,
    };
    if is_right && fits(&new.act, 0) {
        Ok(())
    } else {
        Err(OrganisationFault::Text)
    }
}

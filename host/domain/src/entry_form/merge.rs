//! Two people wrote from the same text.

use super::{Typed, TypedField, TypedFile};

/// What comes of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Merged {
    /// One's own text, with what only the other one changed.
    pub typed: Typed,
    /// Fields that only the other one changed: theirs is taken.
    pub taken: Vec<String>,
    /// Fields that both changed: one's own stands, and somebody has to look.
    pub both: Vec<String>,
}

impl Typed {
    /// Lays one's own text over another's, both written from `base`.
    #[must_use]
    pub fn over(self, base: &Self, theirs: &Self) -> Merged {
        let mut merged = Merged {
            typed: self,
            taken: Vec::new(),
            both: Vec::new(),
        };
        for (name, mine) in &mut merged.typed.0 {
            let (before, now) = (base.0.get(name), theirs.0.get(name));
            let Some(now) =
                now.filter(|now| !unchanged(before, now) && !unchanged(Some(now), mine))
            else {
                continue;
            };
            if unchanged(before, mine) {
                mine.clone_from(now);
                merged.taken.push(name.clone());
            } else {
                merged.both.push(name.clone());
            }
        }
        merged
    }
}

/// Whether nothing was changed. Browsers send line breaks in their own way, and not the first one.
pub(super) fn unchanged(before: Option<&TypedField>, now: &TypedField) -> bool {
    match (before, now) {
        (Some(TypedField::One(before)), TypedField::One(now)) => {
            before.trim().lines().eq(now.trim().lines())
        }
        (Some(TypedField::Files(before)), TypedField::Files(now)) => {
            let part = |it: &TypedFile| (it.file.clone(), it.label.clone(), it.is_removed);
            before.iter().map(part).eq(now.iter().map(part))
        }
        (before, now) => before == Some(now),
    }
}

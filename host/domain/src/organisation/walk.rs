//! From a unit to what became of it, and from what it was.

use std::collections::BTreeMap;

use super::{Chronicle, Standing};
use crate::dates::LocalDate;
use crate::ids::OrganisationId;
use crate::vietnamese::collation_key;

impl Chronicle {
    /// Organisations that are there on a day and stand, over however many ends, in the place of one: itself
    /// while it is there.
    pub fn successors_on(&self, id: &OrganisationId, day: LocalDate) -> Vec<OrganisationId> {
        let standing = self.on(day);
        let mut found = Vec::new();
        let (mut next, mut seen) = (vec![id.clone()], vec![id.clone()]);
        while let Some(id) = next.pop() {
            let Some(it) = standing.get(&id) else {
                continue;
            };
            let Some(end) = &it.end else {
                found.push(id);
                continue;
            };
            for successor in &end.value.successors {
                if !seen.contains(successor) {
                    seen.push(successor.clone());
                    next.push(successor.clone());
                }
            }
        }
        found.sort();
        found
    }

    /// Organisations that ended by a day and whose place one took, directly.
    pub fn predecessors_on(&self, id: &OrganisationId, day: LocalDate) -> Vec<OrganisationId> {
        let standing = self.on(day);
        let ended = standing.values().filter(|it| {
            let end = it.end.as_ref();
            end.is_some_and(|end| end.value.successors.contains(id))
        });
        ended.map(|it| it.id.clone()).collect()
    }
}

/// Those directly below one that are there, by name.
pub fn children<'a>(
    standing: &'a BTreeMap<OrganisationId, Standing>,
    of: Option<&OrganisationId>,
) -> Vec<&'a Standing> {
    let below = standing.values();
    let below = below.filter(|it| it.is_living() && it.parent.value.as_ref() == of);
    let mut below: Vec<&Standing> = below.collect();
    below.sort_by_cached_key(|it| (collation_key(&it.name.value), it.id.clone()));
    below
}

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
}

/// Organisations that have ended, by each that took their place, directly.
pub fn predecessors(
    standing: &BTreeMap<OrganisationId, Standing>,
) -> BTreeMap<&OrganisationId, Vec<&OrganisationId>> {
    let mut all: BTreeMap<_, Vec<_>> = BTreeMap::new();
    for it in standing.values() {
        let ends = it.end.iter().flat_map(|end| &end.value.successors);
        for successor in ends {
            all.entry(successor).or_default().push(&it.id);
        }
    }
    all
}

/// Those that are there, by what they are directly below of, each by name.
pub fn children(
    standing: &BTreeMap<OrganisationId, Standing>,
) -> BTreeMap<Option<&OrganisationId>, Vec<&Standing>> {
    let mut all: BTreeMap<_, Vec<&Standing>> = BTreeMap::new();
    for it in standing.values().filter(|it| it.is_living()) {
        all.entry(it.parent.value.as_ref()).or_default().push(it);
    }
    for below in all.values_mut() {
        below.sort_by_cached_key(|it| (collation_key(&it.name.value), it.id.clone()));
    }
    all
}

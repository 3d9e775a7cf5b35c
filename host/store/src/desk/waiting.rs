//! The condition of what waits for somebody.

use dinh_domain::ids::{AccountId, CollectionId, SiteId};

use super::DeskFilter;
use super::find::Way;
use crate::dialect::Dialect;
use crate::sql::Sql;

/// Collections of which entries wait in the same states on the same sites.
pub(super) struct Group<'a> {
    collections: Vec<&'a CollectionId>,
    sites: &'a [SiteId],
    states: &'a [String],
    is_drafted: bool,
}

pub(super) fn groups(filter: &DeskFilter) -> Vec<Group<'_>> {
    let mut groups: Vec<Group<'_>> = Vec::new();
    for one in filter.waiting_for.iter().flat_map(|(_, any)| any) {
        let same = |it: &&mut Group<'_>| {
            (it.sites, it.states, it.is_drafted)
                == (one.sites.as_slice(), one.states.as_slice(), one.is_drafted)
        };
        match groups.iter_mut().find(same) {
            Some(known) => known.collections.push(&one.collection),
            None => groups.push(Group {
                collections: vec![&one.collection],
                sites: &one.sites,
                states: &one.states,
                is_drafted: one.is_drafted,
            }),
        }
    }
    groups
}

/// That the code of a plugin wrote the newest text.
const DRAFTED: &str =
    " and exists (select 1 from entry x join entry_revision v on v.id = x.working_revision
    where x.id = e.id and substr(v.made_by, 1, 7) = 'plugin:')";

/// What is assigned to `own`, or to nobody and made by somebody else than `person` and in one of the groups.
pub(super) fn waiting(
    person: &AccountId,
    own: Option<&AccountId>,
    (groups, way, dialect): (&[Group<'_>], Way, Dialect),
    sql: &mut Sql,
) {
    // The index of sites, states and collections finds them; a walk is not to be kept from its order by it.
    let (site, state) = match way {
        Way::Gather { .. } => ("e.site_id", "e.state"),
        Way::Walk { .. } => ("e.site_id || ''", "e.state || ''"),
    };
    let collection = match way {
        Way::Gather { .. } => dialect.within_index("e.collection"),
        Way::Walk { .. } => "e.collection || ''".to_owned(),
    };
    sql.push(" and (");
    let mut joint = "";
    if let Some(own) = own {
        sql.push("d.assignee = ").bind(own);
        joint = " or ";
    }
    for group in groups {
        sql.push(joint)
            .push("(d.assignee is null and (d.author is null or d.author <> ");
        sql.bind(person).push(&format!(") and {collection} in "));
        sql.bind_all(group.collections.iter().copied());
        sql.push(&format!(" and {site} in "))
            .bind_set(group.sites.iter().map(SiteId::as_str));
        sql.push(&format!(" and {state} in "))
            .bind_all(group.states);
        if group.is_drafted {
            sql.push(DRAFTED);
        }
        sql.push(")");
        joint = " or ";
    }
    sql.push(")");
}

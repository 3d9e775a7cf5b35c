//! The tree of organisations that the portal serves, against what is recorded of them.

use dinh_domain::dates::LocalDate;
use dinh_domain::ids::OrganisationId;
use dinh_domain::organisation::{Change, Chronicle, Standing};
use dinh_domain::site::{Directory, Organisation};

use super::room::full_name;

/// What stands above one, one after the other; it ends where the tree runs in a circle.
fn above<'a>(
    tree: &'a [Organisation],
    of: &OrganisationId,
) -> impl Iterator<Item = &'a OrganisationId> {
    let parent = |id: &OrganisationId| {
        let known = tree.iter().find(|it| it.id == *id);
        known.and_then(|it| it.parent.as_ref())
    };
    std::iter::successors(parent(of), move |it| parent(it)).take(tree.len())
}

/// The top above one; itself where nothing stands above it.
pub(super) fn top<'a>(tree: &'a [Organisation], of: &'a OrganisationId) -> &'a OrganisationId {
    above(tree, of).last().unwrap_or(of)
}

/// The first day, from today on, on which one would stand above itself in the tree that the portal serves:
/// what is recorded of some and what only the portal knows of others, together.
pub(super) fn circle(
    chronicle: &Chronicle,
    directory: &Directory,
    of: &OrganisationId,
    today: LocalDate,
) -> Option<LocalDate> {
    let later = chronicle.days().into_iter().filter(|day| *day > today);
    let mut tree = directory.organisations.clone();
    std::iter::once(today).chain(later).find(|day| {
        for it in ahead(chronicle, &tree, *day) {
            tree.retain(|known| known.id != it.id);
            tree.push(it);
        }
        above(&tree, of).any(|it| it == of)
    })
}

/// Organisations of the portal that stand otherwise today than its tree says: below another one, or new below
/// one of them.
pub(super) fn ahead(
    chronicle: &Chronicle,
    served: &[Organisation],
    today: LocalDate,
) -> Vec<Organisation> {
    let standing = chronicle.on(today);
    let serves = |id: &OrganisationId| served.iter().any(|it| it.id == *id);
    let above = |it: &Standing| it.parent.value.clone().filter(|parent| serves(parent));
    // That nothing was said when it began takes it away from nobody.
    let is_moved = |id: &OrganisationId| {
        let mut all = chronicle.of(id).take_while(|it| it.on <= today);
        all.any(|it| matches!(it.change, Change::Parent(_)))
    };
    let living = standing.values().filter(|it| it.is_living());
    let ahead = living.filter_map(|it| {
        let parent = above(it);
        match served.iter().find(|known| known.id == it.id) {
            Some(known) if known.parent == parent => None,
            // What the portal does not serve stands above everything here.
            Some(_) if parent.is_none() && (it.parent.value.is_some() || !is_moved(&it.id)) => None,
            Some(known) => Some(Organisation {
                parent,
                ..known.clone()
            }),
            None => parent.map(|parent| Organisation {
                id: it.id.clone(),
                parent: Some(parent),
                kind: it.kind.value.clone(),
                name: full_name(it),
            }),
        }
    });
    ahead.collect()
}

/// Organisations of the portal that have ended and still have sites, each with its one successor that the portal
/// serves. Where there are several, somebody has to say who gets what.
pub(super) fn heirs(
    chronicle: &Chronicle,
    directory: &Directory,
    today: LocalDate,
) -> Vec<(OrganisationId, OrganisationId)> {
    let standing = chronicle.on(today);
    let ended = standing.values().filter(|it| !it.is_living());
    let with_sites = ended.filter(|it| {
        let mut sites = directory.sites.iter();
        sites.any(|site| site.organisation == it.id)
    });
    let heirs = with_sites.filter_map(|it| {
        let found = chronicle.successors_on(&it.id, today);
        match found.as_slice() {
            [one] => {
                let serves = |id: &OrganisationId| directory.organisation(id).is_some();
                // One that begins today is in the tree at once.
                let parent = standing.get(one).and_then(|it| it.parent.value.as_ref());
                (serves(one) || parent.is_some_and(serves)).then(|| (it.id.clone(), one.clone()))
            }
            _ => None,
        }
    });
    heirs.collect()
}

use dinh_domain::ids::OrganisationId;
use dinh_domain::organisation::Change;
use dinh_domain::people::Right;
use dinh_domain::site::Directory;

use super::record::NewChange;
use super::tree::top;
use crate::people::By;

/// Whether somebody may record it: where they change the tree, and of what the portal serves there, too; of
/// what it does not serve, at its top.
pub(super) fn may_change(by: By<'_>, directory: &Directory, new: &NewChange) -> bool {
    let By::Account(who) = by else {
        return matches!(by, By::Operator(_));
    };
    let may = |at: &OrganisationId| who.staff.may(Right::Organisations, directory, at, None);
    let served = |id: &OrganisationId| directory.organisation(id);
    let at_top = directory.tops().any(|it| may(&it.id));
    let may_at = |id: &OrganisationId| served(id).map_or(at_top, |it| may(&it.id));
    let of = served(&new.of);
    match &new.change {
        // It stays where it is, or begins outside of the portal's tree.
        Change::Founded { parent: None, .. } => may_at(&new.of),
        Change::Founded {
            parent: Some(parent),
            ..
        } => of.is_none_or(|it| may(&it.id)) && may_at(parent),
        Change::Parent(Some(parent)) => may_at(&new.of) && may_at(parent),
        Change::Parent(None) => may_at(&new.of) && may_at(top(&directory.organisations, &new.of)),
        Change::Ended { successors, .. } => may_at(&new.of) && successors.iter().all(may_at),
        _ => may_at(&new.of),
    }
}

//! Who may change the modules of a site, and what a module may be there.

use dinh_domain::declaration::is_reserved_mount;
use dinh_domain::ids::SiteId;
use dinh_domain::people::Right;
use dinh_domain::site::{Directory, Module};

use super::ModuleRefusal;
use crate::people::By;
use crate::plugins::LoadedPlugin;

/// Operators may; somebody who is signed in where they have the right.
pub(crate) fn may_change(
    by: By<'_>,
    directory: &Directory,
    site: &SiteId,
) -> Result<(), ModuleRefusal> {
    let By::Account(who) = by else {
        return Ok(());
    };
    let at = directory.site(site).map(|it| &it.organisation);
    if at.is_some_and(|at| who.staff.may(Right::Modules, directory, at, None)) {
        return Ok(());
    }
    Err(ModuleRefusal::NotYours(site.to_string()))
}

/// Whether a path is nobody else's.
pub(super) fn is_free(
    directory: &Directory,
    module: &Module,
    site: &str,
) -> Result<(), ModuleRefusal> {
    if is_reserved_mount(module.mount.as_str()) {
        return Err(ModuleRefusal::Reserved(module.mount.to_string()));
    }
    let mut modules = directory.modules_on(&module.site);
    let taken = modules.find(|it| it.mount == module.mount && it.plugin != module.plugin);
    match taken {
        None => Ok(()),
        Some(other) => Err(ModuleRefusal::Taken {
            mount: module.mount.to_string(),
            site: site.to_owned(),
            by: other.plugin.to_string(),
        }),
    }
}

/// Whether a site may have a plugin: one that was removed nobody, one that is bound to hosts only
/// theirs.
pub(super) fn may_have(
    directory: &Directory,
    site: &SiteId,
    plugin: &LoadedPlugin,
) -> Result<(), ModuleRefusal> {
    let Some(origin) = &plugin.origin else {
        return Ok(());
    };
    let id = &plugin.declaration.manifest.id;
    if origin.removed {
        let told = format!("{id} was removed: install it again");
        return Err(ModuleRefusal::NotForThis(told));
    }
    match directory.site(site).and_then(|it| plugin.hold_on(it)) {
        None => Ok(()),
        Some(why) => Err(ModuleRefusal::NotForThis(format!("{id} is {why}"))),
    }
}

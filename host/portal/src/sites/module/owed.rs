//! Sections that the regulation asks of a site (Đ4.4, Đ15.1.c).

use dinh_domain::ids::{CollectionId, SiteId};
use dinh_domain::site::{Directory, Site};

use super::ModuleRefusal;
use crate::failure::Failure;
use crate::plugins::LoadedPlugin;
use crate::portal::Portal;

/// A section that a site owes and readers find nothing in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OwingLine {
    /// The site.
    pub site: SiteId,
    /// Its name.
    pub site_name: String,
    /// The plugin.
    pub plugin: String,
    /// What readers call the section.
    pub name: String,
    /// The clause that asks for it.
    pub clause: String,
    /// Whether it shows at all.
    pub is_enabled: bool,
}

impl Portal {
    /// The clause by which a site must have a plugin's section; none where it need not.
    pub(crate) fn owed(
        &self,
        directory: &Directory,
        site: &SiteId,
        plugin: &LoadedPlugin,
    ) -> Option<&str> {
        let organisation = &directory.site(site)?.organisation;
        let kind = &directory.organisation(organisation)?.kind;
        let section = &plugin.declaration.manifest.clause;
        self.parts().profile.owes(kind, section)
    }

    pub(super) fn may_lack(
        &self,
        directory: &Directory,
        site: &SiteId,
        plugin: &LoadedPlugin,
    ) -> Result<(), ModuleRefusal> {
        match self.owed(directory, site, plugin) {
            None => Ok(()),
            Some(clause) => Err(ModuleRefusal::Owed {
                plugin: plugin.declaration.manifest.id.to_string(),
                site: site.to_string(),
                clause: clause.to_owned(),
            }),
        }
    }

    /// What some sites owe and have nothing of, in their order.
    pub(crate) async fn owing(
        &self,
        directory: &Directory,
        sites: &[&Site],
    ) -> Result<Vec<OwingLine>, Failure> {
        let mut owing = Vec::new();
        for plugin in self.plugins().all() {
            let id = &plugin.declaration.manifest.id;
            let owe = sites.iter().enumerate().filter_map(|(at, site)| {
                let clause = self.owed(directory, &site.id, plugin)?;
                let module = directory.module(&site.id, id);
                Some((at, *site, clause, module.is_some_and(|it| it.enabled)))
            });
            let owe: Vec<(usize, &Site, &str, bool)> = owe.collect();
            let enabled = owe.iter().filter(|(_, _, _, is_enabled)| *is_enabled);
            let enabled: Vec<&SiteId> = enabled.map(|(_, site, _, _)| &site.id).collect();
            let collections: Vec<CollectionId> = plugin.collections().map(|(id, _)| id).collect();
            let showing = self.store().sites_showing(&enabled, &collections).await?;
            let empty = owe.iter().filter(|(_, it, _, _)| !showing.contains(&it.id));
            owing.extend(empty.map(|(at, site, clause, is_enabled)| {
                let line = OwingLine {
                    site: site.id.clone(),
                    site_name: site.name.clone(),
                    plugin: id.to_string(),
                    name: plugin.text("vi", &plugin.declaration.manifest.name),
                    clause: (*clause).to_owned(),
                    is_enabled: *is_enabled,
                };
                (*at, line)
            }));
        }
        owing.sort_by_key(|(at, _)| *at);
        Ok(owing.into_iter().map(|(_, line)| line).collect())
    }
}

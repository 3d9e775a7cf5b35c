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
        for site in sites {
            for plugin in self.plugins().all() {
                let Some(clause) = self.owed(directory, &site.id, plugin) else {
                    continue;
                };
                let id = &plugin.declaration.manifest.id;
                let module = directory.module(&site.id, id);
                let is_enabled = module.is_some_and(|it| it.enabled);
                let collections: Vec<CollectionId> =
                    plugin.collections().map(|(id, _)| id).collect();
                let is_empty =
                    !is_enabled || self.store().count_public(&site.id, &collections).await? == 0;
                if is_empty {
                    owing.push(OwingLine {
                        site: site.id.clone(),
                        site_name: site.name.clone(),
                        plugin: id.to_string(),
                        name: plugin.text("vi", &plugin.declaration.manifest.name),
                        clause: clause.to_owned(),
                        is_enabled,
                    });
                }
            }
        }
        Ok(owing)
    }
}

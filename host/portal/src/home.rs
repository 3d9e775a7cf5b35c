//! The home page and the site map.

use dinh_domain::site::SiteState;
use dinh_domain::visibility::Purpose;

use crate::failure::Failure;
use crate::portal::Portal;
use crate::section;
use crate::shown::{Home, HomeSection, Section, SiteMap, Way};
use crate::visit::Visit;

/// Newest entries of a section on the home page.
const NEWEST: u32 = 5;

impl Portal {
    /// The newest of every section.
    pub async fn home(&self, visit: &Visit) -> Result<Home, Failure> {
        let scope = visit.scope(Purpose::Read);
        let mut sections = Vec::new();
        for section in &visit.sections {
            let Some(plugin) = self.plugins().get(&section.plugin) else {
                continue;
            };
            let Some((id, collection)) = plugin.first_collection() else {
                continue;
            };
            let query = crate::ask::first(collection, NEWEST);
            let page = self.store().list(&scope, &id, collection, &query).await?;
            let rows = page.entries.iter();
            let rows = rows.filter_map(|it| section::row(plugin, collection, it, visit));
            sections.push(HomeSection {
                section: section.clone(),
                rows: rows.collect(),
                total: page.total,
            });
        }
        Ok(Home { sections })
    }

    /// Every section with its pages, and the neighbouring sites.
    pub async fn site_map(&self, visit: &Visit) -> Result<SiteMap, Failure> {
        let sections = visit
            .sections
            .iter()
            .map(|section| (section.clone(), self.ways(section, visit)));
        Ok(SiteMap {
            sections: sections.collect(),
            sites: neighbours(visit),
        })
    }

    fn ways(&self, section: &Section, visit: &Visit) -> Vec<Way> {
        let plugin = self.plugins().get(&section.plugin);
        plugin.map_or_else(Vec::new, |plugin| {
            section::list_ways(plugin, section, visit)
        })
    }
}

/// Live sites of the organisations below this one and above it (Đ7.5.a).
fn neighbours(visit: &Visit) -> Vec<dinh_domain::site::Site> {
    let directory = &visit.directory;
    let sites = directory.sites.iter().filter(|site| {
        let below = directory.is_at_or_above(&visit.organisation.id, &site.organisation);
        let above = directory.is_at_or_above(&site.organisation, &visit.organisation.id);
        site.id != visit.site.id && site.state == SiteState::Live && (above || below)
    });
    sites.cloned().collect()
}

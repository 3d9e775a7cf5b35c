//! The sites of the portal.

use dinh_domain::site::{Organisation, Site, SiteState};

use crate::portal::Portal;
use crate::visit::Visit;

impl Portal {
    /// Every site that answers, with whose it is.
    pub fn live_sites(&self, visit: &Visit) -> Vec<(Site, Organisation)> {
        let directory = &visit.directory;
        let live = directory
            .sites
            .iter()
            .filter(|site| site.state == SiteState::Live);
        let owned = live.filter_map(|site| {
            let owner = directory.organisation_of(site)?;
            Some((site.clone(), owner.clone()))
        });
        owned.collect()
    }
}

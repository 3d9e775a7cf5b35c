//! The home page.

use dinh_domain::visibility::Purpose;

use crate::failure::Failure;
use crate::portal::Portal;
use crate::section;
use crate::shown::{Home, HomeSection};
use crate::visit::Visit;

/// Newest entries of a section on the home page.
const NEWEST: u32 = 5;

impl Portal {
    /// The newest of every section.
    pub async fn home(&self, visit: &Visit) -> Result<Home, Failure> {
        let scope = visit.scope(Purpose::Read);
        let mut sections = Vec::new();
        for section in visit.menu() {
            let id = &section.collection;
            let Some((plugin, collection)) = self.plugins().collection(id) else {
                continue;
            };
            let query = crate::ask::first(collection, NEWEST);
            let page = self.store().list(&scope, id, collection, &query).await?;
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
}

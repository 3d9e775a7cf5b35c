//! What a catalogue of open data names: the lists of a site as files, and every entry with a table of figures.

use std::collections::BTreeMap;

use dinh_domain::declaration::Collection;
use dinh_domain::entry::Entry;
use dinh_domain::ids::{CollectionId, EntryId};
use dinh_domain::site::SiteState;
use dinh_domain::visibility::{Purpose, Scope};

use crate::failure::Failure;
use crate::portal::Portal;
use crate::section::{Here, Source};
use crate::shown::{DatasetList, DatasetShown, DatasetsPage};
use crate::table::{field_of, stored_of};
use crate::visit::Visit;

/// Entries with a table on one page of the catalogue: harvesters read page after page, and a page is some 200 KB.
const DATASETS_A_PAGE: u32 = 100;

impl Portal {
    /// A page of the catalogue of the visited site, behind an entry. What lies on sites of others is in their own.
    pub async fn datasets(
        &self,
        visit: &Visit,
        after: Option<&EntryId>,
    ) -> Result<DatasetsPage, Failure> {
        let scope = self.with_tables(visit);
        let limit = DATASETS_A_PAGE + 1;
        let mut listed = match scope.any.is_empty() {
            true => Vec::new(),
            false => self.store().listed(&scope, after, limit).await?,
        };
        let has_more = listed.len() > DATASETS_A_PAGE as usize;
        listed.truncate(DATASETS_A_PAGE as usize);
        let next = listed.last().map(|it| it.id.clone()).filter(|_| has_more);
        let mut by_collection: BTreeMap<CollectionId, Vec<EntryId>> = BTreeMap::new();
        for it in listed {
            by_collection.entry(it.collection).or_default().push(it.id);
        }
        let mut datasets = Vec::new();
        for (collection, ids) in &by_collection {
            let Some(here) = self.here_in(visit, collection) else {
                continue;
            };
            let fields = fields(here.collection);
            let entries = self.store().parts_by_ids(&scope, ids, &fields).await?;
            datasets.extend(entries.iter().filter_map(|it| dataset(&here, it)));
        }
        datasets.sort_by(|a, b| a.id.cmp(&b.id));
        Ok(DatasetsPage {
            lists: match after {
                None => self.dataset_lists(visit),
                Some(_) => Vec::new(),
            },
            below: match after {
                None => below(visit),
                Some(_) => Vec::new(),
            },
            datasets,
            next,
        })
    }

    fn dataset_lists(&self, visit: &Visit) -> Vec<DatasetList> {
        let heres = visit.sections.iter();
        let heres = heres.filter_map(|it| self.here_in(visit, &it.collection));
        let lists = heres.map(|here| DatasetList {
            title: here.plugin.text(&visit.language, &here.collection.plural),
            section: here.section.clone(),
            collection: here.id.clone(),
        });
        lists.collect()
    }

    /// The site's own entries of collections with a table.
    fn with_tables(&self, visit: &Visit) -> Scope {
        let scope = visit.scope(Purpose::Read).only_site(&visit.site.id);
        let any = scope.any.into_iter().filter(|clause| {
            let here = self.here_in(visit, &clause.collection);
            here.is_some_and(|here| field_of(here.collection).is_some())
        });
        Scope { any: any.collect() }
    }
}

/// The fields that a catalogue tells of, out of bodies that may be long.
fn fields(collection: &Collection) -> Vec<&str> {
    let core = collection.view.dublin_core.values().map(String::as_str);
    let declared = collection.view.dataset.iter().flat_map(|it| it.fields());
    let named = core.chain(declared.map(|(_, field)| field));
    let own = named.filter(|name| collection.schema.contains_key(*name));
    field_of(collection).into_iter().chain(own).collect()
}

/// None where an entry has no table after all.
fn dataset(here: &Here<'_>, entry: &Entry) -> Option<DatasetShown> {
    let table = stored_of(here.collection, entry)?;
    let source = Source {
        plugin: here.plugin,
        collection: here.collection,
        entry,
        visit: here.visit,
    };
    let zone = here.visit.zone();
    Some(DatasetShown {
        path: format!("/{}/{}", here.section.path, entry.slug),
        dublin_core: source.dublin_core(),
        facts: source.dataset(),
        issued: entry.first_published_at.map(|at| at.rfc3339_in(&zone)),
        modified: entry.changed_at.rfc3339_in(&zone),
        measured: table.dimensions.into_iter().map(|it| it.label).collect(),
        cells: table.cells,
        id: entry.id.clone(),
    })
}

/// Live sites of the organisations below: each has a catalogue of its own.
fn below(visit: &Visit) -> Vec<dinh_domain::site::Site> {
    let sites = visit.directory.sites_below(&visit.organisation.id);
    let sites = sites.filter(|it| it.id != visit.site.id && it.state == SiteState::Live);
    sites.cloned().collect()
}

//! The site map: for people a tree of sections, pages and filters, for machines all addresses.

use std::collections::{BTreeMap, BTreeSet};

use dinh_domain::declaration::{Collection, IndexType, TOTALS_PATH};
use dinh_domain::ids::{CollectionId, EntryId};
use dinh_domain::site::SiteState;
use dinh_domain::visibility::{Purpose, Scope};
use dinh_store::Count;

use crate::ask;
use crate::failure::Failure;
use crate::plugins::LoadedPlugin;
use crate::portal::Portal;
use crate::search::{facet_label, index_label};
use crate::section;
use crate::shown::{
    Listed, ListedPart, Section, SiteMap, SiteMapFilter, SiteMapSection, SiteMapValue, Way,
};
use crate::visit::Visit;

/// Most values of a filter in the tree; the list offers the others.
const VALUES_MAX: usize = 60;
/// Entries of one part of the machines' map: the protocol allows 50,000 addresses, the rest is for
/// the pages of the site itself.
const ENTRIES_OF_PART_MAX: u32 = 49_000;
/// Entries read at once.
const ENTRIES_AT_ONCE: u32 = 1_000;
/// Most parts; the protocol's index holds 50,000, and 49 million entries are another portal.
const PARTS_MAX: u32 = 1_000;

impl Portal {
    /// Every section with its pages and the filters that divide it, and the neighbouring sites.
    pub async fn site_map(&self, visit: &Visit) -> Result<SiteMap, Failure> {
        let mut sections = Vec::new();
        for section in &visit.sections {
            let id = &section.collection;
            let (mut ways, mut filters) = (Vec::new(), Vec::new());
            if let Some((plugin, collection)) = self.plugins().collection(id) {
                ways = section::list_ways(plugin, section, visit);
                // The other lists of the section come behind it.
                ways.retain(|way| !visit.sections.iter().any(|it| is_at(it, way)));
                filters = self.divided(visit, (plugin, collection), id).await?;
            }
            sections.push(SiteMapSection {
                section: section.clone(),
                ways,
                filters,
            });
        }
        Ok(SiteMap {
            sections,
            sites: neighbours(visit),
        })
    }

    /// The values of the indexes that divide a section's own entries.
    async fn divided(
        &self,
        visit: &Visit,
        (plugin, collection): (&LoadedPlugin, &Collection),
        id: &CollectionId,
    ) -> Result<Vec<SiteMapFilter>, Failure> {
        let indexes = collection.search.facets.iter().map(String::as_str);
        let indexes: Vec<&str> = indexes.filter(|it| divides(collection, it)).collect();
        let scope = visit.scope(Purpose::List).only(id);
        let query = ask::first(collection, 1);
        let counts = self
            .store()
            .counts_by(&scope, (id, collection), &query, &indexes)
            .await?;
        let filters = indexes.iter().zip(&counts).filter_map(|(index, counts)| {
            divided((plugin, collection), index, counts, &visit.language)
        });
        Ok(filters.collect())
    }

    /// The parts of the machines' map, in order; at least one, which names the site's own pages.
    pub async fn sitemap_parts(&self, visit: &Visit) -> Result<Vec<ListedPart>, Failure> {
        let scope = self.own_scope(visit);
        let mut parts = Vec::new();
        let mut cursor: Option<EntryId> = None;
        while let Some(stretch) = self
            .store()
            .stretch(&scope, cursor.as_ref(), ENTRIES_OF_PART_MAX)
            .await?
        {
            let is_last = stretch.count < u64::from(ENTRIES_OF_PART_MAX);
            parts.push(ListedPart {
                after: cursor,
                until: (!is_last).then(|| stretch.last.clone()),
                changed: Some(stretch.newest.rfc3339_in(&visit.zone())),
            });
            cursor = Some(stretch.last);
            if is_last || parts.len() >= PARTS_MAX as usize {
                break;
            }
        }
        if parts.is_empty() {
            parts.push(ListedPart::default());
        }
        Ok(parts)
    }

    /// The next entries of a part behind a cursor; none when it is at its end.
    pub async fn sitemap_entries(
        &self,
        visit: &Visit,
        part: &ListedPart,
        after: Option<&EntryId>,
    ) -> Result<Vec<Listed>, Failure> {
        let scope = self.own_scope(visit);
        let zone = visit.zone();
        let listed = self
            .store()
            .listed(&scope, after.or(part.after.as_ref()), ENTRIES_AT_ONCE)
            .await?;
        let is_within = |id: &EntryId| part.until.as_ref().is_none_or(|last| id <= last);
        let listed = listed.into_iter().filter(|it| is_within(&it.id));
        let entries = listed.filter_map(|it| {
            let section = visit.section_of(&it.collection)?;
            Some(Listed {
                path: format!("/{}/{}", section.path, it.slug),
                changed: it.published_at.rfc3339_in(&zone),
                id: it.id,
            })
        });
        Ok(entries.collect())
    }

    /// Pages of sections that need no parameters: lists and computed pages.
    pub fn section_pages(&self, visit: &Visit) -> Vec<String> {
        let mut pages = Vec::new();
        for section in &visit.sections {
            pages.push(format!("/{}", section.path));
            if let Some((_, collection)) = self.plugins().collection(&section.collection)
                && collection.view.totals.is_some()
            {
                pages.push(format!("/{}/{TOTALS_PATH}", section.path));
            }
            if let Some(plugin) = self.plugins().get(&section.plugin) {
                let ways = section::list_ways(plugin, section, visit);
                pages.extend(ways.into_iter().map(|way| way.path));
            }
        }
        let mut seen = BTreeSet::new();
        pages.retain(|page| seen.insert(page.clone()));
        pages
    }

    /// Entries whose canonical address is on the visited site.
    fn own_scope(&self, visit: &Visit) -> Scope {
        let scope = visit.scope(Purpose::Read).only_site(&visit.site.id);
        let any = scope.any.into_iter();
        Scope {
            any: any
                .filter(|clause| visit.section_of(&clause.collection).is_some())
                .collect(),
        }
    }
}

/// Whether a section is divided by the values of an index.
pub(crate) fn divides(collection: &Collection, index: &str) -> bool {
    let list = &collection.view.list;
    let Some(kind) = collection.index.get(index).map(|it| it.kind) else {
        return false;
    };
    let is_offered = list.filters.iter().any(|it| it == index);
    is_offered
        && (is_listed(collection, index) || matches!(kind, IndexType::Choice | IndexType::Year))
}

/// Whether its values are texts that stand on a list's page.
fn is_listed(collection: &Collection, index: &str) -> bool {
    let kind = collection.index.get(index).map(|it| it.kind);
    matches!(kind, Some(IndexType::Text | IndexType::Texts))
        && collection.view.list.browse.iter().any(|it| it == index)
}

/// The values of an index with their entries; years from the last.
pub(crate) fn divided(
    (plugin, collection): (&LoadedPlugin, &Collection),
    index: &str,
    counts: &[Count],
    language: &str,
) -> Option<SiteMapFilter> {
    let kind = collection.index.get(index)?.kind;
    let is_listed = is_listed(collection, index);
    let tree = section::tree_of((plugin, collection), index);
    let counts = match tree {
        Some(tree) => section::rolled_up(tree, counts),
        None => counts.to_vec(),
    };
    let values = counts.into_iter().map(|count| SiteMapValue {
        label: if kind == IndexType::Choice {
            let label = facet_label(plugin, collection, index, &count.key, language);
            section::indented(tree, &count.key, label)
        } else {
            count.shown.clone()
        },
        count: count.count,
        value: if is_listed { count.shown } else { count.key },
    });
    let mut values: Vec<SiteMapValue> = values.collect();
    if kind == IndexType::Year {
        values.sort_by(|a, b| b.value.cmp(&a.value));
    }
    values.truncate(VALUES_MAX);
    (!values.is_empty()).then(|| SiteMapFilter {
        label: index_label(plugin, collection, index, language),
        index: index.to_owned(),
        values,
    })
}

/// Whether a way leads to the list of a section.
fn is_at(section: &Section, way: &Way) -> bool {
    way.path.strip_prefix('/') == Some(section.path.as_str())
}

/// Live sites of the organisations below this one and above it (Đ7.5.a).
fn neighbours(visit: &Visit) -> Vec<dinh_domain::site::Site> {
    let directory = &visit.directory;
    let here = &visit.organisation.id;
    let sites = directory
        .sites_upwards(here)
        .chain(directory.sites_below(here));
    let sites = sites.filter(|it| it.id != visit.site.id && it.state == SiteState::Live);
    let sites: BTreeMap<_, _> = sites.map(|it| (&it.id, it)).collect();
    sites.into_values().cloned().collect()
}

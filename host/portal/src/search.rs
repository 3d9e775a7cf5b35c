//! The search page: everything that shares with the visited site, counted by site, section and
//! declared facets.

mod asked;
mod complete;
mod facet;
mod help;

use std::collections::{BTreeSet, HashMap};

use dinh_domain::ids::{CollectionId, EntryId};
use dinh_domain::visibility::{Purpose, Scope};
use dinh_search::{Answer, Hit, Request};

use crate::ask;
use crate::failure::Failure;
use crate::plugins::LoadedPlugin;
use crate::portal::Portal;
use crate::section;
use crate::shown::{Chip, FacetGroup, FacetValue, Found, Helped, HitShown, RowShown};
use crate::visit::Visit;
use asked::Asked;
use facet::told_apart;
pub(crate) use facet::{facet_key, facet_label, index_label};

/// Hits on a page.
const HITS_PER_PAGE: u32 = 20;
/// Highest page: beyond it better words help, not more pages.
const MAX_PAGE: u32 = 100;
/// Values of a facet that are shown.
const MAX_FACET_VALUES: usize = 15;

impl Portal {
    /// Searches from a site.
    pub async fn search(
        &self,
        visit: &Visit,
        given: &[(String, String)],
    ) -> Result<Found, Failure> {
        let mut complaints = Vec::new();
        let page = ask::number(given, "page", 1, MAX_PAGE, &mut complaints);
        let asked = Asked::read(self, visit, given, &mut complaints);
        let request = Request {
            q: asked.words.clone(),
            site: asked.site.clone(),
            collection: asked.collection.clone(),
            facets: asked.facets.clone(),
            limit: HITS_PER_PAGE as usize,
            offset: ((page - 1) * HITS_PER_PAGE) as usize,
        };
        let scope = visit.scope(Purpose::Search);
        let (index, within) = (self.index_for(visit).clone(), scope.clone());
        let answer = tokio::task::spawn_blocking(move || index.search(&within, &request))
            .await
            .map_err(Failure::internal)?
            .map_err(Failure::internal)?;
        let help = async {
            match page {
                1 => self.help(visit, &scope, &asked.words, answer.total).await,
                _ => Ok(Helped::default()),
            }
        };
        let rows = self.rows_of(visit, &scope, &answer.hits);
        let (rows, help) = tokio::try_join!(rows, help)?;
        let hits = answer.hits.iter();
        let hits = hits
            .filter_map(|hit| self.hit(visit, hit, rows.get(&hit.id)))
            .collect();
        let facets = self.facets(visit, &asked, &answer);
        let chips = chips(&facets, &asked);
        Ok(Found {
            words: asked.words,
            total: answer.total,
            page,
            per_page: HITS_PER_PAGE,
            hits,
            facets,
            chips,
            complaints,
            help,
            asked: asked.params,
        })
    }

    /// The parameters of the search page; they are always known.
    pub fn search_params(&self) -> Option<Vec<String>> {
        let own = ["q", "page", "site", "section"].map(str::to_owned);
        let facets = self.declared_facets().into_iter().map(|it| it.key);
        Some(own.into_iter().chain(facets).collect())
    }

    /// What the lists show of the hits: state, dates, bodies.
    async fn rows_of(
        &self,
        visit: &Visit,
        scope: &Scope,
        hits: &[Hit],
    ) -> Result<HashMap<EntryId, RowShown>, Failure> {
        let mut rows = HashMap::new();
        let collections: BTreeSet<&CollectionId> = hits.iter().map(|hit| &hit.collection).collect();
        for id in collections {
            let Some((plugin, collection)) = self.plugins().collection(id) else {
                continue;
            };
            let own = hits.iter().filter(|hit| hit.collection == *id);
            let own: Vec<EntryId> = own.map(|hit| hit.id.clone()).collect();
            let entries = self
                .store()
                .list_of(&scope.only(id), id, collection, &own)
                .await?;
            for entry in &entries {
                if let Some(row) = section::row(plugin, collection, entry, visit) {
                    rows.insert(entry.headline.id.clone(), row);
                }
            }
        }
        Ok(rows)
    }

    fn hit(&self, visit: &Visit, hit: &Hit, row: Option<&RowShown>) -> Option<HitShown> {
        let (plugin, _) = self.plugins().collection(&hit.collection)?;
        let way = visit.way(&hit.site, &hit.collection, &hit.url_path, &hit.title)?;
        Some(HitShown {
            title: hit.title_marked.parts.clone(),
            lead: hit.lead.parts.clone(),
            facts: row.map(|row| row.facts.clone()).unwrap_or_default(),
            badge: row.and_then(|row| row.badge.clone()),
            way,
            site: visit.directory.site(&hit.site)?.name.clone(),
            section: plugin.text(&visit.language, &plugin.declaration.manifest.name),
            snippet: hit.snippet.parts.clone(),
            file: hit.file.clone(),
        })
    }

    fn facets(&self, visit: &Visit, asked: &Asked, answer: &Answer) -> Vec<FacetGroup> {
        let mut groups = Vec::new();
        let sites = answer.sites.iter().filter_map(|(id, count)| {
            let site = visit.directory.site(id)?;
            let selected = asked.site.as_ref() == Some(id);
            Some(FacetValue {
                value: id.to_string(),
                label: site.name.clone(),
                count: *count,
                selected,
            })
        });
        groups.push(group("site", "Nơi đăng", sites.collect()));
        let sections = answer.collections.iter().filter_map(|(id, count)| {
            let (plugin, collection) = self.plugins().collection(id)?;
            Some(FacetValue {
                value: usual_path(plugin, id),
                label: plugin.text(&visit.language, &collection.plural),
                count: *count,
                selected: asked.collection.as_ref() == Some(id),
            })
        });
        groups.push(group("section", "Chuyên mục", sections.collect()));
        let (mut declared, language) = (Vec::new(), &visit.language);
        for it in self.declared_facets() {
            let values = answer.facets.iter().filter(|(key, _, _)| *key == it.key);
            let values = values.map(|(_, value, count)| FacetValue {
                value: value.clone(),
                label: facet_label(it.plugin, it.collection, it.index, value, language),
                count: *count,
                selected: asked.facets.contains(&(it.key.clone(), value.clone())),
            });
            let mut values: Vec<FacetValue> = values.collect();
            values.truncate(MAX_FACET_VALUES);
            if !values.is_empty() {
                let label = index_label(it.plugin, it.collection, it.index, language);
                let kind = it.plugin.text(language, &it.collection.plural);
                declared.push((group(&it.key, &label, values), kind));
            }
        }
        groups.extend(told_apart(declared));
        groups.retain(|group| !group.values.is_empty());
        groups
    }
}

/// Where the list of a collection stands unless a site has mounted it elsewhere.
fn usual_path(plugin: &LoadedPlugin, id: &CollectionId) -> String {
    let declaration = &plugin.declaration;
    format!(
        "{}{}",
        declaration.manifest.mount,
        declaration.own_path(id.name())
    )
}

fn group(name: &str, label: &str, values: Vec<FacetValue>) -> FacetGroup {
    FacetGroup {
        name: name.to_owned(),
        label: label.to_owned(),
        values,
    }
}

/// Everything that narrows, also where nothing was found: what cannot be seen cannot be undone.
fn chips(groups: &[FacetGroup], asked: &Asked) -> Vec<Chip> {
    let narrowing = asked.params.iter().filter(|(name, _)| name != "q");
    let chips = narrowing.map(|gone| {
        let (name, value) = gone;
        let group = groups.iter().find(|group| group.name == *name);
        let known = group.and_then(|group| group.values.iter().find(|it| it.value == *value));
        let label = known.map_or(value, |known| &known.label);
        Chip {
            label: match group {
                Some(group) => format!("{}: {label}", group.label),
                None => label.clone(),
            },
            without: asked
                .params
                .iter()
                .filter(|param| *param != gone)
                .cloned()
                .collect(),
        }
    });
    chips.collect()
}

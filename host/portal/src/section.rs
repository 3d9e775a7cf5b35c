//! A section of a site: its list, its entries and its computed pages.

mod akn;
mod attached;
mod belonging;
mod below;
mod computed;
mod detail;
mod facts;
mod form;
mod left;
mod list;
mod metadata;
mod outputs;
mod row;
mod totals;
mod versions;
mod words;

use std::sync::Arc;

use dinh_domain::declaration::{
    Collection, Fallback, FieldKind, OfferedOn, Route, Submission, TOTALS_PATH, VERSIONS_WORD,
};
use dinh_domain::entry::Entry;
use dinh_domain::ids::{CollectionId, Slug};
use dinh_domain::site::Directory;
use dinh_domain::visibility::Purpose;

use crate::failure::Failure;
use crate::plugins::LoadedPlugin;
use crate::portal::Portal;
use crate::shown::{Answer, Section, Way, Withdrawn};
use crate::submission::{form_at, is_open};
use crate::visit::Visit;

use outputs::Output;

pub(crate) use attached::Attached;
pub(crate) use below::{indented, rolled_up, tree_of};
pub(crate) use detail::label;
pub use form::FormTakes;
pub(crate) use metadata::Source;
pub(crate) use row::{block_row, row, row_values};
pub(crate) use versions::number as version_number;

/// What stands behind the number of a version whose table is asked for.
const TABLE_BELOW: &str = "/bang";

/// Everything that answering below a section needs.
pub(crate) struct Here<'a> {
    pub(crate) visit: &'a Visit,
    pub(crate) section: &'a Section,
    pub(crate) plugin: &'a Arc<LoadedPlugin>,
    pub(crate) id: CollectionId,
    pub(crate) collection: &'a Collection,
}

impl Portal {
    /// Answers a path below a section of the visited site: `van-ban`, `van-ban/06-2014`, or a
    /// computed page of its plugin.
    pub async fn section(
        &self,
        visit: &Visit,
        path: &str,
        given: &[(String, String)],
    ) -> Result<Answer, Failure> {
        let Some((here, below, rest)) = self.here(visit, path) else {
            return Ok(Answer::NotFound);
        };
        if rest.is_empty() {
            return self.list(&here, given).await;
        }
        if rest == TOTALS_PATH && here.collection.view.totals.is_some() {
            return self.totals(&here, given).await;
        }
        if let Some((slug, output)) = Output::of(rest) {
            return self.output(&here, slug, output, given).await;
        }
        if let Some((slug, number)) = version_at(rest) {
            if number.is_some_and(|it| it.ends_with(TABLE_BELOW)) {
                return self.version_table(&here, rest, given).await;
            }
            return match Slug::new(slug) {
                Ok(slug) => self.versions(&here, (&slug, number), given).await,
                Err(_) => Ok(Answer::NotFound),
            };
        }
        // Forms about an entry, and pages with its name, are of one collection: another's may have the same words.
        let is_first = here.section.above.is_none();
        let form = form_at(here.plugin, below).filter(|it| it.slug.is_none() || is_first);
        if let Some(at) = form {
            return self.submission_form(&here, &at, given).await;
        }
        let route = route_at(here.plugin, below);
        let route = route.filter(|(route, _)| is_of(here.plugin, &here.id, &route.path));
        if let Some((route, params)) = route {
            return self.computed(&here, route, params, given).await;
        }
        match Slug::new(rest) {
            Ok(slug) => {
                let answer = self.entry(&here, &slug).await?;
                let mut answer = self.with_table(&here, answer).await?;
                if let (Answer::Detail(detail), true) = (&mut answer, here.collection.usage) {
                    detail.views = self.views_shown(visit, &detail.entry).await;
                }
                Ok(answer)
            }
            Err(_) => Ok(Answer::NotFound),
        }
    }

    /// The collection of a path of a section, with the path below the section's mount and the one below the
    /// collection's own; none where the site has no such section.
    pub(crate) fn here<'a>(
        &'a self,
        visit: &'a Visit,
        path: &'a str,
    ) -> Option<(Here<'a>, &'a str, &'a str)> {
        let (mount, below) = path.split_once('/').unwrap_or((path, ""));
        let plugin = self.plugins().get(&visit.section(mount)?.plugin)?;
        let found = plugin.declaration.below(below)?;
        let id = CollectionId::new(&plugin.declaration.manifest.id, found.name).ok()?;
        Some((self.here_in(visit, &id)?, below, found.rest))
    }

    /// The place where a collection's list stands; none where the site has not enabled it.
    pub(crate) fn here_in<'a>(&'a self, visit: &'a Visit, id: &CollectionId) -> Option<Here<'a>> {
        let section = visit.section_of(id)?;
        let (plugin, collection) = self.plugins().collection(id)?;
        Some(Here {
            visit,
            section,
            plugin,
            id: id.clone(),
            collection,
        })
    }

    /// The list that stands exactly at a path: `van-ban`.
    pub(crate) fn list_here<'a>(&'a self, visit: &'a Visit, path: &str) -> Option<Here<'a>> {
        self.here_in(visit, &visit.section(path)?.collection)
    }

    /// The parameters of a path below a section of a site: those of its list, those that a computed
    /// page declares, none for an entry or for what is not there. None where the directory must be
    /// read first ([`Portal::look_around`]).
    pub fn section_params(&self, host: &str, path: &str) -> Option<Vec<String>> {
        let directory = self.known_directory()?;
        Some(self.declared_at(&directory, host, path).unwrap_or_default())
    }

    fn declared_at(&self, directory: &Directory, host: &str, path: &str) -> Option<Vec<String>> {
        let (site, _) = directory.site_at(host)?;
        let path = path.trim_start_matches('/');
        let (mount, below) = path.split_once('/').unwrap_or((path, ""));
        let mut modules = directory.modules_on(&site.id);
        let module = modules.find(|it| it.mount.as_str() == mount)?;
        let plugin = self.plugins().get(&module.plugin)?;
        let found = plugin.declaration.below(below)?;
        let collection = found.collection;
        let has_totals = collection.view.totals.is_some();
        if found.rest.is_empty() || has_totals && found.rest == TOTALS_PATH {
            return Some(crate::ask::params(collection));
        }
        if let Some((_, Output::Table)) = Output::of(found.rest) {
            return Some(crate::table::PARAMETERS.map(str::to_owned).to_vec());
        }
        let version = version_at(found.rest);
        if version.is_some_and(|(_, number)| number.is_some_and(|it| it.ends_with(TABLE_BELOW))) {
            return Some(crate::table::PARAMETERS.map(str::to_owned).to_vec());
        }
        if version.is_some_and(|(_, number)| number.is_none()) {
            return Some(versions::PARAMS.map(str::to_owned).to_vec());
        }
        if form_at(plugin, below).is_some_and(|it| it.form.points.is_some()) {
            return Some(vec![crate::submission::POINT.to_owned()]);
        }
        let mut routes = plugin.declaration.manifest.routes.iter();
        let route = routes.find(|route| matched(&route.path, below).is_some())?;
        // The list may stand in for the page.
        let of_list = match route.fallback {
            Fallback::List => crate::ask::params(collection),
            Fallback::Detail => Vec::new(),
        };
        Some(route.query.iter().cloned().chain(of_list).collect())
    }

    /// One entry by its slug: shown, moved, withdrawn or not there.
    pub(super) async fn entry(&self, here: &Here<'_>, slug: &Slug) -> Result<Answer, Failure> {
        let (site, scope) = (&here.visit.site.id, here.visit.scope(Purpose::Read));
        let links_scope = here.visit.scope(Purpose::Link);
        if let Some((entry, links)) = self
            .store()
            .entry_with_links((&scope, &links_scope), site, &here.id, slug)
            .await?
        {
            return self.detail(here, entry, &links).await;
        }
        if let Some(former) = self.store().former_slug(site, &here.id, slug).await? {
            let now = self
                .store()
                .headlines(&scope, std::slice::from_ref(&former))
                .await?;
            if let Some(now) = now.first().filter(|now| now.site == *site) {
                return Ok(Answer::Moved(format!(
                    "/{}/{}",
                    here.section.path, now.slug
                )));
            }
        }
        let Some(withdrawal) = self.store().withdrawn(site, &here.id, slug).await? else {
            return Ok(Answer::NotFound);
        };
        let successor = match &withdrawal.successor {
            Some(id) => {
                self.store()
                    .headlines(&scope, std::slice::from_ref(id))
                    .await?
            }
            None => Vec::new(),
        };
        let successor = successor.first();
        Ok(Answer::Withdrawn(Box::new(Withdrawn {
            section: here.section.clone(),
            reason: withdrawal.reason,
            successor: successor.and_then(|it| {
                here.visit
                    .way(&it.site, &it.collection, it.slug.as_str(), &it.title)
            }),
        })))
    }
}

/// The slug of a path to an entry's versions, and the number of one of them.
fn version_at(rest: &str) -> Option<(&str, Option<&str>)> {
    let (slug, below) = rest.split_once('/')?;
    let number = below.strip_prefix(VERSIONS_WORD)?;
    match number.strip_prefix('/') {
        Some(number) => Some((slug, Some(number))),
        None => number.is_empty().then_some((slug, None)),
    }
}

/// The declared route of a path below a section, and its parameters.
fn route_at<'a>(
    plugin: &'a LoadedPlugin,
    rest: &str,
) -> Option<(&'a Route, Vec<(String, String)>)> {
    let mut routes = plugin.declaration.manifest.routes.iter();
    routes.find_map(|route| Some((route, matched(&route.path, rest)?)))
}

/// Whether a path fits a route's pattern, and what its parameters are.
fn matched(pattern: &str, path: &str) -> Option<Vec<(String, String)>> {
    let (pattern, path): (Vec<&str>, Vec<&str>) =
        (pattern.split('/').collect(), path.split('/').collect());
    if pattern.len() != path.len() {
        return None;
    }
    let mut params = Vec::new();
    for (wanted, given) in pattern.iter().zip(path) {
        match wanted
            .strip_prefix('{')
            .and_then(|rest| rest.strip_suffix('}'))
        {
            Some(name) if !given.is_empty() => params.push((name.to_owned(), given.to_owned())),
            None if *wanted == given => {}
            _ => return None,
        }
    }
    Some(params)
}

/// The computed pages that a section's list offers.
///
/// The list at the mount offers the forms of all collections and the other lists too.
pub(crate) fn list_ways(plugin: &LoadedPlugin, section: &Section, visit: &Visit) -> Vec<Way> {
    let routes = plugin.declaration.manifest.routes.iter();
    let offered = routes.filter(|route| route.offered_on == Some(OfferedOn::List));
    let fixed = offered.filter(|route| {
        !route.path.contains('{') && is_of(plugin, &section.collection, &route.path)
    });
    let is_first = section.above.is_none();
    let forms = forms(plugin).filter(|(name, form)| {
        !form.is_about() && (is_first || *name == section.collection.name())
    });
    let forms = forms.map(|(_, form)| form_way(section, (plugin, form), &form.path, visit));
    let others = visit.sections.iter();
    let others = others.filter(|it| is_first && it.above.is_some() && it.plugin == section.plugin);
    fixed
        .map(|route| way(plugin, section, route, &route.path, visit))
        .chain(forms)
        .chain(others.map(list_way))
        .collect()
}

fn list_way(section: &Section) -> Way {
    Way {
        label: section.name.clone(),
        path: format!("/{}", section.path),
        host: None,
    }
}

/// Whether a path below the mount is of a collection.
fn is_of(plugin: &LoadedPlugin, collection: &CollectionId, path: &str) -> bool {
    let below = plugin.declaration.below(path);
    below.is_some_and(|it| it.name == collection.name())
}

/// The forms by which citizens send to a section, with their collections.
fn forms(plugin: &LoadedPlugin) -> impl Iterator<Item = (&str, &Submission)> {
    let collections = plugin.declaration.collections.iter();
    collections.filter_map(|(name, it)| Some((name.as_str(), it.submission.as_ref()?)))
}

/// Mount of a section.
pub(crate) fn mount(section: &Section) -> &str {
    section.path.split('/').next().unwrap_or_default()
}

fn form_way(
    section: &Section,
    (plugin, form): (&LoadedPlugin, &Submission),
    path: &str,
    visit: &Visit,
) -> Way {
    Way {
        label: plugin.text(&visit.language, &form.title),
        path: format!("/{}/{path}", mount(section)),
        host: None,
    }
}

impl Here<'_> {
    /// Whether a level of one of the collection's structured texts is that of its units: the articles of a document.
    fn is_unit(&self, level: &str) -> bool {
        let mut fields = self.collection.schema.values();
        fields.any(|field| match &field.kind {
            FieldKind::Outline { levels, .. } => levels.is_unit(level),
            _ => false,
        })
    }
}

/// The computed pages that an entry's page offers.
fn detail_ways(here: &Here<'_>, slug: &str) -> Vec<Way> {
    let routes = here.plugin.declaration.manifest.routes.iter();
    let offered = routes.filter(|route| {
        route.offered_on == Some(OfferedOn::Detail) && is_of(here.plugin, &here.id, &route.path)
    });
    let ways = offered.map(|route| entry_way(here, route, slug));
    ways.filter(|way| !way.path.contains('{')).collect()
}

/// The forms about an entry that take something now.
fn open_forms(here: &Here<'_>, entry: &Entry) -> Vec<Way> {
    let is_first = here.section.above.is_none();
    let forms = forms(here.plugin)
        .filter(|(_, form)| form.is_about() && is_first && is_open(here, form, &entry.body));
    let ways = forms.map(|(_, form)| {
        let path = form.path.replace("{slug}", entry.slug.as_str());
        form_way(here.section, (here.plugin, form), &path, here.visit)
    });
    ways.collect()
}

/// The computed pages that stand above everything else of an entry's page.
fn head_ways(here: &Here<'_>, slug: &str) -> Vec<Way> {
    let routes = here.plugin.declaration.manifest.routes.iter();
    let offered = routes.filter(|route| {
        route.offered_on == Some(OfferedOn::DetailHead) && is_of(here.plugin, &here.id, &route.path)
    });
    offered.map(|route| entry_way(here, route, slug)).collect()
}

fn entry_way(here: &Here<'_>, route: &Route, slug: &str) -> Way {
    let path = route.path.replace("{slug}", slug);
    way(here.plugin, here.section, route, &path, here.visit)
}

fn way(plugin: &LoadedPlugin, section: &Section, route: &Route, path: &str, visit: &Visit) -> Way {
    Way {
        label: plugin.text(&visit.language, &route.title),
        path: format!("/{}/{path}", mount(section)),
        host: None,
    }
}

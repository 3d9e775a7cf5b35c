//! A visit: somebody came to a site by its host name.

use std::sync::Arc;

use dinh_domain::dates::{Instant, LocalDate, LocalTime, Zone};
use dinh_domain::ids::CollectionId;
use dinh_domain::site::{Directory, Module, Organisation, Site, SiteState};
use dinh_domain::visibility::{Actor, Purpose, Scope, scope};

use crate::failure::Failure;
use crate::freshness::{Freshness, Reads};
use crate::plugins::{LoadedPlugin, OwnPaths};
use crate::portal::Portal;
use crate::shown::{Section, Way};

/// Where a host name leads.
#[derive(Debug)]
pub enum Arrival {
    /// To a site that answers.
    Here(Box<Visit>),
    /// To a site whose addresses use another host name (301).
    Alias {
        /// The canonical host.
        host: String,
    },
    /// To a site that does not answer now.
    Closed {
        /// The site; its state says for how long.
        site: Box<Site>,
    },
    /// Nowhere.
    Unknown,
}

/// What a use case needs to know of the visited site and of the visitor.
#[derive(Debug, Clone)]
pub struct Visit {
    /// The site.
    pub site: Site,
    /// Whose it is.
    pub organisation: Organisation,
    /// The organisation above.
    pub upper: Option<Organisation>,
    /// Its sections in menu order, each with its further collections behind it.
    pub sections: Vec<Section>,
    /// When the visit began.
    pub now: Instant,
    /// The date there.
    pub today: LocalDate,
    /// The minute there.
    pub local: LocalTime,
    /// Language of the answer, BCP 47.
    pub language: String,
    pub(crate) actor: Actor,
    pub(crate) directory: Arc<Directory>,
    own_paths: Arc<OwnPaths>,
    pub(crate) reads: Arc<Reads>,
}

/// The language of all answers, until a prefix of the path may choose another.
pub const LANGUAGE: &str = "vi";

impl Visit {
    /// The site's zone.
    pub fn zone(&self) -> Zone {
        self.site.zone()
    }

    /// The host of the portal's first site: the first whose organisation has none above it.
    pub fn first_host(&self) -> &str {
        let first = self.directory.first_site();
        first.map_or(&self.site.host, |site| &site.host)
    }

    pub(crate) fn scope(&self, purpose: Purpose) -> Scope {
        let scope = scope(&self.actor, &self.directory, &self.site.id, purpose);
        self.reads.entries_of(&scope);
        scope
    }

    /// Says that an answer shows what changes at an instant by the clock alone. That states which
    /// follow from dates change at midnight need not be said.
    pub fn good_until(&self, instant: Instant) {
        self.reads.good_until(instant);
    }

    /// Says that an answer is one of the moment, and no other visitor may be given it.
    pub fn passing(&self) {
        self.reads.passing();
    }

    /// What the answers to this visit were made from; none where they must not be kept. What
    /// somebody in particular may see is never kept.
    pub fn freshness(&self) -> Option<Freshness> {
        match self.actor {
            Actor::Visitor => self.reads.freshness(),
            Actor::System | Actor::Staff(_) => None,
        }
    }

    /// Where a path leads below a section that has moved on this site; none where nothing moved.
    pub fn moved(&self, path: &str) -> Option<String> {
        let path = path.strip_prefix('/')?;
        let (mount, rest) = path
            .split_once('/')
            .map_or((path, None), |(it, rest)| (it, Some(rest)));
        // One that is switched off there leaves no trace, and leads nowhere.
        let mut modules = self.directory.modules_on(&self.site.id);
        if modules.any(|it| it.mount.as_str() == mount) {
            return None;
        }
        let mut former = self.directory.former_mounts.iter();
        let former = former.find(|it| it.site == self.site.id && it.mount.as_str() == mount)?;
        let now = self.sections.iter().find(|it| it.plugin == former.plugin)?;
        let rest = rest.map(|it| format!("/{it}")).unwrap_or_default();
        Some(format!("/{}{rest}", now.path))
    }

    /// The section or collection of this site that stands exactly here: `van-ban`.
    pub(crate) fn section(&self, path: &str) -> Option<&Section> {
        self.sections.iter().find(|section| section.path == path)
    }

    /// What the menu names.
    pub fn menu(&self) -> impl Iterator<Item = &Section> {
        self.sections.iter().filter(|it| it.above.is_none())
    }

    /// Where the list of a collection stands on this site; none where it is not enabled here.
    pub(crate) fn section_of(&self, collection: &CollectionId) -> Option<&Section> {
        let mut sections = self.sections.iter();
        sections.find(|section| section.collection == *collection)
    }

    /// How an entry is reached from here, if its section is enabled where it lives.
    pub(crate) fn way(
        &self,
        site: &dinh_domain::ids::SiteId,
        collection: &CollectionId,
        slug: &str,
        label: &str,
    ) -> Option<Way> {
        let module = module(&self.directory, site, collection)?;
        let elsewhere = self
            .directory
            .site(site)
            .filter(|site| site.id != self.site.id);
        let below = self.own_paths.get(collection).map_or("", String::as_str);
        Some(Way {
            label: label.to_owned(),
            path: format!("/{}{below}/{slug}", module.mount),
            host: elsewhere.map(|site| site.host.clone()),
        })
    }
}

fn module<'a>(
    directory: &'a Directory,
    site: &dinh_domain::ids::SiteId,
    collection: &CollectionId,
) -> Option<&'a Module> {
    let mut modules = directory.enabled_modules(site).into_iter();
    modules.find(|module| module.plugin == *collection.plugin())
}

impl Portal {
    /// Finds the site of a host name (lower case, without port).
    pub async fn arrive(&self, host: &str) -> Result<Arrival, Failure> {
        let since = self.generations().latest();
        let directory = self.directory().await?;
        let Some((site, by_alias)) = directory.site_at(host) else {
            return Ok(Arrival::Unknown);
        };
        if by_alias {
            return Ok(Arrival::Alias {
                host: site.host.clone(),
            });
        }
        if site.state != SiteState::Live {
            return Ok(Arrival::Closed {
                site: Box::new(site.clone()),
            });
        }
        let site = site.clone();
        let visit = self.visit_since(since, &directory, site, Actor::Visitor)?;
        Ok(Arrival::Here(Box::new(visit)))
    }

    pub(crate) fn visit(
        &self,
        directory: &Arc<Directory>,
        site: Site,
        actor: Actor,
    ) -> Result<Visit, Failure> {
        self.visit_since(self.generations().latest(), directory, site, actor)
    }

    /// `since`: the step of the generations before the directory was asked for.
    fn visit_since(
        &self,
        since: u64,
        directory: &Arc<Directory>,
        site: Site,
        actor: Actor,
    ) -> Result<Visit, Failure> {
        let missing = || Failure::internal(format!("site {} has no organisation", site.id));
        let organisation = directory
            .organisation_of(&site)
            .cloned()
            .ok_or_else(missing)?;
        let upper = organisation.parent.as_ref();
        let upper = upper.and_then(|id| directory.organisation(id));
        let language = LANGUAGE;
        let sections = directory
            .enabled_modules(&site.id)
            .into_iter()
            .filter_map(|module| Some((self.plugins().get(&module.plugin)?, module)))
            .flat_map(|(plugin, module)| sections(plugin, module, language));
        let index_number = self.index_number();
        let (now, zone) = (self.now(), site.zone());
        let today = now.date_in(&zone);
        let day = (zone.start_of(today), zone.start_of(today.tomorrow()));
        let reads = Reads::begin(self.generations().clone(), since, index_number, day);
        if !self.sees_the_newest() {
            // Other plugins have taken over, and everything that was kept was forgotten.
            reads.passing();
        }
        Ok(Visit {
            reads: Arc::new(reads),
            sections: sections.collect(),
            upper: upper.cloned(),
            today,
            local: now.local_in(&zone),
            language: language.to_owned(),
            directory: directory.clone(),
            own_paths: Arc::new(self.plugins().own_paths()),
            organisation,
            now,
            actor,
            site,
        })
    }
}

/// A section and its further collections.
fn sections<'a>(
    plugin: &'a LoadedPlugin,
    module: &'a Module,
    language: &'a str,
) -> impl Iterator<Item = Section> + 'a {
    let manifest = &plugin.declaration.manifest;
    let name = plugin.text(language, &manifest.name);
    plugin.collections().map(move |(id, collection)| {
        let below = plugin.declaration.own_path(id.name());
        let is_first = below.is_empty();
        Section {
            plugin: manifest.id.clone(),
            collection: id,
            path: format!("{}{below}", module.mount),
            above: (!is_first).then(|| Way {
                label: name.clone(),
                path: format!("/{}", module.mount),
                host: None,
            }),
            name: match is_first {
                true => name.clone(),
                false => plugin.text(language, &collection.plural),
            },
            description: match is_first {
                true => plugin.text(language, &manifest.description),
                false => String::new(),
            },
        }
    })
}

use std::collections::{BTreeSet, HashMap};
use std::ops::Deref;

use super::{FormerMount, HomePlace, KnownCollections, Module, Organisation, Site};
use crate::ids::{OrganisationId, PluginId, SiteId};

/// All organisations, sites and modules as they stand: what visibility is decided from.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Places {
    /// Organisations.
    pub organisations: Vec<Organisation>,
    /// Sites.
    pub sites: Vec<Site>,
    /// Modules.
    pub modules: Vec<Module>,
    /// Where modules were before.
    pub former_mounts: Vec<FormerMount>,
    /// The blocks of home pages in the order that somebody gave them, of the sites where somebody did.
    pub home_places: HashMap<SiteId, Vec<HomePlace>>,
    /// Collections that some installed plugin declares.
    pub collections: KnownCollections,
}

/// The same with the ways through it, so that what is asked of one site or organisation costs the same
/// however many there are. It is never changed, only made anew.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Directory {
    places: Places,
    ways: Ways,
}

/// Places in the lists of [`Places`].
#[derive(Debug, Clone, PartialEq, Eq, Default)]
struct Ways {
    organisations: HashMap<OrganisationId, usize>,
    sites: HashMap<SiteId, usize>,
    hosts: HashMap<String, usize>,
    aliases: HashMap<String, usize>,
    /// Of an organisation, the one above it.
    parents: Vec<Option<usize>>,
    /// Of an organisation, those directly below it.
    children: Vec<Vec<usize>>,
    /// Of an organisation, its own sites.
    sites_at: Vec<Vec<usize>>,
    /// Of a site, its modules in menu order.
    modules_on: Vec<Vec<usize>>,
    /// Organisations with none above them.
    tops: Vec<usize>,
    first_site: Option<usize>,
}

impl From<Places> for Directory {
    fn from(places: Places) -> Self {
        let ways = Ways::through(&places);
        Self { places, ways }
    }
}

impl Deref for Directory {
    type Target = Places;
    fn deref(&self) -> &Places {
        &self.places
    }
}

impl Directory {
    /// The same with other collections.
    #[must_use]
    pub fn declaring(self, collections: KnownCollections) -> Self {
        let places = Places {
            collections,
            ..self.places
        };
        Self { places, ..self }
    }

    /// A site by its id.
    pub fn site(&self, id: &SiteId) -> Option<&Site> {
        let at = self.ways.sites.get(id)?;
        self.sites.get(*at)
    }

    /// An organisation by its id.
    pub fn organisation(&self, id: &OrganisationId) -> Option<&Organisation> {
        let at = self.ways.organisations.get(id)?;
        self.organisations.get(*at)
    }

    /// The site that a host name leads to, and whether by an alias. The port is not part of it.
    pub fn site_at(&self, host: &str) -> Option<(&Site, bool)> {
        let found = |at: &usize, by_alias| Some((self.sites.get(*at)?, by_alias));
        match self.ways.hosts.get(host) {
            Some(at) => found(at, false),
            None => found(self.ways.aliases.get(host)?, true),
        }
    }

    /// The first site whose organisation has none above it.
    pub fn first_site(&self) -> Option<&Site> {
        self.sites.get(self.ways.first_site?)
    }

    /// The organisation of a site.
    pub fn organisation_of(&self, site: &Site) -> Option<&Organisation> {
        self.organisation(&site.organisation)
    }

    /// Organisations with none above them.
    pub fn tops(&self) -> impl Iterator<Item = &Organisation> {
        let tops = self.ways.tops.iter();
        tops.filter_map(|at| self.organisations.get(*at))
    }

    /// All modules of a site, in menu order.
    pub fn modules_on(&self, site: &SiteId) -> impl Iterator<Item = &Module> {
        let at = self.ways.sites.get(site);
        let modules = at.and_then(|at| self.ways.modules_on.get(*at));
        let modules = modules.into_iter().flatten();
        modules.filter_map(|at| self.modules.get(*at))
    }

    /// A module of a site.
    pub fn module(&self, site: &SiteId, plugin: &PluginId) -> Option<&Module> {
        self.modules_on(site).find(|it| it.plugin == *plugin)
    }

    /// The blocks of a site's home page as somebody placed them; empty where nobody did.
    pub fn home_places(&self, site: &SiteId) -> &[HomePlace] {
        self.home_places.get(site).map_or(&[], Vec::as_slice)
    }

    /// Enabled modules of a site whose plugin is known, in menu order.
    pub fn enabled_modules(&self, site: &SiteId) -> Vec<&Module> {
        let known = |plugin: &PluginId| self.collections.iter().any(|it| it.plugin() == plugin);
        let enabled = self.modules_on(site);
        let enabled = enabled.filter(|it| it.enabled && known(&it.plugin));
        enabled.collect()
    }

    /// Whether an organisation is another one or stands above it. Cycles end the walk.
    pub fn is_at_or_above(&self, upper: &OrganisationId, lower: &OrganisationId) -> bool {
        if upper == lower {
            return true;
        }
        let known = |id| self.ways.organisations.get(id).copied();
        let Some(at) = known(lower) else {
            return false;
        };
        let upper = known(upper);
        upper.is_some_and(|upper| self.places_upwards(at).contains(&upper))
    }

    /// An organisation and all above it, from the lowest up.
    pub fn upwards(&self, lower: &OrganisationId) -> impl Iterator<Item = &Organisation> {
        let at = self.ways.organisations.get(lower);
        let above = at.into_iter().flat_map(|at| self.places_upwards(*at));
        above.filter_map(|at| self.organisations.get(at))
    }

    fn places_upwards(&self, lower: usize) -> Vec<usize> {
        let mut found = Vec::new();
        let mut next = Some(lower);
        while let Some(at) = next.filter(|at| !found.contains(at)) {
            found.push(at);
            next = self.ways.parents.get(at).copied().flatten();
        }
        found
    }

    /// Sites of an organisation and of all above it.
    pub fn sites_upwards(&self, lower: &OrganisationId) -> impl Iterator<Item = &Site> {
        let at = self.ways.organisations.get(lower);
        let above = at.into_iter().flat_map(|at| self.places_upwards(*at));
        above.flat_map(|at| self.sites_of(at))
    }

    /// An organisation and all below it, in no particular order.
    pub fn below(&self, upper: &OrganisationId) -> impl Iterator<Item = &Organisation> {
        let places = self.places_below(upper).into_iter();
        places.filter_map(|at| self.organisations.get(at))
    }

    /// Sites of an organisation and of all below it, in no particular order.
    pub fn sites_below(&self, upper: &OrganisationId) -> impl Iterator<Item = &Site> {
        let places = self.places_below(upper).into_iter();
        places.flat_map(|at| self.sites_of(at))
    }

    fn sites_of(&self, organisation: usize) -> impl Iterator<Item = &Site> {
        let sites = self.ways.sites_at.get(organisation).into_iter().flatten();
        sites.filter_map(|at| self.sites.get(*at))
    }

    fn places_below(&self, upper: &OrganisationId) -> BTreeSet<usize> {
        let mut next: Vec<usize> = Vec::new();
        next.extend(self.ways.organisations.get(upper));
        let mut found = BTreeSet::new();
        while let Some(at) = next.pop() {
            // A cycle ends where it began.
            if found.insert(at) {
                next.extend(self.ways.children.get(at).into_iter().flatten());
            }
        }
        found
    }
}

impl Ways {
    fn through(places: &Places) -> Self {
        let organisations = numbered(places.organisations.iter().map(|it| it.id.clone()));
        let sites = numbered(places.sites.iter().map(|it| it.id.clone()));
        let parents = places.organisations.iter().map(|it| {
            let above = it.parent.as_ref()?;
            organisations.get(above).copied()
        });
        let parents: Vec<Option<usize>> = parents.collect();
        let count = places.organisations.len();
        let tops = (0..count).filter(|at| places.organisations[*at].parent.is_none());
        let owners: Vec<Option<usize>> = places
            .sites
            .iter()
            .map(|it| organisations.get(&it.organisation).copied())
            .collect();
        let is_top =
            |at: &Option<usize>| at.is_some_and(|at| places.organisations[at].parent.is_none());
        let of_module = places.modules.iter().map(|it| sites.get(&it.site).copied());
        let mut modules_on = grouped(places.sites.len(), of_module);
        for modules in &mut modules_on {
            let order = |at: &usize| (places.modules[*at].position, &places.modules[*at].plugin);
            modules.sort_by(|a, b| order(a).cmp(&order(b)));
        }
        let aliases = places.sites.iter().enumerate();
        let aliases = aliases.flat_map(|(at, it)| it.aliases.iter().map(move |name| (name, at)));
        Self {
            hosts: numbered(places.sites.iter().map(|it| it.host.clone())),
            aliases: first_of(aliases.map(|(name, at)| (name.clone(), at))),
            children: grouped(count, parents.iter().copied()),
            sites_at: grouped(count, owners.iter().copied()),
            first_site: owners.iter().position(is_top),
            tops: tops.collect(),
            parents,
            modules_on,
            organisations,
            sites,
        }
    }
}

fn numbered<K: Eq + std::hash::Hash>(keys: impl Iterator<Item = K>) -> HashMap<K, usize> {
    first_of(keys.enumerate().map(|(at, key)| (key, at)))
}

/// Of several with one key the first counts.
fn first_of<K: Eq + std::hash::Hash>(pairs: impl Iterator<Item = (K, usize)>) -> HashMap<K, usize> {
    let mut all = HashMap::new();
    for (key, at) in pairs {
        all.entry(key).or_insert(at);
    }
    all
}

/// For each of `count` owners the places of what belongs to it.
fn grouped(count: usize, owners: impl Iterator<Item = Option<usize>>) -> Vec<Vec<usize>> {
    let mut all = vec![Vec::new(); count];
    for (at, owner) in owners.enumerate() {
        if let Some(owned) = owner.and_then(|owner| all.get_mut(owner)) {
            owned.push(at);
        }
    }
    all
}

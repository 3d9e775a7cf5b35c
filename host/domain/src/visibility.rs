//! The one visibility rule. It yields a [`Scope`], a closed list of clauses; three compilers read
//! it: [`Scope::allows`] in memory, the store's to SQL, the search's to a filter query. Whatever
//! no clause names is not visible.

#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, BTreeSet};

use crate::ids::{AccountId, CollectionId, PluginId, SiteId};
use crate::people::{Reach, Right, Staff};
use crate::site::{Directory, Share, Site, SiteState};

/// Who asks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Actor {
    /// Anybody.
    Visitor,
    /// Somebody who is signed in. On public pages they see what everybody sees.
    Staff(Staff),
    /// The portal itself: imports, indexing, the demo. Never behind a web request.
    System,
}

/// What for: how far modules share depends on it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Purpose {
    /// A page of the site's own sections.
    Read,
    /// The search, which covers what shares with the site.
    Search,
    /// A list that gathers from below.
    List,
    /// The other ends of an entry's edges: what the search covers, and what the sites above
    /// publish.
    Link,
    /// The back office: what is not public yet, of all sites on which somebody has the right to see it.
    Work,
}

/// Which entries: any of its clauses.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Scope {
    /// Alternatives; none means nothing.
    pub any: Vec<Clause>,
}

/// All conditions of one clause must hold.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Clause {
    /// Entries of this collection.
    pub collection: CollectionId,
    /// On one of these sites; never empty.
    pub sites: BTreeSet<SiteId>,
    /// Which state an entry must be in.
    pub face: Face,
}

/// Which face of an entry is seen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Face {
    /// The published revision of entries that have one.
    Published,
    /// The working revision, in whatever state. The search knows nothing of it.
    Working {
        /// Of entries that this person made; none for all.
        wrote: Option<AccountId>,
    },
}

/// What of an entry the rule looks at.
#[derive(Debug, Clone, Copy)]
pub struct Subject<'a> {
    /// Its site.
    pub site: &'a SiteId,
    /// Its collection.
    pub collection: &'a CollectionId,
    /// Whether it has a published revision and is neither withdrawn nor deleted.
    pub published: bool,
    /// Whether it was deleted.
    pub deleted: bool,
    /// Who made it; none where no person did.
    pub author: Option<&'a AccountId>,
}

/// What an actor may see on a site, for a purpose.
pub fn scope(actor: &Actor, directory: &Directory, here: &SiteId, purpose: Purpose) -> Scope {
    if purpose == Purpose::Work {
        return match actor {
            Actor::Staff(staff) => work(staff, directory),
            Actor::Visitor | Actor::System => Scope::default(),
        };
    }
    let Some(site) = directory.site(here) else {
        return Scope::default();
    };
    let answers = |id: &SiteId| match actor {
        Actor::Visitor | Actor::Staff(_) => directory
            .site(id)
            .is_some_and(|it| it.state == SiteState::Live),
        Actor::System => true,
    };
    if !answers(here) {
        return Scope::default();
    }
    let mut sites: BTreeMap<&PluginId, BTreeSet<SiteId>> = BTreeMap::new();
    let mut add = |site: &SiteId, least: Share| {
        if !answers(site) {
            return;
        }
        let modules = directory.modules_on(site);
        for module in modules.filter(|it| it.enabled && it.share >= least) {
            let known = sites.entry(&module.plugin).or_default();
            known.insert(site.clone());
        }
    };
    add(here, Share::None);
    if purpose == Purpose::Link {
        for above in directory.sites_upwards(&site.organisation) {
            add(&above.id, Share::None);
        }
    }
    let least = match purpose {
        Purpose::Search | Purpose::Link => Some(Share::Search),
        Purpose::List => Some(Share::List),
        Purpose::Read | Purpose::Work => None,
    };
    if let Some(least) = least {
        for below in directory.sites_below(&site.organisation) {
            add(&below.id, least);
        }
    }
    let clauses = directory.collections.iter().filter_map(|collection| {
        Some(Clause {
            collection: collection.clone(),
            sites: sites.get(collection.plugin())?.clone(),
            face: Face::Published,
        })
    });
    Scope {
        any: clauses.collect(),
    }
}

/// What somebody works on: on every site on which they have the right to see it, whatever the site's state.
fn work(staff: &Staff, directory: &Directory) -> Scope {
    let acting = staff.acting.iter().map(|it| &it.grant);
    let roles = staff.grants.iter().chain(acting);
    let sites = roles.flat_map(|it| directory.sites_below(&it.organisation));
    let sites: BTreeMap<&SiteId, &Site> = sites.map(|it| (&it.id, it)).collect();
    work_among(staff, directory, sites.into_values())
}

/// What somebody works on on one site: the same rule, for whoever asks about one entry.
pub fn work_on(staff: &Staff, directory: &Directory, site: &SiteId) -> Scope {
    work_among(staff, directory, directory.site(site))
}

fn work_among<'a>(
    staff: &Staff,
    directory: &'a Directory,
    sites: impl IntoIterator<Item = &'a Site>,
) -> Scope {
    let mut reached: BTreeMap<(&PluginId, Reach), BTreeSet<SiteId>> = BTreeMap::new();
    for site in sites {
        let Some(reach) = staff.reach(Right::See, directory, &site.organisation) else {
            continue;
        };
        for module in directory.modules_on(&site.id).filter(|it| it.enabled) {
            let known = reached.entry((&module.plugin, reach)).or_default();
            known.insert(site.id.clone());
        }
    }
    let faces = [
        (Reach::All, None),
        (Reach::Wrote, Some(staff.account.clone())),
    ];
    let clauses = directory.collections.iter().flat_map(|collection| {
        faces.iter().filter_map(|(reach, wrote)| {
            Some(Clause {
                collection: collection.clone(),
                sites: reached.get(&(collection.plugin(), *reach))?.clone(),
                face: Face::Working {
                    wrote: wrote.clone(),
                },
            })
        })
    });
    Scope {
        any: clauses.collect(),
    }
}

impl Scope {
    /// Whether an entry is in it: the first of the three compilers, and the oracle of the others.
    pub fn allows(&self, entry: Subject<'_>) -> bool {
        self.any.iter().any(|clause| {
            clause.collection == *entry.collection
                && clause.sites.contains(entry.site)
                && match &clause.face {
                    Face::Published => entry.published,
                    Face::Working { wrote } => {
                        !entry.deleted && (wrote.is_none() || wrote.as_ref() == entry.author)
                    }
                }
        })
    }

    /// The part of it that lies in one collection.
    #[must_use]
    pub fn only(&self, collection: &CollectionId) -> Self {
        let any = self
            .any
            .iter()
            .filter(|clause| clause.collection == *collection);
        Self {
            any: any.cloned().collect(),
        }
    }

    /// The part of it that lies on one site.
    #[must_use]
    pub fn only_site(&self, site: &SiteId) -> Self {
        let here = self.any.iter().filter(|clause| clause.sites.contains(site));
        let any = here.map(|clause| Clause {
            sites: BTreeSet::from([site.clone()]),
            ..clause.clone()
        });
        Self { any: any.collect() }
    }
}

//! The one visibility rule. It yields a [`Scope`], a closed list of clauses; three compilers read
//! it: [`Scope::allows`] in memory, the store's to SQL, the search's to a filter query. Whatever
//! no clause names is not visible.

#[cfg(test)]
mod tests;

use std::collections::BTreeSet;

use crate::ids::{AccountId, CollectionId, OrganisationId, SiteId};
use crate::people::{Reach, Right, Staff};
use crate::site::{Directory, Share, SiteState};

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
    let shares = |id: &SiteId, share: Share| match purpose {
        Purpose::Link if is_above(directory, &site.organisation, id) => true,
        Purpose::Link => share >= Share::Search && is_below(directory, &site.organisation, id),
        Purpose::Read => false,
        Purpose::Search => share >= Share::Search && is_below(directory, &site.organisation, id),
        Purpose::List => share >= Share::List && is_below(directory, &site.organisation, id),
        Purpose::Work => false,
    };
    let clauses = directory.collections.iter().filter_map(|collection| {
        let modules = directory.modules.iter().filter(|module| {
            module.enabled
                && module.plugin == *collection.plugin()
                && (module.site == *here || shares(&module.site, module.share))
                && answers(&module.site)
        });
        let sites: BTreeSet<SiteId> = modules.map(|module| module.site.clone()).collect();
        let clause = Clause {
            collection: collection.clone(),
            sites,
            face: Face::Published,
        };
        (!clause.sites.is_empty()).then_some(clause)
    });
    Scope {
        any: clauses.collect(),
    }
}

/// What somebody works on: on every site on which they have the right to see it, whatever the site's state.
fn work(staff: &Staff, directory: &Directory) -> Scope {
    let sites_of = |collection: &CollectionId, reach: Reach| -> BTreeSet<SiteId> {
        let enabled = directory.modules.iter();
        let enabled = enabled.filter(|it| it.enabled && it.plugin == *collection.plugin());
        let reached = enabled.filter(|module| {
            let site = directory.site(&module.site);
            let has = site.and_then(|it| staff.reach(Right::See, directory, &it.organisation));
            has == Some(reach)
        });
        reached.map(|module| module.site.clone()).collect()
    };
    let faces = [
        (Reach::All, None),
        (Reach::Wrote, Some(staff.account.clone())),
    ];
    let clauses = directory.collections.iter().flat_map(|collection| {
        faces.iter().filter_map(|(reach, wrote)| {
            let sites = sites_of(collection, *reach);
            let clause = Clause {
                collection: collection.clone(),
                sites,
                face: Face::Working {
                    wrote: wrote.clone(),
                },
            };
            (!clause.sites.is_empty()).then_some(clause)
        })
    });
    Scope {
        any: clauses.collect(),
    }
}

fn is_below(directory: &Directory, upper: &OrganisationId, site: &SiteId) -> bool {
    let found = directory.site(site);
    found.is_some_and(|it| directory.is_at_or_above(upper, &it.organisation))
}

fn is_above(directory: &Directory, lower: &OrganisationId, site: &SiteId) -> bool {
    let found = directory.site(site);
    found.is_some_and(|it| directory.is_at_or_above(&it.organisation, lower))
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
